"""`postroom run` says what it watches and when it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from intake.commands.staging.mailserver import MailServer
from tests.support.configurations import GRANT, servers, write_configuration


def test_run_tells_when_it_watches_and_when_it_stopped(tmp_path: Path) -> None:
    with MailServer({"ace@leadership.nhs.example": "secret"}) as server:
        ports = servers("ace", imap_port=server.imap_port, smtp_port=server.smtp_port)
        path = write_configuration(tmp_path, 'data_folder = "data"\n' + GRANT + ports)
        path.chmod(0o600)
        command = [sys.executable, "-m", "intake", "run", "--config", str(path)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            lines = []
            for line in process.stderr:
                lines.append(line)
                if " tick " in line:
                    os.kill(process.pid, signal.SIGTERM)
        status = process.returncode

    assert status == 0, lines
    assert "watching" in lines[0]
    assert "ace" in lines[0]
    assert "stopped" in lines[-1]

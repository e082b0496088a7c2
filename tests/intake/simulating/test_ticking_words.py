"""Children that are killed leave things open on purpose: nobody is warned of that."""

import subprocess
import sys
from pathlib import Path

KILLED = """\
import os
import signal

from intake.commands.simulating.ticking import make_context


def live(told):
    kept = make_context().Semaphore()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    before = os.environ.get("PYTHONWARNINGS")
    context = make_context()
    ours, theirs = context.Pipe()
    child = context.Process(target=live, args=(theirs,))
    child.start()
    child.join()
    assert os.environ.get("PYTHONWARNINGS") == before
    print(child.exitcode)
"""


def test_nobody_is_warned_of_what_killed_children_had_open(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED)

    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"PYTHONPATH": str(Path(__file__).parents[3])},
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "-9\n", "")

"""`postroom reconcile`: how mailbox and ledger stand, and what was put right."""

import json
import shutil
from pathlib import Path

from tests.intake.commands.conftest import Call
from tests.support.incoming import write_message


def test_command_tells_what_differs_and_ends_with_it(folder: Path, call: Call) -> None:
    root = folder / "ace"
    for place in ("tmp", "new", "cur"):
        (root / place).mkdir(parents=True)
    config = folder / "config.toml"
    mailbox = '\n[programmes.ace.mailbox]\nkind = "maildir"\npath = "ace"\n'
    config.write_text(config.read_text() + mailbox)
    (root / "new" / "1.here").write_bytes(write_message("When does the call close?"))

    dry = call("reconcile", "--dry-run")
    assert (dry.exit_code, "1 wait in the inbox" in dry.stdout) == (1, True)
    done = call("reconcile")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        0,
        "ace: 1 messages in the mailbox, 1 of it in the ledger: they agree.",
    )
    (told,) = json.loads(call("reconcile", "--json").stdout)
    assert (told["agrees"], told["in_mailbox"], told["healed"]["read"]) == (True, 1, 0)

    shutil.rmtree(root / "new")
    assert call("reconcile").exit_code == 69

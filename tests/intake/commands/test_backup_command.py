"""A disaster, as an admin lives through it: the last backup is put back, and nothing that left
after it was taken is sent a second time."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from intake.cli import app
from intake.commands.staging.mailserver import MailServer
from tests.support.configurations import GRANT, servers, write_configuration
from tests.support.expressions import expression

INBOX = "ace@leadership.nhs.example"
NOW = "2021-08-02T10:00"


class Installation:
    """A programme on a mail server of its own, used by its commands alone."""

    def __init__(self, folder: Path, server: MailServer) -> None:
        self.folder, self.server = folder, server
        ports = servers("ace", imap_port=server.imap_port, smtp_port=server.smtp_port)
        write_configuration(folder, 'data_folder = "data"\n' + GRANT + ports).chmod(0o600)

    def run(self, *arguments: str) -> Result:
        told = [*arguments, "--config", str(self.folder / "config.toml")]
        return CliRunner().invoke(app, told, env={"COLUMNS": "200", "NO_COLOR": "1"})

    def tick(self) -> None:
        """One round; without a message nothing but the ledger and the pack is made."""
        assert self.run("tick", "--now", NOW).exit_code == 0

    def receive(self, number: int) -> None:
        """An expression comes and is worked on."""
        self.server.deliver(INBOX, expression(number))
        self.tick()

    @property
    def sent(self) -> list[str]:
        return [letter.recipients[0] for letter in self.server.delivered]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with MailServer({INBOX: "secret"}) as server:
        yield Installation(tmp_path, server)


def test_nothing_is_sent_twice_after_a_disaster(installation: Installation) -> None:
    installation.receive(1)
    backup = installation.folder / "backup.tar.gz"
    assert installation.run("backup", str(backup)).exit_code == 0
    installation.receive(2)
    assert len(installation.sent) == 2
    shutil.rmtree(installation.folder / "data")

    restored = installation.run("restore", str(backup), "--by", "Rosalind")
    installation.run("reconcile", "--take-in")
    installation.tick()

    assert "Put back" in restored.output
    assert len(installation.sent) == 2, "the second applicant has had this letter"
    held = installation.run("outbox", "--json").output
    assert [one["rule"] for one in json.loads(held) if one["state"] == "held"] == ["restored"]


def test_letters_leave_by_themselves_once_it_is_finished(installation: Installation) -> None:
    installation.tick()
    backup = installation.folder / "backup.tar.gz"
    installation.run("backup", str(backup))
    shutil.rmtree(installation.folder / "data")
    installation.run("restore", str(backup))
    finished = installation.run("restore", "--finish")
    installation.receive(1)

    assert "leave by themselves again" in finished.output
    assert len(installation.sent) == 1
    again = installation.run("restore", "--finish")
    assert again.exit_code == 1
    assert "Nothing to finish" in again.output


def test_threads_are_known_again_by_the_secret_that_came_back(installation: Installation) -> None:
    installation.tick()
    kept = (installation.folder / "data" / "secret").read_bytes()
    backup = installation.folder / "backup.tar.gz"
    installation.run("backup", str(backup))
    shutil.rmtree(installation.folder / "data")

    installation.run("restore", str(backup))

    assert (installation.folder / "data" / "secret").read_bytes() == kept


def test_backup_is_checked_without_a_change(installation: Installation) -> None:
    installation.tick()
    backup = installation.folder / "backup.tar.gz"
    told = json.loads(installation.run("backup", str(backup), "--json").output)
    there = installation.run("restore", str(backup), "--dry-run")
    shutil.rmtree(installation.folder / "data")
    fits = installation.run("restore", str(backup), "--dry-run")

    assert told["archived"] >= 1
    assert there.exit_code == 1
    assert "there is a ledger here already" in there.output
    assert "is sound and fits here" in fits.output
    assert not (installation.folder / "data" / "ledger.db").exists()


def test_no_backup_is_written_over(installation: Installation) -> None:
    installation.tick()
    backup, missing = installation.folder / "backup.tar.gz", installation.folder / "backups"
    assert installation.run("backup", str(backup)).exit_code == 0
    written = backup.read_bytes()

    again = installation.run("backup", str(backup))
    nowhere = installation.run("backup", str(missing))

    assert (again.exit_code, nowhere.exit_code) == (1, 2)
    assert "is there already" in again.output
    assert "make it first" in nowhere.output
    assert backup.read_bytes() == written
    assert not missing.exists()


def test_ledger_is_for_its_owner_only_before_and_after(installation: Installation) -> None:
    installation.tick()
    ledger = installation.folder / "data" / "ledger.db"
    backup = installation.folder / "backup.tar.gz"
    installation.run("backup", str(backup))
    before = ledger.stat().st_mode
    shutil.rmtree(installation.folder / "data")

    installation.run("restore", str(backup))

    assert [before & 0o777, ledger.stat().st_mode & 0o777] == [0o600, 0o600]
    assert ledger.parent.stat().st_mode & 0o777 == 0o700


def test_history_is_proven_and_a_noted_seal_found_again(installation: Installation) -> None:
    installation.tick()
    first = json.loads(installation.run("audit", "--json").output)
    installation.receive(1)
    later = installation.run("audit", "--seal", first["newest"]["digest"])
    unknown = installation.run("audit", "--seal", "0" * 64)

    assert first["breaks"] == []
    assert first["unsealed"] == 0
    assert later.exit_code == 0
    assert "The history is whole" in later.output
    assert f"that of line {first['newest']['event_id']}" in later.output
    assert unknown.exit_code == 1
    assert "this is another history" in unknown.output

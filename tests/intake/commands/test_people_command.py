"""`postroom people`: an assistant belongs to a case once an organiser says so."""

import json
from pathlib import Path

import pytest

from storage import cases, events
from storage.archive import Archive
from storage.database import Database
from storage.received import get_received
from tests.intake.commands.conftest import Call
from tests.intake.commands.test_messages_command import INTEREST, SAM, STRANGER, take
from tests.support.incoming import write_message

BY = ("--by", "Rosalind Okoro")
PA = "pa@trust.example"
NOTE = write_message(STRANGER, subject="Re: ACE [ACE-0001]", sender=f"Pat <{PA}>")


@pytest.fixture
def archive(folder: Path, ledger: Database) -> Archive:
    """With Sam's case, and a stranger's note about it."""
    archive = Archive(folder / "data" / "archive")
    with ledger.writing() as session:
        take(session, archive, 1, write_message(INTEREST, subject="Cold homes", sender=SAM))
        take(session, archive, 2, NOTE)
    return archive


def test_messages_of_an_assistant_belong_to_the_case(
    archive: Archive, ledger: Database, call: Call
) -> None:
    told = call("people", "ace-1", "--add", "PA@Trust.example", *BY).stdout

    assert told == (
        f"+ {PA}\n  sam@actonadvice.example, the lead\nWho belongs to ACE-0001 is changed.\n"
    )
    with ledger.writing() as session:
        later = take(session, archive, 3, NOTE.replace(b"555", b"556"))
        before, after = get_received(session, 2), get_received(session, later)
    assert before.message is not None
    assert before.message.understanding.verdict.hold == "stranger"
    assert after.message is not None
    assert (after.message.understanding.verdict.hold, len(after.cases)) == (None, 1)


def test_who_belongs_changed_by_an_organiser_stands_in_the_history(
    archive: Archive, ledger: Database, call: Call
) -> None:
    assert archive is not None
    call("people", "ACE-0001", "--add", PA, *BY)
    removed = json.loads(call("people", "ACE-0001", "--remove", PA, *BY, "--json").stdout)

    assert removed == {"case": "ACE-0001", "people": ["sam@actonadvice.example"], "done": True}
    with ledger.reading() as session:
        lines = [e for e in events.of_case(session, 1) if e.what == "case_changed"]
        assert cases.get(session, 1).people == {"sam@actonadvice.example"}
    assert [(e.actor, dict(e.detail)) for e in lines] == [
        ("rosalind.okoro@leadership.nhs.example", {"changed": "people"})
    ] * 2


@pytest.mark.usefixtures("archive")
def test_dry_run_and_what_is_so_already_change_nothing(ledger: Database, call: Call) -> None:
    dry = call("people", "ACE-0001", "--add", PA, *BY, "--dry-run").stdout
    again = call("people", "ACE-0001", "--add", "sam@actonadvice.example", *BY).stdout

    assert dry.endswith("Who belongs to ACE-0001 would be changed.\n")
    assert again == "  sam@actonadvice.example, the lead\n"
    with ledger.reading() as session:
        assert cases.get(session, 1).version == 1


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--add", "nobody", *BY), 2, "--add takes an e-mail address, for example"),
        (("--add", PA), 2, "Say with --by which organiser changes who belongs to the case."),
        (("--add", PA, "--by", "Mallory"), 2, "Mallory is no organiser of ace"),
        (("--add", "ace@leadership.nhs.example", *BY), 1, "ace@leadership.nhs.example runs or"),
        (("--remove", "sam@actonadvice.example", *BY), 1, "sam@actonadvice.example leads the"),
    ],
)
def test_what_can_not_be_is_refused(
    arguments: tuple[str, ...], status: int, told: str, call: Call
) -> None:
    result = call("people", "ACE-0001", *arguments)

    assert result.exit_code == status
    assert result.stderr.startswith(told)

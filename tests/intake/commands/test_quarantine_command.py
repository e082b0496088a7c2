"""`postroom quarantine`: what could not be understood is shown, tried again and let out."""

import json
from pathlib import Path

import pytest

from storage import events, messages, quarantine
from storage.archive import Archive
from storage.database import Database
from storage.domain.message import MessageKind
from storage.rows import MessageRow
from tests.intake.commands.conftest import Call
from tests.support.incoming import STORY, write_message
from tests.support.ledger import MONDAY, remember

GOOD = write_message(f"Please accept our expression of interest.\n\n{STORY}")
BAD = b"Subject: " + b"x" * 10_000 + b"\r\n\r\n"


@pytest.fixture
def held(folder: Path, ledger: Database) -> tuple[int, int]:
    """A message that was once too slow and is sound, and one that no try will read."""
    archive = Archive(folder / "data" / "archive")
    with ledger.writing() as session:
        ids = [
            remember(session, number, sha256=archive.put(raw), size=len(raw))
            for number, raw in ((1, GOOD), (2, BAD))
        ]
        messages.quarantine(session, ids[0], "took more than 10 s", MONDAY)
        messages.quarantine(session, ids[1], "Subject larger than 8 kB", MONDAY)
    return ids[0], ids[1]


def test_list_says_reason_tries_and_file(held: tuple[int, int], call: Call, folder: Path) -> None:
    shown = call("quarantine", "list", columns=120)
    told = json.loads(call("quarantine", "list", "--json").stdout)

    assert "2 messages in quarantine" in shown.stdout
    assert "took more than 10 s" in shown.stdout
    assert [(one["id"], one["attempts"]) for one in told] == [(held[0], 1), (held[1], 1)]
    assert Path(told[0]["file"]).read_bytes() == GOOD
    assert Path(told[0]["file"]).is_relative_to(folder / "data" / "archive")


def test_show_tells_the_history_and_saves_the_bytes(
    held: tuple[int, int], call: Call, tmp_path: Path
) -> None:
    shown = call("quarantine", "show", str(held[1]), "--save", str(tmp_path / "bad.eml"))

    assert "Reason:  Subject larger than 8 kB" in shown.stdout
    assert "message set aside unread" in shown.stdout
    assert (tmp_path / "bad.eml").read_bytes() == BAD


def test_retry_lets_out_what_can_be_read_and_keeps_the_rest(
    held: tuple[int, int], call: Call, ledger: Database
) -> None:
    done = call("quarantine", "retry", "--all", "--by", "Priya Raman")

    assert done.exit_code == 1
    good, bad = done.stdout.splitlines()
    assert good.startswith(f"Message {held[0]}: read as expression, ACE-0001")
    assert bad == f"Message {held[1]}: still not read: Subject larger than 8 kB."
    with ledger.reading() as session:
        assert [item.id for item in quarantine.list_quarantined(session)] == [held[1]]
        assert messages.get(session, held[0]).understanding.verdict.kind is MessageKind.EXPRESSION
        requeued = [e for e in events.of_message(session, held[0]) if e.what == "message_requeued"]
    assert [event.actor for event in requeued] == ["Priya Raman"]


def test_retry_of_all_that_is_sound_ends_well(held: tuple[int, int], call: Call) -> None:
    (told,) = json.loads(call("quarantine", "retry", str(held[0]), "--json").stdout)

    assert (told["is_read"], told["kind"], told["references"]) == (True, "expression", ["ACE-0001"])
    assert call("quarantine", "retry", str(held[0])).exit_code == 1  # it is out


def test_dry_run_says_what_would_be_read_and_changes_nothing(
    held: tuple[int, int], call: Call, ledger: Database
) -> None:
    done = call("quarantine", "retry", *map(str, held), "--dry-run")

    assert done.exit_code == 1
    assert f"Message {held[0]}: would be read as expression." in done.stdout
    with ledger.reading() as session:
        assert len(quarantine.list_quarantined(session)) == 2
        assert {e.what for e in events.of_message(session, held[0])} == {
            "message_arrived",
            "message_quarantined",
        }


def test_damaged_bytes_are_named_until_they_are_restored(
    held: tuple[int, int], call: Call, folder: Path, ledger: Database
) -> None:
    archive = Archive(folder / "data" / "archive")
    with ledger.reading() as session:
        row = session.get(MessageRow, held[0])
        assert row is not None
        file = archive.path_of(row.sha256)
    file.unlink()
    assert "its stored bytes are damaged" in call("quarantine", "retry", str(held[0])).stdout

    archive.put(GOOD)

    assert "read as expression" in call("quarantine", "retry", str(held[0])).stdout


def test_what_somebody_ticked_off_is_listed_no_more(held: tuple[int, int], call: Call) -> None:
    assert call("settle", str(held[0]), "--by", "Rosalind Okoro").exit_code == 0

    told = json.loads(call("quarantine", "list", "--json").stdout)

    assert [one["id"] for one in told] == [held[1]]
    assert "Message" in call("quarantine", "show", str(held[0])).stdout


@pytest.mark.usefixtures("ledger")
def test_what_is_not_there_is_told(call: Call) -> None:
    assert call("quarantine", "list").stdout == "Nothing is in quarantine.\n"
    assert call("quarantine", "show", "7").exit_code == 1
    unknown = call("quarantine", "retry", "7")
    assert (unknown.exit_code, unknown.stderr) == (1, "Not in quarantine: 7. Nothing was done.\n")
    assert call("quarantine", "retry").exit_code == 2
    assert call("quarantine", "retry", "7", "--all").exit_code == 2

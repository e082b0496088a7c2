"""`postroom panel remind`: members are asked by hand, once, for the scores that are missing."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.app import App
from intake.commands.panel_asking import find_asking
from intake.config import load_configuration
from storage import outbox, panels
from storage.archive import Archive
from storage.database import Database
from storage.domain.letter import LetterKind, LetterState
from storage.domain.programme import Programme
from tests.intake.commands.conftest import Call
from tests.intake.commands.test_panel_command import (
    BY,
    EMAILS,
    NAMES,
    round_of_four,
    say,
)
from tests.support.panelling import FORM_CONTENT

__all__ = ["round_of_four"]
ALL = range(1, 5)
ROSALIND = "rosalind.okoro@leadership.nhs.example"


@pytest.fixture
def asked(round_of_four: Database, folder: Path) -> Iterator[Database]:
    """Everybody has their sheet since the day before yesterday; Idris has told it all."""
    Archive(folder / "data" / "archive").put(FORM_CONTENT)
    before = datetime.now(UTC) - timedelta(days=2)
    with round_of_four.writing() as session:
        found = find_asking(session, _ours(folder))
        panels.assign(session, _ours(folder), found.asked, by=ROSALIND, now=before)
    _plan(folder, datetime.now(UTC))
    with round_of_four.writing() as session:
        for letter in outbox.claim(session, datetime.now(UTC), 10, "test"):
            outbox.mark_sent(session, letter.id, before, "250 ok")
    for number in ALL:
        say(round_of_four, f"ACE-000{number}", 1, 3, 3)
    yield round_of_four


def _plan(folder: Path, now: datetime) -> None:
    with App(load_configuration(folder / "config.toml")) as application:
        application.plan(now)


def _ours(folder: Path) -> Programme:
    return load_configuration(folder / "config.toml").programmes[0]


def _requested(ledger: Database, folder: Path) -> list[tuple[str, str]]:
    """Who was asked, and by whom."""
    with ledger.reading() as session:
        facts = panels.facts_of(session, _ours(folder))
    return [(one.member, one.by) for one in facts.requests] if facts is not None else []


def test_request_becomes_a_letter_once(asked: Database, folder: Path) -> None:
    now = datetime.now(UTC)
    with asked.writing() as session:
        panels.request_scores(session, _ours(folder), EMAILS, by=ROSALIND, now=now)
    _plan(folder, now)
    _plan(folder, now + timedelta(hours=1))

    with asked.reading() as session:
        letters = panels.letters_to_panel(session, _ours(folder))
    reminders = [x for x in letters if x.kind is LetterKind.SCORING_REMINDER]
    assert [(x.recipient.email, x.state) for x in reminders] == [
        (EMAILS[0], LetterState.QUEUED),
        (EMAILS[2], LetterState.QUEUED),
    ]


def test_who_owes_scores_is_asked_once(asked: Database, folder: Path, call: Call) -> None:
    done = call("panel", "remind", *BY)
    again = call("panel", "remind", *BY)

    assert done.stdout == (
        "Asked once more: Beatrice Alabi, for ACE-0002, ACE-0003, ACE-0004.\n"
        "Asked once more: Sunita Rao, for ACE-0001, ACE-0002, ACE-0003, ACE-0004.\n"
        "The letters leave with the next tick.\n"
    )
    assert "Not asked: Beatrice Alabi was reminded at" in again.stdout
    assert again.stdout.endswith("Nobody is asked.\n")
    assert _requested(asked, folder) == [(EMAILS[0], ROSALIND), (EMAILS[2], ROSALIND)]


def test_some_are_asked_by_name_or_address(asked: Database, folder: Path, call: Call) -> None:
    told = call("panel", "remind", NAMES[0].upper(), EMAILS[1], *BY, "--json")

    assert json.loads(told.stdout) == {
        "done": True,
        "asked": [{"member": EMAILS[0], "missing": ["ACE-0002", "ACE-0003", "ACE-0004"]}],
        "left_out": [{"member": EMAILS[1], "why": "has told all of it"}],
    }
    assert _requested(asked, folder) == [(EMAILS[0], ROSALIND)]


def test_dry_run_says_who_and_asks_nobody(asked: Database, folder: Path, call: Call) -> None:
    dry = call("panel", "remind", *BY, "--dry-run")

    assert dry.stdout.startswith("Would be asked once more: Beatrice Alabi, for ACE-0002")
    assert "leave with the next tick" not in dry.stdout
    assert _requested(asked, folder) == []


def test_nobody_is_asked_before_their_sheet_has_left(
    round_of_four: Database, folder: Path, call: Call
) -> None:
    nothing = call("panel", "remind", *BY)
    call("panel", "assign", *BY)
    unsent = call("panel", "remind", NAMES[2], *BY)

    assert nothing.stdout == "Nobody's scores are missing.\n"
    assert unsent.stdout == (
        "Not asked: Sunita Rao has no sheet yet: it has not left.\nNobody is asked.\n"
    )
    assert _requested(round_of_four, folder) == []


@pytest.mark.usefixtures("round_of_four")
def test_who_is_not_on_the_panel_is_refused(call: Call) -> None:
    refused = call("panel", "remind", "Mallory", *BY)

    assert refused.exit_code == 2
    assert refused.stderr == (
        "Mallory is not on the panel of ace: Beatrice Alabi, Idris Penhaligon, Sunita Rao.\n"
    )

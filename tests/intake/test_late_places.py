"""Places whose confirmation the start of the cohort overtakes, whole: people hear the truth, and
organisers that somebody has to tell them how to join."""

import quopri
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import letters, outbox
from storage.domain.letter import Letter, LetterKind, LetterState
from tests.intake.test_places_walk import NOMINATION, Office

START = datetime(2019, 5, 23, 8, tzinfo=UTC)
PROMISE = "One of the organisers will tell you"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Joan has been offered a place."""
    ours = Office(tmp_path)
    with ours.app:
        ours.receive("Amina Yusuf-Cole <amina@hospice.example>", NOMINATION)
        ours.give_places()
        yield ours


def text_of(office: Office, letter: Letter) -> str:
    with office.app.database.reading() as session:
        raw, _ = letters.wire_parts(session, letter.id)
    return " ".join(quopri.decodestring(raw).decode(errors="replace").split())


def leave(office: Office) -> None:
    with office.app.database.writing() as session:
        for letter in outbox.claim(session, office.now, 20, "worker"):
            outbox.mark_sent(session, letter.id, office.now, "250 OK")


def test_yes_after_the_start_is_told_to_the_organisers(office: Office) -> None:
    joans, _ = office.letters(LetterKind.PLACE_INVITATION)
    leave(office)
    office.now = START + timedelta(hours=3)

    office.answer(joans, "Yes, I accept.")
    office.now = START + timedelta(days=1, hours=3)
    office.app.plan(office.now)

    (confirmed,) = office.letters(LetterKind.PLACE_CONFIRMED)
    assert "Your answer came after the cohort had begun. " + PROMISE in text_of(office, confirmed)
    digests = [text_of(office, x) for x in office.letters(LetterKind.DIGEST)]
    told = f"{office.case('Joan').reference}: confirmed after the start: tell them how they can"
    assert any(told in digest for digest in digests), digests[0][:1500]


def test_confirmation_that_waits_until_the_start_is_written_anew(office: Office) -> None:
    joans, _ = office.letters(LetterKind.PLACE_INVITATION)
    office.answer(joans, "Yes, I accept.")
    (before,) = office.letters(LetterKind.PLACE_CONFIRMED)

    office.now = START + timedelta(hours=3)
    office.app.plan(office.now)

    first, anew = office.letters(LetterKind.PLACE_CONFIRMED)
    assert (first.id, anew.state) == (before.id, LetterState.QUEUED)
    assert "The cohort has begun meanwhile. " + PROMISE in text_of(office, anew)
    assert "before the start" not in text_of(office, anew)

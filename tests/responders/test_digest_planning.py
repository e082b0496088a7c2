"""Digests through the planner and a real ledger: woken by the clock, written once, told from the
mark on, also after a standstill and a failure."""

import email
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.policy import default
from pathlib import Path

import pytest

from responders.planner import plan
from responders.rendering import Renderer
from storage import outbox, programmes
from storage.archive import Archive
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.programme import DigestRhythm, Organiser
from storage.waking import next_wake
from tests.support.empty_ledgers import open_empty_ledger
from tests.support.ledger import open_case
from tests.support.organising import ROSALIND, TOMASZ, clock, run_by
from tests.support.situations import ACE

TEMPLATES = Path(__file__).parents[2] / "templates"
OURS = run_by(Organiser(ROSALIND), Organiser(TOMASZ, DigestRhythm.NEVER), programme=ACE)


class Office:
    """A ledger that is looked at when it wants to be, and at no other time."""

    def __init__(self, folder: Path) -> None:
        self.database = open_empty_ledger(f"sqlite:///{folder}/ledger.db")
        archive = Archive(folder / "archive")
        self._renderer = Renderer(TEMPLATES, archive=archive, secret=b"s", packs={"ace": None})

    def look(self, now: datetime) -> tuple[Letter, ...]:
        with self.database.writing() as session:
            programmes.watch(session, OURS, now)
        done = plan(self.database, configured={"ace": OURS}, renderer=self._renderer, now=now)
        assert done.unwritten == ()
        return done.enqueued

    def open(self, number: int) -> None:
        with self.database.writing() as session:
            open_case(session, number)

    def subject(self, letter: Letter) -> str:
        with self.database.reading() as session:
            content, _ = outbox.wire_parts(session, letter.id)
        return str(email.message_from_bytes(content, policy=default)["Subject"])

    def next_wake(self, after: datetime) -> datetime | None:
        with self.database.reading() as session:
            return next_wake(session, after)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    found = Office(tmp_path)
    yield found
    found.database.close()


def test_the_clock_alone_wakes_for_each_digest(office: Office) -> None:
    assert office.look(clock(9, 14)) == ()
    assert office.next_wake(clock(9, 14)) == clock(10)
    office.open(1)
    (first,) = office.look(clock(10))
    assert office.look(clock(10, 12)) == ()
    (second,) = office.look(clock(11))

    assert [office.subject(letter) for letter in (first, second)] == [
        "1 new: ACE 2021",
        "Nothing new, 1 needs you: ACE 2021",
    ]
    assert [letter.told_until is not None for letter in (first, second)] == [True, True]
    assert [letter.recipient for letter in (first, second)] == [ROSALIND, ROSALIND]


def test_a_standstill_is_told_by_one_digest(office: Office) -> None:
    office.look(clock(9, 7))
    office.look(clock(9))
    office.open(1)
    office.open(2)
    letters = office.look(clock(12, 15))

    assert [(letter.key[-14:-4], letter.rule) for letter in letters] == [
        ("2021-08-10", "overtaken"),
        ("2021-08-11", "overtaken"),
        ("2021-08-12", None),
    ]
    assert office.subject(letters[-1]).startswith("2 new")


def test_what_a_discarded_digest_told_stands_in_the_next(office: Office) -> None:
    office.look(clock(9, 7))
    office.open(1)
    (first,) = office.look(clock(9))
    with office.database.writing() as session:
        outbox.discard(session, first.id, clock(9, 9), "rosalind", "not needed")
    (second,) = office.look(clock(10))

    assert office.subject(second).startswith("1 new")


def test_everybody_is_told_that_the_round_has_closed(office: Office) -> None:
    office.look(clock(20, 7))
    office.look(clock(20, 8))
    assert office.next_wake(clock(20, 8)) is not None
    notices = office.look(clock(20, 17) + timedelta(seconds=1))

    assert [(letter.kind, letter.recipient) for letter in notices] == [
        (LetterKind.CLOSING_NOTICE, ROSALIND),
        (LetterKind.CLOSING_NOTICE, TOMASZ),
    ]
    assert {letter.state for letter in notices} == {LetterState.QUEUED}
    assert office.look(clock(20, 18)) == ()


def test_a_letter_that_can_not_be_written_is_told_with_its_template(office: Office) -> None:
    """The digest itself is the letter that fails; the next one tells of it."""
    office.look(clock(9, 7))
    broken = Renderer(TEMPLATES / "nowhere", archive=Archive(Path()), secret=b"s", packs={})
    done = plan(office.database, configured={"ace": OURS}, renderer=broken, now=clock(9))
    assert [one.kind for one in done.unwritten] == [LetterKind.DIGEST]
    with office.database.writing() as session:
        programmes.want_attention(session, "ace", clock(9, 8, 30))
    (digest,) = office.look(clock(9, 12))

    assert office.subject(digest) == "1 needs you: ACE 2021"

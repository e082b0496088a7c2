"""Digests and notices of a closing that are due: when, to whom, once; and what each tells."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from responders.kinds import closing_notice, digest, letters_due, next_attention
from responders.kinds.organisers.view import view_of
from storage.domain.digest_days import digests_to, rhythm_of, rhythms_of
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.overview import HistoryLine, Overview
from storage.domain.people import Address
from storage.domain.programme import DigestRhythm, Organiser, Programme
from storage.domain.situation import Situation
from tests.support.organising import (
    BEGINNING,
    ROSALIND,
    TOMASZ,
    a_digest,
    a_line,
    a_round,
    an_event,
    clock,
    run_by,
)
from tests.support.situations import ACE, a_letter

DAILY, WEEKLY = DigestRhythm.DAILY, DigestRhythm.WEEKLY
ALONE = run_by(Organiser(ROSALIND))
QUIET = Overview(last_event=7)


def due_keys(s: Situation) -> list[tuple[str, str | None]]:
    return [(due.key, due.skip) for due in digest.due(s)]


def test_a_digest_is_due_from_its_time_on_and_once() -> None:
    before, at = (a_round(QUIET, now=clock(11, *time)) for time in ((7, 59), (8, 0)))
    (due,) = digest.due(at)

    assert [found.key[-14:-4] for found in digest.due(before)] == ["2021-08-10"]
    assert due == Due(
        LetterKind.DIGEST,
        "digest/daily/rosalind.okoro@leadership.nhs.example/2021-08-11/ace",
        ROSALIND,
        told_until=7,
    )
    assert digest.due(a_round(QUIET, now=clock(11, 9), letters=[a_letter(due)])) == ()


def test_who_runs_two_programmes_gets_a_digest_of_each() -> None:
    keys = {
        due.key
        for slug in ("ace", "other")
        for s in [a_round(QUIET, now=clock(20, 18), programme=replace(ALONE, slug=slug))]
        for due in (*digest.due(s), *closing_notice.due(s))
    }

    assert len(keys) == 4


def test_a_day_off_has_none_and_the_next_working_day_has() -> None:
    friday = a_digest(clock(27))
    off = replace(run_by(Organiser(ROSALIND)), holidays=frozenset({date(2021, 8, 30)}))

    for day in (28, 29, 30):
        assert due_keys(a_round(QUIET, now=clock(day, 12), letters=[friday], programme=off)) == []
    tuesday = a_round(QUIET, now=clock(31, 12), letters=[friday], programme=off)
    assert [key[-14:-4] for key, _ in due_keys(tuesday)] == ["2021-08-31"]


def test_after_a_standstill_one_digest_tells_everything() -> None:
    told = a_digest(clock(4), told_until=5)
    found = due_keys(a_round(QUIET, now=clock(10, 15), letters=[told]))

    assert [(key[-14:-4], skip) for key, skip in found] == [
        ("2021-08-05", "overtaken"),
        ("2021-08-06", "overtaken"),
        ("2021-08-09", "overtaken"),
        ("2021-08-10", None),
    ]


def test_a_standstill_of_months_is_noted_for_three_weeks() -> None:
    told = a_digest(clock(5, month=7))
    found = due_keys(a_round(QUIET, now=clock(31, 15), letters=[told]))

    assert [skip for _, skip in found] == ["overtaken"] * 15 + [None]


def test_nobody_is_told_of_a_time_before_the_history() -> None:
    begun = replace(QUIET, begins_at=clock(11, 14))

    assert digest.due(a_round(begun, now=clock(11, 15))) == ()
    assert len(digest.due(a_round(begun, now=clock(12, 8)))) == 1
    assert digest.due(a_round(replace(begun, begins_at=None), now=BEGINNING)) == ()


def test_a_clock_that_goes_back_writes_no_digest_of_the_past() -> None:
    told = [a_digest(clock(10)), a_digest(clock(11), id=901)]

    assert digest.due(a_round(QUIET, now=clock(9, 12), letters=told)) == ()


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (DAILY, ["digest/daily"]),
        (WEEKLY, ["digest/weekly"]),
        (DigestRhythm.BOTH, ["digest/daily", "digest/weekly"]),
        (DigestRhythm.NEVER, []),
    ],
)
def test_each_organiser_has_their_rhythm(rhythm: DigestRhythm, expected: list[str]) -> None:
    monday = a_round(QUIET, now=clock(9), programme=run_by(Organiser(ROSALIND, rhythm)))

    assert [due.key.rpartition(f"/{ROSALIND.email}")[0] for due in digest.due(monday)] == expected


def test_the_programme_wakes_for_the_next_digest_and_for_the_closing() -> None:
    told = [a_digest(clock(20))]
    friday = a_round(QUIET, now=clock(20, 9), letters=told)
    never = a_round(QUIET, now=clock(21), programme=run_by())

    assert next_attention(friday) == clock(20, 17) + timedelta(seconds=1)
    assert next_attention(replace(friday, now=clock(20, 18))) == clock(23)
    assert next_attention(never) is None


def test_a_closing_is_told_once_to_every_organiser() -> None:
    programme = run_by(Organiser(ROSALIND), Organiser(TOMASZ, DigestRhythm.NEVER))
    closed = a_round(QUIET, now=clock(20, 17, 1), programme=programme)
    dues = closing_notice.due(closed)

    assert closing_notice.due(replace(closed, now=clock(20, 17))) == ()
    assert [due.key for due in dues] == [
        f"closing_notice/{email}/2021/2021-08-20T16:00:00+00:00/ace"
        for email in (ROSALIND.email, TOMASZ.email)
    ]
    assert [due.told_until for due in dues] == [None, None]
    told = [a_letter(due, id=id) for id, due in enumerate(dues)]
    assert closing_notice.due(replace(closed, letters=tuple(told))) == ()


def test_a_closing_waits_for_its_grace_and_is_told_again_when_it_moves() -> None:
    graceful = replace(ACE, round=replace(ACE.round, grace=timedelta(minutes=30)))
    s = a_round(
        QUIET, now=clock(20, 17, 20), programme=run_by(Organiser(ROSALIND), programme=graceful)
    )
    later = replace(s, now=clock(20, 17, 31))
    told = replace(later, letters=(a_letter(closing_notice.due(later)[0]),))
    moved = replace(told.programme.round, closes_at=clock(27, 17))
    moved_to = replace(told, programme=replace(told.programme, round=moved))

    assert closing_notice.due(s) == ()
    assert closing_notice.due(told) == ()
    assert closing_notice.due(moved_to) == ()
    assert len(closing_notice.due(replace(moved_to, now=clock(28)))) == 1


def test_an_old_closing_is_no_news() -> None:
    weeks_later = a_round(QUIET, now=clock(4, month=9))
    new_here = a_round(replace(QUIET, begins_at=clock(21)), now=clock(22))

    assert closing_notice.due(weeks_later) == ()
    assert closing_notice.due(new_here) == ()


def test_a_case_and_a_lone_message_have_no_digest() -> None:
    s = a_round(QUIET, now=clock(11))
    lone = replace(s, overview=None)

    assert letters_due(lone) == ()
    assert digest.wakes_at(lone) is None
    assert closing_notice.wakes_at(lone) is None


AREAS = ("north-central-london", "north-east-london", None, "moved-away")
READERS = (
    Organiser(ROSALIND, DigestRhythm.BOTH),
    Organiser(TOMASZ, DAILY, ("north-east-london",)),
    Organiser(Address("yan.li@leadership.nhs.example"), WEEKLY, ("north-central-london",)),
)


@dataclass
class World:
    """A year of a programme drawn from a seed: cases that are opened, a process that stands still,
    digests that fail at once or later."""

    rng: random.Random
    programme: Programme
    begins_at: datetime
    now: datetime
    areas: dict[int, str | None] = field(default_factory=dict)
    lines: list[HistoryLine] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    withdrawn: dict[int, int] = field(default_factory=dict)
    told: dict[int, list[int]] = field(default_factory=dict)
    last: int = 0

    def situation(self) -> Situation:
        overview = Overview(
            cases=tuple(a_line(id, area=area) for id, area in self.areas.items()),
            lines=tuple(self.lines),
            last_event=self.last,
            withdrawn=dict(self.withdrawn),
            begins_at=self.begins_at,
        )
        return a_round(overview, now=self.now, letters=self.letters, programme=self.programme)

    def live(self) -> None:
        for _ in range(self.rng.randrange(10, 40)):
            self.now += timedelta(hours=self.rng.choice((1, 3, 9, 30, 100)))
            for _ in range(self.rng.randrange(4)):
                self._open()
            self._look()
            if self.letters and self.rng.random() < 0.2:
                self._fail(self.rng.choice(self.letters))
        self.now += timedelta(days=14)
        self._look()

    def _open(self) -> None:
        self.last += self.rng.randrange(1, 4)
        case_id = len(self.areas) + 1
        self.areas[case_id] = self.rng.choice(AREAS)
        self.lines.append(an_event(self.last, "case_opened", case_id, at=self.now))

    def _look(self) -> None:
        s = self.situation()
        for due in digest.due(s):
            self.last += 1
            letter = a_letter(due, id=len(self.letters) + 1)
            if due.skip:
                letter = replace(letter, state=LetterState.DISCARDED)
            else:
                organiser = next(o for o in READERS if o.address == due.recipient)
                view = view_of(s, organiser, rhythm_of(due.key))
                self.told[letter.id] = [line.case_id or 0 for line in view.overview.lines]
            self.letters.append(replace(letter, created_at=self.now, told_until=due.told_until))

    def _fail(self, letter: Letter) -> None:
        if letter.state is LetterState.SENT:
            self.last += 1
            self.withdrawn[letter.id] = self.last
            place = self.letters.index(letter)
            self.letters[place] = replace(letter, state=LetterState.FAILED)


def worlds(count: int) -> Iterator[World]:
    for seed in range(count):
        rng = random.Random(seed)
        holidays = frozenset(
            date(2021, 3, 20) + timedelta(days=rng.randrange(60)) for _ in range(6)
        )
        programme = replace(run_by(*READERS), holidays=holidays)
        start = datetime(2021, rng.choice((3, 10)), rng.randrange(20, 28), 6, 30, tzinfo=UTC)
        yield World(rng, programme, begins_at=start, now=start)


def test_every_news_stands_in_one_digest_of_each_organiser_concerned() -> None:
    for world in worlds(150):
        world.live()
        for organiser in READERS:
            for rhythm in rhythms_of(organiser):
                digests = digests_to(world.letters, organiser.address.email, rhythm)
                arrived = [x for _, x in digests if x.state is LetterState.SENT]
                found = sorted(id for x in arrived for id in world.told[x.id])

                assert found == sorted(_concerning(world, organiser))
                assert len({day for day, _ in digests}) == len(digests)


def _concerning(world: World, organiser: Organiser) -> list[int]:
    theirs = (*organiser.areas, None, "moved-away") if organiser.areas else AREAS
    return [id for id, area in world.areas.items() if area in theirs]

"""Who comes into which cohort: in order of nomination, under the limits of the partnerships, teams
together. Whoever waits comes before whoever is new. Nobody who has a place is ever moved.

What would only be decided by chance is held for a person: lists that came at the same instant and
can't all have what is left, and a team of which some have places where the others find none.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from storage.domain.programme import Programme

Cell = tuple[int | None, str | None]
"""What can be full: a cohort, an area in all, or an area in a cohort; None stands for any."""

EVERYTHING: Cell = (None, None)


class Why(StrEnum):
    """Why somebody comes where they come. FITS: the next cohort has room. LATER: a cohort before it
    has places left, but none for them, or not for the whole team. They wait where all is FULL, the
    AREA has all its places, or what is left is too little for the TEAM. For a person: a TIE, and
    MATES, whose team has its places where there is no room for them."""

    FITS = "fits"
    LATER = "later"
    FULL = "full"
    AREA = "area"
    TEAM = "team"
    TIE = "tie"
    MATES = "mates"

    @property
    def is_for_a_person(self) -> bool:
        return self in (Why.TIE, Why.MATES)


@dataclass(frozen=True, slots=True)
class Limits:
    """`cohorts` are the places of those still to start, by number, the first to start first; `most`
    is what else is limited, people by cell."""

    cohorts: tuple[tuple[int, int], ...]
    most: Mapping[Cell, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seeker:
    """A nominee without a place. `at` is when the nomination came, `source` the message that
    brought it: within one, people stand in the order of their ids. `team` tells teams apart."""

    case_id: int
    at: datetime
    source: int
    area: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A place that somebody has."""

    case_id: int
    cohort: int
    area: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """What becomes of a seeker: a place in `cohort`, or None: they wait, or a person decides."""

    seeker: Seeker
    cohort: int | None
    why: Why


@dataclass(frozen=True, slots=True)
class _Unit:
    """Somebody alone, or those of a team who are to come together."""

    members: tuple[Seeker, ...]

    @property
    def at(self) -> datetime:
        return min(member.at for member in self.members)

    def needs(self, cohort: int) -> Counter[Cell]:
        return sum((needs_of(cohort, member.area) for member in self.members), Counter())


Free = dict[Cell, float]
Homes = Mapping[str, frozenset[int]]


def limits_of(programme: Programme, now: datetime) -> Limits:
    """The limits of a programme, with the cohorts that start after `now`."""
    coming = sorted((c for c in programme.cohorts if c.starts_at > now), key=lambda c: c.starts_at)
    most: dict[Cell, int] = {}
    if programme.places is not None:
        most[EVERYTHING] = programme.places
    for area in programme.areas:
        if area.most_in_all is not None:
            most[None, area.key] = area.most_in_all
        if area.most_in_a_cohort is not None:
            most |= {(c.number, area.key): area.most_in_a_cohort for c in programme.cohorts}
    return Limits(tuple((c.number, c.places) for c in coming), most)


def assign(
    waiting: Sequence[Seeker],
    nominated: Iterable[Seeker],
    seats: Iterable[Seat],
    limits: Limits,
) -> tuple[Assignment, ...]:
    """What becomes of everybody without a place: of those who wait, in their order, then of the
    new ones in order of nomination."""
    taken = tuple(seats)
    free, homes = room_beside(taken, limits), _homes(taken)
    found: list[Assignment] = []
    new = sorted(nominated, key=lambda seeker: (seeker.at, seeker.source, seeker.case_id))
    teams = {seeker.team for seeker in waiting} - {None}
    mates = [seeker for seeker in new if seeker.team in teams]
    found += _settle(_units([*waiting, *mates]), free, homes, limits)
    others = _units(seeker for seeker in new if seeker.team not in teams)
    for _, equals in groupby(sorted(others, key=_time), key=_time):
        found += _settle_equals(list(equals), free, homes, limits)
    return tuple(found)


def room_beside(seats: Iterable[Seat], limits: Limits) -> Free:
    """What is left of each limit; nothing, no debt, where people went beyond it."""
    free: Free = {**limits.most, **{(number, None): left for number, left in limits.cohorts}}
    for seat in seats:
        _take(free, needs_of(seat.cohort, seat.area))
    return free


def needs_of(cohort: int, area: str | None) -> Counter[Cell]:
    """What one person takes up. Who belongs to no area is under no area's limit."""
    cells: list[Cell] = [EVERYTHING, (cohort, None)]
    return Counter(cells if area is None else [*cells, (None, area), (cohort, area)])


def fits(needs: Counter[Cell], free: Mapping[Cell, float]) -> bool:
    """Whether so much is left of everything that is limited."""
    return all(free.get(cell, math.inf) >= number for cell, number in needs.items())


def _take(free: Free, needs: Counter[Cell]) -> None:
    for cell, number in needs.items():
        if cell in free:
            free[cell] = max(0, free[cell] - number)


def _units(seekers: Iterable[Seeker]) -> list[_Unit]:
    """In the order of the first of each."""
    units: dict[object, list[Seeker]] = defaultdict(list)
    for seeker in seekers:
        units[seeker.team if seeker.team is not None else seeker.case_id].append(seeker)
    return [_Unit(tuple(members)) for members in units.values()]


def _homes(seats: Iterable[Seat]) -> Homes:
    """The cohorts in which a team already has places."""
    homes: dict[str, frozenset[int]] = {}
    for seat in seats:
        if seat.team is not None:
            homes[seat.team] = homes.get(seat.team, frozenset()) | {seat.cohort}
    return homes


def _time(unit: _Unit) -> datetime:
    return unit.at


def _settle(units: Iterable[_Unit], free: Free, homes: Homes, limits: Limits) -> list[Assignment]:
    """One after the other, each in the first cohort that has room; `free` is used up."""
    found: list[Assignment] = []
    for unit in units:
        cohort, why = _first_fit(unit, free, homes, limits)
        if cohort is not None:
            _take(free, unit.needs(cohort))
        found += [Assignment(member, cohort, why) for member in unit.members]
    return found


def _settle_equals(
    units: Sequence[_Unit], free: Free, homes: Homes, limits: Limits
) -> list[Assignment]:
    """Lists that came at the same instant. Each is looked at as if it were the only one; where
    they can't all have that, those who want what is too little are held, and so is what they
    want."""
    lists: dict[int, list[_Unit]] = defaultdict(list)
    for unit in units:
        lists[unit.members[0].source].append(unit)
    if len(lists) == 1:
        return _settle(units, free, homes, limits)
    alone = [one for some in lists.values() for one in _settle(some, dict(free), homes, limits)]
    wanted = Counter[Cell]()
    for one in alone:
        wanted += _needs(one)
    scarce = {cell for cell, number in wanted.items() if number > free.get(cell, math.inf)}
    _take(free, wanted)
    torn = {_mark(one.seeker) for one in alone if scarce & _needs(one).keys()}
    return [
        Assignment(one.seeker, None, Why.TIE) if _mark(one.seeker) in torn else one for one in alone
    ]


def _needs(one: Assignment) -> Counter[Cell]:
    return needs_of(one.cohort, one.seeker.area) if one.cohort is not None else Counter()


def _mark(seeker: Seeker) -> object:
    return seeker.team if seeker.team is not None else seeker.case_id


def _first_fit(unit: _Unit, free: Free, homes: Homes, limits: Limits) -> tuple[int | None, Why]:
    mates = homes.get(unit.members[0].team or "", frozenset())
    numbers = [number for number, _ in limits.cohorts]
    allowed = [number for number in numbers if not mates or mates == {number}]
    passed = False
    for number in allowed:
        if fits(unit.needs(number), free):
            return number, Why.LATER if passed else Why.FITS
        passed = passed or free[number, None] > 0
    if mates:
        return None, Why.MATES
    return None, _why_waiting(unit, free, numbers)


def _why_waiting(unit: _Unit, free: Free, numbers: Iterable[int]) -> Why:
    """What stands in the way of all: no place at all, the area's limit, or the team's size."""
    open_to_all = [number for number in numbers if fits(needs_of(number, None), free)]
    if not open_to_all:
        return Why.FULL
    for_one = any(
        fits(needs_of(number, member.area), free)
        for number in open_to_all
        for member in unit.members
    )
    return Why.TEAM if for_one and len(unit.members) > 1 else Why.AREA

"""Places given by merit alone, as far as there is room. Candidates of the same merit are looked at
together: where not all of them can have what is left, it is held and none of them gets it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from storage.domain.proposals import Candidate, CutOff, Tie, Why


@dataclass(slots=True)
class Room:
    """What is still to be given; infinite where nothing limits it. `areas` has the places of the
    areas that differ from `per_area`."""

    awards: float = math.inf
    per_area: float = math.inf
    budget: float = math.inf
    areas: dict[str | None, float] = field(default_factory=dict)

    def in_area(self, area: str | None) -> float:
        return self.areas.get(area, self.per_area)

    def take(self, area: str | None, places: float, money: float) -> None:
        """Give so much to an area. What people gave beyond the limits leaves nothing, no debt."""
        self.awards = max(0, self.awards - places)
        self.budget = max(0, self.budget - money)
        self.areas[area] = max(0, self.in_area(area) - places)


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a candidate. `money` is what was left where that was too little."""

    why: Why
    tie: Tie | None = None
    money: int | None = None


def place_by_merit(candidates: Iterable[Candidate], room: Room) -> dict[int, Placed]:
    """What becomes of each candidate, by the case's id; `room` is used up on the way.

    One that asks for more than the money left is passed over, and the next may have it.
    """
    best_first = sorted(candidates, key=lambda one: (-one.standing, one.reference, one.case_id))
    placed: dict[int, Placed] = {}
    for _, equals in groupby(best_first, key=lambda one: one.standing):
        placed |= _place_equals(list(equals), room)
    return placed


def _place_equals(equals: Sequence[Candidate], room: Room) -> dict[int, Placed]:
    placed = {one.case_id: passed for one in equals if (passed := _passed_over(one, room))}
    able = [one for one in equals if one.case_id not in placed]
    by_area: dict[str | None, list[Candidate]] = {}
    for one in able:
        by_area.setdefault(one.area, []).append(one)
    wanted = {area: min(len(some), room.in_area(area)) for area, some in by_area.items()}
    cost = {area: _dearest(some, wanted[area]) for area, some in by_area.items()}
    if sum(wanted.values()) > room.awards:
        tie = replace(_tie(CutOff.ALL, able), places=int(room.awards))
        room.awards = 0
        return placed | dict.fromkeys(_ids(able), Placed(Why.TIE, tie))
    left = room.budget
    for area, places in wanted.items():
        room.take(area, places, cost[area])
    if sum(cost.values()) > left:
        tie = replace(_tie(CutOff.BUDGET, able), money=int(left))
        room.budget = 0
        return placed | dict.fromkeys(_ids(able), Placed(Why.TIE, tie))
    for area, some in by_area.items():
        if len(some) > wanted[area]:
            tie = replace(_tie(CutOff.AREA, some), area=area, places=int(wanted[area]))
            placed |= dict.fromkeys(_ids(some), Placed(Why.TIE, tie))
        else:
            placed |= dict.fromkeys(_ids(some), Placed(Why.BEST))
    return placed


def _passed_over(one: Candidate, room: Room) -> Placed | None:
    """Why there is nothing left for this candidate, whoever its equals are; None: there is."""
    if not room.in_area(one.area):
        return Placed(Why.AREA_FULL)
    if not room.awards:
        return Placed(Why.ALL_AWARDED)
    if one.amount > room.budget:
        return Placed(Why.BUDGET, money=int(room.budget))
    return None


def _dearest(some: Iterable[Candidate], places: float) -> int:
    """What the dearest of them cost, so that whoever is chosen can be paid."""
    amounts = sorted((one.amount for one in some), reverse=True)
    return sum(amounts[: int(places)])


def _tie(cut_off: CutOff, tied: Sequence[Candidate]) -> Tie:
    merit = tied[0].merit
    assert merit is not None  # only what is scored is placed
    return Tie(cut_off, tuple(one.reference for one in tied), merit)


def _ids(candidates: Iterable[Candidate]) -> list[int]:
    return [one.case_id for one in candidates]

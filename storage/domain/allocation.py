"""Who is proposed for an award: the best in each area, within the limits of the awards.

It proposes, people decide: a tie at a cut-off is never decided here, and what people chose stands.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from storage.domain.decision import Outcome
from storage.domain.placing import Placed, Room, place_by_merit
from storage.domain.proposals import (
    Allocation,
    AreaShare,
    Candidate,
    Choice,
    CutOff,
    Limits,
    Proposal,
    Tie,
    Why,
)


def allocate(
    candidates: Iterable[Candidate],
    limits: Limits,
    *,
    manual: Mapping[int, Choice] | None = None,
    overflow: bool = False,
    reserves: int | None = None,
) -> Allocation:
    """Propose an outcome for every candidate, whatever their order.

    `manual` is what people chose, by the case's id: it takes its places first, even beyond the
    limits, and nothing else goes beyond them. The rest is given by merit: a better candidate of an
    area is funded before a worse one, unless it asks for more than was left of the budget and the
    worse one for less. Where candidates of the same merit can't all be funded, all of them become
    reserves, and what is left is held for them until people choose.

    `overflow` gives the places that areas leave over for want of applicants to the best of other
    areas, once no tie is open and every area is known; it goes beyond `limits.per_area` there.
    `reserves` is how many there are in each area (in all where places are not by area), more where
    they share a rank; the others are not funded. None: everybody with a merit.

    Raises ValueError where a case competes twice, or a choice is about one that does not.
    """
    pool = sorted(candidates, key=lambda one: (one.reference, one.case_id))
    chosen = dict(manual or {})
    _check(pool, chosen)
    room = _room_beside(limits, [one for one in pool if _is_funded(one, chosen)])
    free = [one for one in pool if one.case_id not in chosen]
    placed = {one.case_id: Placed(Why.CHOSEN) for one in pool if one.case_id in chosen}
    placed |= {one.case_id: why for one in free if (why := _out_of_it(one, limits))}
    placed |= place_by_merit((one for one in free if one.case_id not in placed), room)
    waiting = {
        one.area for one in pool if _is_waiting(placed[one.case_id], chosen.get(one.case_id))
    }
    left_over = _left_over(pool, waiting, limits, room)
    if overflow and not any(p.why in (Why.TIE, Why.NO_AREA) for p in placed.values()):
        placed |= _give_left_over(free, placed, room, sum(left_over.values()))
    outcomes = _outcomes(pool, placed, chosen, limits=limits, reserves=reserves)
    proposals = _proposals(pool, placed, chosen, outcomes)
    ties = tuple(dict.fromkeys(p.tie for p in proposals if p.tie is not None))
    shares = _shares(proposals, ties, limits, left_over)
    return Allocation(limits, proposals, ties, shares, overflow)


def _check(pool: Sequence[Candidate], chosen: Collection[int]) -> None:
    known = Counter(one.case_id for one in pool)
    twice = sorted(case_id for case_id, times in known.items() if times > 1)
    if twice:
        raise ValueError(f"cases that compete twice: {twice}")
    strange = sorted(set(chosen) - set(known))
    if strange:
        raise ValueError(f"choices about cases that do not compete: {strange}")


def _is_funded(one: Candidate, chosen: Mapping[int, Choice]) -> bool:
    return one.case_id in chosen and chosen[one.case_id].outcome is Outcome.FUNDED


def _room_beside(limits: Limits, funded: Iterable[Candidate]) -> Room:
    """What there is to give beside those who are funded already."""
    room = Room(
        awards=math.inf if limits.awards is None else limits.awards,
        per_area=math.inf if limits.per_area is None else limits.per_area,
        budget=math.inf if limits.budget is None else limits.budget,
    )
    for one in funded:
        room.take(one.area, 1, one.amount)
    return room


def _out_of_it(one: Candidate, limits: Limits) -> Placed | None:
    if one.merit is None:
        return Placed(Why.NOT_SCORED)
    if one.area is None and limits.per_area is not None:
        return Placed(Why.NO_AREA)
    return None


def _is_waiting(placed: Placed, choice: Choice | None) -> bool:
    """True for whoever might still take a place that is free."""
    if choice is not None:
        return choice.outcome is Outcome.RESERVE
    return placed.why is not Why.BEST


def _left_over(
    pool: Iterable[Candidate], waiting: Collection[str | None], limits: Limits, room: Room
) -> dict[str | None, int]:
    """The free places of each area that none of its candidates is waiting for; none where places
    are not by area."""
    if limits.per_area is None:
        return {}
    areas = {*limits.areas, *(one.area for one in pool if one.area is not None)}
    return {area: int(room.in_area(area)) for area in areas if area not in waiting}


def _give_left_over(
    free: Iterable[Candidate], placed: Mapping[int, Placed], room: Room, places: int
) -> dict[int, Placed]:
    """What changes when so many places are given whatever the area. Who gets none stays as they
    were, but for the reason where that is a new one."""
    waiting = [one for one in free if placed[one.case_id].why is Why.AREA_FULL]
    beyond = Room(awards=min(room.awards, places), budget=room.budget)
    given = place_by_merit(waiting, beyond)
    return {case_id: _as_left_over(new) for case_id, new in given.items() if _is_news(new)}


def _is_news(placed: Placed) -> bool:
    return placed.why is not Why.ALL_AWARDED


def _as_left_over(placed: Placed) -> Placed:
    if placed.why is Why.BEST:
        return Placed(Why.LEFT_OVER)
    if placed.tie is not None and placed.tie.cut_off is CutOff.ALL:
        tie = Tie(
            CutOff.LEFT_OVER, placed.tie.references, placed.tie.merit, places=placed.tie.places
        )
        return Placed(Why.TIE, tie)
    return placed


def _outcomes(
    pool: Iterable[Candidate],
    placed: Mapping[int, Placed],
    chosen: Mapping[int, Choice],
    *,
    limits: Limits,
    reserves: int | None,
) -> dict[int, Outcome]:
    """The outcome of each: whoever competes and gets nothing is a reserve, as far as there are
    to be so many. What is open never ends here, nor does what is better: a tie, an area that
    nobody knows."""
    outcomes = {case_id: _first_outcome(one.why) for case_id, one in placed.items()}
    outcomes |= {case_id: choice.outcome for case_id, choice in chosen.items()}
    waiting = [one for one in pool if outcomes[one.case_id] is Outcome.RESERVE]
    by_area = limits.per_area is not None
    places = _ranks(waiting, by_area=by_area)
    worst_open: dict[str | None, float] = {}
    for one in waiting:
        if placed[one.case_id].why.is_open:
            area = one.area if by_area else None
            worst_open[area] = min(one.standing, worst_open.get(area, math.inf))
    for one in waiting:
        is_beyond = reserves is not None and places[one.case_id] > reserves
        is_worse = one.standing < worst_open.get(one.area if by_area else None, math.inf)
        if is_beyond and is_worse and one.case_id not in chosen:
            outcomes[one.case_id] = Outcome.NOT_FUNDED
    return outcomes


def _first_outcome(why: Why) -> Outcome:
    if why in (Why.BEST, Why.LEFT_OVER):
        return Outcome.FUNDED
    return Outcome.NOT_FUNDED if why is Why.NOT_SCORED else Outcome.RESERVE


def _ranks(candidates: Iterable[Candidate], *, by_area: bool = False) -> dict[int, int]:
    """The rank of each among these, or among those of its area: one more than there are better
    ones."""
    groups: dict[str | None, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.area if by_area else None, []).append(one)
    ranks: dict[int, int] = {}
    for group in groups.values():
        best_first = sorted(-one.standing for one in group)
        ranks |= {one.case_id: bisect_left(best_first, -one.standing) + 1 for one in group}
    return ranks


def _proposals(
    pool: Sequence[Candidate],
    placed: Mapping[int, Placed],
    chosen: Mapping[int, Choice],
    outcomes: Mapping[int, Outcome],
) -> tuple[Proposal, ...]:
    scored = [one for one in pool if one.merit is not None]
    waiting = [one for one in pool if outcomes[one.case_id] is Outcome.RESERVE]
    ranks, reserves = _ranks(scored), _ranks(waiting)
    area_ranks, area_reserves = (_ranks(some, by_area=True) for some in (scored, waiting))
    proposals = (
        Proposal(
            candidate=one,
            outcome=outcomes[one.case_id],
            why=placed[one.case_id].why,
            rank=ranks.get(one.case_id),
            area_rank=area_ranks.get(one.case_id) if one.area is not None else None,
            reserve=reserves.get(one.case_id),
            area_reserve=area_reserves.get(one.case_id),
            tie=placed[one.case_id].tie,
            reason=chosen[one.case_id].reason if one.case_id in chosen else "",
            money=placed[one.case_id].money,
        )
        for one in pool
    )
    return tuple(sorted(proposals, key=lambda one: -one.candidate.standing))


def _shares(
    proposals: Sequence[Proposal],
    ties: Iterable[Tie],
    limits: Limits,
    left_over: Mapping[str | None, int],
) -> tuple[AreaShare, ...]:
    """One share an area: the programme's in its order, then any other, then the unknown one."""
    competing = Counter(one.candidate.area for one in proposals)
    funded = Counter(one.candidate.area for one in proposals if one.is_funded)
    held = Counter({tie.area: tie.places or 0 for tie in ties if tie.cut_off is CutOff.AREA})
    named = sorted(area for area in competing if area is not None)
    areas: dict[str | None, None] = dict.fromkeys((*limits.areas, *named))
    if competing[None]:
        areas[None] = None
    return tuple(
        AreaShare(
            area=area,
            places=limits.per_area if area is not None else None,
            candidates=competing[area],
            funded=funded[area],
            held=held[area],
            left_over=left_over.get(area, 0),
        )
        for area in areas
    )

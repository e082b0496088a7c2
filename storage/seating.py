"""How the places of a round stand, for those who give them, and what of it is recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from storage import cases, places
from storage.domain.case import Case
from storage.domain.cohorts import Assignment, Limits, Seat, Seeker, assign, limits_of
from storage.domain.placement import Placement
from storage.domain.programme import Programme
from storage.facts import name_key

IN_ORDER = "in order of nomination"
"""The reason of a place that follows from the order alone."""


@dataclass(frozen=True, slots=True)
class Seating:
    """`seats` are the places that people have, confirmed or not. Those without one wait, in the
    order of the list, or are `nominated` and nobody has placed them yet. `cases` are all of the
    round by id, `placements` those that stand."""

    cases: Mapping[int, Case]
    placements: Mapping[int, Placement]
    seats: tuple[Seat, ...]
    waiting: tuple[Seeker, ...]
    nominated: tuple[Seeker, ...]
    limits: Limits

    def proposed(self) -> tuple[Assignment, ...]:
        """What becomes of everybody without a place."""
        return assign(self.waiting, self.nominated, self.seats, self.limits)

    def promoted(self) -> tuple[Assignment, ...]:
        """Who of those who wait can have a place now."""
        found = assign(self.waiting, (), self.seats, self.limits)
        return tuple(one for one in found if one.cohort is not None)

    @property
    def last_rank(self) -> int:
        return max((placement.rank for placement in self.placements.values()), default=0)


def seating_of(session: Session, programme: Programme, now: datetime) -> Seating:
    """How the programme's round stands. In a session that writes, whoever else wants to place
    somebody waits for its end. A fixed number of queries."""
    slug, round_key = programme.slug, programme.round.key
    known = cases.of_round(session, slug, round_key)
    standing = places.standing(session, slug, round_key)
    taking_part = [case for case in known if case.is_nominee]
    seats, waiting, nominated = [], [], []
    for case in taking_part:
        placement = standing.get(case.id)
        if placement is None:
            nominated.append(_seeker(case))
        elif placement.cohort is None:
            waiting.append(_seeker(case))
        else:
            seats.append(Seat(case.id, placement.cohort, case.area, team_of(case)))
    waiting.sort(key=lambda seeker: (standing[seeker.case_id].rank, seeker.case_id))
    return Seating(
        cases={case.id: case for case in known},
        placements=standing,
        seats=tuple(seats),
        waiting=tuple(waiting),
        nominated=tuple(nominated),
        limits=limits_of(programme, now),
    )


def team_of(case: Case) -> str | None:
    """What tells the team of a nominee from others of the same name: who put it forward."""
    if not case.team:
        return None
    nominator = case.nominated_by.email if case.nominated_by else None
    return f"{name_key(case.team)} by {nominator or case.opened_by}"


def record(
    session: Session, seating: Seating, found: Iterable[Assignment], *, by: str, now: datetime
) -> tuple[Placement, ...]:
    """Give the places that were found, and put who is new and finds none on the waiting list. What
    is for a person is left alone."""
    waits = {seeker.case_id for seeker in seating.waiting}
    rank, recorded = seating.last_rank, []
    for one in found:
        id = one.seeker.case_id
        if one.why.is_for_a_person or (one.cohort is None and id in waits):
            continue
        rank += one.cohort is None
        recorded.append(
            places.place(
                session,
                seating.cases[id],
                one.cohort,
                rank=rank if one.cohort is None else 0,
                reason=IN_ORDER,
                by=by,
                now=now,
            )
        )
    return tuple(recorded)


def _seeker(case: Case) -> Seeker:
    return Seeker(case.id, case.opened_at, case.opened_by, case.area, team_of(case))

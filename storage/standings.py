"""How the decisions of a round stand, for those who judge what somebody wants to decide, and what
of it is recorded."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from storage import cases, decisions
from storage.domain.deciding import Judged, Standing
from storage.domain.decision import Decision
from storage.domain.programme import Programme


def standing_of(session: Session, programme: Programme) -> Standing:
    """How the programme's round stands. In a session that writes, whoever else wants to decide
    waits for its end. A fixed number of queries."""
    slug, round_key = programme.slug, programme.round.key
    known: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions.of_round(session, slug, round_key):
        known[decision.case_id].append(decision)
    return Standing(
        programme=programme,
        cases=cases.of_round(session, slug, round_key),
        decisions={case_id: tuple(some) for case_id, some in known.items()},
        released={one.case_id: one for one in decisions.released(session, slug, round_key)},
    )


def record(
    session: Session, judged: Iterable[Judged], *, by: str, now: datetime
) -> tuple[Decision, ...]:
    """Record what is new and what changes; all else is left alone."""
    return tuple(
        decisions.decide(
            session,
            one.case,
            one.ruling,
            reason=one.reason,
            by=by,
            now=now,
            lifted=one.lifted,
        )
        for one in judged
        if one.is_to_be_recorded and one.case is not None and one.ruling is not None
    )

"""Verbs over places in cohorts: given, or a rank on the waiting list. They are only ever added to;
the newest of a case stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from storage import cases, events, messages
from storage.domain.case import Case, CaseState
from storage.domain.letter import LetterState
from storage.domain.placement import Placement, standing_placements
from storage.facts import PlainRow, known_id
from storage.loading import Query, fetch
from storage.round_rows import PlacementRow
from storage.rows import CaseRow, LetterRow, table_of
from storage.upserts import chunks

_WRITTEN = sql_select(col(LetterRow.key)).where(
    col(LetterRow.case_id) == bindparam("this"), col(LetterRow.state) != LetterState.DISCARDED
)
_PLACEMENTS = sql_select(table_of(PlacementRow)).order_by(col(PlacementRow.id))
_OF_CASES = _PLACEMENTS.where(col(PlacementRow.case_id).in_(bindparam("these", expanding=True)))
_OF_ROUND = _PLACEMENTS.join(table_of(CaseRow), col(CaseRow.id) == col(PlacementRow.case_id)).where(
    col(CaseRow.programme) == bindparam("slug"), col(CaseRow.round) == bindparam("round")
)


def place(
    session: Session,
    case: Case,
    cohort: int | None,
    *,
    rank: int = 0,
    reason: str,
    by: str,
    now: datetime,
    lifted: str | None = None,
) -> Placement:
    """Give a nominee a place in a cohort, or (None) a rank on the waiting list. Who had confirmed
    another place is asked again. The case and who nominated them are looked at at once."""
    row = PlacementRow(
        case_id=case.id,
        cohort=cohort,
        rank=rank,
        reason=reason,
        lifted=lifted,
        actor=by,
        at=now,
    )
    session.add(row)
    events.append(
        session,
        at=now,
        actor=by,
        what="placed" if cohort is not None else "waitlisted",
        programme=case.programme,
        case_id=case.id,
        detail={
            "cohort": str(cohort) if cohort is not None else None,
            "limits": "lifted" if lifted else None,
        },
    )
    session.flush()
    if case.state is CaseState.CONFIRMED:
        cases.save(session, replace(case, state=CaseState.NOMINATED), now, actor=by)
    cases.want_attention_of(session, [case.id], now)
    want_attention_of_nominator(session, case, now)
    return _to_placement(row)


def want_attention_of_nominator(session: Session, case: Case, at: datetime) -> None:
    """Have the message that opened a nominee's case looked at by `at`, unless it is sooner."""
    messages.want_attention(session, case.opened_by, at)


def of_round(session: Session, programme: str, round_key: str) -> tuple[Placement, ...]:
    """All placements of a round, in order of recording."""
    return _load(session, _OF_ROUND, slug=programme, round=round_key)


def of_cases(session: Session, case_ids: Sequence[int]) -> tuple[Placement, ...]:
    """All placements of these cases, in order of recording."""
    found = [
        placement
        for some in chunks(sorted(case_ids))
        for placement in _load(session, _OF_CASES, these=list(some))
    ]
    return tuple(sorted(found, key=lambda placement: placement.id))


def standing(session: Session, programme: str, round_key: str) -> dict[int, Placement]:
    """The placement that stands for each case of a round that has one, by the case's id."""
    return standing_placements(of_round(session, programme, round_key))


def find_offered(session: Session, case: Case) -> Placement | None:
    """The place that a nominee was written about and has not taken yet; None: there is none, so
    a yes or a no means something else."""
    if case.state is not CaseState.NOMINATED:
        return None
    found = of_cases(session, [case.id])
    if not found or found[-1].cohort is None:
        return None
    mark = [f"case:{case.id}", str(found[-1].id)]
    written = fetch(session, _WRITTEN, this=case.id)
    is_told = any(row.key.split("/")[1:3] == mark for row in written)
    return found[-1] if is_told else None


def _load(session: Session, found: Query, **parameters: object) -> tuple[Placement, ...]:
    return tuple(_to_placement(row) for row in fetch(session, found, **parameters))


def _to_placement(row: PlacementRow | PlainRow) -> Placement:
    return Placement(
        id=known_id(row.id),
        case_id=row.case_id,
        cohort=row.cohort,
        rank=row.rank,
        reason=row.reason,
        by=row.actor,
        at=row.at,
        lifted=row.lifted,
    )

"""Verbs over later closing times: recorded, and those that apply."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session, col, or_

from storage import cases, events, programmes
from storage.domain.extension import Extension, extended
from storage.domain.programme import Programme
from storage.facts import PlainRow, known_id
from storage.loading import Query, fetch
from storage.round_rows import ExtensionRow
from storage.rows import table_of

_OF_PROGRAMME = (
    select(table_of(ExtensionRow))
    .where(col(ExtensionRow.programme) == bindparam("slug"))
    .order_by(col(ExtensionRow.id))
)
_FOR_EVERYBODY = col(ExtensionRow.case_id).is_(None)
_OF_EVERYBODY = _OF_PROGRAMME.where(_FOR_EVERYBODY)
_OF_CASES = _OF_PROGRAMME.where(
    or_(_FOR_EVERYBODY, col(ExtensionRow.case_id).in_(bindparam("these", expanding=True)))
)


def extend(
    session: Session,
    programme: Programme,
    closes_at: datetime,
    *,
    case_id: int | None = None,
    reason: str,
    by: str,
    now: datetime,
) -> Extension:
    """Let the round close later, for everybody or for one case. Whom it concerns is looked at at
    once. `by` is the organiser who says so."""
    row = ExtensionRow(
        programme=programme.slug,
        round=programme.round.key,
        case_id=case_id,
        closes_at=closes_at,
        reason=reason,
        actor=by,
        at=now,
    )
    session.add(row)
    if case_id is None:
        cases.want_attention(session, programme.slug, now, actor=by)
        programmes.want_attention(session, programme.slug, now)
    else:
        cases.want_attention_of(session, [case_id], now)
    events.append(
        session,
        at=now,
        actor=by,
        what="case_extended" if case_id is not None else "round_extended",
        programme=programme.slug,
        case_id=case_id,
        detail={"closes_at": closes_at.isoformat()},
    )
    session.flush()
    return _to_extension(row)


def of_programme(session: Session, slug: str) -> tuple[Extension, ...]:
    """All of a programme's, in order of recording: of its rounds and of single cases."""
    return _load(session, _OF_PROGRAMME, slug=slug)


def of_case(session: Session, slug: str, case_id: int | None) -> tuple[Extension, ...]:
    """Those that apply to a case, in order of recording; None: those that apply to everybody."""
    return of_cases(session, slug, [] if case_id is None else [case_id])


def of_cases(session: Session, slug: str, case_ids: Collection[int]) -> tuple[Extension, ...]:
    """Those that apply to everybody or to one of these cases, in order of recording."""
    if not case_ids:
        return _load(session, _OF_EVERYBODY, slug=slug)
    return _load(session, _OF_CASES, slug=slug, these=list(case_ids))


def as_extended(session: Session, configured: Programme) -> Programme:
    """The programme with the closing time that holds for everybody."""
    later = of_case(session, configured.slug, None)
    return replace(configured, round=extended(configured.round, later)) if later else configured


def all_as_extended(session: Session, configured: Mapping[str, Programme]) -> dict[str, Programme]:
    """The same for every programme, by slug."""
    return {slug: as_extended(session, programme) for slug, programme in configured.items()}


def _load(session: Session, found: Query, **parameters: object) -> tuple[Extension, ...]:
    return tuple(_to_extension(row) for row in fetch(session, found, **parameters))


def _to_extension(row: ExtensionRow | PlainRow) -> Extension:
    return Extension(
        id=known_id(row.id),
        programme=row.programme,
        round=row.round,
        case_id=row.case_id,
        closes_at=row.closes_at,
        reason=row.reason,
        by=row.actor,
        at=row.at,
    )

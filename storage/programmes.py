"""Verbs over the programmes themselves: when one wants letters of its own, to its organisers."""

from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, or_, select, update
from sqlmodel import Session, col

from storage import cases, events
from storage.columns import UtcDateTime
from storage.domain.programme import Programme
from storage.loading import fetch
from storage.round_rows import ProgrammeRow
from storage.rows import table_of
from storage.upserts import dialect_of, insert_for

_DATES = select(col(ProgrammeRow.dates)).where(col(ProgrammeRow.slug) == bindparam("this"))
_SET_ATTENTION = (
    update(table_of(ProgrammeRow))
    .where(col(ProgrammeRow.slug) == bindparam("this"))
    .values(attention_at=bindparam("at", type_=UtcDateTime))
)
_WANT_ATTENTION = _SET_ATTENTION.where(
    or_(
        col(ProgrammeRow.attention_at).is_(None),
        col(ProgrammeRow.attention_at) > bindparam("at", type_=UtcDateTime),
    )
)
_WANTING_ATTENTION = (
    select(col(ProgrammeRow.slug))
    .where(col(ProgrammeRow.attention_at) <= bindparam("now", type_=UtcDateTime))
    .order_by(col(ProgrammeRow.attention_at))
)


def watch(session: Session, programme: Programme, now: datetime) -> None:
    """Know a configured programme. It is looked at the first time it is seen, which begins its
    history, and together with all of its cases whenever its dates have changed since."""
    dates = _dates(programme)
    known = fetch(session, _DATES, this=programme.slug)
    if known and known[0].dates == dates:
        return
    values = {"slug": programme.slug, "dates": dates, "attention_at": now}
    session.connection().execute(_knowing(dialect_of(session)), values)
    if not known:
        events.append(session, at=now, what="programme_known", programme=programme.slug)
    else:
        cases.want_attention(session, programme.slug, now)


def want_attention(session: Session, slug: str, at: datetime) -> None:
    """Have a programme looked at by `at`."""
    session.connection().execute(_WANT_ATTENTION, {"this": slug, "at": at})


def set_attention(session: Session, slug: str, at: datetime | None) -> None:
    """When the letter kinds are to look at this programme again; None: not before a new fact."""
    session.connection().execute(_SET_ATTENTION, {"this": slug, "at": at})


def wanting_attention(session: Session, now: datetime) -> tuple[str, ...]:
    """The slugs of the programmes to be looked at by now."""
    return tuple(row.slug for row in fetch(session, _WANTING_ATTENTION, now=now))


@cache
def _knowing(dialect: str) -> Executable:
    """The statement that writes a programme down, whether or not it was known."""
    statement = insert_for(dialect, ProgrammeRow)
    told = {name: statement.excluded[name] for name in ("dates", "attention_at")}
    return statement.on_conflict_do_update(index_elements=["slug"], set_=told)


def _dates(programme: Programme) -> str:
    """All of a programme that moves the instants at which letters are due."""
    current = programme.round
    moments = (current.opens_at, current.closes_at, current.outcomes_at)
    told = [current.key, *(at.isoformat() if at else "" for at in moments)]
    told += [str(current.grace), repr(programme.reminders), repr(programme.digests)]
    told += [repr(programme.chase_after_days), repr(sorted(programme.holidays))]
    told += [repr(organiser) for organiser in programme.organisers]
    if programme.panel:
        told += [repr(programme.panel), repr(current.scores_by)]
    if programme.award is not None:
        told += [repr(programme.award), repr(programme.events)]
    if programme.cohorts:
        leads = [area.nomination_lead for area in programme.areas]
        told += [repr(programme.cohorts), repr(programme.placing), repr(leads)]
    return "\n".join(told)

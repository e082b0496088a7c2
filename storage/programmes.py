"""Verbs over the programmes themselves: when one wants letters of its own, to its organisers."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from storage import cases, events
from storage.domain.programme import Programme
from storage.round_rows import ProgrammeRow
from storage.upserts import insert_into


def watch(session: Session, programme: Programme, now: datetime) -> None:
    """Know a configured programme. It is looked at the first time it is seen, which begins its
    history, and together with all of its cases whenever its dates have changed since."""
    dates = _dates(programme)
    row = session.get(ProgrammeRow, programme.slug)
    if row is not None and row.dates == dates:
        return
    values = {"slug": programme.slug, "dates": dates, "attention_at": now}
    statement = insert_into(session, ProgrammeRow).values(values)
    session.connection().execute(
        statement.on_conflict_do_update(
            index_elements=["slug"], set_={"dates": dates, "attention_at": now}
        )
    )
    session.expire_all()
    if row is None:
        events.append(session, at=now, what="programme_known", programme=programme.slug)
        session.flush()
    else:
        cases.want_attention(session, programme.slug, now)


def want_attention(session: Session, slug: str, at: datetime) -> None:
    """Have a programme looked at by `at`."""
    row = session.get(ProgrammeRow, slug)
    if row is not None and (row.attention_at is None or row.attention_at > at):
        set_attention(session, slug, at)


def set_attention(session: Session, slug: str, at: datetime | None) -> None:
    """When the letter kinds are to look at this programme again; None: not before a new fact."""
    session.exec(update(ProgrammeRow).where(col(ProgrammeRow.slug) == slug).values(attention_at=at))
    session.expire_all()


def wanting_attention(session: Session, now: datetime) -> tuple[str, ...]:
    """The slugs of the programmes to be looked at by now."""
    found = select(ProgrammeRow.slug).where(col(ProgrammeRow.attention_at) <= now)
    return tuple(session.exec(found.order_by(col(ProgrammeRow.attention_at))))


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

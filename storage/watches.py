"""Verbs of the watch: what went well or failed is noted, trouble is noticed and ended. Each change
is a line of the history and wakes the programmes that it concerns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Executable, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, or_, select

from storage import events, programmes
from storage.columns import UtcDateTime
from storage.domain.watch import Pulse, Sign, Trouble, TroubleKind
from storage.loading import Query, fetch
from storage.round_rows import ProgrammeRow
from storage.rows import table_of
from storage.upserts import dialect_of, insert_for
from storage.watch_rows import PulseRow, TroubleRow

READING = "read"
SENDING = "send"
TICK = "tick"

PULSE_EVERY = timedelta(seconds=30)
"""How much older the last good time is at least before a newer one is written down."""

_PULSES = sql_select(table_of(PulseRow)).order_by(col(PulseRow.name))
_TROUBLES = sql_select(table_of(TroubleRow)).order_by(col(TroubleRow.id))
_IS_OPEN = col(TroubleRow.ended_at).is_(None)
_OPEN = _TROUBLES.where(_IS_OPEN)
_RECENT = _TROUBLES.where(
    or_(_IS_OPEN, col(TroubleRow.ended_at) > bindparam("since", type_=UtcDateTime)),
    or_(col(TroubleRow.programme) == bindparam("slug"), col(TroubleRow.programme).is_(None)),
)


def pulse_name(what: str, slug: str) -> str:
    """`read/ace`."""
    return f"{what}/{slug}"


def pulses(session: Session) -> dict[str, Pulse]:
    """Every pulse by its name."""
    rows = fetch(session, _PULSES)
    return {row.name: Pulse(row.well_at, row.failing_since, row.reason) for row in rows}


def of_programmes(known: Mapping[str, Pulse], what: str) -> dict[str, Pulse]:
    """Those of one thing that is done for each programme, by slug."""
    start = pulse_name(what, "")
    return {name.removeprefix(start): p for name, p in known.items() if name.startswith(start)}


def news_of(
    known: Mapping[str, Pulse], outcomes: Mapping[str, str | None], now: datetime
) -> dict[str, Pulse]:
    """The pulses that are to be written down. An outcome is the reason of a failure, None where
    it went well."""
    told = {}
    for name, reason in outcomes.items():
        before = known.get(name, Pulse())
        after = Pulse(now) if reason is None else _failing(before, reason, now)
        is_old = before.well_at is None or now - before.well_at >= PULSE_EVERY
        has_turned = (before.failing_since is None) != (after.failing_since is None)
        if has_turned or (reason is None and is_old):
            told[name] = after
    return told


def note_pulses(session: Session, told: Mapping[str, Pulse]) -> None:
    """Write these pulses down in place of what is known of them."""
    if told:
        lines = [{"name": name, **asdict(pulse)} for name, pulse in sorted(told.items())]
        session.connection().execute(_noting(dialect_of(session)), lines)


@cache
def _noting(dialect: str) -> Executable:
    """The statement that writes a pulse down, whether or not there was one of its name."""
    statement = insert_for(dialect, PulseRow)
    told = {name: statement.excluded[name] for name in ("well_at", "failing_since", "reason")}
    return statement.on_conflict_do_update(index_elements=["name"], set_=told)


def open_troubles(session: Session) -> tuple[Trouble, ...]:
    """What is not over, in the order in which it was noticed."""
    return _load(session, _OPEN)


def recent_troubles(session: Session, slug: str, since: datetime) -> tuple[Trouble, ...]:
    """What concerns a programme and is not over, or was over after `since`."""
    return _load(session, _RECENT, slug=slug, since=since)


def differs(known: Collection[Trouble], signs: Collection[Sign]) -> bool:
    """True where `observe` would change something."""
    return {_key(t) for t in known} != {_key(sign) for sign in signs}


def observe(session: Session, signs: Sequence[Sign], now: datetime) -> None:
    """Notice what is new in `signs`, and end what is no longer there. Asking twice is harmless,
    also by two processes at once."""
    events.settle(session)
    rows = session.exec(select(TroubleRow).where(_IS_OPEN)).all()
    known = {(row.kind, row.programme): row for row in rows}
    present = {_key(sign) for sign in signs}
    for sign in signs:
        if _key(sign) not in known:
            _notice(session, sign, now)
    for key, row in known.items():
        if key not in present:
            row.ended_at = now
            _tell(session, row, "trouble_over", now)


def _notice(session: Session, sign: Sign, now: datetime) -> None:
    row = TroubleRow(
        kind=sign.kind,
        programme=sign.programme,
        began_at=sign.since,
        noticed_at=now,
        reason=sign.reason,
    )
    session.add(row)
    _tell(session, row, "trouble_noticed", now)


def _tell(session: Session, row: TroubleRow, what: str, now: datetime) -> None:
    session.flush()
    detail = {"trouble": row.kind, "since": row.began_at.isoformat()}
    events.append(session, at=now, what=what, programme=row.programme, detail=detail)
    session.flush()
    concerned = [row.programme] if row.programme else session.exec(select(ProgrammeRow.slug)).all()
    for slug in concerned:
        programmes.want_attention(session, slug, now)


def _key(told: Sign | Trouble) -> tuple[str, str | None]:
    return (told.kind, told.programme)


def _failing(before: Pulse, reason: str, now: datetime) -> Pulse:
    return Pulse(before.well_at, before.failing_since or now, reason)


def _load(session: Session, found: Query, **parameters: object) -> tuple[Trouble, ...]:
    return tuple(
        Trouble(
            id=row.id,
            kind=TroubleKind(row.kind),
            programme=row.programme,
            began_at=row.began_at,
            noticed_at=row.noticed_at,
            reason=row.reason,
            ended_at=row.ended_at,
        )
        for row in fetch(session, found, **parameters)
    )

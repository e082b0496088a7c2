"""Verbs over application packs: which version of a programme's pack is out, and which is to go to
everybody who holds an older one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select

from storage import cases, events
from storage.domain.letter import LetterState
from storage.domain.reissue import Reissue
from storage.facts import PlainRow, known_id
from storage.loading import fetch
from storage.round_rows import ReissueRow
from storage.rows import LetterRow, PackRow, table_of
from storage.serialising import dump_texts, load_texts
from storage.upserts import insert_into

_REISSUE = (
    sql_select(table_of(ReissueRow))
    .where(col(ReissueRow.programme) == bindparam("programme"))
    .order_by(col(ReissueRow.id).desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class PackVersion:
    """A version of a programme's pack, from 1. `enclosure_sha256` is the archived enclosure with
    all its files, `size` its bytes."""

    programme: str
    version: int
    enclosure_sha256: str
    size: int
    files: tuple[str, ...]
    published_at: datetime


def publish(
    session: Session,
    *,
    programme: str,
    sha256: str,
    size: int,
    files: tuple[str, ...],
    now: datetime,
) -> PackVersion:
    """Make the enclosure with this hash the programme's pack. Returns the version that is out
    when it has the same hash, else the next one, also when an older pack comes back."""
    while (out := current(session, programme)) is None or out.enclosure_sha256 != sha256:
        values = {
            "programme": programme,
            "version": out.version + 1 if out else 1,
            "enclosure_sha256": sha256,
            "size": size,
            "files": dump_texts(files),
            "published_at": now,
        }
        if _insert(session, values):
            detail = {"version": str(values["version"]), "sha256": sha256}
            events.append(
                session, at=now, what="pack_published", programme=programme, detail=detail
            )
    return out


def current(session: Session, programme: str) -> PackVersion | None:
    """The pack that is out; None before the first."""
    found = (
        select(PackRow)
        .where(PackRow.programme == programme)
        .order_by(col(PackRow.version).desc())
        .limit(1)
    )
    row = session.exec(found).first()
    return None if row is None else _to_pack(row)


def list_versions(session: Session, programme: str) -> tuple[PackVersion, ...]:
    """Every version of a programme's pack, the newest first."""
    found = select(PackRow).where(PackRow.programme == programme)
    return tuple(_to_pack(row) for row in session.exec(found.order_by(col(PackRow.version).desc())))


def holders(session: Session, programme: str) -> dict[int, int]:
    """Case id → the newest version of the pack that it was sent, or that still is to leave."""
    gone = (LetterState.DISCARDED, LetterState.FAILED)
    found = (
        select(LetterRow.case_id, func.max(LetterRow.pack_version))
        .where(
            col(LetterRow.programme) == programme,
            col(LetterRow.pack_version).is_not(None),
            col(LetterRow.case_id).is_not(None),
            col(LetterRow.state).not_in(gone),
        )
        .group_by(col(LetterRow.case_id))
    )
    return {known_id(case_id): version or 0 for case_id, version in session.exec(found)}


def reissue(
    session: Session,
    pack: PackVersion,
    *,
    round_key: str,
    note: str,
    form_still_fine: bool,
    by: str,
    now: datetime,
) -> Reissue:
    """Have this version sent to the holders of older ones. All cases are looked at at once."""
    row = ReissueRow(
        programme=pack.programme,
        round=round_key,
        pack_version=pack.version,
        note=note,
        form_still_fine=form_still_fine,
        actor=by,
        at=now,
    )
    session.add(row)
    cases.want_attention(session, pack.programme, now, actor=by)
    detail = {"version": str(pack.version)}
    events.append(
        session, at=now, actor=by, what="pack_reissued", programme=pack.programme, detail=detail
    )
    session.flush()
    return _to_reissue(row)


def current_reissue(session: Session, programme: str) -> Reissue | None:
    """The newest pack that was to go to everybody; None when there was none."""
    rows = fetch(session, _REISSUE, programme=programme)
    return _to_reissue(rows[0]) if rows else None


def _to_reissue(row: ReissueRow | PlainRow) -> Reissue:
    return Reissue(
        id=known_id(row.id),
        programme=row.programme,
        round=row.round,
        pack_version=row.pack_version,
        note=row.note,
        form_still_fine=row.form_still_fine,
        by=row.actor,
        at=row.at,
    )


def _insert(session: Session, values: dict[str, object]) -> bool:
    """False when another process published this version meanwhile; it may be the same pack."""
    statement = insert_into(session, PackRow).values(values)
    skipping = statement.on_conflict_do_nothing(index_elements=["programme", "version"])
    inserted = session.connection().execute(skipping.returning(col(PackRow.id)))
    return inserted.first() is not None


def _to_pack(row: PackRow) -> PackVersion:
    return PackVersion(
        programme=row.programme,
        version=row.version,
        enclosure_sha256=row.enclosure_sha256,
        size=row.size,
        files=load_texts(row.files),
        published_at=row.published_at,
    )

"""Verbs over application packs: which version of a programme's pack is out."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage import events
from storage.rows import PackRow
from storage.serialising import dump_texts, load_texts
from storage.upserts import insert_into


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

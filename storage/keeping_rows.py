"""The tables that keep the ledger itself right: seals over its history, backups it came from, what
was erased from it."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import PlainText, UtcDateTime
from storage.rows import Row


class SealRow(Row, table=True):
    """The digest of the history up to the line `event_id`, over `lines` lines since the seal
    before; only ever added."""

    __tablename__ = "seals"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(unique=True)
    lines: int
    digest: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)


class RestorationRow(Row, table=True):
    """The ledger was put back from a backup taken at `taken_at`; until a person ends it at
    `ended_at`, no letter leaves unasked."""

    __tablename__ = "restorations"

    id: int | None = Field(default=None, primary_key=True)
    taken_at: datetime = Field(sa_type=UtcDateTime)
    restored_at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(sa_type=PlainText)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: str | None = Field(default=None, sa_type=PlainText)


class ErasureRow(Row, table=True):
    """A person's data was erased: `digest` is their address under our secret, so that
    it can be asked about again and never read back. `counts` is a table of numbers; only ever
    added."""

    __tablename__ = "erasures"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(sa_type=PlainText, index=True)
    counts: str = Field(sa_type=PlainText)
    reason: str = Field(sa_type=PlainText)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)

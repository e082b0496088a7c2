"""The tables of the watch: what went well last, what is in trouble, and whether the mailboxes and
the ledger hold the same."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.columns import PlainText, UtcDateTime
from storage.rows import Row


class PulseRow(Row, table=True):
    """Something that is done again and again, such as reading a mailbox: when it went well last,
    and since when it fails."""

    __tablename__ = "pulses"

    name: str = Field(sa_type=PlainText, primary_key=True)
    well_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str | None = Field(default=None, sa_type=PlainText)


class TroubleRow(Row, table=True):
    """Something organisers should know of: since when it is so, when it was noticed, and when it
    was over. `programme` None: it concerns them all."""

    __tablename__ = "troubles"
    __table_args__ = (
        Index(
            "ix_troubles_open",
            "kind",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},  # letters are keyed by the ids
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=PlainText)
    programme: str | None = Field(default=None, sa_type=PlainText)
    began_at: datetime = Field(sa_type=UtcDateTime)
    noticed_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(sa_type=PlainText)


class ReconciliationRow(Row, table=True):
    """The newest comparison of a mailbox with the ledger. `strays` are the keys of what lies in
    the mailbox and was never stored."""

    __tablename__ = "reconciliations"

    mailbox: str = Field(sa_type=PlainText, primary_key=True)
    programme: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)
    in_mailbox: int
    in_ledger: int
    unfiled: int
    gone: int
    lost_bytes: int
    strays: str = Field(default="[]", sa_type=PlainText)

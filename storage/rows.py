"""The tables of the ledger. Rows never leave this package: the facts of `storage.domain` do."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, cast

from sqlalchemy import BigInteger, Index, MetaData, Table, UniqueConstraint, inspect, text
from sqlmodel import Field, SQLModel

from storage.columns import OpaqueKey, PlainText, ShortText, UtcDateTime

SCHEMA = "0014"
"""The migration that these tables are at. Numbers of four digits, compared as text."""


_NEVER_AGAIN = {"sqlite_autoincrement": True}
"""The id of a deleted row is not given to another: letters are keyed by the ids of what they
answer, and the history names them. (PostgreSQL does so by itself.)"""


class Row(SQLModel):
    """What all tables share: one metadata of our own, constraints named alike everywhere."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def table_of(row: type[Row]) -> Table:
    """The table behind a kind of row, for statements whose results stay plain rows."""
    return cast(Table, inspect(row).local_table)


class MessageState(StrEnum):
    """How far a message has come, in the ledger's own words."""

    WAITING = "waiting"
    RECORDED = "recorded"
    QUARANTINED = "quarantined"
    ERASED = "erased"


class MessageRow(Row, table=True):
    """A message, once for all its sightings. `understanding` and what is copied out of it for
    the indexes stay empty until it is recorded, `settled_…` until a person ticks it off."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "state", "received_at"), _NEVER_AGAIN)

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(sa_type=PlainText, unique=True)
    size: int
    too_big: bool
    received_at: datetime = Field(sa_type=UtcDateTime)
    remembered_at: datetime = Field(sa_type=UtcDateTime)
    programme: str | None = Field(default=None, sa_type=PlainText)
    state: str = Field(sa_type=PlainText)
    attempts: int
    reason: str | None = Field(default=None, sa_type=PlainText)
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rfc_message_id: str | None = Field(default=None, sa_type=ShortText, index=True)
    sender_email: str | None = Field(default=None, sa_type=ShortText, index=True)
    fingerprint: str | None = Field(default=None, sa_type=PlainText, index=True)
    kind: str | None = Field(default=None, sa_type=PlainText, index=True)
    rule: str | None = Field(default=None, sa_type=PlainText)
    hold: str | None = Field(default=None, sa_type=PlainText)
    placement_rule: str | None = Field(default=None, sa_type=PlainText)
    understanding: str | None = Field(default=None, sa_type=PlainText)
    changed: str = Field(default="[]", sa_type=PlainText)
    results: str = Field(default="[]", sa_type=PlainText)
    scores: str = Field(default="[]", sa_type=PlainText)
    actions: str = Field(default="[]", sa_type=PlainText)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by: str | None = Field(default=None, sa_type=PlainText)
    settled_note: str | None = Field(default=None, sa_type=PlainText)
    attention_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SightingRow(Row, table=True):
    """One place where a mailbox showed a message; `gone_at` is when it was noticed that the
    mailbox has the message nowhere any more."""

    __tablename__ = "sightings"
    __table_args__ = (
        UniqueConstraint("mailbox", "key"),
        Index(
            "ix_sightings_unfiled",
            "mailbox",
            "id",
            sqlite_where=text("filed_at IS NULL"),
            postgresql_where=text("filed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    mailbox: str = Field(sa_type=PlainText)
    key: str = Field(sa_type=OpaqueKey)
    message_id: int = Field(foreign_key="messages.id", index=True)
    received_at: datetime = Field(sa_type=UtcDateTime)
    filed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CaseRow(Row, table=True):
    """A case. `name_key` is the contact's name as it is compared with other names."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("programme", "reference"),
        Index(None, "programme", "contact_email"),
        Index(None, "programme", "name_key"),
        _NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(sa_type=PlainText, index=True)
    programme: str = Field(sa_type=PlainText)
    round: str = Field(sa_type=PlainText)
    state: str = Field(sa_type=PlainText, index=True)
    contact_name: str | None = Field(default=None, sa_type=PlainText)
    contact_email: str | None = Field(default=None, sa_type=ShortText)
    contact_phone: str | None = Field(default=None, sa_type=PlainText)
    contact_role: str | None = Field(default=None, sa_type=PlainText)
    contact_organisation: str | None = Field(default=None, sa_type=PlainText)
    name_key: str | None = Field(default=None, sa_type=ShortText)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    opened_by: int = Field(foreign_key="messages.id", index=True)
    title: str | None = Field(default=None, sa_type=PlainText)
    summary: str | None = Field(default=None, sa_type=PlainText)
    area: str | None = Field(default=None, sa_type=PlainText)
    senior_leader: str | None = Field(default=None, sa_type=PlainText)
    partners: str = Field(default="[]", sa_type=PlainText)
    team: str | None = Field(default=None, sa_type=PlainText)
    custom: str = Field(default="{}", sa_type=PlainText)
    nominated_by: str | None = Field(default=None, sa_type=PlainText)
    attention_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    version: int


class PersonRow(Row, table=True):
    """An address, lower case, that belongs to a case."""

    __tablename__ = "people"

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    email: str = Field(sa_type=ShortText, primary_key=True, index=True)


class CaseMarkRow(Row, table=True):
    """A number that cases which are alike have in common (`storage.domain.likeness`)."""

    __tablename__ = "case_marks"
    __table_args__ = (Index(None, "mark", "case_id"),)

    case_id: int = Field(foreign_key="cases.id", primary_key=True)
    mark: int = Field(sa_type=BigInteger, primary_key=True)


class MessageCaseRow(Row, table=True):
    """A message opened this case or belongs to it."""

    __tablename__ = "message_cases"

    message_id: int = Field(foreign_key="messages.id", primary_key=True)
    case_id: int = Field(foreign_key="cases.id", primary_key=True, index=True)


class LetterRow(Row, table=True):
    """A letter of the outbox. `claimed_at` is when it was last taken for sending, `doubts` how
    often a process died while it was being sent, `edited_by` who changed its text last.
    `tasks` are what it asks an organiser to deal with, `spent_by` the message by which they did."""

    __tablename__ = "letters"
    __table_args__ = (
        Index(None, "state", "not_before"),
        Index(None, "recipient_email", "claimed_at"),
        Index(None, "recipient_domain", "claimed_at"),
        _NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=PlainText, unique=True)
    kind: str = Field(sa_type=PlainText, index=True)
    programme: str = Field(sa_type=PlainText)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    cause: int | None = Field(default=None, foreign_key="messages.id", index=True)
    recipient_email: str = Field(sa_type=ShortText)
    recipient_name: str = Field(sa_type=PlainText)
    recipient_domain: str = Field(sa_type=ShortText)
    message_id: str = Field(sa_type=PlainText, unique=True)
    subject: str = Field(sa_type=PlainText)
    state: str = Field(sa_type=PlainText)
    created_at: datetime = Field(sa_type=UtcDateTime)
    not_before: datetime = Field(sa_type=UtcDateTime)
    attempts: int
    doubts: int
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    claimed_by: str | None = Field(default=None, sa_type=PlainText)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rule: str | None = Field(default=None, sa_type=PlainText)
    server_reply: str | None = Field(default=None, sa_type=PlainText)
    template_version: str = Field(sa_type=PlainText)
    pack_version: int | None = None
    told_until: int | None = None
    tasks: str = Field(default="[]", sa_type=PlainText)
    spent_by: int | None = None
    edited_by: str | None = Field(default=None, sa_type=PlainText)


class LetterContentRow(Row, table=True):
    """The frozen bytes of a letter, apart from it so that looking at the outbox stays cheap.
    `source` is the Markdown that they were made of."""

    __tablename__ = "letter_contents"

    letter_id: int = Field(foreign_key="letters.id", primary_key=True)
    content: bytes
    enclosure_sha256: str | None = Field(default=None, sa_type=PlainText)
    source: str | None = Field(default=None, sa_type=PlainText)


class EventRow(Row, table=True):
    """A line of the history, only ever added to. Its ids are no foreign keys: the history
    outlives what it speaks of."""

    __tablename__ = "events"
    __table_args__ = (_NEVER_AGAIN,)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(sa_type=PlainText)
    what: str = Field(sa_type=PlainText)
    programme: str | None = Field(default=None, sa_type=PlainText)
    case_id: int | None = Field(default=None, index=True)
    message_id: int | None = Field(default=None, index=True)
    letter_id: int | None = Field(default=None, index=True)
    detail: str = Field(default="{}", sa_type=PlainText)


class PackRow(Row, table=True):
    """A version of a programme's application pack."""

    __tablename__ = "packs"
    __table_args__ = (UniqueConstraint("programme", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    programme: str = Field(sa_type=PlainText)
    version: int
    enclosure_sha256: str = Field(sa_type=PlainText)
    size: int
    files: str = Field(sa_type=PlainText)
    published_at: datetime = Field(sa_type=UtcDateTime)


class CounterRow(Row, table=True):
    """A number that only grows: the cases of a programme, the versions of its pack."""

    __tablename__ = "counters"

    name: str = Field(sa_type=PlainText, primary_key=True)
    value: int

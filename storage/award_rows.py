"""The tables of the award: what funded projects tell of whoever receives the money, the agreements
that come back, and who comes to an event."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import PlainText, UtcDateTime
from storage.rows import Row


class AwardDetailsRow(Row, table=True):
    """All that is known of whoever receives the award of a case, a table of texts; only ever added,
    the newest of a case stands. `message_id` told it, None: an organiser."""

    __tablename__ = "award_details"
    __table_args__ = ({"sqlite_autoincrement": True},)  # letters name the ids

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    told: str = Field(sa_type=PlainText)
    message_id: int | None = Field(default=None, foreign_key="messages.id", index=True)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)


class AgreementRow(Row, table=True):
    """A file of a signed agreement, as it came back or countersigned; only ever added. The files
    of one message are its pages."""

    __tablename__ = "agreements"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    stage: str = Field(sa_type=PlainText)
    name: str = Field(sa_type=PlainText)
    media_type: str = Field(sa_type=PlainText)
    size: int
    sha256: str = Field(sa_type=PlainText)
    message_id: int | None = Field(default=None, foreign_key="messages.id", index=True)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)


class EventAnswerRow(Row, table=True):
    """Whether a funded project comes to an event; only ever added, the newest of a case and event
    stands."""

    __tablename__ = "event_answers"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    event: str = Field(sa_type=PlainText)
    comes: bool
    message_id: int = Field(foreign_key="messages.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)

"""The tables of the panel: who reads what, what they say of it, whom organisers asked for it."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import PlainText, UtcDateTime
from storage.rows import Row


class AssignmentRow(Row, table=True):
    """A member of the panel is asked to read a form; only ever added, the newest of a member and
    case stands."""

    __tablename__ = "assignments"
    __table_args__ = ({"sqlite_autoincrement": True},)  # letters and sheets name the ids

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    member: str = Field(sa_type=PlainText)
    form: int = Field(foreign_key="messages.id")
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)


class AssessmentRow(Row, table=True):
    """What a member of the panel said of a case; only ever added, the newest of a member and case
    stands."""

    __tablename__ = "assessments"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    member: str = Field(sa_type=PlainText)
    scoring: str = Field(sa_type=PlainText)
    message_id: int = Field(foreign_key="messages.id")
    at: datetime = Field(sa_type=UtcDateTime)


class ScoreRequestRow(Row, table=True):
    """An organiser asked a member of the panel by hand for what was missing at that time; only ever
    added."""

    __tablename__ = "score_requests"
    __table_args__ = ({"sqlite_autoincrement": True},)  # letters name the ids

    id: int | None = Field(default=None, primary_key=True)
    programme: str = Field(sa_type=PlainText)
    round: str = Field(sa_type=PlainText)
    member: str = Field(sa_type=PlainText)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)

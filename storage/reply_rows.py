"""The tables of what people answer: applicants to their outcome, organisers by a word in reply."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import PlainText, UtcDateTime
from storage.rows import Row


class OutcomeAnswerRow(Row, table=True):
    """What an applicant says to the outcome that they were told; only ever added, the newest of a
    case stands. `outcome_id` is the outcome that was told, `at` when the message was received."""

    __tablename__ = "outcome_answers"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    outcome_id: int = Field(foreign_key="released_outcomes.id")
    message_id: int = Field(foreign_key="messages.id")
    reply: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)


class OrganiserAnswerRow(Row, table=True):
    """What an organiser has Postroom write to an applicant, in their own words: in answer to the
    message `question`, or about the case. `message_id` is the message that says so; the letter is
    due at `leaves_at` unless it was withdrawn before."""

    __tablename__ = "organiser_answers"
    __table_args__ = ({"sqlite_autoincrement": True},)  # letters name the ids

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    question: int | None = Field(default=None, foreign_key="messages.id", index=True)
    message_id: int = Field(foreign_key="messages.id")
    text: str = Field(sa_type=PlainText)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)
    leaves_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

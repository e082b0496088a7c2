"""The table of what people did to letters that had not left."""

from datetime import datetime

from sqlmodel import Field

from storage.columns import PlainText, UtcDateTime
from storage.rows import Row


class LetterDeedRow(Row, table=True):
    """Somebody edited a letter, had it written anew, released or discarded it, or found out that
    it arrived; only ever added.
    `before` is the SHA-256 under which the archive has the bytes that others took the place of.
    The history names the deed; its reason stands here alone."""

    __tablename__ = "letter_deeds"

    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letters.id", index=True)
    what: str = Field(sa_type=PlainText)
    reason: str = Field(sa_type=PlainText)
    before: str | None = Field(default=None, sa_type=PlainText)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)

"""The tables of what organisers do to a round: later closings, decisions, outcomes, new packs,
places."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import PlainText, UtcDateTime
from storage.rows import Row


class ProgrammeRow(Row, table=True):
    """A programme that wants letters of its own to its organisers. `dates` are its dates as they
    were last seen: where they change, all of its cases want attention."""

    __tablename__ = "programmes"

    slug: str = Field(sa_type=PlainText, primary_key=True)
    dates: str = Field(sa_type=PlainText)
    attention_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ExtensionRow(Row, table=True):
    """A later closing time, of one case or (without one) of the whole round; only ever added."""

    __tablename__ = "extensions"
    __table_args__ = (Index(None, "programme", "case_id"),)

    id: int | None = Field(default=None, primary_key=True)
    programme: str = Field(sa_type=PlainText)
    round: str = Field(sa_type=PlainText)
    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    reason: str = Field(sa_type=PlainText)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)


class DecisionRow(Row, table=True):
    """A decision about a case; only ever added, the newest one stands."""

    __tablename__ = "decisions"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    outcome: str = Field(sa_type=PlainText)
    amount: int | None = None
    feedback: str = Field(sa_type=PlainText)
    reason: str = Field(sa_type=PlainText)
    lifted: str | None = Field(default=None, sa_type=PlainText)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)


class ReleasedOutcomeRow(Row, table=True):
    """A decision as an organiser approved it for the applicant; only ever added."""

    __tablename__ = "released_outcomes"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    outcome: str = Field(sa_type=PlainText)
    amount: int | None = None
    feedback: str = Field(sa_type=PlainText)
    not_before: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)


class ReissueRow(Row, table=True):
    """A version of the pack that goes to everybody who holds an older one; only ever added."""

    __tablename__ = "reissues"
    __table_args__ = (Index(None, "programme", "pack_version"),)

    id: int | None = Field(default=None, primary_key=True)
    programme: str = Field(sa_type=PlainText)
    round: str = Field(sa_type=PlainText)
    pack_version: int
    note: str = Field(sa_type=PlainText)
    form_still_fine: bool
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)


class PlacementRow(Row, table=True):
    """A place in a cohort, or without one a rank on the waiting list; only ever added, the newest
    of a case stands."""

    __tablename__ = "placements"
    __table_args__ = ({"sqlite_autoincrement": True},)  # letters name the ids

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    cohort: int | None = None
    rank: int
    reason: str = Field(sa_type=PlainText)
    lifted: str | None = Field(default=None, sa_type=PlainText)
    actor: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=UtcDateTime)

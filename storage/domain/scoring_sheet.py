"""The sheet on which a member of the panel scores: what its columns are called, for those who write
it and those who read it back, how it is known as ours, and what a row of it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.domain.assessment import Assignment, Scoring
from storage.domain.sheet_tokens import is_token, make_token

SHEET = "Scores"
CRITERIA_SHEET = "What the scores mean"
YES = "yes"
"""What stands in the columns for a conflict and for abstaining."""


class ScoringColumn(StrEnum):
    """The headings beside those of the criteria, which stand before the last four."""

    REFERENCE = "Case"
    VERSION = "Row version"
    TITLE = "Title"
    ORGANISATION = "Organisation"
    AREA = "Area"
    CONFLICT = "Conflict of interest"
    ABSTAIN = "Abstain"
    REASON = "Why"
    COMMENT = "Comment for the panel"


class ScoringField(StrEnum):
    """What the hidden sheet tells before it lists the rows, each beside its value."""

    PROGRAMME = "Programme"
    ROUND = "Round"
    MEMBER = "Member"
    CRITERIA = "Criteria"
    MADE_AT = "Made"
    TOKEN = "Token"


@dataclass(frozen=True, slots=True)
class ScoringOrigin:
    """Where a sheet says it comes from: for which member, by which criteria, and the rows it was
    made with, reference and version each. `token` shows that this installation made it."""

    programme: str
    round: str
    member: str
    criteria: tuple[str, ...]
    made_at: datetime
    rows: tuple[tuple[str, str], ...]
    token: str = ""

    def make_token(self, secret: bytes) -> str:
        """The token of a sheet of this member, round and time with these rows, in any order."""
        return make_token(
            secret,
            "scoring_sheet",
            (
                *(self.programme, self.round, self.member, self.criteria),
                *(self.made_at.isoformat(), sorted(self.rows)),
            ),
        )

    def is_ours(self, secret: bytes) -> bool:
        return is_token(self.make_token(secret), self.token)


@dataclass(frozen=True, slots=True)
class ScoringRow:
    """What a member says of one case: on `line` of the sheet, None where it stands in the text of
    the message, which has no row versions. `scoring` is None where nothing is filled in, and where
    `problems` say what can't be taken as it is."""

    line: int | None
    reference: str
    version: str | None = None
    scoring: Scoring | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedScores:
    """What a member sent: the rows of a sheet and the lines of the text, but for blank ones.
    `origin` is None without a sheet, `problem` why a workbook that came is no sheet of ours."""

    rows: tuple[ScoringRow, ...]
    origin: ScoringOrigin | None = None
    problem: str | None = None


def row_version(assignment: Assignment) -> str:
    """What changes when a member is asked to read another form of the same case. No program takes
    it for a number or a date."""
    return f"r{assignment.id}"


def criterion_headings(names: Iterable[str]) -> tuple[str, ...]:
    """`1 The issue`: numbered, so that no criterion's name can be that of another column."""
    return tuple(f"{number} {name}" for number, name in enumerate(names, start=1))

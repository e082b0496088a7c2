"""What the members of the panel are asked to read, and what they say of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LOWEST, HIGHEST = 1, 5
"""The scale of every criterion: 3 is solid, 5 is strong."""


class Stance(StrEnum):
    """SCORED with a number for each criterion; CONFLICT: they have an interest of their own;
    ABSTAINED for another reason. The last two count nowhere."""

    SCORED = "scored"
    CONFLICT = "conflict"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class Scoring:
    """What a member says of one application: `scores` are the criterion's key and the number of
    each criterion, in their order, none but for SCORED. `reason` is why they don't score, `comment`
    what they add; plain text, empty for none."""

    stance: Stance
    scores: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A member, by address, is asked to read the form of a case that came with message `form`. A
    later one for the same member and case stands in its place; all are kept."""

    id: int
    case_id: int
    member: str
    form: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """An organiser asks a member, by address, for all that they had not told at that time."""

    id: int
    member: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a member said of a case in message `message_id`. A later one stands in its place; all
    are kept."""

    id: int
    case_id: int
    member: str
    scoring: Scoring
    message_id: int
    at: datetime

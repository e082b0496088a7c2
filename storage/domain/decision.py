"""What organisers decide about a case, and what of it has been released to the applicant."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.domain.placement import Reply


class Outcome(StrEnum):
    """What a decision says. A reserve is funded when somebody else declines."""

    FUNDED = "funded"
    RESERVE = "reserve"
    NOT_FUNDED = "not_funded"


class Effect(StrEnum):
    """What a row does to its case."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided: `amount` in whole units for a funded case (None: the programme's), and
    `feedback` for the applicant, plain text of any length, empty for none."""

    outcome: Outcome
    amount: int | None = None
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One recorded decision about a case. A later one stands in its place; all are kept. `reason`
    is the organisers' own, `lifted` why it may break the limits of the awards (None: it doesn't).
    `by` is who decided."""

    id: int
    case_id: int
    ruling: Ruling
    reason: str
    by: str
    at: datetime
    lifted: str | None = None


@dataclass(frozen=True, slots=True)
class ReleasedOutcome:
    """A decision as it stood when a named organiser approved it. The applicant is told this, from
    `not_before` on, whatever is recorded later."""

    id: int
    case_id: int
    ruling: Ruling
    by: str
    at: datetime
    not_before: datetime


@dataclass(frozen=True, slots=True)
class OutcomeAnswer:
    """What an applicant said to the outcome `outcome_id` that they were told: they take it, decline
    it, or a person has to read it. `message_id` is the message that says so, `at` its receipt."""

    id: int
    case_id: int
    outcome_id: int
    message_id: int
    reply: Reply
    at: datetime

    @property
    def is_clear(self) -> bool:
        return self.reply is not Reply.UNCLEAR

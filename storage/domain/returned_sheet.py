"""What came of each row of a sheet that somebody sent to the inbox: an organiser's decisions, the
scores of a member of the panel."""

from dataclasses import dataclass

from storage.domain.assessment import Scoring
from storage.domain.decision import Effect, Outcome

NO_ROW = "the sheet"
"""Stands for a reference where the whole sheet was refused."""


@dataclass(frozen=True, slots=True)
class SheetResult:
    """One row, in the order of the sheet. `reference` as it was typed, `outcome` and `amount` what
    the row decides (None: nothing), `problems` why it was refused."""

    reference: str
    effect: Effect
    outcome: Outcome | None = None
    amount: int | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoringResult:
    """One row of scores, or one line of the message's text, in their order. `reference` as it was
    typed, `scoring` what was understood (None: nothing), `problems` why it was refused."""

    reference: str
    effect: Effect
    scoring: Scoring | None = None
    problems: tuple[str, ...] = ()

"""What came of each row of a decision sheet that an organiser sent to the inbox."""

from dataclasses import dataclass

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

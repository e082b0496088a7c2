"""The members of the panel of a simulated year: how each scores, and what of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random

from storage.domain.assessment import HIGHEST, LOWEST
from storage.domain.programme import PanelMember


class Habit(StrEnum):
    """How somebody scores."""

    PUNCTUAL = "sends the whole sheet"
    IN_LINES = "writes a line for each"
    HALF_FIRST = "sends half of it, the rest when asked again"
    THINKS_AGAIN = "corrects by a newer sheet"
    HAS_CONFLICT = "declares a conflict"
    LATE = "writes when asked for the second time, and abstains once"


AFTER = {
    Habit.PUNCTUAL: timedelta(hours=26),
    Habit.IN_LINES: timedelta(hours=46),
    Habit.HALF_FIRST: timedelta(hours=28),
    Habit.THINKS_AGAIN: timedelta(hours=30),
    Habit.HAS_CONFLICT: timedelta(hours=41),
    Habit.LATE: timedelta(hours=3),
}
"""How long after the letter that makes them do it."""

SECOND_THOUGHTS = timedelta(hours=20)

WRITES_LINES = frozenset({Habit.IN_LINES, Habit.LATE})


class Refusal(StrEnum):
    """Why somebody does not score an application, as their sheet or line says it."""

    CONFLICT = "conflict"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a member says of an application: a number for each criterion, or why they don't."""

    scores: tuple[int, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A member with their habit."""

    member: PanelMember
    habit: Habit

    @property
    def email(self) -> str:
        return self.member.address.email

    @property
    def name(self) -> str:
        return self.member.address.name or self.email


def make_readings(panel: Iterable[PanelMember]) -> tuple[Reading, ...]:
    """The members in their order, each with another habit."""
    return tuple(Reading(one, habit) for one, habit in zip(panel, Habit, strict=False))


def judge(
    reading: Reading, reference: str, merit: float, *, criteria: int, chance: str, again: bool
) -> Verdict:
    """What they think of an application of this merit (0 to 100), by its reference and `chance`;
    on second thoughts one criterion is worth another number."""
    drawn = Random(f"{chance} {reading.email} {reference}")
    centre = 1.2 + merit / 28
    scores = [min(HIGHEST, max(LOWEST, round(drawn.gauss(centre, 0.7)))) for _ in range(criteria)]
    if again:
        place = drawn.randrange(criteria)
        scores[place] += 1 if scores[place] < HIGHEST else -1
    return Verdict(tuple(scores))


def refusal_of(reading: Reading, references: Sequence[str], said: Iterable[str]) -> str | None:
    """The one application of these that they don't score; None where they have refused one."""
    habits = (Habit.HAS_CONFLICT, Habit.LATE)
    if reading.habit not in habits or tuple(said) or not references:
        return None
    return references[0]

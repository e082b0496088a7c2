"""What no script of a cohort programme could know before it was played."""

from dataclasses import dataclass, field
from datetime import datetime

from intake.commands.simulating.cohort.lives import Act


@dataclass(frozen=True, slots=True)
class Move:
    """An organiser gives somebody another place by hand."""

    at: datetime
    number: int
    cohort: int


@dataclass(slots=True)
class Diary:
    """By the number of a nominee what was written about them, in order of time, and when a letter
    to them first came back; what organisers did by hand. `begins_at` is when the application first
    ticked."""

    begins_at: datetime
    acts: dict[int, tuple[Act, ...]] = field(default_factory=dict)
    came_back: dict[int, datetime] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)

    def write(self, number: int, act: Act) -> None:
        acts = (*self.acts.get(number, ()), act)
        self.acts[number] = tuple(sorted(acts, key=lambda one: one.at))

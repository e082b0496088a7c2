"""What a benchmark is: a measure gives figures, each beside the other side and its goal.

Machines differ and are busy, so a figure is a ratio wherever there is another side to compare with;
both take turns within one run.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Size(StrEnum):
    """How much is measured: enough for a figure to trust, or a little of everything."""

    FULL = "full"
    SMALL = "small"

    def pick(self, *, full: int, small: int) -> int:
        return full if self is Size.FULL else small


class NotMeasured(Exception):
    """A figure can't be had here. The message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What came of a comparison, and the least or the most that it may be to meet its goal; a
    figure without either is told for what it explains.

    `ours` and `theirs` are what was seen on both sides, in `of`; `value` is in `unit`, of which
    `times` is one side over the other. A `value` of None was not measured: `why` tells.
    """

    name: str
    value: float | None
    unit: str = "times"
    least: float | None = None
    most: float | None = None
    ours: float | None = None
    theirs: float | None = None
    of: str = ""
    why: str = ""

    @property
    def is_met(self) -> bool | None:
        """None where there is no goal or nothing was measured."""
        if self.value is None or (self.least is None and self.most is None):
            return None
        if self.least is not None and self.value < self.least:
            return False
        return self.most is None or self.value <= self.most

    def as_json(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in self.__slots__}
        return {**told, "met": self.is_met}


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the design's table: its number there, its name, and what gives its figures.
    `run` may raise NotMeasured where none can be had."""

    number: int
    name: str
    run: Callable[[Size], Iterable[Figure]]


@dataclass(frozen=True, slots=True)
class Pair:
    """What both sides took in each round, in seconds for one piece of work."""

    ours: list[float]
    theirs: list[float]

    @property
    def times_faster(self) -> float:
        """How often the other side's time holds ours: the middle of the rounds, each of which
        compares neighbours."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(theirs / ours for ours, theirs in pairs)

    @property
    def our_seconds(self) -> float:
        return statistics.median(self.ours)

    @property
    def their_seconds(self) -> float:
        return statistics.median(self.theirs)


Timed = Callable[[], float]
"""Does a round of work and gives the seconds that one piece of it took."""


def take_turns(rounds: int, ours: Timed, theirs: Timed) -> Pair:
    """Both sides in each round, one first and then the other."""
    pair = Pair([], [])
    for number in range(rounds):
        sides = [(pair.ours, ours), (pair.theirs, theirs)]
        for seconds, work in sides if number % 2 else reversed(sides):
            seconds.append(work())
    return pair


def seconds_each(
    pieces: int, work: Callable[[], object], *, clock: Callable[[], float] = time.perf_counter
) -> float:
    """What `work` takes by `clock` for each of the `pieces` it does."""
    started = clock()
    work()
    return (clock() - started) / pieces


def faster(
    name: str, pair: Pair, *, least: float | None = None, of: str = "a second", scale: float = 1
) -> Figure:
    """How many times as much as the other side we do in the same time. Both sides stand beside it
    as pieces a second."""
    return Figure(
        name,
        pair.times_faster,
        least=least,
        ours=scale / pair.our_seconds,
        theirs=scale / pair.their_seconds,
        of=of,
    )


def no_longer(name: str, pair: Pair, *, most: float | None = None) -> Figure:
    """How many times as long as the other side we take. Both sides stand beside it in
    milliseconds."""
    return Figure(
        name,
        1 / pair.times_faster,
        most=most,
        ours=1000 * pair.our_seconds,
        theirs=1000 * pair.their_seconds,
        of="ms",
    )

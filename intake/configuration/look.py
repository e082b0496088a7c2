"""One programme of a configuration as the checks see it: its settings and where they stand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.configuration.explaining import Origin, dotted
from intake.configuration.problems import Problem
from intake.configuration.programmes import ProgrammeSection

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One programme with its place in the file, as the checks see it."""

    slug: str
    section: ProgrammeSection
    folder: Path
    origin: Origin

    def problem(self, path: Sequence[str | int], found: str, write: str) -> Problem:
        key: Key = ("programmes", self.slug, *path)
        file, line = self.origin(key)
        return Problem(file, dotted(key), found, write, line)


Check = Callable[[Look], Iterator[Problem]]

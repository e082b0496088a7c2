"""What a simulated year has to say when it is over, whichever programme was played."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.commands.simulating.page import Page

Progress = Callable[[datetime, datetime, datetime], object]
"""Called with the beginning of the year, its end, and the instant that has been reached."""


@dataclass(frozen=True, slots=True)
class Report:
    """The page, the same in one line (`counts`), and the `numbers` that only this programme has."""

    page: Page
    counts: str
    numbers: Mapping[str, int]

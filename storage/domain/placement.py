"""Places in the cohorts of a programme: who was given one, or a rank on the waiting list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reply(StrEnum):
    """What somebody says who was offered a place. UNCLEAR: there is a condition, another wish, or
    both a yes and a no in it."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Placement:
    """What an organiser gave a nominee; the newest of a case stands, all are kept. `cohort` is the
    number of the cohort, None: they wait, and of those who wait the smallest `rank` is the first.
    `lifted` is why it may go beyond the limits, None where it keeps them. `by` is who said so."""

    id: int
    case_id: int
    cohort: int | None
    rank: int
    reason: str
    by: str
    at: datetime
    lifted: str | None = None


def standing_placements(placements: Iterable[Placement]) -> dict[int, Placement]:
    """The placement that stands for each case, by its id; `placements` in order of recording."""
    return {placement.case_id: placement for placement in placements}

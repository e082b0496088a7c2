"""Pure: nominees whose place was confirmed after their cohort had begun. Their letter says that an
organiser will tell them how to join it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from storage.domain.case import CaseState
from storage.domain.letter import LetterKind
from storage.domain.overview import HistoryLine, PlaceLine
from storage.domain.programme import Programme


def starts_of(programme: Programme, places: Iterable[PlaceLine]) -> Mapping[int, datetime]:
    """When the cohorts begin of those who have taken their place, by case."""
    taken = ((x.case_id, programme.cohort(x.cohort)) for x in places if _has_taken(x))
    return {case_id: cohort.starts_at for case_id, cohort in taken if cohort is not None}


def tells_of_late_place(line: HistoryLine, starts: Mapping[int, datetime]) -> bool:
    """True where somebody took their place after the start, or their confirmation had not left
    until then."""
    start = starts.get(line.case_id or 0)
    if start is None or line.at < start:
        return False
    if line.what == "letter_discarded":
        return line.detail.get("kind") == LetterKind.PLACE_CONFIRMED and line.actor is None
    return line.what == "case_changed" and "state" in line.detail.get("changed", "").split()


def _has_taken(line: PlaceLine) -> bool:
    return line.state is CaseState.CONFIRMED

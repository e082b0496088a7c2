"""Pure: there is no place for now, and somebody waits for one."""

from responders.kinds.base import Kind, Values
from responders.kinds.places import is_new, nominee_values, placement_of, tell_nominee
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    placement = placement_of(s, CaseState.NOMINATED)
    if placement is None or placement.cohort is not None or _knows(s):
        return ()
    told = tell_nominee(s, LetterKind.WAITING_LIST)
    return (told,) if told is not None and is_new(s, told) else ()


def _knows(s: Situation) -> bool:
    """Who waited before and was only given another rank has been told already."""
    return len(s.placements) > 1 and s.placements[-2].cohort is None


def values(s: Situation, due: Due) -> Values:
    had_place = any(placement.cohort is not None for placement in s.placements)
    return nominee_values(s, due) | {"had_place": had_place}


KIND = Kind(LetterKind.WAITING_LIST, due, values)

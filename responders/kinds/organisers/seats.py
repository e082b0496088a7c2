"""Pure: what of the places in cohorts waits for an organiser: offers that nobody answered in time,
places taken after the start, and free ones while people wait who could have them."""

from collections.abc import Iterator, Sequence

from responders.kinds.organisers.late_places import starts_of, tells_of_late_place
from responders.kinds.organisers.view import MOST_REFERENCES, Item, View, item, references
from responders.wording import counted
from storage.domain.case import CaseState
from storage.domain.cohorts import Seat, fits, limits_of, needs_of, room_beside
from storage.domain.offers import unanswered
from storage.domain.overview import PlaceLine


def seats_of(view: View) -> Iterator[Item]:
    """None for a programme without cohorts."""
    lines = [line for line in view.overview.places if line.case_id in view.cases]
    yield from _unanswered(view, unanswered(view.programme, lines, view.now))
    yield from _late(view, lines)
    yield from _free(view, lines)


def _unanswered(view: View, lines: Sequence[PlaceLine]) -> Iterator[Item]:
    help = f"postroom places show {view.programme.slug}"
    if len(lines) > MOST_REFERENCES:
        label = references(view, [line.case_id for line in lines])
        yield item(label, f"{len(lines)} places whose offers nobody answered in time", help)
        return
    for line in lines:
        what = f"the place in cohort {line.cohort}, whose offer was not answered in time"
        yield item(view.label(line.case_id), what, help)


def _late(view: View, lines: Sequence[PlaceLine]) -> Iterator[Item]:
    """They are told once, as messages are."""
    starts = starts_of(view.programme, lines)
    new = [line.case_id for line in view.overview.lines if tells_of_late_place(line, starts)]
    for case_id in dict.fromkeys(new):
        case = view.cases[case_id or 0]
        what = "confirmed after the start: tell them how they can still join their cohort"
        yield item(view.label(case_id), what, f"postroom case {case.reference}")


def _free(view: View, lines: Sequence[PlaceLine]) -> Iterator[Item]:
    """People who wait and could have a place; what others hold in areas that the organiser does
    not see counts as well."""
    limits = limits_of(view.programme, view.now)
    free = room_beside(_seats(view.overview.places), limits)
    able = [
        line
        for line in lines
        if line.is_waiting
        and line.state is CaseState.NOMINATED
        and any(fits(needs_of(number, line.area), free) for number, _ in limits.cohorts)
    ]
    if able:
        people = counted(len(able), "person who waits", "people who wait")
        what = f"free places, and {people} and could have one"
        yield item(None, what, f"postroom places promote {view.programme.slug}")


def _seats(lines: Sequence[PlaceLine]) -> Iterator[Seat]:
    taking_part = (CaseState.NOMINATED, CaseState.CONFIRMED)
    for line in lines:
        if line.cohort is not None and line.state in taking_part:
            yield Seat(line.case_id, line.cohort, line.area)

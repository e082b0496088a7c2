"""Organisers are told of offers that nobody answered, and of free places somebody could have."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from responders.kinds.organisers.needs import needs_of
from responders.kinds.organisers.view import view_of
from storage.domain.case import CaseState
from storage.domain.overview import CaseLine, HistoryLine, Overview, PlaceLine
from storage.domain.people import Address
from storage.domain.programme import Cohort, DigestRhythm, Organiser
from storage.domain.situation import Situation
from tests.support.placing import DAY, PLACED_AT, STARTS_AT, SURREY

WINIFRED = Organiser(Address("winifred.asante@heartlands.nhs.example", "Winifred Asante"))
NOMINATED = CaseState.NOMINATED
LATER = PLACED_AT + 12 * DAY


def told(
    *lines: PlaceLine, cohort: Cohort | None = None, history: Sequence[HistoryLine] = ()
) -> list[object]:
    cases = tuple(
        CaseLine(
            line.case_id, line.reference, line.state, line.area, None, None, PLACED_AT, STARTS_AT
        )
        for line in lines
    )
    programme = replace(
        SURREY, organisers=(WINIFRED,), cohorts=(cohort or Cohort(1, STARTS_AT, 2),)
    )
    overview = Overview(
        cases=cases, places=lines, begins_at=PLACED_AT, lines=tuple(history), last_event=99
    )
    s = Situation(programme, LATER, None, (), overview=overview)
    items, _ = needs_of(view_of(s, WINIFRED, DigestRhythm.DAILY if history else None))
    return [f"{one['label']}: {one['what']}" for one in items]


def a_line(number: int, **told: object) -> PlaceLine:
    line = PlaceLine(number, f"S500-{number:04d}", "Joan", "east-surrey", NOMINATED)
    return replace(line, **told)  # type: ignore[arg-type]


def test_offer_that_was_not_answered_in_time_is_told() -> None:
    silent = a_line(1, cohort=1, offered_at=PLACED_AT)
    wrote = a_line(2, cohort=1, offered_at=PLACED_AT, heard_at=PLACED_AT + DAY)
    just_offered = a_line(3, cohort=1, offered_at=LATER - DAY)
    taken = a_line(4, cohort=1, offered_at=PLACED_AT, state=CaseState.CONFIRMED)

    assert told(silent, wrote, just_offered, taken) == [
        "S500-0001: the place in cohort 1, whose offer was not answered in time"
    ]


def test_many_of_them_are_told_together() -> None:
    (one,) = told(*(a_line(number, cohort=1, offered_at=PLACED_AT) for number in range(1, 10)))

    assert str(one).endswith("9 places whose offers nobody answered in time")


@pytest.mark.parametrize(
    ("places", "state", "expected"),
    [
        (2, NOMINATED, ["None: free places, and one person who waits and could have one"]),
        (1, NOMINATED, []),
        (2, CaseState.WITHDRAWN, []),
    ],
)
def test_free_place_is_told_while_somebody_could_have_it(
    places: int, state: CaseState, expected: list[str]
) -> None:
    seated = a_line(1, cohort=1, state=CaseState.CONFIRMED)
    waiting = a_line(2, is_waiting=True, state=state)

    assert told(seated, waiting, cohort=Cohort(1, STARTS_AT, places)) == expected


TAKEN: tuple[str, Mapping[str, str]] = ("case_changed", {"changed": "state"})
OVERTAKEN: tuple[str, Mapping[str, str]] = ("letter_discarded", {"kind": "place_confirmed"})


@pytest.mark.parametrize("line", [TAKEN, OVERTAKEN])
@pytest.mark.parametrize(
    ("at", "state", "is_told"),
    [
        (STARTS_AT, CaseState.CONFIRMED, True),
        (STARTS_AT - DAY, CaseState.CONFIRMED, False),
        (STARTS_AT, NOMINATED, False),
    ],
)
def test_place_that_was_confirmed_after_the_start_is_told(
    line: tuple[str, Mapping[str, str]], at: datetime, state: CaseState, is_told: bool
) -> None:
    what, detail = line
    history = [HistoryLine(5, at, None, what, case_id=1, detail=detail)]

    needs = told(a_line(1, cohort=1, state=state), history=history)

    words = "S500-0001: confirmed after the start: tell them how they can still join their cohort"
    assert needs == ([words] if is_told else [])

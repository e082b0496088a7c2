"""What holds for places in cohorts, whoever is nominated, waits or has one."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.domain.cohorts import (
    Assignment,
    Cell,
    Limits,
    Seat,
    Seeker,
    Why,
    assign,
    fits,
    needs_of,
    room_beside,
)
from tests.support.sizes import examples

EXAMPLES = examples(full=2_500, everyday=80)
"""Of each of the five laws."""

law = settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

APRIL = datetime(2019, 4, 1, 9, tzinfo=UTC)
AREAS = ("east", "west", None)
Case = tuple[list[Seeker], list[Seeker], list[Seat], Limits]


@st.composite
def rounds(draw: st.DrawFn) -> Case:
    """Who waits, who is new, who has a place, and the limits; what people gave beyond a limit
    included. A team is of one message, and some of it may have places already."""
    cohorts = tuple(
        (number, draw(st.integers(1, 5))) for number in range(1, draw(st.integers(1, 3)) + 1)
    )
    most: dict[Cell, int] = {}
    for cell in ((None, None), (None, "east"), (1, "east"), (2, "west"), (None, "west")):
        if draw(st.booleans()):
            most[cell] = draw(st.integers(0, 6))
    people = [
        Seeker(
            id,
            APRIL + timedelta(minutes=minute),
            minute * 10 + source,
            draw(st.sampled_from(AREAS)),
            f"{team} of {minute}-{source}" if team else None,
        )
        for id, (minute, source, team) in enumerate(
            draw(
                st.lists(
                    st.tuples(st.integers(0, 3), st.integers(0, 1), st.sampled_from("ab---")),
                    max_size=16,
                )
            ),
            start=1,
        )
    ]
    people = [replace(one, team=None) if (one.team or "-")[0] == "-" else one for one in people]
    seats, waiting, new = [], [], []
    for one in people:
        match draw(st.sampled_from("swnnn")):
            case "s":
                number = draw(st.sampled_from(cohorts))[0]
                seats.append(Seat(one.case_id, number, one.area, one.team))
            case "w":
                waiting.append(one)
            case _:
                new.append(one)
    return draw(st.permutations(waiting)), new, seats, Limits(cohorts, most)


def placed(found: tuple[Assignment, ...]) -> list[Seat]:
    return [
        Seat(one.seeker.case_id, one.cohort, one.seeker.area, one.seeker.team)
        for one in found
        if one.cohort is not None
    ]


@law
@given(rounds())
def test_nothing_goes_beyond_a_limit_and_nobody_loses_a_place(case: Case) -> None:
    waiting, new, seats, limits = case

    found = assign(waiting, new, seats, limits)

    free = room_beside(seats, limits)
    taken = Counter[Cell]()
    for seat in placed(found):
        taken += needs_of(seat.cohort, seat.area)
    assert fits(taken, free)
    ids = sorted(one.seeker.case_id for one in found)
    assert ids == sorted(one.case_id for one in (*waiting, *new))
    assert not set(ids) & {seat.case_id for seat in seats}


@law
@given(rounds())
def test_teams_stay_whole(case: Case) -> None:
    waiting, new, seats, limits = case

    found = assign(waiting, new, seats, limits)

    for team in {one.seeker.team for one in found} - {None}:
        together = {(x.cohort, x.why) for x in found if x.seeker.team == team}
        assert len(together) == 1
        ((cohort, _),) = together
        homes = {seat.cohort for seat in seats if seat.team == team}
        assert cohort is None or not homes or homes == {cohort}


@law
@given(rounds(), st.integers(0, 1000))
def test_order_of_the_input_changes_nothing(case: Case, seed: int) -> None:
    waiting, new, seats, limits = case
    shuffled, others = list(new), list(seats)
    Random(seed).shuffle(shuffled)
    Random(seed).shuffle(others)

    assert assign(waiting, new, seats, limits) == assign(waiting, shuffled, others, limits)


@law
@given(rounds())
def test_free_places_go_to_the_first_of_the_list_who_fit(case: Case) -> None:
    """Whoever still waits found no room beside those before them."""
    waiting, _, seats, limits = case
    found = assign(waiting, (), seats, limits)
    before = list(seats)
    seen: set[object] = set()
    for one in found:
        mark = one.seeker.team or one.seeker.case_id
        if mark in seen:
            continue
        seen.add(mark)
        unit = [x for x in found if (x.seeker.team or x.seeker.case_id) == mark]
        homes = {s.cohort for s in seats if one.seeker.team and s.team == one.seeker.team}
        could = [
            number
            for number, _ in limits.cohorts
            if (not homes or homes == {number})
            and fits(_needs(unit, number), room_beside(before, limits))
        ]
        assert one.cohort == (could[0] if could else None)
        before += placed(tuple(unit))


@law
@given(rounds())
def test_chance_decides_nothing(case: Case) -> None:
    """Which of two messages of the same instant was read first makes no difference."""
    waiting, new, seats, limits = case
    turned = [replace(one, source=-one.source) for one in new]

    one_way = assign(waiting, new, seats, limits)
    other_way = assign(waiting, turned, seats, limits)

    assert _by_case(one_way) == _by_case(other_way)
    lists = Counter(at for at, _ in {(one.at, one.source) for one in new})
    for one in one_way:
        assert one.why is not Why.TIE or lists[one.seeker.at] > 1


def _needs(unit: list[Assignment], number: int) -> Counter[Cell]:
    return sum((needs_of(number, one.seeker.area) for one in unit), Counter[Cell]())


def _by_case(found: tuple[Assignment, ...]) -> dict[int, tuple[int | None, Why]]:
    return {one.seeker.case_id: (one.cohort, one.why) for one in found}

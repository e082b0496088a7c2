"""Who is proposed for an award, case by case; what holds for all is in the laws beside this."""

import pytest

from storage.domain.allocation import allocate
from storage.domain.decision import Outcome
from storage.domain.proposals import (
    Allocation,
    AreaShare,
    Candidate,
    Choice,
    CutOff,
    Limits,
    Tie,
    Why,
    limits_of,
)
from tests.support.programmes import ACE

TWO_EACH = Limits(awards=4, per_area=2, areas=("east", "west"))
FUNDED, RESERVE, NOT_FUNDED = Outcome.FUNDED, Outcome.RESERVE, Outcome.NOT_FUNDED


def case(
    number: int, merit: float | None, area: str | None = "east", amount: int = 10
) -> Candidate:
    return Candidate(number, f"ACE-{number:04d}", area, merit, amount)


def chosen(outcome: Outcome) -> Choice:
    return Choice(outcome, "the panel's word")


def outcomes(allocation: Allocation) -> dict[int, tuple[Outcome, Why]]:
    return {one.candidate.case_id: (one.outcome, one.why) for one in allocation.proposals}


def test_nobody_competes() -> None:
    assert allocate([], Limits()) == Allocation(Limits(), (), (), (), False)


def test_the_limits_of_a_programme() -> None:
    limits = limits_of(ACE)

    assert (limits.awards, limits.per_area, limits.budget) == (10, 2, None)
    assert limits.areas[:2] == ("north-central-london", "north-east-london")


def test_the_best_of_each_area_are_funded_and_the_next_is_a_reserve() -> None:
    pool = [case(1, 5), case(2, 9), case(3, 7), case(4, 3, "west")]

    result = allocate(pool, TWO_EACH)

    assert outcomes(result) == {
        2: (FUNDED, Why.BEST),
        3: (FUNDED, Why.BEST),
        1: (RESERVE, Why.AREA_FULL),
        4: (FUNDED, Why.BEST),
    }
    assert [(one.rank, one.area_rank) for one in result.proposals] == [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 1),
    ]
    assert result.shares == (
        AreaShare("east", places=2, candidates=3, funded=2, held=0, left_over=0),
        AreaShare("west", places=2, candidates=1, funded=1, held=0, left_over=1),
    )


def test_the_number_in_all_goes_to_the_best_whatever_their_area() -> None:
    pool = [case(1, 5), case(2, 9), case(3, 7, "west"), case(4, 6, "west")]

    result = allocate(pool, Limits(awards=3, per_area=2, areas=("east", "west")))

    assert outcomes(result)[1] == (RESERVE, Why.ALL_AWARDED)
    assert len(result.funded) == 3


def test_who_asks_for_more_than_is_left_is_passed_over() -> None:
    pool = [case(1, 9, amount=20), case(2, 8, amount=15), case(3, 7, amount=10)]

    result = allocate(pool, Limits(budget=30))

    assert outcomes(result) == {
        1: (FUNDED, Why.BEST),
        2: (RESERVE, Why.BUDGET),
        3: (FUNDED, Why.BEST),
    }
    assert result.proposals[1].money == 10
    assert result.spent == 30


def test_equals_at_the_end_of_an_area_are_left_to_people_and_their_place_is_held() -> None:
    pool = [case(1, 9), case(2, 7), case(3, 7), case(4, 5), case(5, 6, "west"), case(6, 4, "west")]

    result = allocate(pool, Limits(awards=3, per_area=2, areas=("east", "west")))

    tie = Tie(CutOff.AREA, ("ACE-0002", "ACE-0003"), 7, area="east", places=1)
    assert result.ties == (tie,)
    assert outcomes(result) == {
        1: (FUNDED, Why.BEST),
        2: (RESERVE, Why.TIE),
        3: (RESERVE, Why.TIE),
        5: (FUNDED, Why.BEST),
        4: (RESERVE, Why.AREA_FULL),
        6: (RESERVE, Why.ALL_AWARDED),
    }
    assert result.shares[0].held == 1


def test_equals_at_the_end_of_all_awards_are_tied_over_all_areas() -> None:
    pool = [case(1, 9), case(2, 7), case(3, 7, "west"), case(4, 5, "west")]

    result = allocate(pool, Limits(awards=2, per_area=2, areas=("east", "west")))

    assert result.ties == (Tie(CutOff.ALL, ("ACE-0002", "ACE-0003"), 7, places=1),)
    assert [one.candidate.case_id for one in result.funded] == [1]
    assert outcomes(result)[4] == (RESERVE, Why.ALL_AWARDED)


def test_equals_at_the_end_of_the_money_are_tied_though_one_would_fit() -> None:
    pool = [case(1, 7, amount=15), case(2, 7, amount=5), case(3, 6, amount=1), case(4, 5, amount=0)]

    result = allocate(pool, Limits(awards=2, budget=16))

    assert result.ties == (Tie(CutOff.BUDGET, ("ACE-0001", "ACE-0002"), 7, money=16),)
    assert outcomes(result)[3] == (RESERVE, Why.ALL_AWARDED)
    assert result.funded == ()


def test_the_money_held_for_a_tie_is_that_of_the_dearest() -> None:
    pool = [case(1, 9, amount=5), case(2, 9, amount=20), case(3, 8, "west", amount=10)]

    result = allocate(pool, Limits(per_area=1, budget=25, areas=("east", "west")))

    assert outcomes(result)[3] == (RESERVE, Why.BUDGET)
    assert result.proposals[2].money == 5


def test_who_can_not_be_paid_at_all_is_not_tied() -> None:
    result = allocate([case(1, 9, amount=5), case(2, 9, amount=20)], Limits(awards=1, budget=10))

    assert outcomes(result) == {1: (FUNDED, Why.BEST), 2: (RESERVE, Why.BUDGET)}


def test_merits_that_differ_by_the_dust_of_a_spreadsheet_are_a_tie() -> None:
    result = allocate([case(1, 22 / 3), case(2, 7.333333333)], Limits(awards=1))

    assert len(result.ties) == 1
    assert {one.rank for one in result.proposals} == {1}


def test_a_choice_settles_a_tie_and_the_rest_goes_around_it() -> None:
    pool = [case(1, 7), case(2, 7), case(3, 5)]

    result = allocate(pool, Limits(awards=1), manual={2: chosen(FUNDED)})

    assert outcomes(result) == {
        1: (RESERVE, Why.ALL_AWARDED),
        2: (FUNDED, Why.CHOSEN),
        3: (RESERVE, Why.ALL_AWARDED),
    }
    assert result.ties == ()


def test_choices_beyond_the_limits_stand_and_leave_nothing() -> None:
    pool = [case(1, 1), case(2, 2), case(3, 9)]

    result = allocate(pool, Limits(awards=1), manual={1: chosen(FUNDED), 2: chosen(FUNDED)})

    assert [one.candidate.case_id for one in result.funded] == [2, 1]


def test_who_is_not_scored_or_has_no_area_has_no_place() -> None:
    pool = [case(1, None), case(2, 9, None)]

    assert outcomes(allocate(pool, TWO_EACH)) == {
        1: (NOT_FUNDED, Why.NOT_SCORED),
        2: (RESERVE, Why.NO_AREA),
    }
    assert outcomes(allocate(pool, Limits(awards=2)))[2] == (FUNDED, Why.BEST)


def test_places_left_over_stay_empty_until_told_otherwise() -> None:
    pool = [case(1, 9), case(2, 8), case(3, 7), case(4, 6), case(5, 5, "west")]

    without = allocate(pool, TWO_EACH)
    given = allocate(pool, TWO_EACH, overflow=True)

    assert [one.candidate.case_id for one in without.funded] == [1, 2, 5]
    assert outcomes(given)[3] == (FUNDED, Why.LEFT_OVER)
    assert outcomes(given)[4] == (RESERVE, Why.AREA_FULL)


def test_equals_for_a_place_left_over_are_tied() -> None:
    pool = [case(1, 9), case(2, 8), case(3, 7), case(4, 7), case(5, 5, "west")]

    result = allocate(pool, TWO_EACH, overflow=True)

    assert result.ties == (Tie(CutOff.LEFT_OVER, ("ACE-0003", "ACE-0004"), 7, places=1),)


@pytest.mark.parametrize(
    "waiting", [case(9, None, "west"), case(9, 4, None), case(9, 8.5)], ids=["score", "area", "tie"]
)
def test_places_left_over_wait_for_what_is_still_open(waiting: Candidate) -> None:
    pool = [case(1, 9), case(2, 8.5), case(3, 7), case(5, 5, "west"), waiting]

    result = allocate(pool, TWO_EACH, overflow=True)

    assert Why.LEFT_OVER not in {why for _, why in outcomes(result).values()}


def test_so_many_reserves_an_area_and_more_where_they_share_a_rank() -> None:
    pool = [case(n, merit) for n, merit in enumerate((9, 8, 7, 6, 6, 5), 1)]
    pool += [case(10, 4, "west"), case(11, 3, "west"), case(12, 2, "west")]

    result = allocate(pool, TWO_EACH, reserves=2)

    assert [(r.candidate.case_id, r.reserve, r.area_reserve) for r in result.reserves] == [
        (3, 1, 1),
        (4, 2, 2),
        (5, 2, 2),
        (12, 4, 1),
    ]
    assert outcomes(result)[6] == (NOT_FUNDED, Why.AREA_FULL)


def test_nobody_better_than_a_tie_is_turned_down() -> None:
    pool = [case(1, 9, amount=50), case(2, 8), case(3, 8)]

    result = allocate(pool, Limits(awards=1, budget=10), reserves=0)

    assert outcomes(result)[1] == (RESERVE, Why.BUDGET)


def test_the_area_where_somebody_declines_comes_first() -> None:
    pool = [case(n, 9 - n) for n in range(1, 5)]
    pool += [case(n, 9.5 - n, "west") for n in range(1 + 4, 5 + 4)]
    pool += [case(20, 0, "south", amount=99), case(21, 9, "south", amount=1)]
    limits = Limits(per_area=2, budget=60, areas=("east", "west", "south"))

    result = allocate(pool, limits)

    assert [one.candidate.case_id for one in result.moving_up("east")] == [3, 4, 20]
    assert [one.candidate.case_id for one in result.moving_up("west")] == [7, 8, 20]


@pytest.mark.parametrize("merit", [float("nan"), float("inf"), -float("inf")])
def test_a_merit_is_a_number(merit: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        case(1, merit)


def test_an_amount_is_not_below_nothing() -> None:
    with pytest.raises(ValueError, match="below nothing"):
        case(1, 5, amount=-1)


def test_a_case_competes_once_and_choices_are_about_those_who_do() -> None:
    with pytest.raises(ValueError, match="twice"):
        allocate([case(1, 5), case(1, 6)], Limits())
    with pytest.raises(ValueError, match="do not compete"):
        allocate([case(1, 5)], Limits(), manual={2: chosen(FUNDED)})

"""Which limits a set of awards breaks, in words."""

from dataclasses import replace

import pytest

from storage.domain.award_limits import Award, Breach, Limit, breaches, worsened
from tests.support.programmes import ACE

PROGRAMME = replace(ACE, awards=3, awards_per_area=2, budget=50_000)
EAST, WEST = "north-east-london", "north-west-london"


def award(number: int, area: str | None = EAST, amount: int | None = 10_000) -> Award:
    return Award(f"ACE-{number:04d}", area, amount)


def words(*funded: Award) -> list[str]:
    return [breach.words for breach in breaches(PROGRAMME, funded)]


def test_awards_within_the_limits_break_none() -> None:
    assert breaches(PROGRAMME, [award(1), award(2), award(3, WEST, 20_000)]) == ()


@pytest.mark.parametrize(
    ("funded", "told"),
    [
        ([award(n, None) for n in range(1, 5)], ["4 of at most 3 in all"]),
        ([award(n) for n in (1, 2, 3)], ["3 of at most 2 in North East London"]),
        ([award(1, "gone"), award(2, "gone"), award(3, "gone")], ["3 of at most 2 in gone"]),
        ([award(n, None, 17_000) for n in (1, 2, 3)], ["£51,000 of at most £50,000"]),
        ([award(n, None, None) for n in (1, 2, 3)], ["£60,000 of at most £50,000"]),
        ([award(7, amount=20_001)], ["£20,001 of at most £20,000 for ACE-0007"]),
    ],
)
def test_a_broken_limit_is_told_in_words(funded: list[Award], told: list[str]) -> None:
    assert words(*funded) == told


def test_every_broken_limit_is_told_whatever_the_order() -> None:
    funded = [award(n, EAST if n < 4 else WEST, 21_000) for n in range(1, 7)]

    told = breaches(PROGRAMME, funded)

    assert told == breaches(PROGRAMME, reversed(funded))
    assert [breach.limit for breach in told] == [
        Limit.AWARDS,
        *[Limit.AWARDS_PER_AREA] * 2,
        *[Limit.AMOUNT] * 6,
        Limit.BUDGET,
    ]
    assert told[1] == Breach(
        Limit.AWARDS_PER_AREA, EAST, 3, 2, "3 of at most 2 in North East London"
    )


def test_a_programme_without_limits_has_none_to_break() -> None:
    free = replace(PROGRAMME, awards=None, awards_per_area=None, budget=None, amount=None)

    assert breaches(free, [award(n, amount=None) for n in range(50)]) == ()


def test_a_change_answers_for_what_it_makes_worse_only() -> None:
    east = [award(n) for n in (1, 2, 3)]
    before = breaches(PROGRAMME, east)

    assert worsened(before, breaches(PROGRAMME, east)) == ()
    assert [
        breach.words for breach in worsened(before, breaches(PROGRAMME, [*east, award(4)]))
    ] == [
        "4 of at most 3 in all",
        "4 of at most 2 in North East London",
    ]
    assert [
        breach.words for breach in worsened(before, breaches(PROGRAMME, [*east, award(4, WEST)]))
    ] == ["4 of at most 3 in all"]

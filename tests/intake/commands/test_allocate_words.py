"""Why something is proposed, and what is left to decide, as a person reads it."""

from dataclasses import replace

import pytest

from intake.commands.allocating.contest import Contest
from intake.commands.allocating.terminal import area_tables, proposal_in_words, reserves_table
from intake.commands.allocating.words import (
    area_name,
    head_in_words,
    remarks,
    share_in_words,
    shown_merits,
    tie_in_words,
    why_in_short,
    why_in_words,
)
from storage.domain.allocation import allocate
from storage.domain.decision import Outcome
from storage.domain.proposals import Allocation, Candidate, Choice, Limits
from tests.support.programmes import ACE

EAST, WEST = "north-east-london", "north-west-london"
LIMITS = Limits(awards=4, per_area=2, budget=70_000, areas=(EAST, WEST))
PROGRAMME = replace(ACE, awards=4, budget=70_000)
EMPTY = Contest((), {}, {}, frozenset())


def case(
    number: int, merit: float | None, area: str | None = EAST, amount: int = 20_000
) -> Candidate:
    return Candidate(number, f"ACE-{number:04d}", area, merit, amount)


def whys(allocation: Allocation) -> dict[int, tuple[str, str]]:
    return {
        one.candidate.case_id: (
            why_in_words(one, allocation, PROGRAMME),
            why_in_short(one, PROGRAMME),
        )
        for one in allocation.proposals
    }


def test_every_why_in_words() -> None:
    pool = [case(1, 9), case(2, 8), case(3, 7), case(4, 7.5, WEST), case(5, 7, WEST)]
    pool += [case(6, None), case(7, 1, None), case(8, 1), case(9, 1)]
    manual = {8: Choice(Outcome.NOT_FUNDED, "out of scope"), 9: Choice(Outcome.NOT_FUNDED, "")}

    assert whys(allocate(pool, LIMITS, manual=manual)) == {
        1: ("one of the best 2 of its area", ""),
        2: ("one of the best 2 of its area", ""),
        3: ("the 2 places of its area are taken", "area full"),
        4: ("one of the best 2 of its area", ""),
        5: ("asks £20,000, £10,000 is left", "£10,000 left"),
        6: ("not scored", "not scored"),
        7: ("area not known", "area not known"),
        8: ("decided: out of scope", "decided: out of scope"),
        9: ("decided", "decided"),
    }


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(awards=1), "the best"),
        (Limits(awards=3), "one of the best 3"),
        (Limits(per_area=1, areas=(EAST,)), "the best of its area"),
        (Limits(), "there is enough"),
    ],
)
def test_why_without_areas(limits: Limits, told: str) -> None:
    assert whys(allocate([case(1, 9)], limits))[1][0] == told


@pytest.mark.parametrize(
    ("limits", "told", "tie"),
    [
        (
            Limits(per_area=1, areas=(EAST, WEST)),
            "tied with ACE-0002 and ACE-0003 for the last place of its area",
            "share the last place in North East London: choose 1 of 3.",
        ),
        (
            Limits(awards=2),
            "tied with ACE-0002 and ACE-0003 for the last 2 awards",
            "share the last 2 awards: choose 2 of 3.",
        ),
        (
            Limits(budget=50_000),
            "tied with ACE-0002 and ACE-0003 for the last £50,000 of the budget",
            "share the last £50,000 of the budget: choose.",
        ),
    ],
)
def test_a_tie_in_words(limits: Limits, told: str, tie: str) -> None:
    pool = [case(n, 7.25) for n in (1, 2, 3)]

    result = allocate(pool, limits)

    assert whys(result)[1] == (told, "tied")
    assert tie_in_words(result.ties[0], PROGRAMME) == (
        f"ACE-0001, ACE-0002 and ACE-0003 have the same merit, 7.25, and {tie}"
    )


def test_what_is_left_over_in_words() -> None:
    pool = [case(1, 9), case(2, 8), case(3, 7, amount=1), case(4, 7, amount=1), case(5, 5, WEST)]
    tied, given = (allocate(some, LIMITS, overflow=True) for some in (pool, pool[:3] + pool[4:]))

    assert whys(tied)[3][0] == "tied with ACE-0004 for the last place left over"
    assert whys(given)[3] == ("a place that another area left over", "left-over place")
    assert list(remarks(given, EMPTY, PROGRAMME)) == [
        "North West London leaves 1 place over, with 1 application.",
        "This goes beyond a limit: 3 of at most 2 in North East London. Recording it asks for a "
        "reason.",
    ]


def test_places_that_wait_for_a_tie_are_not_called_taken() -> None:
    result = allocate(
        [case(1, 9), case(2, 8), case(3, 8), case(4, 5), case(5, 5, WEST)],
        replace(LIMITS, awards=2),
    )

    assert whys(result)[4][0] == "the 2 places of its area are taken or held for a tie"
    assert whys(result)[5][0] == "the 2 awards are taken or held for a tie"
    assert share_in_words(result.shares[0]) == "1 of 2 places, 1 held for a tie, 4 applications"
    assert head_in_words(result, PROGRAMME) == f"{ACE.name}: 1 of 2 awards, £20,000 of £70,000"


def test_a_place_that_is_free_again_is_the_first_reserves() -> None:
    pool = [case(1, 9), case(2, 8), case(3, 7), case(4, 7), case(5, 5, WEST), case(6, 4, WEST)]
    decided = dict.fromkeys((1, 5, 6), Choice(Outcome.FUNDED, ""))
    decided |= dict.fromkeys((2, 3, 4), Choice(Outcome.RESERVE, ""))
    others = {id: choice for id, choice in decided.items() if id != 2}

    def told(manual: dict[int, Choice], awards: int = 4) -> list[str]:
        result = allocate(pool, replace(LIMITS, awards=awards, budget=None), manual=manual)
        return list(remarks(result, EMPTY, replace(PROGRAMME, budget=None)))

    assert told(decided) == ["North East London has room for a reserve: the first is ACE-0002."]
    assert told(decided | {2: Choice(Outcome.NOT_FUNDED, "")}) == [
        "North East London has room for a reserve: the first is ACE-0003 or ACE-0004."
    ]
    assert told(others) == []
    assert told(decided, awards=3) == []


def test_an_award_that_is_free_again_is_the_first_reserves_of_all() -> None:
    manual = {1: Choice(Outcome.FUNDED, ""), 2: Choice(Outcome.RESERVE, "")}

    result = allocate([case(1, 9), case(2, 8, WEST)], Limits(awards=2), manual=manual)

    assert list(remarks(result, EMPTY, PROGRAMME)) == [
        f"{ACE.name} has room for a reserve: the first is ACE-0002."
    ]


def test_an_area_without_anybody_has_a_line_and_no_table() -> None:
    result = allocate([], LIMITS)

    assert list(area_tables(result, EMPTY, PROGRAMME)) == [
        "North East London: 0 of 2 places, 2 left over, no application",
        "North West London: 0 of 2 places, 2 left over, no application",
    ]


def test_names_of_areas_that_are_gone_or_unknown() -> None:
    assert [area_name(key, PROGRAMME) for key in (EAST, "gone", None)] == [
        "North East London",
        "gone",
        "No area known",
    ]


def test_merits_that_differ_look_different() -> None:
    near = allocate([case(1, 7.3331), case(2, 7.3334), case(3, 8.0), case(4, None)], Limits())
    far = allocate([case(1, 22 / 3), case(2, 1234567.5)], Limits())

    assert shown_merits(near) == {1: "7.3331", 2: "7.3334", 3: "8"}
    assert shown_merits(far) == {1: "7.33", 2: "1234567.5"}


def test_the_place_of_a_reserve_is_that_of_its_area_where_places_are_by_area() -> None:
    pool = [case(1, 9), case(2, 8), case(3, 7), case(4, 6, WEST)]
    by_area = allocate(pool, Limits(awards=2, per_area=1, areas=(EAST, WEST)))
    in_all = allocate(pool, Limits(awards=1))

    assert [proposal_in_words(one, by_area) for one in by_area.reserves] == [
        "reserve 1",
        "reserve 2",
    ]
    assert [proposal_in_words(one, in_all) for one in in_all.reserves] == [
        "reserve 1",
        "reserve 2",
        "reserve 3",
    ]
    assert reserves_table(in_all, PROGRAMME).row_count == 3

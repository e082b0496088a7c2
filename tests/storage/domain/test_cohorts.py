"""Who comes into which cohort, case by case; what holds for all is in the laws beside this."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.domain.cohorts import Assignment, Limits, Seat, Seeker, Why, assign, limits_of
from storage.domain.placement import Placement, standing_placements
from tests.support.programmes import SURREY

APRIL = datetime(2019, 4, 1, 9, tzinfo=UTC)
TWO_OF_THREE = Limits(((1, 3), (2, 3)))


def seeker(
    id: int, *, day: int = 0, source: int | None = None, area: str = "east", team: str | None = None
) -> Seeker:
    return Seeker(id, APRIL + timedelta(days=day), source or 100 + day, area, team)


def told(found: tuple[Assignment, ...]) -> dict[int, tuple[int | None, Why]]:
    return {one.seeker.case_id: (one.cohort, one.why) for one in found}


def test_places_go_in_order_of_nomination_and_then_people_wait() -> None:
    people = [seeker(id, day=id) for id in range(1, 9)]

    found = told(assign((), reversed(people), (), TWO_OF_THREE))

    assert [found[id][0] for id in range(1, 9)] == [1, 1, 1, 2, 2, 2, None, None]
    assert found[7] == (None, Why.FULL)


def test_list_of_one_message_counts_in_its_order() -> None:
    people = [seeker(id) for id in (3, 1, 2, 4)]

    assert told(assign((), people, (), Limits(((1, 2),)))) == {
        1: (1, Why.FITS),
        2: (1, Why.FITS),
        3: (None, Why.FULL),
        4: (None, Why.FULL),
    }


def test_partnership_with_its_places_makes_room_for_others() -> None:
    limits = Limits(((1, 3), (2, 3)), {(1, "east"): 1, (2, "east"): 1, (None, "east"): 2})
    people = [seeker(1), seeker(2), seeker(3), seeker(4, day=1, area="west")]

    assert told(assign((), people, (), limits)) == {
        1: (1, Why.FITS),
        2: (2, Why.LATER),
        3: (None, Why.AREA),
        4: (1, Why.FITS),
    }


def test_team_comes_whole_into_a_later_cohort_or_waits_whole() -> None:
    team = [seeker(id, team="hospice") for id in (2, 3)]
    people = [seeker(1), *team, seeker(4, day=1)]

    assert told(assign((), people, (), Limits(((1, 2), (2, 2))))) == {
        1: (1, Why.FITS),
        2: (2, Why.LATER),
        3: (2, Why.LATER),
        4: (1, Why.FITS),
    }
    assert told(assign((), people, (), Limits(((1, 2), (2, 1))))) == {
        1: (1, Why.FITS),
        2: (None, Why.TEAM),
        3: (None, Why.TEAM),
        4: (1, Why.FITS),
    }


def test_newcomer_of_a_team_joins_it_or_is_for_a_person() -> None:
    seats = [Seat(1, 2, "east", "hospice"), Seat(2, 2, "east", "hospice")]
    newcomer = seeker(3, team="hospice")

    assert told(assign((), [newcomer], seats, TWO_OF_THREE)) == {3: (2, Why.FITS)}
    full = Limits(((1, 3), (2, 2)))
    assert told(assign((), [newcomer], seats, full)) == {3: (None, Why.MATES)}


def test_newcomer_of_a_team_that_waits_waits_with_it() -> None:
    waiting = [seeker(id, team="hospice") for id in (1, 2)]
    newcomer = seeker(3, day=5, team="hospice")

    found = told(assign(waiting, [newcomer], (), Limits(((1, 2),))))

    assert found == dict.fromkeys((1, 2, 3), (None, Why.TEAM))


def test_who_waits_comes_before_who_is_new_and_in_the_order_of_the_list() -> None:
    waiting = [seeker(9, day=9), seeker(8, day=8)]

    found = assign(waiting, [seeker(1)], (), Limits(((1, 1),)))

    assert told(found) == {9: (1, Why.FITS), 8: (None, Why.FULL), 1: (None, Why.FULL)}


def test_free_place_goes_to_the_first_who_fits() -> None:
    limits = Limits(((1, 3),), {(1, "east"): 2})
    seats = [Seat(1, 1, "east"), Seat(2, 1, "east")]
    waiting = [
        seeker(3),
        seeker(4, area="west", team="t"),
        seeker(5, area="west", team="t"),
        seeker(6, area="west"),
    ]

    assert told(assign(waiting, (), seats, limits)) == {
        3: (None, Why.AREA),
        4: (None, Why.TEAM),
        5: (None, Why.TEAM),
        6: (1, Why.FITS),
    }


def test_lists_of_the_same_instant_that_cannot_both_have_it_are_held() -> None:
    one, other = seeker(1, source=7), seeker(2, source=8)
    later = seeker(3, day=1)

    found = told(assign((), [one, other, later], (), Limits(((1, 1), (2, 1)))))

    assert found == {1: (None, Why.TIE), 2: (None, Why.TIE), 3: (2, Why.FITS)}
    assert told(assign((), [one, other], (), TWO_OF_THREE)) == dict.fromkeys((1, 2), (1, Why.FITS))


def test_limits_are_those_of_the_programme_and_of_cohorts_to_come() -> None:
    east = replace(SURREY.areas[0], key="east", most_in_all=120, most_in_a_cohort=30)
    programme = replace(SURREY, areas=(east,), cohorts=SURREY.cohorts[:2])
    after_the_first = SURREY.cohorts[0].starts_at

    limits = limits_of(programme, after_the_first)

    assert limits.cohorts == ((2, 100),)
    assert limits.most == {
        (None, None): 500,
        (None, "east"): 120,
        (1, "east"): 30,
        (2, "east"): 30,
    }


def test_newest_placement_stands() -> None:
    first = Placement(1, 42, None, 1, "list", "w@nhs.example", APRIL)
    second = replace(first, id=2, cohort=3)

    assert standing_placements([first, second, replace(first, id=3, case_id=43)]) == {
        42: second,
        43: replace(first, id=3, case_id=43),
    }

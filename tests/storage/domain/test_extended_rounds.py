"""Which closing holds, and how it came to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.extension import Extension, Obstacle, extended, find_obstacle
from storage.domain.programme import Move
from tests.support.programmes import ACE

DAY = timedelta(days=1)
ROUND = ACE.round
MADE = ROUND.closes_at - 3 * DAY


def extension(number, by, *, round_key=ROUND.key):
    return Extension(
        number,
        "ace",
        round_key,
        None,
        ROUND.closes_at + by,
        "Summer",
        "rosalind",
        MADE + number * DAY,
    )


def test_latest_time_holds_and_tells_how_it_came_to():
    later, less, latest = extension(1, DAY), extension(2, DAY), extension(3, 7 * DAY)

    moved = extended(ROUND, (later, less, latest))

    assert moved.closes_at == ROUND.closes_at + 7 * DAY
    assert moved.moves == (
        Move(ROUND.closes_at, later.at),
        Move(ROUND.closes_at + DAY, latest.at),
    )


def test_earlier_times_and_those_of_other_rounds_move_nothing():
    assert extended(ROUND, (extension(1, -DAY), extension(2, DAY, round_key="2022"))) == ROUND


@given(st.lists(st.integers(-10, 10), max_size=8), st.integers(0, 8))
def test_extensions_apply_in_order_also_in_two_parts(days, cut):
    found = [extension(number, by * DAY) for number, by in enumerate(days)]

    whole = extended(ROUND, found)

    assert whole == extended(extended(ROUND, found[:cut]), found[cut:])
    assert whole.closes_at == max([ROUND.closes_at, *(one.closes_at for one in found)])
    assert len(whole.moves) <= len(found)


@pytest.mark.parametrize(
    ("closes_at", "now", "obstacle"),
    [
        (ROUND.closes_at, MADE, Obstacle.NOT_LATER),
        (ROUND.closes_at - DAY, MADE, Obstacle.NOT_LATER),
        (ROUND.closes_at + DAY, ROUND.closes_at + DAY, Obstacle.PASSED),
        (ROUND.outcomes_at, MADE, Obstacle.AFTER_OUTCOMES),
        (ROUND.outcomes_at - DAY, MADE, None),
        (ROUND.closes_at + 2 * DAY, ROUND.closes_at + DAY, None),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), MADE, Obstacle.AFTER_OUTCOMES),
    ],
)
def test_what_keeps_a_round_from_closing_later(closes_at, now, obstacle):
    assert find_obstacle(ROUND, closes_at, now=now) is obstacle


def test_a_slip_of_the_year_is_no_new_closing():
    endless = replace(ROUND, outcomes_at=None)

    assert find_obstacle(endless, ROUND.closes_at + 366 * DAY, now=MADE) is None
    assert find_obstacle(endless, ROUND.closes_at + 367 * DAY, now=MADE) is Obstacle.TOO_FAR
    late = ROUND.closes_at + 500 * DAY
    assert find_obstacle(endless, late + DAY, now=late) is None


def test_extended_round_moves_on_from_where_it_stands():
    standing = extended(ROUND, (extension(1, 7 * DAY),))

    assert find_obstacle(standing, ROUND.closes_at + 7 * DAY, now=MADE) is Obstacle.NOT_LATER
    assert find_obstacle(standing, ROUND.closes_at + 8 * DAY, now=MADE) is None

"""Which closing holds, and how it came to."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from storage.domain.extension import Extension, extended
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

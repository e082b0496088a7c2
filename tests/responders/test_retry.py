"""Back-off as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from responders.retry import next_attempt, next_writing

NOW = datetime(2021, 7, 6, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (0, MINUTE),
        (1, MINUTE),
        (2, 4 * MINUTE),
        (3, 10 * MINUTE),
        (4, 15 * MINUTE),
        (5, 30 * MINUTE),
        (6, HOUR),
        (7, 2 * HOUR),
        (8, 4 * HOUR),
        (18, 4 * HOUR),
        (19, None),
        (1000, None),
    ],
)
def test_next_attempt_waits_longer_each_time_then_gives_up(
    attempts: int, wait: timedelta | None
) -> None:
    assert next_attempt(attempts, NOW) == (NOW + wait if wait else None)


def test_next_attempt_gives_up_after_two_days_of_trying() -> None:
    at, attempts = NOW, 1
    while (later := next_attempt(attempts, at)) is not None:
        assert later > at
        at, attempts = later, attempts + 1
    assert at - NOW == timedelta(days=2)


@pytest.mark.parametrize(
    ("failures", "wait"),
    [
        (0, 15 * MINUTE),
        (1, 15 * MINUTE),
        (2, HOUR),
        (3, 4 * HOUR),
        (4, 12 * HOUR),
        (5, 24 * HOUR),
        (500, 24 * HOUR),
    ],
)
def test_next_writing_never_gives_up(failures: int, wait: timedelta) -> None:
    assert next_writing(failures, NOW) == NOW + wait

"""A day in a sentence is read where one alone is meant."""

from datetime import UTC, datetime, time

import pytest

from storage.domain.spoken_days import SpokenDay, read_day

MONDAY = datetime(2021, 8, 16, 9, tzinfo=UTC)
NOON = time(12)


def _read(words: str) -> SpokenDay:
    return read_day(words, now=MONDAY, zone=UTC, at=NOON)


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("30 August", ""),
        (
            "Monday 30 August, because the lead was ill since 3 August",
            "because the lead was ill since 3 August",
        ),
        ("August 30 to let them finish", "to let them finish"),
        ("2021-08-30 at noon. Nobody minds", "Nobody minds"),
    ],
)
def test_day_and_what_is_said_behind_it(words: str, rest: str) -> None:
    assert _read(words) == SpokenDay(datetime(2021, 8, 30, 12, tzinfo=UTC), rest)


@pytest.mark.parametrize(
    "words",
    [
        "30 August, no, 31 August",
        "30 August or 31 August",
        "30 August?",
        "30 August - 31 August",
        "30 August, not later",
        "Tuesday 30 August",
        "30 February",
        "soon",
    ],
)
def test_day_that_is_not_one_alone_is_none(words: str) -> None:
    found = _read(words)

    assert (found.at, found.problem is None) == (None, False)

"""Times as people type them."""

from datetime import datetime

import pytest
import typer

from intake.commands.clocks import parse_clock


@pytest.mark.parametrize("text", ["2021-08-27T17:00", "2021-08-27T17:00:00", " 2021-08-27T17:00 "])
def test_time_is_read_as_it_is_to_be_written(text: str) -> None:
    assert parse_clock(text) == datetime.fromisoformat("2021-08-27T17:00:00")


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("27/08/2021", "2021-08-27T17:00"),
        ("27.8.2021 9.30", "2021-08-27T09:30"),
        ("2021-08-27", "2021-08-27T17:00"),
        ("2021-08-27 12:15", "2021-08-27T12:15"),
        ("31/02/2021", "2021-08-27T17:00"),
        ("next Friday", "2021-08-27T17:00"),
        ("", "2021-08-27T17:00"),
    ],
)
def test_other_times_are_answered_with_an_example(text: str, example: str) -> None:
    with pytest.raises(typer.BadParameter, match=f"written as {example},"):
        parse_clock(text)

"""Rows of a form that somebody made up."""

import pytest

from intake.understanding.finders.oddrows import read_odd_rows
from intake.understanding.texts.labels import read_labels
from intake.understanding.texts.lines import split_lines

BLOCK = "Lead: Ada Bell\nOrganisation: Bow Meals\nTel: 07700 900123\nICS: NEL\n"


def _rows(text: str) -> list[tuple[str, str]]:
    lines = split_lines(text)
    found = read_odd_rows(lines, read_labels(lines), source="body")
    return [(finding.field, finding.value) for finding in found]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "Grown-up in the room: Fenella Strath (Chief Nurse at Fleet Hospital)",
            [("senior_leader", "Fenella Strath")],
        ),
        (
            "6. Who keeps us honest: Cllr Penrose Oak, Cabinet Member for Adults",
            [("senior_leader", "Penrose Oak")],
        ),
        ("Minutes taken by: Sam Reed, Administrator", []),
        (
            "Friends in this: Fleet Hospital; Camden Council",
            [("partner", "Fleet Hospital"), ("partner", "Camden Council")],
        ),
        ("Best time to ring: Monday; Tuesday", []),
    ],
)
def test_a_row_is_told_by_what_stands_in_it(row: str, told: list[tuple[str, str]]) -> None:
    assert _rows(BLOCK + row) == told


def test_a_row_in_running_text_tells_nothing() -> None:
    assert _rows("Our hero: Fenella Strath (Chief Nurse at Fleet Hospital)") == []

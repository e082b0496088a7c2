"""Who sponsors a project, as people say it."""

import pytest

from intake.understanding.finders.leader import find_senior_leaders
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Our chief exec, Marguerite Hunt, has agreed to be the senior leader.", "Marguerite Hunt"),
        (
            "Dr Harcourt Nwosu, chief operating officer at St Boniface, is our senior leader.",
            "Harcourt Nwosu",
        ),
        (
            "Dr Petar Stoyanov, Director at Lea Bridge Community Trust, will be our senior leader.",
            "Petar Stoyanov",
        ),
        ("Our sponsor is Sir Colin Baird.", "Colin Baird"),
        (
            "We call it Pick Up and our senior leader's going to be Jane Pugh of the council.",
            "Jane Pugh",
        ),
        ("We have the full backing of our chief executive, Jane Pugh.", "Jane Pugh"),
        ("It is supported by Dr Amina Sole, Medical Director of St Luke's.", "Amina Sole"),
        ("Jane Pugh, Director of Housing at the council, is behind the project.", "Jane Pugh"),
        ("Jane Pugh is our Chief Nurse. She will sponsor it.", "Jane Pugh"),
        (
            "Ms Araminta Sule, Chief Officer of Mile Hospital, has agreed to be our senior "
            "leader, and Mile Hospital, Bow Council and Lantern Energy will take part.",
            "Araminta Sule",
        ),
        ("We have no senior leader yet but Jane Pugh is keen.", None),
        ("Does the senior leader have to be Jane Pugh?", None),
        ("We hope to ask Jane Pugh to be our senior leader.", None),
        ("Jane Pugh chairs the board.", None),
        ("I am supported by Jane Pugh in the office.", None),
        ("Ada Bell will be lead and senior leader.", None),
    ],
)
def test_find_senior_leaders(text: str, name: str | None) -> None:
    found = find_senior_leaders(
        paragraphs(split_lines(text)), source="body", not_leaders=["Ada Bell"]
    )

    assert next((finding.value for finding in found), None) == name

"""Titles that a sentence or the subject gives, and areas stated beside what is granted."""

import pytest

from intake.understanding.finders.area import find_area, gazetteer_of, read_area
from intake.understanding.finders.title import find_titles
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs
from tests.support.programmes import ACE


def _titles(text: str, subject: str = "ACE") -> set[str]:
    found = find_titles(
        paragraphs(split_lines(text)),
        (),
        subject=subject,
        not_titles=("ACE",),
        email="ada@bell.example",
        source="body",
    )
    return {finding.value for finding in found if finding.confidence > 0.6}


@pytest.mark.parametrize(
    ("text", "subject", "titles"),
    [
        ("Our project is The Unlit Lamp.", "ACE", {"The Unlit Lamp"}),
        ("I write about Bread in Time, which is what we're calling it.", "ACE", {"Bread in Time"}),
        ("I've been calling it Press One but I'm not wedded to it.", "ACE", {"Press One"}),
        ("Could you call us Five Seconds?", "ACE", {"Five Seconds"}),
        ("The lead for Who Sits With You? is Tom.", "RE: EOI: who sits with you?",
         {"Who Sits With You?"}),
        ("We work on the Old Kent Road every day.", "EOI: Old Kent Road", set()),
        ("THE DOORBELL PROJECT asks everybody to ring once.", "ACE", {"The Doorbell Project"}),
    ],
)  # fmt: skip
def test_titles_are_told_by_what_announces_them(text: str, subject: str, titles: set[str]) -> None:
    assert _titles(text, subject) == titles


def test_what_is_granted_is_not_the_area() -> None:
    gazetteer = gazetteer_of(ACE.areas)
    said = "As to geography: the hives are in Croydon, though the bees go to Bromley and Lambeth."

    found = find_area(gazetteer, said)

    assert found is not None
    assert found[0] == "south-west-london"
    assert read_area(gazetteer, "South West, although half is in Lambeth") == "south-west-london"

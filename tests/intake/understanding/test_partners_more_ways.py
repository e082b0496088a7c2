"""Who takes part in words that name no partner: verbs, apposition, answers, what is left out."""

import pytest

from intake.understanding.finders.leader import find_senior_leaders
from intake.understanding.finders.partners import find_partners
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs


def _partners(text: str) -> list[str]:
    found = find_partners(paragraphs(split_lines(text)), (), own=None, source="body")
    return sorted(finding.value for finding in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bow Council and the charity Wheels Within Reach have both said they'll send people.",
         ["Bow Council", "Wheels Within Reach"]),
        ("The London Borough of Lea is with us, as is the Lea Somali Sisters group.",
         ["Lea Somali Sisters", "London Borough of Lea"]),
        ("I have a yes from Mile Clinic and the council (by which I mean Bow Council's wardens).",
         ["Bow Council", "Mile Clinic"]),
        ("Ada Bell is chair of the West Lea Partnership. The Partnership has agreed to take part.",
         ["West Lea Partnership"]),
        ("Who is behind it? There's me and there is Gate Recovery Services.",
         ["Gate Recovery Services"]),
        ("Ada Bell of Bow Council is our senior leader. The other partners are Lea Homes.",
         ["Bow Council", "Lea Homes"]),
        ("Lea Surgery lends us its hall on Fridays and Bow Council pays the heating.",
         ["Bow Council", "Lea Surgery"]),
        ("I left Bow Council out on purpose.", []),
        ("Lea Surgery said no, and Bow Council hasn't answered.", []),
        ("We should like to be considered for ACE in the NW London ICS with pleasure.", []),
    ],
)  # fmt: skip
def test_more_ways_of_taking_part(text: str, names: list[str]) -> None:
    assert _partners(text) == names


@pytest.mark.parametrize(
    ("text", "leaders"),
    [
        ("4. Yes. Ada Bell, who is deputy director of public health", ["Ada Bell"]),
        ("4. Ada Bell, director of public health", []),
        ("4. Yes. Ada Bell, who is a nurse", []),
    ],
)
def test_a_senior_person_in_answer_to_a_numbered_question(text: str, leaders: list[str]) -> None:
    found = find_senior_leaders(paragraphs(split_lines(text)), source="body")
    assert [finding.value for finding in found] == leaders

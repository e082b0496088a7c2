"""Titles, sponsors and partners in the many ways in which people tell them, and what is none."""

import pytest

from intake.understanding.understand import understand
from storage.domain.message import Understanding
from tests.support.programmes import ACE, PROGRAMMES

_IDEA = (
    "\n\nIn Camden the people who leave hospital on a Friday go home to an empty fridge, and four "
    "in ten are back by Tuesday. We would like the ward, the pharmacy and the neighbours to plan "
    "one Friday together and see what changes when everybody is in the same room.\n\n"
)
_THREE = ["Fern House Hospital", "Mile Lane Surgery", "Sutton Council"]


def _understand(above: str) -> Understanding:
    raw = (
        f"From: Nora Tull <nora@larchtrust.example>\nTo: {ACE.inbox}\nSubject: ACE\n"
        "Message-ID: <1@larch.example>\nContent-Type: text/plain; charset=utf-8\n\n"
        f"{above}{_IDEA}Nora Tull\nManager, Larch Trust\n07700 900111"
    )
    return understand(raw.encode(), programmes=PROGRAMMES).understanding


@pytest.mark.parametrize(
    "above",
    [
        "Within the Trust the project already goes by the name of The Long Way Home.",
        "Have we a title? Yes: The Long Way Home.",
        "The title they chose is The Long Way Home.",
        "For a title, please use The Long Way Home.",
        "Please enter it as The Long Way Home.",
        "Let's call it The Long Way Home for now.",
        '"The Long Way Home", as we call it, starts in May.',
        "The Long Way Home (our working title) starts in May.",
        "I am writing about The Long Way Home, our proposal for ACE.",
        "The kids christened it The Long Way Home.",
        "Somebody called it The Long Way Home and the name stuck.",
        "What we're calling it: The Long Way Home",
    ],
)
def test_a_title_is_announced_in_many_ways(above: str) -> None:
    assert _understand(above).title == "The Long Way Home"


@pytest.mark.parametrize(
    "above",
    [
        "The patients call it The Waiting Game and nobody laughs.",
        "It is commonly called Long Covid.",
        "The Director of Public Health calls it Health Inequalities.",
        "There is a club called Happy Hours which meets next door.",
        "We've no title yet.",
    ],
)
def test_what_others_call_something_is_no_title(above: str) -> None:
    assert _understand(above).title is None


@pytest.mark.parametrize(
    "above",
    [
        "You asked about a senior leader. Dame Ida Brook, chief executive, lends us her name.",
        "Senior support comes from Ida Brook, Director of Nursing.",
        "Coaching the lead will be our senior leader Ida Brook, Chief Nurse.",
        "On the board our champion is Ida Brook.",
    ],
)
def test_a_sponsor_is_told_in_many_ways(above: str) -> None:
    told = _understand(above)

    assert (told.senior_leader, told.contact.name) == ("Ida Brook", "Nora Tull")


@pytest.mark.parametrize(
    "above",
    [
        "Ida Brook, chief executive, declined to be our senior leader.",
        "Ida Brook sponsors our football shirts.",
        "Ida Brook is a senior support worker here.",
        "Senior leader: we hope to ask Ida Brook",
    ],
)
def test_who_does_not_sponsor_is_no_sponsor(above: str) -> None:
    assert _understand(above).senior_leader is None


@pytest.mark.parametrize(
    "above",
    [
        "Partners (all confirmed): Fern House Hospital; Mile Lane Surgery; Sutton Council.",
        "Our allies in this are Fern House Hospital, Mile Lane Surgery and Sutton Council.",
        "In the room: Fern House Hospital, Mile Lane Surgery and Sutton Council.",
        "We have letters from Fern House Hospital, Mile Lane Surgery and Sutton Council.",
        "Fern House Hospital, Mile Lane Surgery and Sutton Council will each send somebody.",
        "Fern House Hospital (Dr Pell), Mile Lane Surgery and (subject to its board on the 26th) "
        "Sutton Council will be in it.",
        "Dr Ada Pell of Fern House Hospital, Tom Mapp of Mile Lane Surgery and somebody from "
        "Sutton Council are on board.",
        "So far these people have agreed to be part of it:\n\nOona Feather, who manages nurses at "
        "Fern House Hospital,\n\nTom Mapp of Mile Lane Surgery,\n\nand the parks team at Sutton "
        "Council, which is sending Ada Pell.",
    ],
)
def test_partners_are_listed_in_many_ways(above: str) -> None:
    assert sorted(_understand(above).partners) == _THREE


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("Working with us so far: Fern House Speech and Language Service.",
         "Fern House Speech and Language Service"),
        ("Partners: Fern House Kennels & Cattery.", "Fern House Kennels & Cattery"),
        ("The chemist, Mortimer & Shah, is willing.", "Mortimer & Shah"),
        ("A surgery on Mile Lane and Redbridge Renters United have already come to two meetings.",
         "Redbridge Renters United"),
        ("Igreja de Santa Clara gives us its hall.", "Igreja de Santa Clara"),
    ],
)  # fmt: skip
def test_a_partners_name_is_kept_whole(above: str, name: str) -> None:
    assert list(_understand(above).partners) == [name]


@pytest.mark.parametrize(
    "above",
    [
        "We hope to ask Sutton Council.",
        "We were told of you by Sutton Council.",
        "Anna Weir and Tom Bell have agreed to help.",
        "Our money is held by Norwood Trust Corporation, who aren't involved.",
    ],
)
def test_who_does_not_take_part_is_no_partner(above: str) -> None:
    assert _understand(above).partners == ()


@pytest.mark.parametrize(
    "above",
    [
        "By way of introduction: on Mondays I am a consultant at Fern General and on Fridays I am "
        "medical adviser to Larch Trust. It is in the second capacity that I write.",
        "I ran into your director at a fete and she said write, so I write. I am retired.",
        "It touches Barnet and Brent. We were told that we must pick, so we pick Brent's side.",
        "Working with us so far: Fern House Hospital, whose manager is a Ms Trudy Mapp, and Mile "
        "Lane Surgery.",
    ],
)
def test_what_is_about_the_sending_is_no_summary(above: str) -> None:
    summary = _understand(above).summary

    assert summary is not None
    assert summary.startswith("In Camden the people")

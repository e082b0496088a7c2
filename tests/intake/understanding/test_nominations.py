"""Nominees out of tables, blocks, lists and prose."""

import pytest

from intake.understanding.finders.nominations import Nominations, add_self, find_nominations
from intake.understanding.texts.labels import is_labelled, read_labels
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs
from storage.domain.people import Contact, Nominee


def _find(text: str) -> Nominations:
    lines = split_lines(text)
    found = paragraphs(lines, stands_alone=is_labelled)
    return find_nominations(lines, found, read_labels(lines), names=["Tom Arkwright"])


ADA = Nominee("Ada Bell", "ada.bell@hub.example", "Cook", "Weir Hub")


@pytest.mark.parametrize(
    "text",
    [
        "Name | Role | Organisation | Email\nAda Bell | Cook | Weir Hub | ada.bell@hub.example",
        "Surname | First name | Job title | Employer | E-mail\n"
        "BELL | Ada | Cook | Weir Hub | ada.bell@hub.example",
        "Nominee: Ada Bell\nJob title: Cook\nEmployer: Weir Hub\nE-mail: ada.bell@hub.example",
        "Name: Ada Bell\nRole: Cook\nOrganisation: Weir Hub\nEmail: ada.bell@hub.example",
        "1. Mrs Ada Bell, Cook, Weir Hub, ada.bell@hub.example",
        "BELL, Ada - Cook, Weir Hub - ada.bell@hub.example",
        "- Ada Bell, Cook, Weir Hub (ada.bell@hub.example)",
        "I nominate Ada Bell, Cook at Weir Hub, ada.bell@hub.example, for a place.",
    ],
)
def test_find_nominations_in_the_forms_that_people_use(text: str) -> None:
    assert _find(text).nominees == (ADA,)


def test_find_nominations_keeps_those_without_an_address() -> None:
    text = "Name | Email\nAda Bell | ada.bell@hub.example\nBarry Noakes | no email"

    assert [(n.name, n.email) for n in _find(text).nominees] == [
        ("Ada Bell", "ada.bell@hub.example"),
        ("Barry Noakes", None),
    ]


def test_find_nominations_is_empty_where_nobody_is_nominated() -> None:
    assert _find("Could you tell me how many days Ada Bell would be away?").nominees == ()


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("A team, please. We call ourselves the Leatherhead Huddle and", "Leatherhead Huddle"),
        ("We nominate our Woking Frailty Team.", "Woking Frailty Team"),
        ("We nominate a team, the Falls and Frailty Team, from Oxted.", "Falls and Frailty Team"),
        ("They're individuals rather than a team.", None),
    ],
)  # fmt: skip
def test_find_nominations_names_the_team(text: str, team: str | None) -> None:
    assert _find(text).team == team


def test_add_self() -> None:
    contact = Contact("Tom Arkwright", "tom@grove.example", None, "Cook", "Grove")

    found = add_self(Nominations(), "I'd like to nominate myself.", contact)

    assert found.nominees == (Nominee("Tom Arkwright", "tom@grove.example", "Cook", "Grove"),)
    assert add_self(Nominations(), "I nominate Ada.", contact).nominees == ()

"""Nominees in every layout in which people put them."""

import pytest

from intake.understanding.finders.nominations import find_nominations
from intake.understanding.texts.labels import is_labelled, read_labels
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs

AISHA, MARTIN = "aisha.bello@epsomvale.nhs.example", "m.crouch@downsambulance.example"
BOTH = [("Aisha Bello", AISHA), ("Martin Crouch", MARTIN)]


def _nominees(text: str) -> list[tuple[str, str | None]]:
    lines = split_lines(text)
    found = find_nominations(
        lines,
        paragraphs(lines, stands_alone=is_labelled),
        read_labels(lines),
        names=["Karen Holt"],
    )
    return [(nominee.name, nominee.email) for nominee in found.nominees]


@pytest.mark.parametrize(
    "text",
    [
        f"I nominate Aisha Bello (Ward Manager, {AISHA}) and Martin Crouch (Paramedic, {MARTIN}).",
        f"We nominate\n\nAisha Bello\nWard Manager\nEpsom Hospital\n{AISHA}\n\nMartin Crouch\n"
        f"Paramedic\nDowns Ambulance Hub\n{MARTIN}",
        f"Nominee 1: Aisha Bello, Ward Manager, {AISHA}\nNominee 2: Martin Crouch, {MARTIN}",
        f"My nominees are Aisha Bello and Martin Crouch. They are at {AISHA} and {MARTIN}.",
        f"Places please for: Aisha Bello <{AISHA}>; 'Martin Crouch' <{MARTIN}>",
        f"Name\tRole\tEmail\nAisha Bello\tWard Manager\t{AISHA}\nMartin Crouch\tMedic\t{MARTIN}",
        f"* BELLO, Aisha | Ward Manager | {AISHA}\n* CROUCH, Martin | Paramedic | {MARTIN}",
        f"• Aisha Bello – Ward Manager – {AISHA}\n• (reserve) Martin Crouch – Medic – {MARTIN}",
        f"1. Aisha Bello\n   Ward Manager, Epsom Hospital\n   {AISHA}\n2. Martin Crouch\n"
        f"   Paramedic, Downs Ambulance Hub\n   {MARTIN}",
        f"I'd like to put Aisha Bello and Martin Crouch up for this. Write to {AISHA}, {MARTIN}.",
    ],
)
def test_two_people_are_read_from_any_roll(text: str) -> None:
    assert _nominees(text) == BOTH


@pytest.mark.parametrize(
    "text",
    [
        f"Could Aisha Bello have one of the places? She's on {AISHA}.",
        f"The person I have in mind is Aisha Bello, Ward Manager. You can reach her at {AISHA}.",
        f"Mr Tom Oak, Chief Officer here (tom.oak@epsomvale.nhs.example), wishes to nominate Aisha "
        f"Bello, who is Ward Manager. Her address is {AISHA}.",
        f"I'd like to put forward one of my crew, Firefighter Aisha Bello ({AISHA}), who leads.",
        f"can we have aisha bello on it please?? {AISHA} shes our saturday lead",
    ],
)
def test_one_person_is_read_from_prose_and_the_nominator_is_not(text: str) -> None:
    assert _nominees(text) == [("Aisha Bello", AISHA)]


def test_sentences_that_go_on_after_a_nomination_put_people_forward_too() -> None:
    text = (
        f"I should like to put forward two people. The first is Aisha Bello, who is at {AISHA}. "
        "Finally there's our own driver, Len Sowerby: he isn't on e-mail, so write to me."
    )

    assert _nominees(text) == [("Aisha Bello", AISHA), ("Len Sowerby", None)]


def test_of_namesakes_each_has_the_address_behind_their_name() -> None:
    text = (
        "I would like to nominate Lowri Haldane, Matron (lowri.haldane@hub.example). I would like "
        "to nominate Lowri Umeh, Nurse (lowri.umeh@hub.example). I would like to nominate Rhys "
        "Haldane, Cook (rhys.haldane@hub.example)."
    )

    assert _nominees(text) == [
        ("Lowri Haldane", "lowri.haldane@hub.example"),
        ("Lowri Umeh", "lowri.umeh@hub.example"),
        ("Rhys Haldane", "rhys.haldane@hub.example"),
    ]


def test_of_namesakes_each_has_the_address_made_of_their_whole_name() -> None:
    text = (
        "My nominees are Lowri Haldane and Lowri Umeh. They are at lowri.umeh@hub.example and "
        "lowri.haldane@hub.example."
    )

    assert _nominees(text) == [
        ("Lowri Haldane", "lowri.haldane@hub.example"),
        ("Lowri Umeh", "lowri.umeh@hub.example"),
    ]

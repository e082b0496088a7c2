"""Who leads, in the many ways in which people say it, and whom they name without meaning that."""

import pytest

from intake.understanding.understand import understand
from storage.domain.message import Understanding
from tests.support.programmes import ACE, PROGRAMMES

_IDEA = (
    "\n\nIn Camden the people who leave hospital on a Friday go home to an empty fridge, and four "
    "in ten are back by Tuesday. We would like the ward, the pharmacy and the neighbours to plan "
    "one Friday together and see what changes when everybody is in the same room.\n\n"
)
_SENDER = "Nora Tull <nora.tull@fern.example>"


def _understand(
    above: str,
    below: str = "Nora Tull\nManager, Fern House",
    *,
    cc: str = "",
    sender: str = _SENDER,
    subject: str = "Expression of interest",
) -> Understanding:
    raw = (
        f"From: {sender}\nTo: {ACE.inbox}\n{cc}Subject: {subject}\n"
        "Message-ID: <1@fern.example>\nContent-Type: text/plain; charset=utf-8\n\n"
        f"{above}{_IDEA}{below}"
    )
    return understand(raw.encode(), programmes=PROGRAMMES).understanding


@pytest.mark.parametrize(
    "above",
    [
        "Please put Ansel Whitby down as the lead.",
        "Could you name Ansel Whitby as our project lead?",
        "Would you kindly register the interest of Mr Ansel Whitby, Chair of Larch Lane Riders?",
        "I'm writing this with, and for, Professor Ansel Whitby, in whose name it should be.",
        "It will be run by Ansel Whitby, our Ward Manager.",
        "Ansel Whitby is heading this up for us.",
        "Ansel Whitby (Ward Manager) will take this forward.",
        "We have asked Ansel Whitby, our Head of Care, to take it on, and he has agreed.",
        "In charge will be Ansel Whitby.",
        "My colleague Ansel Whitby is very keen. He will be in charge of it.",
        "Our project lead, Ansel Whitby, is copied in.",
        "The person to deal with is Ansel Whitby.",
        "All correspondence to Ansel Whitby please, not to me.",
        "I've typed this in for Ansel Whitby, who is between two theatre lists.",
        "Ansel Whitby takes over from Corin Vale as project lead.",
        "Corin Vale has left. In his place we have asked Ansel Whitby to take over.",
        "I forward the expression of interest of my head of department, Ansel Whitby.",
        "I am the Chief Executive and not the project lead. The project lead is Mr Ansel Whitby.",
    ],
)
def test_the_lead_is_named_in_any_order_of_words(above: str) -> None:
    assert _understand(above).contact.name == "Ansel Whitby"


@pytest.mark.parametrize(
    "above",
    [
        "I shall be leading for us. Our Chair, Ansel Whitby, asked me to make contact.",
        "I will lead this. Ansel Whitby, who is the operations lead at Larch Homecare, will help.",
        "Ansel Whitby drafted this but I'll be the lead, not him.",
        "Our original plan was for Ansel Whitby to lead on this. She left, so it's me.",
        "Lead: me. Sponsor: Ansel Whitby.",
        "Please treat me as the project lead. Ansel Whitby will lead the evaluation.",
        "Ansel Whitby from your office told me to send this in.",
        "Ansel Whitby, who leads the memory clinic, has agreed to host us.",
        "Our falls lead is Ansel Whitby and she has agreed to take part.",
        "We spoke to Ansel Whitby who asked us to apply.",
        "Coaching the lead will be Ansel Whitby, Chief Nurse.",
    ],
)
def test_who_is_named_for_another_reason_does_not_lead(above: str) -> None:
    assert _understand(above).contact.name == "Nora Tull"


def test_a_first_name_is_made_whole_by_who_is_copied_in() -> None:
    told = _understand(
        "You asked for one name, so put Ansel down as lead please.",
        cc="Cc: Ansel Whitby <ansel.whitby@fern.example>\n",
    )

    assert (told.contact.name, told.contact.email) == ("Ansel Whitby", "ansel.whitby@fern.example")


def test_who_sends_a_draft_on_may_lead_it() -> None:
    told = _understand(
        "Ansel drafted this last night but I'll be the lead, not him. My number is 07700 900276.",
        "Nora Tull\n\n---------- Forwarded message ---------\n"
        "From: Ansel Whitby <ansel@fern.example>\nDate: Sun, 11 Jul 2021 at 23:47\n"
        "Subject: draft\nTo: Nora Tull <nora.tull@fern.example>\n\nHere you go."
        + _IDEA
        + "Ansel\n07700 900277",
    )

    assert (told.contact.name, told.contact.email) == ("Nora Tull", "nora.tull@fern.example")
    assert told.contact.phone == "+447700900276"


@pytest.mark.parametrize(
    ("above", "role"),
    [
        (
            "I'm a paramedic by trade and I've been the Outreach Lead at Fern House.",
            "Outreach Lead",
        ),
        ("I've been on secondment to Fern House since May, as Matron.", "Matron"),
        ("I'm taking over her post as Community Services Manager.", "Community Services Manager"),
        ("I am its director and shall be the project lead.", "director"),
        ("I became Chair of Fern House last year.", "Chair"),
        ("I work at Fern House as a ward clerk.", "ward clerk"),
    ],
)
def test_a_post_is_told_however_it_was_come_by(above: str, role: str) -> None:
    assert _understand(above, "Nora Tull\nFern House").contact.role == role


@pytest.mark.parametrize(
    ("above", "role"),
    [
        ("The project lead is Ms Ida Brook, who works for me as Safety Manager.", "Safety Manager"),
        ("Ida Brook will lead it. She is acting as Clinical Lead for Outpatients.",
         "Clinical Lead for Outpatients"),
        ("Ida Brook, whose post is Head of Care, will lead it.", "Head of Care"),
        ("Our clinical director (Dr Ida Brook, copied above) would be leading the work.",
         "clinical director"),
    ],
)  # fmt: skip
def test_a_leads_post_stands_anywhere_beside_them(above: str, role: str) -> None:
    told = _understand(above)

    assert (told.contact.name, told.contact.role) == ("Ida Brook", role)


@pytest.mark.parametrize(
    ("below", "role", "organisation"),
    [
        ("Nora Tull\nSenior Receptionist Fern | 020 7946 0455", "Senior Receptionist", "Fern"),
        ("Nora Tull\nHead of Partnership Office\nFern", "Head of Partnership Office", "Fern"),
        ("Nora Tull\nFern, the only house in town that bakes its own bread", None, "Fern"),
    ],
)
def test_a_signature_parts_the_post_from_the_place(
    below: str, role: str | None, organisation: str
) -> None:
    told = _understand("Hello,", below)

    assert (told.contact.role, told.contact.organisation) == (role, organisation)


def test_a_name_is_made_whole_by_the_subject() -> None:
    told = _understand(
        "Dear friends,",
        "Every blessing,\nFr Crispin\nSt Anselm's",
        sender="Parish Office <office@stanselm.example>",
        subject="Expression of interest from Father Crispin Adomako",
    )

    assert (told.contact.name, told.contact.organisation) == ("Crispin Adomako", "St Anselm's")


@pytest.mark.parametrize(
    ("above", "phone"),
    [
        ("I can be got on 0 7 7 0 0 9 0 0 3 3 1, thank you.", "+447700900331"),
        ("Telephone (reading room) 020 7946 0330, or (my own) 020 7946 0331.", "+442079460331"),
        ("It used to be 020 7946 0330 and is now 020 7946 0331.", "+442079460331"),
        ("There is one phone, 020 7946 0331, in the hall.", "+442079460331"),
    ],
)
def test_a_number_is_read_as_people_write_it(above: str, phone: str) -> None:
    assert _understand(above, "Nora Tull").contact.phone == phone

"""Who the contact is, in the many ways people introduce, sign and label themselves."""

import pytest

from intake.understanding.files.cards import read_card
from intake.understanding.finders.organisations import affinity
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.posts import read_post
from intake.understanding.understand import understand
from storage.domain.message import Understanding
from storage.domain.people import Contact
from tests.support.programmes import ACE, PROGRAMMES

_IDEA = (
    "\n\nIn Camden the people who leave hospital on a Friday go home to an empty fridge, and four "
    "in ten are back by Tuesday. We would like the ward, the pharmacy and the neighbours to plan "
    "one Friday together and see what changes when everybody is in the same room.\n\n"
)


def _understand(body: str, sender: str) -> Understanding:
    raw = (
        f"From: {sender}\nTo: {ACE.inbox}\nSubject: Expression of interest\n"
        f"Message-ID: <1@fern.example>\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    )
    return understand(raw.encode(), programmes=PROGRAMMES).understanding


@pytest.mark.parametrize(
    ("above", "below", "sender", "contact"),
    [
        (
            "Leonora Chisnall, Head of Service at Gatton Reablement, 07700 900951.",
            "Leonora",
            "Leonora Chisnall <leonora@gattonreable.example>",
            Contact(
                "Leonora Chisnall",
                "leonora@gattonreable.example",
                "+447700900951",
                "Head of Service",
                "Gatton Reablement",
            ),
        ),
        (
            "I'm the practice manager at Hollow Lane Surgery in Camden. Ring 01632 960731.",
            "Geraint Lowndes",
            "Geraint Lowndes <geraint.lowndes@hollowlane.nhs.example>",
            Contact(
                "Geraint Lowndes",
                "geraint.lowndes@hollowlane.nhs.example",
                "+441632960731",
                "practice manager",
                "Hollow Lane Surgery",
            ),
        ),
        (
            "hi its dev patel from camden goods shed, im the manager, number 07700 900413",
            "dev",
            "dev patel <dev@camdengoodsshed.example>",
            Contact(
                "Dev Patel",
                "dev@camdengoodsshed.example",
                "+447700900413",
                "manager",
                "Camden Goods Shed",
            ),
        ),
        (
            "The lead is Tomasz Wolny, our Outreach Coordinator (tomasz@lanternhouse.example, "
            "07700 900444).",
            "Pat Gray\nOffice Manager, Lantern House\n020 7946 0444",
            "Pat Gray <pat@lanternhouse.example>",
            Contact(
                "Tomasz Wolny",
                "tomasz@lanternhouse.example",
                "+447700900444",
                "Outreach Coordinator",
                "Lantern House",
            ),
        ),
        (
            "Name: Jun Takemura // Post held: Workshop Lead // Org: Kingsland Repairs // "
            "Tel: 07700 900328",
            "Jun",
            "Jun Takemura <jun@kingslandrepairs.example>",
            Contact(
                "Jun Takemura",
                "jun@kingslandrepairs.example",
                "+447700900328",
                "Workshop Lead",
                "Kingsland Repairs",
            ),
        ),
        (
            "Project lead     Bartholomew Nkansah\nOffice held      Dental Manager\n"
            "Employer         Leyton Marsh Dental Service\nMobile           07700 900483",
            "Bartholomew",
            "Bartholomew Nkansah <b.nkansah@leytonmarsh.example>",
            Contact(
                "Bartholomew Nkansah",
                "b.nkansah@leytonmarsh.example",
                "+447700900483",
                "Dental Manager",
                "Leyton Marsh Dental Service",
            ),
        ),
        (
            "Hello,",
            "Roz Adair (Community Matron, Linden Health)\n07700 900414",
            "Roz Adair <roz.adair@linden.nhs.example>",
            Contact(
                "Roz Adair",
                "roz.adair@linden.nhs.example",
                "+447700900414",
                "Community Matron",
                "Linden Health",
            ),
        ),
        (
            "Hello,",
            "Araba Fitzhugh • Education Officer • Ham Lands Farm • Richmond •\n020 7946 0646",
            "Araba Fitzhugh <araba@hamlandsfarm.example>",
            Contact(
                "Araba Fitzhugh",
                "araba@hamlandsfarm.example",
                "+442079460646",
                "Education Officer",
                "Ham Lands Farm",
            ),
        ),
        (
            "If anybody in distress rings us we give them the crisis line, 020 7946 0501.",
            "Lena Fox",
            "Lena Fox <lena.fox@postbox.example>",
            Contact("Lena Fox", "lena.fox@postbox.example"),
        ),
    ],
)
def test_contact_is_read_as_a_careful_reader_would(
    above: str, below: str, sender: str, contact: Contact
) -> None:
    assert _understand(f"{above}{_IDEA}{below}\n", sender).contact == contact


def test_findings_of_prose_point_at_the_value_itself() -> None:
    body = (
        "My name is Gus Aldridge. I volunteer as treasurer for the Willow Walk\n"
        f"Tenants Association, and my number is 07700 900999.{_IDEA}Gus\n"
    )
    told = _understand(body, "Gus Aldridge <gus@willowwalk.example>")
    places = {
        finding.field: body[finding.span.start : finding.span.end]
        for finding in told.findings
        if finding.span is not None and finding.method == "prose"
    }

    assert places["role"] == "treasurer"
    assert places["organisation"] == "Willow Walk\nTenants Association"
    assert places["phone"] == "07700 900999"


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        (
            "the Head of Programmes for Second Chance Trust.",
            "Head of Programmes",
            "Second Chance Trust",
        ),
        ("a GP in Southall.", "GP", None),
        (
            "Consultant in Emergency Medicine at St Jude's Hospital",
            "Consultant in Emergency Medicine",
            "St Jude's Hospital",
        ),
        ("Dean of Community Dentistry.", "Dean of Community Dentistry", None),
        (
            "President of the Mamans Francophones d'Edmonton Association and the lead",
            "President",
            "Mamans Francophones d'Edmonton Association",
        ),
        ("delighted to write to you.", None, None),
    ],
)
def test_read_post(text: str, role: str | None, organisation: str | None) -> None:
    post = read_post(text, 0)

    assert (post.role.text if post.role else None) == role
    assert (post.organisation.text if post.organisation else None) == organisation


def test_a_town_alone_is_not_the_organisation_of_an_address() -> None:
    assert affinity("Hindhead Pantry", "sol@hindheadpantry.example") == 3
    assert affinity("Camden", "dev@camdengoodsshed.example") < 3


def test_find_phones_reads_what_was_dictated() -> None:
    (phone,) = find_phones("my telephone is oh seven seven double oh nine hundred two six four")

    assert phone.number == "+447700900264"


def test_read_card_gives_the_lines_of_a_signature() -> None:
    card = (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Kettleby;Rosamund;;;\r\nFN:Rosamund Kettleby\r\n"
        b"ORG:Eltham Care Homes\\, London;Nursing\r\nTITLE:Development Nurse\r\n"
        b"TEL;TYPE=CELL:07700 900337\r\nEMAIL:rosamund@eltham.example\r\nEND:VCARD\r\n"
    )

    assert read_card(card).split("\n") == [
        "Rosamund Kettleby",
        "Development Nurse",
        "Eltham Care Homes, London",
        "Mobile: 07700 900337",
        "rosamund@eltham.example",
    ]

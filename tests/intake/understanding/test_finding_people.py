"""Roles, organisations, leads, senior leaders and signatures in what people write."""

import pytest

from intake.understanding.finders.findings import chosen_value
from intake.understanding.finders.lead import find_lead
from intake.understanding.finders.organisations import affinity, read_person, split_post
from intake.understanding.finders.people import find_people
from intake.understanding.finders.prose import find_self
from intake.understanding.finders.sentences import sentences_of
from intake.understanding.finders.signature import read_block
from intake.understanding.texts.closing import is_valediction, split_closing
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("text", "email", "role", "organisation"),
    [
        (
            "Chief Officer, Tandridge Volunteer Exchange",
            "",
            "Chief Officer",
            "Tandridge Volunteer Exchange",
        ),
        ("Lead Nurse, Adult Safeguarding", "", "Lead Nurse, Adult Safeguarding", None),
        (
            "Programme Coordinator, Breathing Space",
            "a@breathingspace.example",
            "Programme Coordinator",
            "Breathing Space",
        ),
        (
            "Director of Children's Services, Brent Council",
            "",
            "Director of Children's Services",
            "Brent Council",
        ),
        ("Clinical Lead for Care Homes", "", "Clinical Lead for Care Homes", None),
        ("Chair of Trustees", "", "Chair of Trustees", None),
        ("Chair of Barnet Carers Network", "", "Chair", "Barnet Carers Network"),
        ("Head of Community Palliative Care", "", "Head of Community Palliative Care", None),
        (
            "Manager at Undercroft Skate",
            "a@undercroft-skate.example",
            "Manager",
            "Undercroft Skate",
        ),
        (
            "St Olave’s Hospital NHS Foundation Trust",
            "",
            None,
            "St Olave’s Hospital NHS Foundation Trust",
        ),
        ("Public Health", "", None, None),
    ],
)
def test_split_post(text: str, email: str, role: str | None, organisation: str | None) -> None:
    post = split_post(text, email)

    assert (post.role, post.organisation) == (role, organisation)


def test_read_person_in_the_forms_of_lists() -> None:
    first = read_person("BHATT, Nisha - Senior Staff Nurse, Hartsmoor Hospice")
    second = read_person("Dr Obadiah Kettering, Clinical Director, Lloyd Way PCN")

    assert first is not None
    assert second is not None
    assert (first.name, first.role, first.organisation) == (
        "Nisha Bhatt",
        "Senior Staff Nurse",
        "Hartsmoor Hospice",
    )
    assert (second.name, second.organisation) == ("Obadiah Kettering", "Lloyd Way PCN")
    assert read_person("two GP practices, the police") is None


@pytest.mark.parametrize(
    ("organisation", "email", "fit"),
    [
        ("Walthamstow Women's Safe Space", "j@wwss.example", 3),
        ("Rainbow Elders", "d@rainbowelders.example", 3),
        ("Beddington Grove Hospice", "t@beddingtongrove.example", 2),
        ("Lambeth Council", "t@hotpost.example", 0),
    ],
)
def test_affinity(organisation: str, email: str, fit: int) -> None:
    assert affinity(organisation, email) >= fit if fit else affinity(organisation, email) == 0


@pytest.mark.parametrize(
    ("text", "author", "name"),
    [
        (
            "I write on behalf of Professor Sir Alasdair Quennell, who will be the project lead.",
            "Maureen Tibbs",
            "Alasdair Quennell",
        ),
        (
            "Anneliese Frobisher, our Partnership Manager, is the project lead and is copied in.",
            "Colin Tapsell",
            "Anneliese Frobisher",
        ),
        (
            "Catriona Ferrers, our Chief Executive, has asked me to submit this.",
            "Jools Whitcombe",
            "Catriona Ferrers",
        ),
        (
            "Ngozi Fairbairn, our manager, is now the project lead; I have copied her in.",
            "Tobias Wright",
            "Ngozi Fairbairn",
        ),
        ("Anneliese has been seconded, so I'm now the project lead.", "Colin Tapsell", None),
        ("The senior leader is Det Supt Alasdair Moncrieff.", "Lindiwe Mbeki", None),
        ("Tom Arkwright will lead this.", "Tom Arkwright", None),
    ],
)
def test_find_lead(text: str, author: str, name: str | None) -> None:
    lead = find_lead(sentences_of(paragraphs(split_lines(text))), author=author)

    assert (lead.name if lead else None) == name


def test_find_people_leaves_out_organisations() -> None:
    names = [person.name for person in find_people("Ada Bell of Lea Bridge Community Trust")]

    assert names == ["Ada Bell"]


@pytest.mark.parametrize(
    ("text", "role", "organisation", "phone"),
    [
        (
            "I am the co-ordinator of Deptford Kitchen Cooperative; call me on 07700 900613.",
            "co-ordinator",
            "Deptford Kitchen Cooperative",
            "+447700900613",
        ),
        (
            "Upton Lane Garden is the group and im the site manager. 07700 900431",
            "site manager",
            "Upton Lane Garden",
            "+447700900431",
        ),
        ("I'm a GP in Southall.", "GP", None, None),
        (
            "I serve as Presiding Bishop of River Ministries.",
            "Presiding Bishop",
            "River Ministries",
            None,
        ),
        (
            "The helpline at the council is 020 7946 0123 and nobody picks it up before ten.",
            None,
            None,
            None,
        ),
    ],
)
def test_find_self(
    text: str, role: str | None, organisation: str | None, phone: str | None
) -> None:
    found = list(
        find_self(sentences_of(paragraphs(split_lines(text))), email="a@x.example", source="body")
    )

    assert chosen_value(found, "role") == role
    assert chosen_value(found, "organisation") == organisation
    assert chosen_value(found, "phone") == phone


@pytest.mark.parametrize(
    "line",
    [
        *("Kind regards", "With best wishes,", "Yours faithfully", "Rgds", "God bless,", "Best"),
        *("Sevgiler / with love", "Cordialement / Kind regards", "Ta,", "Le gach dea-ghuí,"),
        "Mit freundlichen Grüßen",
    ],
)
def test_is_valediction(line: str) -> None:
    assert is_valediction(line)


@pytest.mark.parametrize("line", ["Blessing Nwachukwu-Hart", "Best of all was the garden", ""])
def test_is_valediction_is_careful(line: str) -> None:
    assert not is_valediction(line)


def test_split_closing_finds_a_name_without_a_valediction() -> None:
    text = "We would like to apply.\n\nTom\n\nTom Arkwright RGN\nHead of Care | Grove Hospice\n"
    body, tail = split_closing(
        split_lines(text), names=["Tom Arkwright"], email="tom.arkwright@grove.example"
    )

    assert [line.text for line in body if line.text] == ["We would like to apply."]
    assert tail[0].text == "Tom"


def test_read_block_reads_a_signature_with_a_secretary_in_it() -> None:
    text = (
        "Dr Eilidh Macrae OBE FRCPCH\nConsultant Paediatrician (Neurodisability)\n"
        "St Olave’s Children’s Hospital\n"
        "Secretary: Wendy Plum 020 7946 0188\nMobile: 07700 900731\n"
        "My normal working days are Monday to Thursday.\n"
    )
    block = read_block(
        split_lines(text), names=["Eilidh Macrae"], email="eilidh.macrae@stolaves.nhs.example"
    )

    assert {field: chosen_value(block.findings, field) for field in ("name", "role", "phone")} == {
        "name": "Eilidh Macrae",
        "role": "Consultant Paediatrician (Neurodisability)",
        "phone": "+447700900731",
    }
    assert chosen_value(block.findings, "organisation") == "St Olave’s Children’s Hospital"
    assert not block.serves


def test_findings_know_where_they_stand() -> None:
    text = "Ada Bell\n07700 900123"
    block = read_block(split_lines(text), names=["Ada Bell"], email="ada@x.example")
    spans = {f.field: f.span for f in block.findings if f.span is not None}

    assert text[spans["phone"].start : spans["phone"].end] == "07700 900123"
    assert text[spans["name"].start : spans["name"].end] == "Ada Bell"

"""The messages of the demonstration, read as a person would read them."""

from pathlib import Path

import pytest

from intake.commands.demo import command
from intake.understanding.understand import understand
from storage.domain.message import Understanding
from storage.domain.people import Contact, Nominee
from tests.support.programmes import ACE, SURREY

_INBOX = Path(command.__file__).parent / "inbox"


def _read(number: str) -> Understanding:
    (path,) = _INBOX.glob(f"{number}-*.eml")
    return understand(path.read_bytes(), programmes=(ACE, SURREY)).understanding


def test_a_list_of_people_with_the_writer_among_them_is_no_signature() -> None:
    read = _read("03")

    assert read.team == "Redhill Night Owls"
    assert [(n.name, n.role, n.organisation) for n in read.nominees] == [
        ("Ravindra Pillai-Jones", "Night Site Manager", "Gatwick Road Urgent Treatment Centre"),
        ("Sunniva Clegg", "Night Pharmacist", "Belfry Late Pharmacy"),
        ("Mo Farahani", "Duty Paramedic", "Weald Ambulance Service"),
        ("Patience Nwosu", "Night Sitter", "Harrowslea Hospice at Home"),
        ("Len Hobday", "Street Pastor", "Redhill Street Pastors"),
        ("Agnieszka Borkowska", "Night Worker", "Brook Road Hostel"),
    ]
    assert read.nominees[1] == Nominee(
        "Sunniva Clegg", "sunniva@belfrylate.example", "Night Pharmacist", "Belfry Late Pharmacy"
    )
    assert read.summary is not None
    assert read.summary.endswith("tells their story once.")


@pytest.mark.parametrize(
    ("number", "contact"),
    [
        (
            "07",
            Contact(
                "Trevor Quill",
                "trevor@halfacrelaunderette.example",
                "+447700900233",
                "manager",
                "Half Acre Launderette Project",
            ),
        ),
        (
            "08",
            Contact(
                "Adaeze Whitcombe",
                "adaeze.whitcombe@thamesgate.nhs.example",
                "+447700900619",
                "Consultant Midwife",
                "Thames Gate Hospitals NHS Trust",
            ),
        ),
        (
            "17",
            Contact(
                "Ngozi Amadi-Clarke",
                "ngozi.amadi-clarke@hollowaydental.example",
                "+447700900286",
                "Dean of Community Dentistry",
                "Holloway Dental Institute",
            ),
        ),
    ],
)
def test_the_contact_is_read_out_of_sentences_and_signatures(number: str, contact: Contact) -> None:
    assert _read(number).contact == contact


def test_small_print_is_no_part_of_a_summary() -> None:
    summary = _read("08").summary

    assert summary is not None
    assert summary.endswith("the same companion after the birth.")


def test_a_persons_title_is_not_the_projects() -> None:
    assert _read("17").title == "Ninety and Biting"


def test_corrections_add_a_partner_and_make_no_summary() -> None:
    read = _read("20")

    assert read.summary is None
    assert read.partners == ("Phipps Bridge Energy Advice",)
    assert read.contact.phone == "+447700900164"


def test_a_labelled_name_with_nickname_and_markup_is_the_writers() -> None:
    read = _read("25")

    assert (read.contact.name, read.contact.email) == (
        "Casimir Loveday",
        "caz@batterseatools.example",
    )

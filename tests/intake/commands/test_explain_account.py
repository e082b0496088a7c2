"""The account of a message: what was taken, what lost, and where each value stands."""

from dataclasses import replace

from intake.commands.explaining.account import Explanation, account_for
from intake.commands.explaining.marks import Mark
from intake.understanding.understand import understand
from storage.domain.programme import CustomField, CustomRule
from tests.support.programmes import ACE, SURREY

OWN = replace(
    ACE,
    fields=(
        CustomField("charity_number", "Charity number"),
        CustomField("track", "Track", choices=("Young people", "Older people")),
    ),
    rules=(CustomRule("youth", "body", "school", values=(("track", "Young people"),)),),
)
EXPRESSION = b"""From: "Okonjo, Amina" <amina@riverside.example>
To: ace@leadership.nhs.example
Subject: Expression of interest

We would like to express our interest. Half the children of the school by Tottenham lock come
without breakfast, and the cafe across the road throws bread away at nine. We want to bring the
two together for a year, with the parents, and see who is awake at ten.

Charity number: 1234567

Amina Okonjo
Director
Riverside Kitchens
Direct: 07700 900123 | Switchboard: 020 7946 0300
"""
NOMINATION = b"""From: Colin Rudd <colin.rudd@dorkingmeals.example>
To: surrey500@heartlands.nhs.example
Subject: Nominations
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Dear team, I would like to nominate the two people in the list for a place on the programme.

Colin Rudd
--b
Content-Type: text/csv; name="people.csv"
Content-Disposition: attachment; filename="people.csv"

Surname,First name,Job title,Organisation
Tickner,Maureen,Warden,Ashenden Court
Boadu,Kwasi,Porter,Wey Meadows Hospital
--b
Content-Type: application/octet-stream; name="setup.exe"
Content-Disposition: attachment; filename="setup.exe"

MZ
--b--
"""


def _explain(raw: bytes) -> Explanation:
    understood = understand(raw, programmes=(OWN, SURREY), lays_out=True)
    assert understood.layout is not None
    told = understood.understanding
    programme = OWN if understood.programme == OWN.slug else SURREY
    fields = account_for(told, understood.layout)
    return Explanation("message.eml", programme, told, understood.layout, fields)


def _shown(told: Explanation) -> dict[str, list[tuple[str, str]]]:
    """The values taken for each field, with the text at the place of each."""
    return {
        field.name: [
            (
                taken.value,
                told.layout.text(taken.span.source)[taken.span.start : taken.span.end]
                if taken.span
                else "",
            )
            for taken in field.taken
        ]
        for field in told.fields
    }


def test_every_value_stands_where_the_account_says() -> None:
    shown = _shown(_explain(EXPRESSION))

    assert shown["name"] == [("Amina Okonjo", "Amina Okonjo")]
    assert shown["email"] == [("amina@riverside.example", "amina@riverside.example")]
    assert shown["phone"] == [("+447700900123", "07700 900123")]
    assert shown["area"] == [("north-central-london", "Tottenham")]
    assert shown["custom.charity_number"] == [("1234567", "1234567")]


def test_a_value_that_a_rule_of_ones_own_noted_names_no_place() -> None:
    told = _explain(EXPRESSION)

    (track,) = [field for field in told.fields if field.name == "custom.track"]
    (taken,) = track.taken
    assert (taken.value, taken.method, taken.span) == ("Young people", "rule", None)
    assert told.understanding.rules == ("youth",)


def test_methods_that_agree_and_candidates_that_lost_are_told() -> None:
    told = _explain(EXPRESSION)

    fields = {field.name: field for field in told.fields}
    (name,) = fields["name"].taken
    assert {finding.method for finding in name.agreeing} >= {"header"}
    assert name.confidence is not None
    assert name.confidence > max(finding.confidence for finding in name.agreeing)
    assert [(lost.finding.value, lost.reason) for lost in fields["phone"].lost] == [
        ("+442079460300", "below 50%")
    ]


def test_a_part_of_the_value_has_not_lost_against_it() -> None:
    told = _explain(EXPRESSION.replace(b"Riverside Kitchens", b"Riverside Kitchens, Amina"))

    (name,) = [field for field in told.fields if field.name == "name"]
    assert {lost.reason for lost in name.lost} <= {"a part of it"}


def test_values_are_numbered_in_the_order_in_which_they_are_shown() -> None:
    told = _explain(EXPRESSION)

    numbers = [taken.number for field in told.fields for taken in field.taken]
    assert numbers == list(range(1, len(numbers) + 1))
    marks = told.marks_in("header:From")
    assert marks == (Mark(2, "email", 17, 40),)


def test_nominees_are_found_again_in_the_columns_of_a_table() -> None:
    told = _explain(NOMINATION)

    assert _shown(told)["nominee"] == [
        ("Maureen Tickner", "Tickner | Maureen"),
        ("Kwasi Boadu", "Boadu | Kwasi"),
    ]
    (nominees,) = [field for field in told.fields if field.name == "nominee"]
    assert [told.where(taken.span) for taken in nominees.taken] == [
        "people.csv, line 2",
        "people.csv, line 3",
    ]
    assert told.shown_value("nominee", "Kwasi Boadu") == "Kwasi Boadu, Porter, Wey Meadows Hospital"


def test_a_file_that_is_not_read_has_its_problem_and_no_text() -> None:
    told = _explain(NOMINATION)

    assert [attachment.problem for attachment in told.understanding.attachments] == [
        None,
        "a program",
    ]
    assert told.layout.text("attachment:1") == ""

"""Summaries, titles, partners, labels and forwarded messages."""

import pytest

from intake.understanding.files.forms import read_form
from intake.understanding.finders.findings import choose, chosen_value, make_finding, of_field
from intake.understanding.finders.matter import is_business
from intake.understanding.finders.naming import split_list
from intake.understanding.finders.partners import find_partners
from intake.understanding.finders.summary import find_summary
from intake.understanding.finders.title import find_titles
from intake.understanding.texts.labels import field_of_label, is_labelled, read_labels
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import paragraphs, sentences
from tests.support.programmes import ACE

ISSUE = (
    "Every Monday the three departments share out the people who fell over at the weekend, and "
    "every Monday nobody asks how they are getting home."
)
IDEA = "We want to put one worker with the keys to a flat into each department until breakfast."


def _summary(text: str) -> str | None:
    found = find_summary(split_lines(text), stands_alone=is_labelled)
    return found.text if found else None


def test_find_summary_leaves_out_what_is_about_the_sending() -> None:
    text = (
        f"Dear ACE team,\n\nPlease accept this expression of interest.\n\n{ISSUE}\n\n{IDEA}\n\n"
        "Our sponsor is Sir Colin Baird. I look forward to hearing from you."
    )

    assert _summary(text) == f"{ISSUE}\n\n{IDEA}"


def test_find_summary_unwraps_and_keeps_bullets_as_paragraphs() -> None:
    wrapped = ISSUE.replace("share out", "share\nout").replace(
        "every Monday nobody", "every\nMonday nobody"
    )
    text = f"{wrapped}\n\nWe would like:\n\n- midwives from the ward\n- the health visitors\n"

    assert _summary(text) == (
        f"{ISSUE}\n\nWe would like:\n\nmidwives from the ward\n\nthe health visitors"
    )


def test_find_summary_trims_sentences_from_the_edges() -> None:
    text = f"Hi, please register our interest. {ISSUE} {IDEA} My number is 07700 900123."

    assert _summary(text) == f"{ISSUE} {IDEA}"


@pytest.mark.parametrize(
    "text",
    [
        "Pls register our interest in ACE. thx",
        "Please take this as our expression of interest. Could you send me the application pack?",
        "Thank you for the pack, will read it on the train.",
        "",
    ],
)
def test_find_summary_is_none_where_nothing_is_told(text: str) -> None:
    assert _summary(text) is None


def test_is_business_needs_more_than_a_chance_phrase_in_a_long_sentence() -> None:
    assert is_business("Please find it below.")
    assert not is_business(
        "The letter that comes back is read by nobody below the fourth floor, and those who can "
        "read it have moved on by the time that it arrives at the surgery."
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Working title is Behind the Door.", "Behind the Door"),
        ("We'd call it 'Home by Breakfast'.", "Home by Breakfast"),
        (
            "Please find below an EOI for The Golden Hour, which I will be leading.",
            "The Golden Hour",
        ),
        ("We have a name for it, which is Dry Walls, Clear Chests.", "Dry Walls, Clear Chests"),
        ("The project is called The Notebook, and Enfield has agreed.", "The Notebook"),
        (f"NIGHT SHIFT\n\n{ISSUE}", "Night Shift"),
        ("We have a name for it already, “All Of Us On The Bus”.", "All Of Us On The Bus"),
        ("They voted on a name for the project and it's going to be Twenty Days.", "Twenty Days"),
        ("The project is called Second Storey, with me as the lead.", "Second Storey"),
        ("Our working title, for what it is worth, is Quiet Kitchens.", "Quiet Kitchens"),
        ('"Home by Breakfast" is what we are calling it.', "Home by Breakfast"),
        ('I have pencilled in "One Knock" as the name.', "One Knock"),
        ("its called Eat Then Exams and mr Pryce is backing it", "Eat Then Exams"),
        ("One Knock, as we call it, would start in October.", "One Knock"),
        (f"Ten Days: an expression of interest\n\n{ISSUE}", "Ten Days"),
        (f"Dear team,\n\nBaby Talk for Blokes\n\n{ISSUE}", "Baby Talk for Blokes"),
        ("The nurse called it Black Friday.", None),
        ("My title is going to be Hub Manager.", None),
        ("There is a drop-in called The Cabin in Bow.", None),
        ("We would call this Home by half past nine.", None),
        ("An expression of interest for ACE from Barnet Council.", None),
        ("Our project is about falls.", None),
    ],
)
def test_find_titles(text: str, title: str | None) -> None:
    found = find_titles(
        paragraphs(split_lines(text)),
        (),
        subject="EOI",
        not_titles=["ACE"],
        email="",
        source="body",
    )

    assert chosen_value(found, "title") == title


def _partners(text: str, own: str | None = None) -> list[str]:
    found = find_partners(paragraphs(split_lines(text)), (), own=own, source="body")
    return [finding.value for finding in of_field(found, "partner")]


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        (
            "With Ravensbourne Community Health we propose a plan.",
            ["Ravensbourne Community Health"],
        ),
        (
            "The midwives at King Harold's Hospital and the Amhurst Lane practice have said yes.",
            ["King Harold's Hospital", "Amhurst Lane practice"],
        ),
        (
            "Signed up so far: Lambeth Council, Wandsworth Council and Youth Voice SW11.",
            ["Lambeth Council", "Wandsworth Council", "Youth Voice SW11"],
        ),
        ("Clapton Oars and Hackney Council are with us.", ["Clapton Oars", "Hackney Council"]),
        (
            "Sule Lane Hospital's chief has agreed to be our senior leader, and Mile Hospital and "
            "Lantern Energy will take part.",
            ["Mile Hospital", "Lantern Energy"],
        ),
        (
            "The following have agreed to take part:\n\nMornington College\n\nCamden Council\n\nWe"
            " shall begin in May.",
            ["Mornington College", "Camden Council"],
        ),
        ("We want a team made of the Red Lantern volunteers and managers.", ["Red Lantern"]),
        (
            "Partners are Ravens Hospital and Deptford Sparks.",
            ["Ravens Hospital", "Deptford Sparks"],
        ),
        (
            "We propose that Kensington and Chelsea Council's market office plan with us.",
            ["Kensington and Chelsea Council"],
        ),
        ("Ravens Hospital sends them home with a leaflet.", []),
        ("I'm Ada Bell, Participation Worker at Sutton Youth Council.", []),
        ("We work with the police, two GP practices and the Yoruba church.", []),
        ("One in four ended up on a ward at St Cedd's Hospital.", []),
    ],
)
def test_find_partners(text: str, partners: list[str]) -> None:
    assert _partners(text) == partners


def test_find_partners_leaves_out_the_leads_own() -> None:
    assert _partners("With Enfield Council and Lea Trust we want to start.", "Lea Trust") == [
        "Enfield Council"
    ]


def test_split_list() -> None:
    assert split_list("A Council; B Hospital; two practices") == ("A Council", "B Hospital")
    assert split_list("Barking and Dagenham Council") == ("Barking and Dagenham Council",)
    assert split_list("Penge Trust, Anerley Food Bank and Bromley Council") == (
        "Penge Trust",
        "Anerley Food Bank",
        "Bromley Council",
    )


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Project lead", "name"),
        ("Lead officer", "name"),
        ("Tel No", "phone"),
        ("Designation", "role"),
        ("Authority", "organisation"),
        ("Which ICS?", "area"),
        ("Senior leader (name, role, agency)", "senior_leader"),
        ("Who else is taking part", "partners"),
        ("2. Summary of the issue around which the work will be built", "summary"),
        ("Name of project", "title"),
        ("Our favourite colour", None),
    ],
)
def test_field_of_label(label: str, field: str | None) -> None:
    assert field_of_label(label) == field


def test_read_labels_of_a_message_and_of_a_table() -> None:
    details = "Project lead: Ada Bell\nPhone | 07700 900123\n"
    text = f"{details}\nSummary:\n\nOne.\n\nTwo.\n\nPartners: A Trust"
    found = read_labels(split_lines(text))

    assert [(labelled.field, labelled.value) for labelled in found] == [
        ("name", "Ada Bell"),
        ("phone", "07700 900123"),
        ("summary", "One.\nTwo."),
        ("partners", "A Trust"),
    ]


def test_read_form_tells_the_application_form_from_a_letter_with_labels() -> None:
    details = "Project title: Seen First\nProject lead: Ada Bell\nTelephone: 07700 900123\n"
    form = (
        f"ACE application form\n\n1. Your details\n{details}\n"
        f"2. Summary of the issue\n{ISSUE}\n\n5. Declaration\nA Bell"
    )
    letter = f"Expression of interest\n\n{details}\nThe issue\n{ISSUE}"

    assert read_form(split_lines(form), ACE, source="body").is_application
    assert not read_form(split_lines(letter), ACE, source="body").is_application
    summary = read_form(split_lines(form), ACE, source="body").summary
    assert summary is not None
    assert summary.text == ISSUE


def test_choose_takes_the_surest_and_leaves_the_unsure() -> None:
    weak = make_finding("role", "Cook", "prose", 0.4)
    sure = make_finding("role", "Chef", "label", 0.9)

    assert choose([weak, sure], "role") == sure
    assert choose([weak], "role") is None
    assert choose([], "role") is None


def test_choose_believes_methods_that_agree() -> None:
    alone = make_finding("role", "Chef", "signature", 0.55)
    agreed = [
        make_finding("role", "Cook", "prose", 0.4),
        make_finding("role", "cook", "label", 0.4),
    ]

    chosen = choose([alone, *agreed], "role")

    assert chosen is not None
    assert chosen.value == "Cook"


def test_sentences_end_where_they_end() -> None:
    assert sentences("Dr Bell came. St. Anne's did not! Why?") == (
        "Dr Bell came.",
        "St. Anne's did not!",
        "Why?",
    )

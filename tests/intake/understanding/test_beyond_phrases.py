"""Projects, withdrawals and posts told in words of their own."""

import pytest

from intake.understanding.understand import understand
from storage.domain.message import MessageKind, Understanding
from tests.support.programmes import ACE, PROGRAMMES, SURREY


def _understand(body: str, *, subject: str = "Hello", to: str = ACE.inbox) -> Understanding:
    raw = (
        f"From: Ada Bell <ada.bell@weirhub.example>\nTo: {to}\nSubject: {subject}\n"
        "Message-ID: <1@weirhub.example>\nContent-Type: text/plain; charset=utf-8\n\n" + body
    )
    return understand(raw.encode(), programmes=PROGRAMMES).understanding


@pytest.mark.parametrize(
    "body",
    [
        "Please treat our expression of interest as closed. We would have loved to go on.",
        "Would you please take both of our nominations out. Neither can be spared this year.",
    ],
)
def test_withdrawal_in_other_words_is_one(body: str) -> None:
    told = _understand(body, subject="Re: your application pack", to=SURREY.inbox)

    assert told.verdict.kind is MessageKind.WITHDRAWAL


def test_private_letter_to_everybody_is_bulk() -> None:
    told = _understand(
        "Dear friends and everybody in my address book,\n\nI am running along the river for the "
        "hospice in June. If you can spare a pound, please sponsor me, and pass this on!\n\nAda",
        to="undisclosed-recipients:;",
    )

    assert told.verdict.kind is MessageKind.BULK


def test_promise_of_a_summary_is_no_summary() -> None:
    told = _understand(
        "Put our names down for the ACE money, please. The project is to be called Slow Lunch and "
        "I shall send the paragraphs that you want when I am back from leave.\n\nAda Bell"
    )

    assert told.verdict.kind is MessageKind.EXPRESSION
    assert told.summary is None
    assert told.title == "Slow Lunch"


def test_lead_whom_the_writer_types_for_is_read_from_the_sentences_about_them() -> None:
    told = _understand(
        "Zadie has hurt her hand, so I am typing this for her. Zadie Okoro is Play Manager at "
        "Weir Lane Nursery, she's on 07700 900321.\n\nChildren who do not talk at two are "
        "noticed by whoever wipes their noses. We want to bring the health visitors to them.\n\n"
        "Ada Bell\nFinance Officer\n07700 900123",
        subject="Expression of interest",
    )

    assert (told.contact.name, told.contact.role) == ("Zadie Okoro", "Play Manager")
    assert told.contact.phone == "+447700900321"


def test_headings_over_people_and_partners_are_read_in_a_message() -> None:
    told = _understand(
        "Our expression of interest:\n\nOn Mondays nobody collects the frames that the wards lend "
        "out, and people fall for want of one. We want the wards and the vans to talk.\n\n"
        "Senior leader\nDame Ruth Osei, Chair, Elm Hospital\n\nPartners so far\n• Elm Hospital\n"
        "• Weir Tenants' Federation\n\nContact\nAda Bell, Loans Manager, Weir Hub, 07700 900123\n"
    )

    assert told.senior_leader == "Ruth Osei"
    assert told.partners == ("Elm Hospital", "Weir Tenants' Federation")
    assert (told.contact.role, told.contact.phone) == ("Loans Manager", "+447700900123")

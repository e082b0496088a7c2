"""Corrections in the applicant's own thread: the new value is found, the old one is not."""

import pytest

from intake.understanding.understand import understand
from storage.domain.message import MessageKind, Understanding
from tests.support.programmes import ACE, PROGRAMMES

_LETTER = f"""

On Mon, 2 Aug 2021 at 09:04, ACE <{ACE.inbox}> wrote:

> Dear Ottilie,
>
> Thank you for your expression of interest. The formal application pack is attached.
> Please return the completed form to this address.
"""
_SIGNATURE = "\n\nOttilie Marsh\nProject Manager, Ferryman Trust\n07700 900111"
_FIRST_NAME = "\n\nOttilie"


def _understand(body: str) -> Understanding:
    raw = (
        f"From: Ottilie Marsh <ottilie@ferryman.example>\nTo: {ACE.inbox}\n"
        "Subject: Re: ACE: your application pack\nMessage-ID: <2@ferryman.example>\n"
        f"In-Reply-To: <1.{ACE.inbox}>\nContent-Type: text/plain; charset=utf-8\n\n{body}{_LETTER}"
    )
    return understand(raw.encode(), programmes=PROGRAMMES).understanding


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("Sorry, I gave you the wrong number, it's 07700 900321." + _FIRST_NAME, "+447700900321"),
        ("Correction: my phone number is 07700 900321, not 07700 900111.", "+447700900321"),
        ("Our telephone is now 01632 960321." + _FIRST_NAME, "+441632960321"),
        ("My new number: 07700 900321\n\nOttilie Marsh\nFerryman Trust", "+447700900321"),
        ("New mobile.\n\nOttilie Marsh\nFerryman Trust\n07700 900321", "+447700900321"),
        ("My number is 07700 900321 and not 07700 900111, sorry!" + _SIGNATURE, "+447700900321"),
        ("The number below is wrong. It should read 07700 900321." + _SIGNATURE, "+447700900321"),
        ("A digit was off: 07700 900321 instead of 07700 900111." + _FIRST_NAME, "+447700900321"),
        ("Not 07700 900111 but 07700 900321." + _FIRST_NAME, "+447700900321"),
    ],
)
def test_corrected_number_replaces_the_old_one(body: str, number: str) -> None:
    told = _understand(body)

    assert told.verdict.kind is MessageKind.FOLLOW_UP
    assert told.contact.phone == number


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ("Please use this e-mail address instead: om@jetty.example", "email", "om@jetty.example"),
        ("Could you use om@jetty.example from now on?", "email", "om@jetty.example"),
        ("I have changed jobs, now with Jetty Alliance.", "organisation", "Jetty Alliance"),
        ("I am now with the Jetty Alliance as Tide Officer.", "role", "Tide Officer"),
        ("My job title is Skipper, not Project Manager.", "role", "Skipper"),
        ("My surname has changed, I'm now Ottilie Bakare.", "name", "Ottilie Bakare"),
    ],
)
def test_corrected_detail_of_the_contact_is_found(body: str, field: str, value: str) -> None:
    told = _understand(body + _FIRST_NAME)

    assert told.verdict.kind is MessageKind.FOLLOW_UP
    assert getattr(told.contact, field) == value


def test_corrected_area_and_further_partner_are_found() -> None:
    area = _understand("Apologies, the area should be SEL, not SWL." + _FIRST_NAME)
    partner = _understand("Our partner is also the Gallions Housing Association." + _FIRST_NAME)

    assert (area.verdict.kind, area.area) == (MessageKind.FOLLOW_UP, "south-east-london")
    assert partner.verdict.kind is MessageKind.FOLLOW_UP
    assert partner.partners == ("Gallions Housing Association",)


@pytest.mark.parametrize(
    "body",
    [
        "Gwenllian's address has a typo, it should be gwen@library.example.",
        "You can write to him at gethin@library.example.",
    ],
)
def test_address_of_somebody_else_is_not_the_writers(body: str) -> None:
    assert _understand(body + _FIRST_NAME).contact.email == "ottilie@ferryman.example"

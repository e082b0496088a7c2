"""Mail that went through several hands before it came: whose text counts, and whose it is."""

import pytest

from intake.understanding.mime.message import parse_message
from intake.understanding.texts.writing import Writing, find_writing
from intake.understanding.understand import understand
from storage.domain.people import Contact
from tests.support.forwarding import quoted
from tests.support.programmes import PROGRAMMES

OURS = frozenset({"ace@leadership.nhs.example"})

IDEA = (
    "Good evening,\n\n"
    "For nine years we have kept a pigeon loft behind the chest clinic, and the men who come to it"
    " are mostly past eighty. They climb its ladder for the birds and not for the physiotherapist,"
    " and every one of them walks further than he did.\n\n"
    "We would like the clinic, the parks team and the lofts to plan one winter together, so that"
    " nobody stays in from November to March.\n\n"
    "Ada Bell\nSecretary, North Lofts\n07700 900123"
)
TO_CY = quoted(
    "Begin forwarded message:\n\nFrom: Ada Bell <ada.bell@lofts.example>\nSubject: our idea\n"
    f"Date: 1 July 2021 at 10:00:00 BST\nTo: Cy Rowe <cy@rowe.example>\n\n{IDEA}"
)
TO_DEE = (
    "Dee, this is for those ACE people. Could Bev send it?\n\n"
    "---------- Forwarded message ---------\nFrom: Cy Rowe <cy@rowe.example>\n"
    "Date: Thu, 1 Jul 2021 at 11:00\nSubject: Fwd: our idea\nTo: <dee@singers.example>\n\n\n"
    f"Look what Ada wrote.\n\n{TO_CY}"
)
TO_BEV = (
    "Here it is, as promised.\n\nBev Hart\nPA to Dee Singer\n020 7946 0111\n\n"
    "From: Dee Singer <dee@singers.example>\nSent: 02 July 2021 09:00\n"
    f"To: Bev Hart <bev@singers.example>\nSubject: FW: our idea\n\n{TO_DEE}"
)
ALL_QUOTED = "See below.\n\n" + quoted(
    f"On Fri, 2 Jul 2021 at 10:00, Dee <dee@singers.example> wrote:\n{quoted(TO_DEE)}"
)
BY_NAMES = (
    "FYI.\n\nBev\n\nFrom: Singer, Dee\nSent: 02 July 2021 09:00\nTo: Hart, Bev\n"
    "Subject: FW: our idea\n\nBev, please send.\n\nFrom: Bell, Ada\nSent: 01 July 2021 09:00\n"
    f"To: Singer, Dee\nSubject: our idea\n\n{IDEA}\nada.bell@lofts.example"
)
INVITATION = (
    "From: Council News <news@cvs.example>\nSent: 02 July 2021 09:00\nTo: All\n"
    "Subject: ACE is open\n\nWrite to ace@leadership.nhs.example with your expression of interest."
)


def sent(text: str, *, subject: str = "Fwd: our idea") -> bytes:
    return (
        "From: Bev Hart <bev@singers.example>\r\nTo: ace@leadership.nhs.example\r\n"
        f"Subject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}"
    ).encode()


def written(text: str, *, subject: str = "Fwd: our idea") -> Writing:
    return find_writing(parse_message(sent(text, subject=subject)), ours=OURS)


@pytest.mark.parametrize(
    "text",
    [TO_CY, TO_DEE, TO_BEV, ALL_QUOTED, BY_NAMES],
    ids=["once", "twice", "three times", "by quoting alone", "by names alone"],
)
def test_what_counts_is_the_first_message_that_says_something(text: str) -> None:
    writing = written(text)

    assert writing.is_forwarded
    assert writing.author.email == "ada.bell@lofts.example"
    assert [line.text for line in writing.author.tail][:3] == IDEA.split("\n")[-3:]
    assert writing.new_text.startswith("Good evening,")


def test_an_invitation_below_an_expression_is_what_prompted_it() -> None:
    writing = written(f"{IDEA}\n\n{INVITATION}", subject="FW: ACE is open")

    assert not writing.is_forwarded
    assert writing.new_text.startswith("Good evening,")


def test_a_long_letter_counts_above_the_short_message_it_forwards() -> None:
    said = (
        "From: Cy Rowe <cy@rowe.example>\nSent: 02 July 2021 09:00\nTo: Bev\nSubject: lofts\n\nDo!"
    )

    writing = written(f"{IDEA}\n\n{IDEA}\n\n{said}", subject="FW: lofts")

    assert not writing.is_forwarded


@pytest.mark.parametrize("subject", ["Fwd: our idea", "Re: our idea", "our idea"])
def test_our_own_letter_is_never_what_somebody_forwards(subject: str) -> None:
    ours = quoted("Dear Bev\n\nWho would lead? Answer to ace@leadership.nhs.example, please.")

    assert not written(f"Dee would.\n\n{ours}", subject=subject).is_forwarded


def test_the_note_above_completes_what_the_author_does_not_say() -> None:
    note = "See below from Ada Bell, Treasurer of North Lofts. Her number is 07700 900124.\n\nBev"
    idea = IDEA.replace("\nSecretary, North Lofts\n07700 900123", "")
    fields = "From: Ada Bell <ada.bell@lofts.example>\nSent: 02 July 2021\nTo: Bev\nSubject: idea"

    understood = understand(sent(f"{note}\n\n{fields}\n\n{idea}"), programmes=PROGRAMMES)

    assert understood.understanding.contact == Contact(
        "Ada Bell", "ada.bell@lofts.example", "+447700900124", "Treasurer", "North Lofts"
    )

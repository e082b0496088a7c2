"""A reply that quotes a block of mail headers is no forwarded message."""

import pytest

from intake.understanding.mime.message import parse_message
from intake.understanding.texts.writing import find_writing

OURS = frozenset({"ace@leadership.nhs.example"})

ANSWER = "Singers who lose their words on the ward can still sing them."


def message(*, subject: str, cover: str, quoted_from: str) -> bytes:
    return (
        "From: Bev <bev@singers.example>\r\n"
        f"Subject: {subject}\r\n\r\n"
        f"{cover}\r\n\r\n"
        "________________________________\r\n"
        f"From: {quoted_from}\r\n"
        "Sent: Tuesday, July 13, 2021 8:05:12 PM\r\n"
        "To: ace@leadership.nhs.example\r\n"
        "Subject: Expression of interest\r\n\r\n"
        "What do you need from us?\r\n"
    ).encode()


def test_answering_below_ones_own_message_forwards_nothing() -> None:
    raw = message(
        subject="Re: Expression of interest", cover=ANSWER, quoted_from="Bev <bev@singers.example>"
    )

    writing = find_writing(parse_message(raw), ours=OURS)

    assert not writing.is_forwarded
    assert writing.new_text.strip() == ANSWER


def test_a_short_note_above_somebodys_message_forwards_it() -> None:
    raw = message(
        subject="Expression of interest",
        cover="Please see her e-mail below.",
        quoted_from="Ada <ada@lofts.example>",
    )

    writing = find_writing(parse_message(raw), ours=OURS)

    assert writing.is_forwarded
    assert writing.new_text.strip() == "What do you need from us?"


def test_a_forward_that_was_flattened_onto_one_line_is_read() -> None:
    raw = (
        b"From: Bev <bev@singers.example>\r\n"
        b"Subject: ACE\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
        b"----- Videresendt meddelelse ----- Fra: Ada Bell <ada@lofts.example>Til: Bev"
        b" <bev@singers.example>Sendt: tirsdag den 13. juli 2021 20.05Emne: Pigeons\r\n\r\n"
        b"Could the pigeon lofts be warmed?\r\n"
    )

    writing = find_writing(parse_message(raw), ours=OURS)

    assert writing.is_forwarded
    assert writing.author.email == "ada@lofts.example"
    assert writing.new_text == "Could the pigeon lofts be warmed?"


def test_an_address_that_stands_only_behind_a_link_is_read() -> None:
    raw = message(
        subject="FW: lofts", cover="See below.", quoted_from="Ada<mailto:ada@lofts.example>"
    )

    writing = find_writing(parse_message(raw), ours=OURS)

    assert writing.author.email == "ada@lofts.example"


SENDER = 'Ada Bell &lt;<a href="mailto:ada@lofts.example">ada@lofts.example</a>&gt;'
ROWS = (("From", SENDER), ("Date", "13 July 2021 20:05"), ("To", "Bev"), ("Subject", "Lofts"))
TABLE = "".join(f"<tr><th>{label}: </th><td>{value}</td></tr>" for label, value in ROWS)
PARAGRAPHS = "".join(f"<p><b>{label}:</b> {value}</p>" for label, value in ROWS)
LINES = "<br>".join(f"<b>{label}:</b> {value}" for label, value in ROWS)


@pytest.mark.parametrize(
    "html",
    [
        f"<div>-------- Forwarded Message --------<table>{TABLE}</table><p>%s</p></div>",
        f"<hr tabindex='-1'><div id='divRplyFwdMsg'>{LINES}</div><div>%s</div>",
        f"<div style='border-top:solid #E1E1E1 1pt'><p class=MsoNormal>{LINES}</p></div><p>%s</p>",
        f"<blockquote type='cite'><div>Begin forwarded message:</div><br>{LINES}<p>%s</p>",
        f"{PARAGRAPHS}<p>%s</p>",
    ],
    ids=["table", "rule", "border", "blockquote", "paragraphs"],
)
def test_a_forward_in_html_is_read_however_it_is_laid_out(html: str) -> None:
    text = "Could the pigeon lofts be warmed?"
    head = "From: Bev <bev@singers.example>\r\nSubject: Fwd: Lofts\r\nContent-Type: text/html"

    writing = find_writing(
        parse_message(f"{head}\r\n\r\n<p>See below.</p>{html % text}".encode()), ours=OURS
    )

    assert writing.author.email == "ada@lofts.example"
    assert writing.new_text == text


@pytest.mark.parametrize(
    ("subject", "cover", "quoted_from", "passes_on"),
    [
        ("Lofts", "For you.", "Ada <ada@lofts.example>", True),
        ("Lofts", "For you.\r\n\r\nRegards\r\nBev", "Ada <ada@lofts.example>", True),
        ("Re: Lofts", "So do we.", "Ada <ada@lofts.example>", False),
        ("Lofts", "Did you get this?", "Bev <bev@singers.example>", False),
        ("Lofts", "Did you get this?", "Bev", False),
        ("Fwd: Lofts", "We would.", "ACE <ace@leadership.nhs.example>", False),
        ("Lofts", "So do we, and why. " * 30, "Ada <ada@lofts.example>", False),
    ],
)
def test_who_passes_on_and_who_answers_shows_in_subject_note_and_sender(
    subject: str, cover: str, quoted_from: str, passes_on: bool
) -> None:
    raw = message(subject=subject, cover=cover, quoted_from=quoted_from)

    writing = find_writing(parse_message(raw), ours=OURS)

    assert writing.is_forwarded is passes_on

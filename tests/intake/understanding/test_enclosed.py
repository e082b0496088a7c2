"""Messages within a message: passed on, attached beside a text, or returned by a server."""

import pytest

from intake.understanding.files.attachments import open_attachments
from intake.understanding.mime.limits import TooMuch
from intake.understanding.mime.message import parse_message
from intake.understanding.texts.writing import find_writing

INNER = (
    "From: Ada Obi <ada@lofts.example>\r\nTo: sam@actonadvice.example\r\n"
    "Date: Mon, 5 Jul 2021 10:00:00 +0100\r\nSubject: Expression of interest\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\n"
    "We would like to insulate ten lofts.\r\n--in\r\n"
    'Content-Type: application/pdf; name="form.pdf"\r\n\r\n%PDF-1.4\r\n--in--\r\n'
)
REPORT = "Content-Type: message/delivery-status\r\n\r\n"


def enclosing(text: str, inner: str = INNER, *, fields: str = "", subtype: str = "mixed") -> bytes:
    return (
        "From: Sam Hill <sam@actonadvice.example>\r\nSubject: FW: lofts\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: multipart/{subtype}; boundary=b\r\n\r\n--b\r\n\r\n{text}\r\n--b\r\n"
        f"Content-Type: message/rfc822{fields}\r\n\r\n{inner}\r\n--b--\r\n"
    ).encode()


def test_a_note_above_an_enclosed_message_passes_it_on() -> None:
    message = parse_message(enclosing("For you."))

    assert message.own_text == "For you."
    assert message.text == (
        "For you.\n\n---------- Forwarded message ----------\n"
        "From: Ada Obi <ada@lofts.example>\nDate: Mon, 5 Jul 2021 10:00:00 +0100\n"
        "Subject: Expression of interest\nTo: sam@actonadvice.example\n\n"
        "We would like to insulate ten lofts."
    )
    assert [part.name for part in message.attachments] == ["form.pdf"]


def test_the_author_of_what_is_passed_on_is_who_wrote_it() -> None:
    writing = find_writing(parse_message(enclosing("")), ours=())

    assert writing.is_forwarded
    assert writing.author.email == "ada@lofts.example"
    assert writing.new_text == "We would like to insulate ten lofts."


def test_a_message_beside_a_long_text_is_only_attached() -> None:
    text = "Every winter forty people are sent home to cold houses. " * 20

    message = parse_message(enclosing(text, fields='; name="old.eml"'))

    assert message.text == message.own_text == text.rstrip() + " "
    assert [part.name for part in message.attachments] == ["old.eml", "form.pdf"]
    assert [enclosed.head.subject for enclosed in message.enclosed] == ["Expression of interest"]


def test_an_attached_message_is_kept_as_it_was() -> None:
    message = parse_message(enclosing("For you.", fields='; name="lofts.eml"'))

    kept = parse_message(message.attachments[0].content)

    assert kept.head == message.enclosed[0].head
    assert kept.text == message.enclosed[0].text
    assert kept.attachments[0].content.strip() == b"%PDF-1.4"


def test_what_a_server_returns_is_no_text_of_the_report() -> None:
    raw = enclosing("It did not arrive.", subtype="report; report-type=delivery-status")

    message = parse_message(raw)

    assert message.text == "It did not arrive."
    assert message.attachments == ()


def test_prose_in_a_delivery_status_is_read() -> None:
    raw = (
        "Subject: Returned\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n"
        f"\r\n--b\r\n{REPORT}The mailbox is full.\r\n--b--\r\n"
    ).encode()

    assert parse_message(raw).text == "The mailbox is full."


def test_a_file_that_did_not_come_is_said_to_be_empty() -> None:
    raw = (
        b"Subject: Form\r\nMIME-Version: 1.0\r\nContent-Type: message/external-body;\r\n"
        b' access-type=local-file; name="form.docx"\r\n\r\nContent-Type: application/pdf\r\n\r\n'
    )

    (opened,) = open_attachments(parse_message(raw).attachments)

    assert (opened.attachment.name, opened.attachment.problem) == ("form.docx", "it is empty")


def test_files_of_enclosed_messages_count() -> None:
    files = "".join(
        f"--in\r\nContent-Type: application/pdf; name={n}.pdf\r\n\r\n%PDF\r\n" for n in range(26)
    )
    inner = f"Content-Type: multipart/mixed; boundary=in\r\n\r\n{files}--in--\r\n"

    with pytest.raises(TooMuch):
        parse_message(enclosing("For you.", inner))

"""A message by its labels alone, to be set beside what other readers tell."""

import pytest

from intake.understanding.mime.literal import literal_sender, literal_subject, literal_text
from intake.understanding.mime.message import parse_message

PARTS = (
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\n\r\nSee <https://lofts.example>.\r\n"
    b"--b\r\nContent-Type: text/html\r\n\r\n<p>More</p>\r\n--b--\r\n"
)


def test_plain_parts_are_told_as_they_came() -> None:
    message = parse_message(b"MIME-Version: 1.0\r\n" + PARTS)

    assert literal_text(message) == "See <https://lofts.example>."


def test_bytes_are_told_by_their_label() -> None:
    raw = b"Content-Type: text/plain; charset=utf-8\r\n\r\nGr\xfc\xdfe und Caf\xc3\xa9"

    assert literal_text(parse_message(raw)) == "Gr��e und Café"


@pytest.mark.parametrize("charset", ["nonsense", "hex", "undefined", "utf-\x00"])
def test_labels_of_no_character_set_are_passed_over(charset: str) -> None:
    raw = f"Content-Type: text/plain; charset={charset}\r\n\r\nGrüße".encode()

    assert literal_text(parse_message(raw)) == "Grüße"


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        (b"Caf\xe9", "Caf\ufffd"),
        ("Café".encode(), "Café"),
        (b"=?iso-8859-1?Q?Caf\xe9?= Caf\xe9", "Café Caf\ufffd"),
        (b"=?utf-8?q?a?=\r\n =?utf-8?q?b?=", "ab"),
        (b"plain", "plain"),
    ],
)
def test_bytes_of_a_subject_are_told_by_the_label_of_their_word(field: bytes, subject: str) -> None:
    assert literal_subject(parse_message(b"Subject: " + field + b"\r\n\r\nx")) == subject


def test_html_is_told_where_there_is_no_plain_text() -> None:
    raw = b"Content-Type: text/html\r\n\r\n<p>More</p>"

    assert literal_text(parse_message(raw)) == "More"


@pytest.mark.parametrize(
    ("field", "sender"),
    [
        ("Sam <Sam@Lofts.example>", "sam@lofts.example"),
        ("Sam <sam@localhost>", "sam@localhost"),
        ("jörg@grün.example", "jörg@grün.example"),
        ("Sam Hill", None),
    ],
)
def test_an_address_is_told_whether_letters_can_reach_it_or_not(
    field: str, sender: str | None
) -> None:
    assert literal_sender(parse_message(f"From: {field}\r\n\r\nHello".encode())) == sender

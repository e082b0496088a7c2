"""winmail.dat: text and files come out of it; a broken one harms nobody."""

import base64
import random

import pytest

from intake.understanding.files.attachments import open_attachments
from intake.understanding.mime.lzfu import BrokenRtf, unpack_rtf
from intake.understanding.mime.message import Message, parse_message
from intake.understanding.mime.tnef import BrokenTnef, unpack_tnef
from tests.support.winmail import compress_rtf, write_winmail

FORM = b"%PDF-1.4 the form"
WINMAIL = write_winmail(("Größe.pdf", FORM), ("notes.txt", b"Two notes"), text="Grüße aus Acton")


def message_with(winmail: bytes, text: str = "") -> Message:
    data = base64.encodebytes(winmail).decode()
    return parse_message(
        (
            "From: sam@actonadvice.example\r\nSubject: Form\r\nMIME-Version: 1.0\r\n"
            f"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n{text}\r\n--b\r\n"
            'Content-Type: application/ms-tnef; name="winmail.dat"\r\n'
            f"Content-Transfer-Encoding: base64\r\n\r\n{data}\r\n--b--\r\n"
        ).encode()
    )


def test_files_come_out_in_place_of_their_wrapping() -> None:
    message = message_with(WINMAIL, text="Please find the form.")

    assert [(part.name, part.content) for part in message.attachments] == [
        ("Größe.pdf", FORM),
        ("notes.txt", b"Two notes"),
    ]
    assert message.text == "Please find the form."


def test_its_text_is_read_where_there_is_no_other() -> None:
    assert message_with(WINMAIL).text == "Grüße aus Acton"
    html = write_winmail(html=b"<p>Only <b>here</b></p>")
    assert message_with(html).text == "Only here"


def test_text_that_is_rich_text_only_is_read_as_a_letter() -> None:
    rich = compress_rtf(b"{\\rtf1\\ansi We would like ten lofts.\\par}")

    (opened,) = open_attachments(message_with(write_winmail(rtf=rich)).attachments)

    assert opened.attachment.name == "message.rtf"
    assert opened.text is not None
    assert opened.text.strip() == "We would like ten lofts."


def test_a_winmail_within_a_winmail_is_unpacked() -> None:
    inner = write_winmail(("form.pdf", FORM))

    message = message_with(write_winmail(("message", inner)))

    assert [part.name for part in message.attachments] == ["form.pdf"]


def test_a_broken_one_is_kept_and_its_problem_named() -> None:
    message = message_with(WINMAIL[: len(WINMAIL) // 2])

    (opened,) = open_attachments(message.attachments)
    assert opened.attachment.name == "winmail.dat"
    assert opened.attachment.problem is not None
    assert "only Outlook can open" in opened.attachment.problem


@pytest.mark.parametrize("content", [b"", b"x", WINMAIL[:5], b"\x00" * 100, b"PK\x03\x04"])
def test_what_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenTnef):
        unpack_tnef(content + b"\x01")


def test_damage_anywhere_is_refused_or_read() -> None:
    random.seed(5)
    for _ in range(2_000):
        damaged = bytearray(WINMAIL)
        for _ in range(random.randint(1, 4)):
            damaged[random.randrange(6, len(damaged))] = random.choice((0, 1, 127, 255))
        try:
            held = unpack_tnef(bytes(damaged[: random.randint(6, len(damaged))]))
        except BrokenTnef:
            continue
        assert len(held.files) < 100


def test_rich_text_repeats_what_its_dictionary_holds() -> None:
    """The example of MS-OXRTFCP section 4.1.1: `hello world` with five references."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a7 03 000a 0072 637067313235"
        "42 32 0af3 2068656c 0900 20 62 77 05b0 6c647d 0a80 0fa0"
    )

    assert unpack_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


@pytest.mark.parametrize("content", [b"", b"short", b"\x00" * 20])
def test_what_is_no_rich_text_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenRtf):
        unpack_rtf(content)

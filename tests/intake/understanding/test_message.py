"""Bytes become a message: the best body, attachments, what is enclosed, however broken the MIME."""

from datetime import UTC, datetime

import pytest

from intake.understanding.mime.message import parse_message
from intake.understanding.mime.parts import Part
from storage.domain.message import Head
from storage.domain.people import Address
from tests.support.incoming import write_message


def in_parts(*parts: str, subtype: str = "mixed", end: str = "--b--\r\n") -> bytes:
    body = "".join(f"--b\r\n{part}\r\n" for part in parts) + end
    return write_message(body, content_type=f"multipart/{subtype}; boundary=b")


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n"


def test_head_is_decoded_and_dated_in_utc() -> None:
    raw = write_message(
        "Hello",
        "Date: Mon, 5 Jul 2021 10:00:00 +0100",
        "In-Reply-To: <a@x.example>",
        "References: <b@x.example>\r\n <a@x.example>",
        "Cc: Ann <Ann@x.example>",
        "Delivered-To: ace@leadership.nhs.example",
        subject="=?utf-8?q?caf=C3=A9?=\r\n and more",
    )

    assert parse_message(raw).head == Head(
        sender=Address("sam@actonadvice.example", "Sam Hill"),
        subject="café and more",
        message_id="<1@actonadvice.example>",
        in_reply_to=("<a@x.example>",),
        references=("<b@x.example>", "<a@x.example>"),
        recipients=("ace@leadership.nhs.example", "ann@x.example"),
        date=datetime(2021, 7, 5, 9, 0, tzinfo=UTC),
    )


@pytest.mark.parametrize("date", ["nonsense", "99 Foo 99999999999 10:00", "", "Mon, 5 Jul 2021"])
def test_a_date_nobody_understands_is_none(date: str) -> None:
    assert parse_message(write_message("Hello", f"Date: {date}")).head.date is None


def test_plain_text_is_preferred_to_the_same_in_html() -> None:
    long = "A summary of the issue that is long enough to be the text itself. " * 3
    raw = in_parts(PLAIN + long, HTML + f"<p>{long}</p>", subtype="alternative")

    assert parse_message(raw).text == long.rstrip() + " "


def test_html_is_read_where_plain_text_is_a_stand_in() -> None:
    raw = in_parts(
        PLAIN + "Your client does not show HTML.",
        HTML + "<p>The whole summary stands here and nowhere else, in two lines<br>of HTML.</p>",
        subtype="alternative",
    )

    assert parse_message(raw).text == (
        "The whole summary stands here and nowhere else, in two lines\nof HTML."
    )


def test_html_is_read_where_plain_text_lost_a_table() -> None:
    rows = "<tr><td>Jo Bell</td><td>Nurse</td></tr><tr><td>Al Reed</td><td>Clerk</td></tr>"
    raw = in_parts(
        PLAIN + "Here are our people, whom we are glad to put forward for a place with you:\r\n"
        "Jo Bell\r\nNurse\r\nAl Reed\r\nClerk",
        HTML + f"<p>Here are our people:</p><table>{rows}</table>",
        subtype="alternative",
    )

    assert parse_message(raw).text == "Here are our people:\n\nJo Bell | Nurse\nAl Reed | Clerk"


def test_attachments_keep_name_type_and_content() -> None:
    raw = in_parts(
        PLAIN + "See attached.",
        'Content-Type: application/pdf; name="caf=?utf-8?q?=C3=A9?=.pdf"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.pdf\r\n\r\naGVsbG8=",
        "Content-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline\r\n\r\nx",
    )

    message = parse_message(raw)

    assert message.text == "See attached."
    assert message.attachments == (
        Part(1, "application/pdf", "café.pdf", b"hello", "attachment"),
        Part(2, "image/png", None, b"x", "inline", None, "logo@x"),
    )


def test_bodies_between_attachments_are_all_read() -> None:
    raw = in_parts(
        PLAIN + "First.",
        "Content-Type: image/jpeg; name=a.jpg\r\n\r\nx",
        PLAIN + "Second.",
    )

    assert parse_message(raw).text == "First.\n\nSecond."


def test_an_inline_text_file_is_the_body_where_there_is_no_other() -> None:
    raw = in_parts('Content-Type: text/plain; name="note.txt"\r\n\r\nThe summary.')

    assert parse_message(raw).text == "The summary."


def test_an_encoded_enclosed_message_is_parsed_as_well() -> None:
    raw = in_parts(
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "RnJvbTogYW5uQHguZXhhbXBsZQ0KU3ViamVjdDogRU9JDQoNCk91ciBzdW1tYXJ5Lg=="
    )

    assert parse_message(raw).enclosed[0].text == "Our summary."


def test_flowed_text_is_joined_and_unstuffed() -> None:
    raw = write_message(
        "We would like \nto register.\n From now on\n-- \nSam\n> quoted \n> more\n",
        content_type="text/plain; charset=utf-8; format=flowed",
    )

    assert parse_message(raw).text == (
        "We would like to register.\nFrom now on\n-- \nSam\n> quoted more"
    )


def test_flowed_text_with_delsp_loses_the_blank() -> None:
    raw = write_message(
        "long \nword \nend", content_type='text/plain; format="flowed"; delsp="yes"'
    )

    assert parse_message(raw).text == "longwordend"


@pytest.mark.parametrize(
    "raw",
    [
        write_message(
            "--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n--x--", content_type="multipart/mixed"
        ),
        write_message(
            "--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n--x--",
            content_type="multipart/mixed; boundary=other",
        ),
        in_parts(PLAIN + "Hello", end=""),
        write_message("Hello", content_type="multipart/mixed"),
        write_message("Hello", content_type="text"),
        write_message("Hello", content_type="text/plain; charset=\x00bogus"),
        write_message("Hello", content_type='text/plain; charset="unicode_escape"; x*9=y'),
        write_message("Hello", "Content-Transfer-Encoding: 7-bit; oh"),
        write_message("SGVsbG8", "Content-Transfer-Encoding: BASE64"),
        write_message("H=65llo=", "Content-Transfer-Encoding: quoted-printable (x)"),
        write_message("begin 644 x\n%2&5L;&\\\n`\nend", "Content-Transfer-Encoding: x-uuencode"),
        write_message("He\x00l\x1blo"),
        write_message("Hello").replace(b"\r\n", b"\n"),
        write_message("Hello").replace(b"\r\n", b"\r"),
        write_message("Hello", content_type="message/rfc822 text/plain"),
    ],
    ids=range(15),
)
def test_broken_mime_is_read_as_well_as_can_be(raw: bytes) -> None:
    assert parse_message(raw).text.strip() == "Hello"


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"\x00" * 100, b"From", b"\xff\xfe\x00"])
def test_what_is_no_message_is_an_empty_one(raw: bytes) -> None:
    message = parse_message(raw)

    assert message.head.sender is None
    assert message.attachments == ()


def test_8_bit_headers_and_names_are_read() -> None:
    raw = write_message("Hello", subject="caf\u00e9").replace("é".encode(), b"\xe9")

    assert parse_message(raw).head.subject == "café"


def test_a_body_is_read_up_to_its_limit() -> None:
    assert len(parse_message(write_message("a" * 500_000)).text) == 100_000


def test_reply_to_is_in_lower_case() -> None:
    raw = write_message("Hello", "Reply-To: Team <Team@x.example>, ann@x.example")

    assert parse_message(raw).reply_to == ("team@x.example", "ann@x.example")


def test_marks_that_clients_add_are_left_out() -> None:
    raw = write_message(
        "[cid:image001.png@01D77C3A]\nWrite to sam@x.example<mailto:sam@x.example> or see "
        "www.x.example<https://www.x.example/>.\u00a0Thanks\u200b"
    )

    assert parse_message(raw).text == "Write to sam@x.example or see www.x.example. Thanks"


@pytest.mark.parametrize("text", ["Hey:)\n\nYes please.", "<https://harbour.example> there"])
def test_text_without_any_field_is_read_as_text(text: str) -> None:
    assert parse_message(text.encode()).text == text

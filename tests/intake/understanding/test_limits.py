"""Messages that would exhaust a parser are refused before any parser sees them."""

import pytest

from intake.understanding.mime.limits import TooMuch, check_bytes, header_block
from intake.understanding.mime.message import parse_message
from tests.support.bombs import HEAD, in_parts, nested, with_attachments


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (HEAD + b"\r\n" + b"x" * (25 * 2**20), "message larger than 25 MB"),
        (HEAD + b"\r\n" + b"\n" * 500_001, "more than 500,000 lines"),
        (
            HEAD + b"X: " + b"y" * 60_000 + (b"\r\nX: " + b"y" * 60_000) * 5,
            "header block larger than 256 kB",
        ),
        (HEAD + b"X: y\r\n" * 1_000, "more than 1,000 header lines"),
        (HEAD + b"X: " + b" y\r\n" * 300 + b"z" * 66_000, "a header larger than 64 kB"),
        (
            HEAD + b"References:" + b"\r\n <1@x.example>" * 900 + b" " * 60_000,
            "a header larger than 64 kB",
        ),
        (b"From: " + b"a" * 8_200 + b"\r\n\r\nx", "From larger than 8 kB"),
        (b"subject: " + b"a" * 8_200 + b"\r\n\r\nx", "Subject larger than 8 kB"),
        (nested(21), "parts nested more than 20 deep"),
        (nested(3_000), "parts nested more than 20 deep"),
        (HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 30, "parts nested more than 20 deep"),
        (in_parts(201), "more than 200 parts"),
        (in_parts(100_000), "more than 200 parts"),
        (HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b--\r\n" * 600, None),
    ],
    ids=range(14),
)
def test_check_bytes_names_the_limit(raw: bytes, reason: str | None) -> None:
    if reason is None:
        check_bytes(raw)
        return

    with pytest.raises(TooMuch) as refused:
        check_bytes(raw)

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "raw", [nested(20), in_parts(200), HEAD + b"\r\n" + b"x" * 1_000_000, b""], ids=range(4)
)
def test_check_bytes_passes_what_keeps_the_limits(raw: bytes) -> None:
    check_bytes(raw)
    parse_message(raw)


def test_siblings_are_not_counted_as_nested() -> None:
    inner = (
        b'--o\r\nContent-Type: multipart/mixed; boundary="i%d"\r\n\r\n--i%d\r\n\r\nx\r\n--i%d--\r\n'
    )
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=o\r\n\r\n"
    raw += b"".join(inner % (number, number, number) for number in range(30)) + b"--o--\r\n"

    check_bytes(raw)


def test_text_that_mentions_boundaries_is_no_structure() -> None:
    check_bytes(HEAD + b"\r\n" + b"--\r\nSam\r\n-- \r\n--- original ---\r\n" * 300)


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_header_block_ends_at_the_first_empty_line(end: bytes) -> None:
    assert header_block(b"A: 1" + end + b"B: 2" + end + end + b"body" + end + end) == (
        b"A: 1" + end + b"B: 2"
    )


def test_attachments_are_counted() -> None:
    with pytest.raises(TooMuch, match="more than 25 attachments"):
        parse_message(with_attachments(26))

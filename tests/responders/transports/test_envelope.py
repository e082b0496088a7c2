"""The border of the transport: what an envelope may hold, and the bytes that DATA carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responders.transports.base import PermanentFailure
from responders.transports.envelope import CHUNK, on_the_wire, seal

INBOX = "ace@leadership.nhs.example"
LETTER = b"Subject: Hello\r\n\r\nGood morning\r\n"
MODERN = {"size": "26214400", "8bitmime": "", "smtputf8": ""}


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "amina",
        "@clinic.example",
        "amina@",
        "amina@clinic.example, rowan@clinic.example",
        "amina@clinic.example rowan@clinic.example",
        "amina@clinic.example;rowan@clinic.example",
        "amina@clinic.example>\r\nRCPT TO:<rowan@clinic.example",
        "amina@clinic.example\n",
        "amina@clinic.example\x00",
        "Amina <amina@clinic.example>",
        "a@b@clinic.example",
        '"amina rowan"@clinic.example',
        "amina@clinic.example\u2028",
        "amina\u00a0x@clinic.example",
        "amina@[192.0.2.1]",
        "(rowan)amina@clinic.example",
        "a" * 65 + "@clinic.example",
        "amina@" + "clinic." * 40 + "example",
        "amina@\u00fc..example",
    ],
)
def test_seal_refuses_all_but_one_plain_address(recipient: str) -> None:
    with pytest.raises(PermanentFailure, match="not exactly one address"):
        seal(INBOX, recipient, LETTER)
    with pytest.raises(PermanentFailure, match="not exactly one address"):
        seal(recipient, INBOX, LETTER)


@pytest.mark.parametrize(
    "content", [b"a\nb", b"a\rb", b"a\r\n\n", b"a\r\r\n", b"x\r\n.\n", b"x\n.\r\n"]
)
def test_seal_refuses_bare_line_ends(content: bytes) -> None:
    with pytest.raises(PermanentFailure, match="bare line end"):
        seal(INBOX, "amina@clinic.example", content)


def test_mail_command_asks_only_for_what_the_letter_needs() -> None:
    plain = seal(INBOX, "o'neill+ace@clinic.example", LETTER)
    text = seal(INBOX, "amina@clinic.example", "Subject: x\r\n\r\nCafé\r\n".encode())
    header = seal(INBOX, "amina@clinic.example", "Subject: Café\r\n\r\nx\r\n".encode())
    local = seal(INBOX, "zoë@clinic.example", LETTER)
    assert plain.mail_command(MODERN) == f"MAIL FROM:<{INBOX}> SIZE={len(LETTER)}"
    assert plain.mail_command({}) == f"MAIL FROM:<{INBOX}>"
    assert text.mail_command(MODERN) == f"MAIL FROM:<{INBOX}> SIZE=21 BODY=8BITMIME"
    assert header.mail_command(MODERN).endswith("BODY=8BITMIME SMTPUTF8")
    assert local.mail_command(MODERN).endswith("BODY=8BITMIME SMTPUTF8")
    assert local.rcpt_command == "RCPT TO:<zoë@clinic.example>"


def test_mail_command_refuses_what_the_server_cannot_carry() -> None:
    local = seal(INBOX, "zoë@clinic.example", LETTER)
    text = seal(INBOX, "amina@clinic.example", "Subject: x\r\n\r\nCafé\r\n".encode())
    with pytest.raises(PermanentFailure, match="beyond ASCII"):
        local.mail_command({"8bitmime": ""})
    with pytest.raises(PermanentFailure, match="8-bit"):
        text.mail_command({})


def test_seal_writes_a_domain_beyond_ascii_in_its_ascii_form() -> None:
    envelope = seal(INBOX, "amina@zürich.example", LETTER)
    assert envelope.recipient == "amina@xn--zrich-kva.example"
    assert not envelope.needs_utf8


@pytest.mark.parametrize(
    ("content", "wire"),
    [
        (b"", b".\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b"a\r\n", b"a\r\n.\r\n"),
        (b".", b"..\r\n.\r\n"),
        (b".\r\n", b"..\r\n.\r\n"),
        (b"a\r\n.\r\nb\r\n..c\r\n", b"a\r\n..\r\nb\r\n...c\r\n.\r\n"),
    ],
)
def test_on_the_wire_doubles_leading_dots(content: bytes, wire: bytes) -> None:
    assert b"".join(on_the_wire(content)) == wire


@given(st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\r", b"").replace(b"\n", b""))))
def test_on_the_wire_can_be_undone_and_ends_once(lines: list[bytes]) -> None:
    content = b"".join(line + b"\r\n" for line in lines)
    received = b"".join(on_the_wire(content)).split(b"\r\n")
    assert received[-2:] == [b".", b""]
    assert b"." not in received[:-2]
    assert [line.removeprefix(b".") for line in received[:-2]] == lines


def test_on_the_wire_never_sends_the_final_dot_alone() -> None:
    for length in (CHUNK - 3, CHUNK - 2, CHUNK, 2 * CHUNK, 2 * CHUNK + 1):
        chunks = on_the_wire(b"x" * length + b"\r\n")
        assert chunks[-1].endswith(b".\r\n")
        assert len(chunks[-1]) > 3

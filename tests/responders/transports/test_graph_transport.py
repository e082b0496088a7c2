"""Letters by Graph: whom they may go to, and what each answer means for a letter."""

import pytest

from responders.transports.base import (
    InDoubt,
    PermanentFailure,
    TemporaryFailure,
    TransportError,
    TransportRefused,
    TransportUnavailable,
)
from responders.transports.graph import LARGEST_LETTER, GraphTransport, Posted

INBOX, KOFI = "ace@leadership.nhs.example", "kofi@harbour.example"


def letter(*fields: str) -> bytes:
    header = fields or (f"From: The team <{INBOX}>", f"To: <{KOFI}>")
    return "".join(f"{field}\r\n" for field in (*header, "Subject: Hello", "", "Hello")).encode()


class Desk:
    """Answers every letter alike and keeps what it was given."""

    def __init__(self, status: int = 202, code: str = "", words: str = "202 (request 1)") -> None:
        self._posted = Posted(status, code, words)
        self.letters: list[bytes] = []
        self.closed = 0

    def __call__(self, content: bytes) -> Posted:
        self.letters.append(content)
        return self._posted

    def close(self) -> None:
        self.closed += 1


def transport(desk: Desk) -> GraphTransport:
    return GraphTransport(desk, desk.close)


def test_a_letter_goes_as_it_was_frozen_and_the_words_are_kept() -> None:
    desk = Desk()

    assert transport(desk).send(INBOX, KOFI, letter()) == "202 (request 1)"
    assert desk.letters == [letter()]


@pytest.mark.parametrize(
    "fields",
    [
        (f"From: <{INBOX}>",),
        (f"From: <{INBOX}>", "To: <mallory@harbour.example>"),
        (f"From: <{INBOX}>", f"To: <{KOFI}>, <mallory@harbour.example>"),
        (f"From: <{INBOX}>", f"To: <{KOFI}>", f"To: <{KOFI}>"),
        (f"From: <{INBOX}>", f"To: <{KOFI}>", "Cc: <mallory@harbour.example>"),
        (f"From: <{INBOX}>", f"To: <{KOFI}>", "bcc: <mallory@harbour.example>"),
        (f"From: <{INBOX}>", f"To: <{KOFI}>", "Bcc:"),
        (f"From: <{INBOX}>", f"To: <{KOFI}>", "Resent-To: <mallory@harbour.example>"),
        (f"From: <{INBOX}>", f"Bcc: <{KOFI}>"),
        (f"From: <{INBOX}>", f"To: undisclosed: <{KOFI}>, <mallory@harbour.example>;"),
        (f"From: <{INBOX}>", f'To: "<{KOFI}>" <mallory@harbour.example>'),
    ],
)
def test_a_letter_whose_header_names_others_is_given_to_nobody(fields: tuple[str, ...]) -> None:
    """Graph would send it to whom the header names."""
    desk = Desk()

    with pytest.raises(PermanentFailure, match="other recipients than its envelope"):
        transport(desk).send(INBOX, KOFI, letter(*fields))

    assert desk.letters == []


@pytest.mark.parametrize(
    "sender", ["", "From: <mallory@harbour.example>", f"From: <{INBOX}>, <x@y.example>"]
)
def test_a_letter_of_another_sender_is_given_to_nobody(sender: str) -> None:
    desk = Desk()

    with pytest.raises(PermanentFailure, match="another sender than its envelope"):
        transport(desk).send(INBOX, KOFI, letter(*filter(None, (sender, f"To: <{KOFI}>"))))

    assert desk.letters == []


def test_an_address_is_the_same_in_any_letter_case() -> None:
    desk = Desk()
    named = letter("From: <ACE@leadership.nhs.example>", "To:\r\n <Kofi@Harbour.example>")

    assert transport(desk).send(INBOX, KOFI, named)


@pytest.mark.parametrize(
    "content", [letter() + b"bare\n", letter().replace(b"\r\n\r\n", b"\r\n\n")]
)
def test_a_bare_line_end_is_refused_as_over_smtp(content: bytes) -> None:
    with pytest.raises(PermanentFailure, match="bare line end"):
        transport(Desk()).send(INBOX, KOFI, content)


def test_two_recipients_in_the_envelope_are_refused() -> None:
    with pytest.raises(PermanentFailure, match="exactly one address"):
        transport(Desk()).send(INBOX, f"{KOFI}, x@y.example", letter())


def test_a_letter_that_graph_could_not_take_is_not_tried() -> None:
    desk = Desk()
    largest = letter() + b"x" * (LARGEST_LETTER - len(letter()))

    assert transport(desk).send(INBOX, KOFI, largest)
    with pytest.raises(PermanentFailure, match="make what it encloses smaller, give pack_link"):
        transport(desk).send(INBOX, KOFI, largest + b"x")

    assert desk.letters == [largest]


@pytest.mark.parametrize(
    ("status", "code", "failure"),
    [
        (400, "ErrorInvalidRecipients", PermanentFailure),
        (413, "RequestEntityTooLarge", PermanentFailure),
        (422, "", PermanentFailure),
        (401, "InvalidAuthenticationToken", TransportRefused),
        (403, "ErrorSendAsDenied", TransportRefused),
        (404, "ErrorInvalidUser", TransportRefused),
        (408, "", TemporaryFailure),
        (429, "ApplicationThrottled", TransportUnavailable),
        (403, "ErrorQuotaExceeded", TransportUnavailable),
        (400, "ErrorExceededMessageLimit", TransportUnavailable),
        (503, "ServiceUnavailable", TransportUnavailable),
        (302, "", TransportUnavailable),
        (500, "ErrorInternalServerError", InDoubt),
        (502, "", InDoubt),
        (504, "GatewayTimeout", InDoubt),
        (200, "", InDoubt),
    ],
)
def test_each_answer_means_one_thing(status: int, code: str, failure: type[TransportError]) -> None:
    with pytest.raises(TransportError) as caught:
        transport(Desk(status, code, "what it says")).send(INBOX, KOFI, letter())

    assert type(caught.value) is failure
    assert caught.value.code == status


def test_a_refused_right_says_which() -> None:
    with pytest.raises(TransportRefused, match=r"Grant Mail\.Send, and Send As"):
        transport(Desk(403, "ErrorSendAsDenied", "no")).send(INBOX, KOFI, letter())


@pytest.mark.parametrize("failure", [TransportUnavailable, TransportRefused, InDoubt])
def test_what_broke_on_the_way_is_told_as_it_is(failure: type[TransportError]) -> None:
    def broken(_: bytes) -> Posted:
        raise failure("on the way")

    with pytest.raises(failure, match="on the way"):
        GraphTransport(broken, Desk().close).send(INBOX, KOFI, letter())


def test_close_lets_the_connection_go() -> None:
    desk = Desk()

    transport(desk).close()

    assert desk.closed == 1

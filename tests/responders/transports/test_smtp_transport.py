"""Letters over real sockets: what arrives, what is refused, and what each failure means."""

import dataclasses
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Literal

import pytest

from responders.transports.base import (
    InDoubt,
    PermanentFailure,
    SmtpAccount,
    TemporaryFailure,
    TransportError,
    TransportRefused,
    TransportUnavailable,
)
from responders.transports.smtp import SmtpTransport
from tests.support.certificates import Certificate, make_certificate
from tests.support.smtp_recorder import (
    ACCEPT_THEN_DROP,
    DROP,
    STALL,
    SmtpOptions,
    SmtpRecorder,
)

INBOX = "ace@leadership.nhs.example"
AMINA = "amina.yusuf-cole@clinic.example"
ROWAN = "rowan@charity.example"
LETTER = b"Subject: Your application pack\r\n\r\nGood morning\r\n.\r\n..dots\r\nBye\r\n"
PASSWORD = "corréct-horse"


@contextmanager
def transport_to(recorder: SmtpRecorder, **changes: object) -> Iterator[SmtpTransport]:
    """A transport to the recorder, with short timeouts."""
    account = dataclasses.replace(
        SmtpAccount(
            host="127.0.0.1",
            port=recorder.port,
            security="plain",
            timeout=timedelta(seconds=5),
            final_timeout=timedelta(seconds=5),
        ),
        **changes,  # type: ignore[arg-type]
    )
    transport = SmtpTransport(account)
    try:
        yield transport
    finally:
        transport.close()


def at(stage: str, answer: str, *, only_first: bool = False) -> Callable[[str, str], str | None]:
    """Replies with `answer` at one stage, the first time or each time."""
    given: list[str] = []

    def reply(where: str, _: str) -> str | None:
        if where != stage or (only_first and given):
            return None
        given.append(where)
        return answer

    return reply


def test_send_hands_over_the_bytes_as_frozen_to_one_recipient() -> None:
    with SmtpRecorder() as recorder, transport_to(recorder) as transport:
        reply = transport.send(INBOX, AMINA, LETTER)
        assert reply.startswith("250 ")
        (letter,) = recorder.received
        assert (letter.sender, letter.recipients, letter.raw) == (INBOX, (AMINA,), LETTER)


def test_send_keeps_one_connection() -> None:
    with SmtpRecorder() as recorder, transport_to(recorder) as transport:
        for recipient in (AMINA, ROWAN, AMINA):
            transport.send(INBOX, recipient, LETTER)
        assert recorder.connections == 1
        assert [letter.recipients for letter in recorder.received] == [(AMINA,), (ROWAN,), (AMINA,)]


def test_send_carries_a_pack_of_megabytes() -> None:
    content = LETTER + b"x" * 76 * 40_000 + b"\r\n"
    with SmtpRecorder() as recorder, transport_to(recorder) as transport:
        transport.send(INBOX, AMINA, content)
        assert recorder.received[0].raw == content


def test_send_refuses_two_recipients_before_the_server_hears_of_it() -> None:
    with SmtpRecorder() as recorder, transport_to(recorder) as transport:
        with pytest.raises(PermanentFailure):
            transport.send(INBOX, f"{AMINA}, {ROWAN}", LETTER)
        assert recorder.connections == 0


@pytest.mark.parametrize(
    ("stage", "answer", "failure"),
    [
        ("connect", "421 4.3.2 Busy", TransportUnavailable),
        ("connect", "554 5.7.1 No service here", TransportRefused),
        ("connect", DROP, TransportUnavailable),
        ("ehlo", "421 4.3.2 Busy", TransportUnavailable),
        ("ehlo", "550 5.7.1 Not you", TransportRefused),
        ("ehlo", DROP, TransportUnavailable),
        ("mail", "421 4.3.2 Busy", TemporaryFailure),
        ("mail", "451 4.3.0 Later", TemporaryFailure),
        ("mail", "550 5.7.1 No", PermanentFailure),
        ("mail", "530 5.7.0 Log in", TransportRefused),
        ("mail", DROP, TemporaryFailure),
        ("rcpt", "421 4.3.2 Busy", TemporaryFailure),
        ("rcpt", "450 4.2.1 Greylisted", TemporaryFailure),
        ("rcpt", "550 5.1.1 No such person", PermanentFailure),
        ("rcpt", "hello", TemporaryFailure),
        ("rcpt", DROP, TemporaryFailure),
        ("data", "421 4.3.2 Busy", TemporaryFailure),
        ("data", "451 4.3.0 Later", TemporaryFailure),
        ("data", "554 5.5.1 No", PermanentFailure),
        ("data", DROP, TemporaryFailure),
        ("end", "421 4.3.2 Busy", TemporaryFailure),
        ("end", "452 4.2.2 Full", TemporaryFailure),
        ("end", "554 5.7.1 Spam", PermanentFailure),
        ("end", "hello", InDoubt),
        ("end", "354 Go on", InDoubt),
        ("end", DROP, InDoubt),
        ("end", ACCEPT_THEN_DROP, InDoubt),
    ],
)
def test_send_tells_failures_apart_and_recovers(
    stage: str, answer: str, failure: type[TransportError]
) -> None:
    options = SmtpOptions(replies=at(stage, answer, only_first=True))
    with SmtpRecorder(options) as recorder, transport_to(recorder) as transport:
        with pytest.raises(TransportError) as raised:
            transport.send(INBOX, AMINA, LETTER)
        assert type(raised.value) is failure
        assert transport.send(INBOX, ROWAN, LETTER).startswith("250 ")
        assert recorder.received[-1].recipients == (ROWAN,)


@pytest.mark.parametrize(
    ("stage", "failure"),
    [
        ("connect", TransportUnavailable),
        ("ehlo", TransportUnavailable),
        ("mail", TemporaryFailure),
        ("rcpt", TemporaryFailure),
        ("data", TemporaryFailure),
        ("end", InDoubt),
    ],
)
def test_send_does_not_wait_for_ever(stage: str, failure: type[TransportError]) -> None:
    options = SmtpOptions(replies=at(stage, STALL))
    short = timedelta(milliseconds=80)
    with (
        SmtpRecorder(options) as recorder,
        transport_to(recorder, timeout=short, final_timeout=short) as transport,
        pytest.raises(TransportError) as raised,
    ):
        transport.send(INBOX, AMINA, LETTER)
    assert type(raised.value) is failure


def test_send_waits_longer_for_the_last_answer_than_for_any_other() -> None:
    with _slow_last_answer(delay=0.4) as port:
        account = SmtpAccount(
            host="127.0.0.1",
            port=port,
            security="plain",
            timeout=timedelta(seconds=0.1),
            final_timeout=timedelta(seconds=20),
        )
        transport = SmtpTransport(account)
        assert transport.send(INBOX, AMINA, LETTER) == "250 At last"
        transport.close()


@contextmanager
def _slow_last_answer(*, delay: float) -> Iterator[int]:
    """A server of one letter that takes `delay` seconds over it."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        peer, _ = server.accept()
        with peer, peer.makefile("rb") as lines:
            peer.sendall(b"220 slow.example\r\n")
            for answer in (b"250 Hello", b"250 OK", b"250 OK", b"354 Go on"):
                lines.readline()
                peer.sendall(answer + b"\r\n")
            while lines.readline() != b".\r\n":
                pass
            peer.settimeout(delay)
            with pytest.raises(TimeoutError):
                peer.recv(1)
            peer.sendall(b"250 At last\r\n")
            peer.settimeout(5)
            peer.recv(10)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    with server:
        yield server.getsockname()[1]
        thread.join()


def test_send_replaces_a_connection_that_the_server_closed_in_the_meantime() -> None:
    seen: list[str] = []

    def reply(stage: str, _: str) -> str | None:
        seen.append(stage)
        return "421 4.4.2 Idle too long" if seen.count("mail") == 2 and stage == "mail" else None

    with SmtpRecorder(SmtpOptions(replies=reply)) as recorder, transport_to(recorder) as transport:
        transport.send(INBOX, AMINA, LETTER)
        transport.send(INBOX, ROWAN, LETTER)
        assert recorder.connections == 2
        assert [letter.recipients for letter in recorder.received] == [(AMINA,), (ROWAN,)]


def test_send_replaces_a_connection_that_died() -> None:
    seen: list[str] = []

    def reply(stage: str, _: str) -> str | None:
        seen.append(stage)
        return DROP if seen.count("mail") == 2 and stage == "mail" else None

    with SmtpRecorder(SmtpOptions(replies=reply)) as recorder, transport_to(recorder) as transport:
        transport.send(INBOX, AMINA, LETTER)
        transport.send(INBOX, ROWAN, LETTER)
        assert recorder.connections == 2
        assert len(recorder.received) == 2


def test_send_goes_on_with_the_connection_after_one_refused_letter() -> None:
    def reply(stage: str, argument: str) -> str | None:
        return "550 5.1.1 Unknown" if (stage, argument) == ("rcpt", AMINA) else None

    with SmtpRecorder(SmtpOptions(replies=reply)) as recorder, transport_to(recorder) as transport:
        with pytest.raises(PermanentFailure) as raised:
            transport.send(INBOX, AMINA, LETTER)
        transport.send(INBOX, ROWAN, LETTER)
        assert (raised.value.code, raised.value.reply) == (550, "550 5.1.1 Unknown")
        assert recorder.connections == 1
        assert [letter.recipients for letter in recorder.received] == [(ROWAN,)]


def test_send_shows_a_reply_without_control_characters() -> None:
    options = SmtpOptions(replies=at("rcpt", "550 \x1b[31mred\x07 \u202ebidi " + "x" * 900))
    with SmtpRecorder(options) as recorder, transport_to(recorder) as transport:
        with pytest.raises(PermanentFailure) as raised:
            transport.send(INBOX, AMINA, LETTER)
        assert raised.value.reply.startswith("550 [31mred bidi x")
        assert raised.value.reply.isprintable()
        assert len(raised.value.reply) < 520


def test_send_says_unavailable_where_nobody_listens() -> None:
    with SmtpRecorder() as recorder:
        port = recorder.port
    account = SmtpAccount(host="127.0.0.1", port=port, security="plain")
    with pytest.raises(TransportUnavailable):
        SmtpTransport(account).send(INBOX, AMINA, LETTER)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_send_logs_in_over_an_encrypted_connection(
    security: Literal["tls", "starttls"], certificate: Certificate
) -> None:
    options = SmtpOptions(security=security, certificate=certificate, passwords={INBOX: PASSWORD})
    with (
        SmtpRecorder(options) as recorder,
        transport_to(
            recorder,
            security=security,
            cafile=certificate.cafile,
            username=INBOX,
            password=PASSWORD,
        ) as transport,
    ):
        transport.send(INBOX, AMINA, LETTER)
        assert recorder.secrets_in_clear == []
        assert len(recorder.received) == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("fault", ["unknown authority", "wrong name"])
def test_send_gives_a_rogue_server_no_password(
    security: Literal["tls", "starttls"], fault: str, certificate: Certificate, tmp_path: Path
) -> None:
    rogue = make_certificate(
        tmp_path, "mail.rogue.example" if fault == "wrong name" else "127.0.0.1"
    )
    cafile = rogue.cafile if fault == "wrong name" else certificate.cafile
    options = SmtpOptions(security=security, certificate=rogue, passwords={INBOX: PASSWORD})
    with (
        SmtpRecorder(options) as recorder,
        transport_to(
            recorder, security=security, cafile=cafile, username=INBOX, password=PASSWORD
        ) as transport,
    ):
        with pytest.raises(TransportRefused, match="not to be trusted"):
            transport.send(INBOX, AMINA, LETTER)
        assert not [line for line in recorder.commands if line.upper().startswith("AUTH")]


@pytest.mark.parametrize("answer", [None, "454 4.7.0 Not now", "501 5.5.4 No"])
def test_send_stops_where_starttls_was_stripped(
    answer: str | None, certificate: Certificate
) -> None:
    options = (
        SmtpOptions(passwords={INBOX: PASSWORD})
        if answer is None
        else SmtpOptions(
            security="starttls",
            certificate=certificate,
            passwords={INBOX: PASSWORD},
            replies=at("starttls", answer),
        )
    )
    with (
        SmtpRecorder(options) as recorder,
        transport_to(
            recorder,
            security="starttls",
            cafile=certificate.cafile,
            username=INBOX,
            password=PASSWORD,
        ) as transport,
    ):
        with pytest.raises(TransportUnavailable):
            transport.send(INBOX, AMINA, LETTER)
        assert not [c for c in recorder.commands if c.upper().startswith(("AUTH", "MAIL"))]


def test_send_ignores_what_was_injected_after_the_answer_to_starttls(
    certificate: Certificate,
) -> None:
    injected = "220 2.0.0 Ready\r\n250-mail.rogue.example\r\n250 AUTH PLAIN"
    options = SmtpOptions(
        security="starttls",
        certificate=certificate,
        passwords={INBOX: PASSWORD},
        replies=at("starttls", injected),
    )
    with (
        SmtpRecorder(options) as recorder,
        transport_to(
            recorder,
            security="starttls",
            cafile=certificate.cafile,
            username=INBOX,
            password=PASSWORD,
        ) as transport,
    ):
        transport.send(INBOX, AMINA, LETTER)
        assert len(recorder.received) == 1
        assert recorder.secrets_in_clear == []


def test_send_logs_in_with_a_fresh_token() -> None:
    tokens = iter(["stale", "fresh"])
    with (
        SmtpRecorder(SmtpOptions(tokens={"fresh": INBOX})) as recorder,
        transport_to(recorder, username=INBOX, token=lambda: next(tokens)) as transport,
    ):
        with pytest.raises(TransportRefused) as raised:
            transport.send(INBOX, AMINA, LETTER)
        assert raised.value.code == 535
        transport.send(INBOX, AMINA, LETTER)
        assert len(recorder.received) == 1


def test_send_logs_in_the_older_way_where_it_must() -> None:
    def reply(stage: str, _: str) -> str | None:
        return "250-recorder.example\r\n250 AUTH LOGIN" if stage == "ehlo" else None

    options = SmtpOptions(passwords={INBOX: PASSWORD}, replies=reply)
    with (
        SmtpRecorder(options) as recorder,
        transport_to(recorder, username=INBOX, password=PASSWORD) as transport,
    ):
        transport.send(INBOX, AMINA, LETTER)
        assert [line for line in recorder.commands if "AUTH LOGIN" in line]


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ("454 4.7.0 The directory is away", TransportUnavailable),
        ("535 5.7.8 No", TransportRefused),
        (DROP, TransportUnavailable),
        (f"535 5.7.8 {PASSWORD} is wrong", TransportRefused),
    ],
)
def test_send_tells_a_refused_log_in_from_a_failing_one(
    answer: str, failure: type[TransportError]
) -> None:
    options = SmtpOptions(passwords={INBOX: PASSWORD}, replies=at("auth", answer))
    with (
        SmtpRecorder(options) as recorder,
        transport_to(recorder, username=INBOX, password=PASSWORD) as transport,
    ):
        with pytest.raises(TransportError) as raised:
            transport.send(INBOX, AMINA, LETTER)
        assert type(raised.value) is failure
        assert PASSWORD not in f"{raised.value!r}{raised.value}{raised.value.__cause__!r}"


def test_send_says_so_where_no_log_in_is_offered() -> None:
    with (
        SmtpRecorder() as recorder,
        transport_to(recorder, username=INBOX, password=PASSWORD) as transport,
        pytest.raises(TransportRefused, match="offers no log-in by PLAIN or LOGIN"),
    ):
        transport.send(INBOX, AMINA, LETTER)


def test_account_keeps_its_secrets_to_itself() -> None:
    account = SmtpAccount("smtp.nhs.example", 465, username=INBOX, password=PASSWORD)
    assert PASSWORD not in repr(account)


@pytest.mark.parametrize(
    "changes",
    [
        {"security": "plain"},
        {"username": INBOX},
        {"password": PASSWORD},
        {"username": INBOX, "password": PASSWORD, "token": str},
    ],
)
def test_account_refuses_what_cannot_be_right(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"plain text|password or a token|needs a"):
        SmtpAccount("smtp.nhs.example", 587, **changes)  # type: ignore[arg-type]


def test_close_is_harmless_at_any_time() -> None:
    with SmtpRecorder() as recorder, transport_to(recorder) as transport:
        transport.close()
        transport.send(INBOX, AMINA, LETTER)
        transport.close()
        transport.close()
        assert recorder.commands[-1].upper() == "QUIT"

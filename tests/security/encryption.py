"""S7: servers that should not be trusted, over IMAP and SMTP: none of them gets a credential."""

import base64
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

from intake.mailboxes.base import ImapAccount, MailboxError
from intake.mailboxes.imap import ImapMailbox
from responders.transports.base import SmtpAccount, TransportError
from responders.transports.smtp import SmtpTransport
from tests.faults.board import Figure, Measured, Size, exactly, none_of
from tests.support.certificates import Certificate, make_certificate
from tests.support.scripted import Line, Scripted
from tests.support.smtp_recorder import SmtpOptions, SmtpRecorder

USER = "postroom-canary"
SECRET = "hunter2-canary-4711"
TRACES = (SECRET, USER, *(base64.b64encode(text.encode()).decode()[:12] for text in (SECRET, USER)))
"""What must not be heard by anybody. A PLAIN response begins with a NUL, so its own is looked for
after it is decoded."""

SECURITIES = ("tls", "starttls")
WAYS = ("password", "token")


@dataclass(frozen=True)
class Rogue:
    """A server that pretends. `offers` are its capabilities before encryption, `injects` what it
    says in clear text behind its answer to STARTTLS; `greets` may claim a log-in already done."""

    name: str
    certificate: Certificate | None
    offers: str = "STARTTLS"
    greets: str = "OK"
    injects: str = ""
    refuses: bool = False
    vouched_for: bool = False
    """The authority that made its certificate is one that we trust."""


Heard = tuple[list[str], bool]
"""What the server heard, and whether the client took it for a good one."""
Attempt = Callable[[Rogue, str, str, Path], Heard]


def measure(size: Size) -> Measured:
    del size  # the whole takes a second
    tried, leaks, spoken, notes = 0, 0, 0, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = make_certificate(folder / "known", "127.0.0.1")
        for rogue, attempt, security, way in _attempts(folder):
            trusted = rogue.certificate if rogue.vouched_for else known
            heard, went_on = attempt(rogue, security, way, (trusted or known).cafile)
            tried, leaks, spoken = tried + 1, leaks + count_leaks(heard), spoken + went_on
            if count_leaks(heard) or went_on:
                notes.append(f"{attempt.__name__} {security} {way}: {rogue.name}: {heard}")
        honest = [_honest(known, way) for way in WAYS]
    return Measured(
        (
            Figure("attempts", tried, least=40),
            none_of("credentials leaked", leaks),
            none_of("attempts that did not fail", spoken),
            exactly("log-ins at an honest server, of 4", sum(honest), 4),
        ),
        tuple(notes),
    )


def _attempts(folder: Path) -> Iterator[tuple[Rogue, Attempt, str, str]]:
    for rogue in _rogues(folder):
        securities = SECURITIES if rogue.certificate else SECURITIES[1:]
        yield from product((rogue,), (attempt_imap, attempt_smtp), securities, WAYS)


def _rogues(folder: Path) -> Iterator[Rogue]:
    stranger = make_certificate(folder / "stranger", "127.0.0.1")
    elsewhere = make_certificate(folder / "elsewhere", "mail.elsewhere.example")
    yield Rogue("certificate of nobody known", stranger)
    yield Rogue("certificate for another name", elsewhere, vouched_for=True)
    yield Rogue("STARTTLS stripped", None, offers="AUTH=PLAIN AUTH PLAIN LOGIN")
    yield Rogue("STARTTLS offered and refused", None, refuses=True)
    yield Rogue("logged in already, it says", None, greets="PREAUTH", offers="")
    yield Rogue("talks on in clear text", stranger, injects="AUTH=PLAIN LOGIN XOAUTH2")
    yield Rogue("talks on and refuses", None, injects="AUTH=PLAIN", refuses=True)


def attempt_imap(rogue: Rogue, security: str, way: str, cafile: Path) -> Heard:
    def script(line: Line) -> None:
        if security == "tls":
            line.encrypt(_of(rogue))
        line.say(f"* {rogue.greets} [CAPABILITY IMAP4rev1 {rogue.offers}] ready\n")
        while True:
            tag, command = line.hear()
            match command.split()[0].upper():
                case "CAPABILITY":
                    line.say(f"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 {rogue.offers}\n{tag} OK done\n")
                case "STARTTLS":
                    more = f"* CAPABILITY IMAP4rev1 {rogue.injects}\n" if rogue.injects else ""
                    line.say(f"{tag} {'NO never' if rogue.refuses else 'OK go on'}\n{more}")
                    if not rogue.refuses:
                        line.encrypt(_of(rogue))
                case "AUTHENTICATE":
                    line.say("+ \n")
                    line.hear()
                    line.say(f"{tag} OK thank you\n")
                case _:
                    line.say(f"{tag} OK thank you\n")

    with Scripted(script) as server:
        mailbox = ImapMailbox(
            ImapAccount(
                "ace",
                "127.0.0.1",
                server.port,
                USER,
                security="tls" if security == "tls" else "starttls",
                cafile=cafile,
                timeout=5.0,
                **_credential(way),
            )
        )
        with suppress(MailboxError), closing(mailbox):
            mailbox.keys()
            return server.heard, True
    return server.heard, False


def attempt_smtp(rogue: Rogue, security: str, way: str, cafile: Path) -> Heard:
    def script(line: Line) -> None:
        if security == "tls":
            line.encrypt(_of(rogue))
        line.say("220 rogue.example ESMTP\n")
        while True:
            verb, _ = line.hear()
            match verb.upper():
                case "EHLO":
                    line.say(
                        f"250-rogue.example\n250-AUTH PLAIN LOGIN XOAUTH2\n250 {rogue.offers}\n"
                    )
                case "STARTTLS":
                    more = f"250-rogue.example\n250 AUTH {rogue.injects}\n" if rogue.injects else ""
                    line.say(f"{'454 never' if rogue.refuses else '220 go on'}\n{more}")
                    if not rogue.refuses:
                        line.encrypt(_of(rogue))
                case "AUTH":
                    line.say("235 thank you\n")
                case "DATA":
                    line.say("354 go on\n")
                case _:
                    line.say("250 thank you\n")

    with Scripted(script) as server:
        transport = SmtpTransport(_smtp_account(server.port, security, way, cafile))
        with suppress(TransportError), closing(transport):
            transport.send("ace@leadership.nhs.example", "a@b.example", b"Subject: x\r\n\r\nx\r\n")
            return server.heard, True
    return server.heard, False


def _smtp_account(port: int, security: str, way: str, cafile: Path) -> SmtpAccount:
    return SmtpAccount(
        "127.0.0.1",
        port,
        security="tls" if security == "tls" else "starttls",
        username=USER,
        cafile=cafile,
        timeout=timedelta(seconds=5),
        final_timeout=timedelta(seconds=5),
        **_credential(way),
    )


def _credential(way: str) -> dict[str, Any]:
    return {"password": SECRET} if way == "password" else {"token": lambda: SECRET}


def _of(rogue: Rogue) -> Certificate:
    """Raises EOFError, which ends the conversation, where it has none."""
    if rogue.certificate is None:
        raise EOFError
    return rogue.certificate


def count_leaks(heard: list[str]) -> int:
    """Lines that hold a credential, as it is or encoded."""
    return sum(any(trace in line + _decoded(line) for trace in TRACES) for line in heard)


def _decoded(line: str) -> str:
    """The last word of a line, where it is base64."""
    try:
        return base64.b64decode(line.split()[-1], validate=True).decode("utf-8", "replace")
    except ValueError:
        return ""


def _honest(known: Certificate, way: str) -> int:
    """How many of both protocols log in where all is well: else nothing would have been shown."""
    tokens, passwords = {SECRET: USER}, {USER: SECRET}
    options = SmtpOptions(
        security="starttls",
        certificate=known,
        **({"passwords": passwords} if way == "password" else {"tokens": tokens}),
    )
    with SmtpRecorder(options) as recorder:
        account = _smtp_account(recorder.port, "starttls", way, known.cafile)
        with closing(SmtpTransport(account)) as transport:
            transport.send("a@b.example", "c@d.example", b"Subject: x\r\n\r\nx\r\n")
        sent = len(recorder.received)
    heard, _ = attempt_imap(Rogue("honest", known), "starttls", way, known.cafile)
    return sent + bool(count_leaks(heard))

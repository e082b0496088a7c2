"""Pure: what somebody wrote → the bytes as a mail server puts them into an inbox."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

SERVER = "mx2.leadership.nhs.example"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """Which letter is answered: its Message-ID with angle brackets and its subject."""

    message_id: str
    subject: str


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote. `answers` is the letter it replies to, None where it is a new thread;
    `fields` are header fields beside the usual ones."""

    name: str
    email: str
    subject: str
    text: str
    html: str | None = None
    files: tuple[Enclosure, ...] = ()
    answers: Answered | None = None
    cc: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


def post(written: Written, *, to: str, at: datetime) -> bytes:
    """The message as received at that time, with the trace of the servers on its way; the same
    each time but for what libraries put into enclosed documents."""
    message = EmailMessage(policy=policy.SMTP.clone(max_line_length=998))
    domain = written.email.partition("@")[2]
    token = hashlib.sha256(f"{written.email} {at.isoformat()} {written.subject}".encode())
    identity = token.hexdigest()[:24]
    for name, value in _trace(written, domain, to, at):
        message[name] = value
    message["From"] = f"{written.name} <{written.email}>"
    message["To"] = to
    if written.cc:
        message["Cc"] = written.cc
    message["Subject"] = written.subject
    message["Date"] = format_datetime(at - timedelta(seconds=4))
    message["Message-ID"] = f"<{identity}@{domain}>"
    if written.answers is not None:
        message["In-Reply-To"] = written.answers.message_id
        message["References"] = written.answers.message_id
    for name, value in written.fields:
        message[name] = value
    _fill(message, written)
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{identity}_{number}")
    return message.as_bytes()


def _fill(message: EmailMessage, written: Written) -> None:
    message.set_content(written.text, cte="quoted-printable")
    if written.html is not None:
        message.add_alternative(written.html, subtype="html", cte="quoted-printable")
    for file in written.files:
        kind, _, subtype = file.media_type.partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=subtype, filename=file.name)


def _trace(written: Written, domain: str, to: str, at: datetime) -> tuple[tuple[str, str], ...]:
    return (
        ("Return-Path", f"<{written.email}>"),
        ("Delivered-To", to),
        (
            "Received",
            f"from mail.{domain} (mail.{domain} [203.0.113.20]) by {SERVER} with ESMTPS "
            f"for <{to}>; {format_datetime(at)}",
        ),
        (
            "Authentication-Results",
            f"{SERVER}; spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain}; "
            f"dmarc=pass header.from={domain}",
        ),
    )

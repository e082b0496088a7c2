"""A probe from an inbox to itself, through the real transport and back out of the mailbox."""

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime

from intake.config import MailboxAccount
from intake.configuration.transports import TransportAccount, open_transport
from intake.mailboxes import open_mailbox
from intake.mailboxes.base import Destination, FetchedMessage, Mailbox
from storage.domain.marks import LOOP_HEADER, message_id_domain

MARKS = ("Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", LOOP_HEADER)
"""What a letter is known by, and what tells other machines that a machine wrote it."""

PAUSE = timedelta(seconds=2)
"""The longest wait before the mailbox is searched again, however sure it is to tell us."""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """How long a probe took, in seconds, and those of MARKS that it lost on its way."""

    seconds: float
    lost: tuple[str, ...] = ()


def make_round_trip(
    account: MailboxAccount, transport: TransportAccount, *, inbox: str, patience: float
) -> RoundTrip | None:
    """Send a probe and read it back; None if it did not come in `patience` seconds. The probe is
    filed with the processed messages.

    Raises MailboxError and TransportError. Safe while other messages arrive: only the probe is
    touched, and it is marked so that nobody answers it.
    """
    token = secrets.token_hex(16)
    mailbox = open_mailbox(account)
    try:
        known = set(mailbox.keys())
        started = time.monotonic()
        probe = make_probe(inbox, token, datetime.now(UTC))
        _send(transport, inbox, probe)
        while (left := patience - (time.monotonic() - started)) > 0:
            if found := _find(mailbox, known, token):
                mailbox.file([found.key], Destination.PROCESSED)
                return RoundTrip(time.monotonic() - started, _lost(probe, found.raw))
            mailbox.wait(min(PAUSE, timedelta(seconds=left)))
        return None
    finally:
        mailbox.close()


def make_probe(inbox: str, token: str, now: datetime) -> bytes:
    """The probe's bytes: a letter to ourselves, marked as automatic and as ours (RFC 3834). It is
    known by its subject, as some servers give letters another Message-ID."""
    probe = EmailMessage(policy=SMTP)
    probe["From"] = inbox
    probe["To"] = inbox
    probe["Subject"] = f"Postroom's own test of this mailbox {token}"
    probe["Date"] = format_datetime(now)
    probe["Message-ID"] = f"<probe.{token}@{message_id_domain(inbox)}>"
    probe["Auto-Submitted"] = "auto-generated"
    probe["X-Auto-Response-Suppress"] = "All"
    probe[LOOP_HEADER] = inbox
    probe.set_content(
        "This message was sent by `postroom check --round-trip` and may be deleted.\n"
    )
    return probe.as_bytes()


def _send(account: TransportAccount, inbox: str, probe: bytes) -> None:
    transport = open_transport(account)
    try:
        transport.send(inbox, inbox, probe)
    finally:
        transport.close()


def _find(mailbox: Mailbox, known: set[str], token: str) -> FetchedMessage | None:
    """The probe among what came since; what is not the probe is added to `known`."""
    new = [key for key in mailbox.keys() if key not in known]  # noqa: SIM118  a method of ours
    for message in mailbox.fetch(new):
        if token.encode() in message.raw:
            return message
        known.add(message.key)
    return None


def _lost(sent: bytes, received: bytes) -> tuple[str, ...]:
    before, after = (BytesHeaderParser().parsebytes(raw) for raw in (sent, received))
    values = {name: [_unfolded(value) for value in after.get_all(name, [])] for name in MARKS}
    return tuple(name for name in MARKS if _unfolded(before[name]) not in values[name])


def _unfolded(value: object) -> str:
    return " ".join(str(value).split())

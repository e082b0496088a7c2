"""What machines send in a simulated year: reports of letters that could not be delivered,
automatic replies to letters, and advertisements that nobody asked for."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from intake.commands.simulating.envelopes import Answered, Written, post
from storage.domain.people import Address

REACTS_AFTER = timedelta(minutes=4)
"""How long a machine takes to say something about a letter."""


REPORT = """\
Return-Path: <>
Delivered-To: {inbox}
Received: by {host} (Postfix, from userid 998); {stamp}
From: Mail Delivery System <MAILER-DAEMON@{host}>
To: {inbox}
Subject: Undelivered Mail Returned to Sender
Date: {stamp}
Message-ID: <{token}@{host}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"

--{boundary}
Content-Type: text/plain; charset=us-ascii

This is the mail system at {host}. Your message could not be delivered to
<{email}>: the address is unknown here.

--{boundary}
Content-Type: message/delivery-status

Reporting-MTA: dns; {host}
Arrival-Date: {stamp}

Final-Recipient: rfc822; {email}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--{boundary}
Content-Type: text/rfc822-headers

From: {inbox}
To: {email}
Subject: {subject}
Message-ID: {message_id}

--{boundary}--
"""


@dataclass(frozen=True, slots=True)
class Unasked:
    """A message of a machine that answers nothing."""

    at: datetime
    raw: bytes


def report_undelivered(email: str, letter: Answered, *, inbox: str, at: datetime) -> bytes:
    """The report that a letter did not reach this address (RFC 3464), as its server writes it."""
    report = REPORT.format(
        host=f"mail.{email.partition('@')[2]}",
        inbox=inbox,
        email=email,
        stamp=f"{at:%a, %d %b %Y %H:%M:%S %z}",
        token=f"{at:%Y%m%d%H%M%S}.{email.partition('@')[0]}",
        boundary=f"report/{at.timestamp():.0f}",
        subject=letter.subject,
        message_id=letter.message_id,
    )
    return report.replace("\n", "\r\n").encode()


def reply_by_itself(
    sender: Address, letter: Answered, *, back: datetime, inbox: str, at: datetime
) -> bytes:
    """The automatic reply of somebody who is on holiday until `back` (RFC 3834)."""
    text = (
        f"Thank you for your message. I am on annual leave until {back:%A %-d %B} and will read "
        f"it when I am back.\n\n{sender.name}\n"
    )
    written = Written(
        sender.name,
        sender.email,
        f"Automatic reply: {letter.subject}",
        text,
        answers=letter,
        fields=(("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
    )
    return post(written, to=inbox, at=at)


def unasked_messages(
    begins_at: datetime, ends_at: datetime, *, inbox: str, seed: int, count: int
) -> tuple[Unasked, ...]:
    """Advertisements and newsletters between two instants, by the clock of the first."""
    chance = Random(f"unasked {seed}")
    days = (ends_at - begins_at).days
    found = []
    for number in range(count):
        day = (begins_at + timedelta(days=chance.randint(1, days - 2))).date()
        clock = time(chance.randint(3, 22), chance.randint(0, 59))
        at = datetime.combine(day, clock, begins_at.tzinfo)
        name, email, subject, text = _UNASKED[number % len(_UNASKED)]
        fields = (
            ("List-Unsubscribe", f"<mailto:leave@{email.partition('@')[2]}>"),
            ("Precedence", "bulk"),
        )
        written = Written(name, email, subject.format(number + 1), text, fields=fields)
        found.append(Unasked(at, post(written, to=inbox, at=at)))
    return tuple(found)


_UNASKED = (
    (
        "Bid Writers United",
        "offers@bidwriters-united.example",
        "Win your next grant, issue {}",
        "Hello,\n\nOur writers have won two million pounds for people like you. Book a call this "
        "week and get a tenth off.\n\nUnsubscribe at any time.\n",
    ),
    (
        "Sector News",
        "news@sectornews.example",
        "Sector News {}: what moves health and care",
        "In this issue: five things about integrated care, a reading list, and our conference in "
        "the autumn.\n\nYou get this because you subscribed. Unsubscribe here.\n",
    ),
    (
        "Toner Direct",
        "sales@tonerdirect.example",
        "Toner at half price, week {}",
        "Dear customer,\n\nAll cartridges at half price until Sunday. Order today.\n",
    ),
)

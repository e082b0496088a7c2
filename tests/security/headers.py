"""S2: values that would become headers of a letter, sent by applicants through the whole walk: the
header names on the wire are the intended ones, and each envelope has one recipient."""

import base64
import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import Header
from email.message import Message
from pathlib import Path

from intake.mailboxes.base import FolderAccount
from responders.transports.base import PermanentFailure
from responders.transports.envelope import seal
from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.installations import Servers, make_installation
from tests.support.smtp_recorder import SmtpRecorder
from tests.support.worlds import make_app

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
VICTIM = "all@victims.example"
BCC = f"\r\nBcc: {VICTIM}"
INTENDED = frozenset(
    name.lower()
    for name in (
        *("Date", "From", "To", "Reply-To", "Message-ID", "Subject", "In-Reply-To", "References"),
        *("Auto-Submitted", "X-Auto-Response-Suppress", "X-Postroom-Loop", "Content-Language"),
        *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
    )
)

BREAKS = {
    "CRLF": "\r\n",
    "LF": "\n",
    "CR": "\r",
    "vertical tab": "\x0b",
    "form feed": "\x0c",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "NUL and LF": "\x00\n",
    "folded": "\r\n \r\n",
    "escape": "\x1b[2J\n",
    "file separator": "\x1c",
}
ENCODED = {
    "CVE-2024-6923": "=?UTF-8?Q?=0A?=",
    "encoded CRLF": "=?utf-8?q?=0D=0A?=",
    "encoded in base64": "=?utf-8?b?DQo=?=",
    "encoded whole": f"=?utf-8?b?{base64.b64encode(BCC.encode()).decode()}?=",
    "encoded twice": "=?utf-8?q?=3D=3Futf-8=3Fq=3F=3D0A=3F=3D?=",
    "percent": "%0d%0a",
    "escaped": "\\r\\n",
    "html": "&#13;&#10;",
    "utf-7": "+AA0ACg-",
}
ATTACKS = (
    f"Bcc: {VICTIM}",
    f"To: {VICTIM}",
    "Content-Type: text/html\r\n\r\n<h1>x</h1>",
    f"\r\n\r\n.\r\nMAIL FROM:<x@x.example>\r\nRCPT TO:<{VICTIM}>\r\nDATA\r\n",
)
IN_TEXT = ("name", "organisation", "title")
PLACES = ("sender's name", "subject", "message id", "references", *IN_TEXT)


def measure(size: Size) -> Measured:
    every = size.pick(full=1, small=16)
    messages = list(itertools.islice(_messages(), 0, None, every))
    with tempfile.TemporaryDirectory() as name, SmtpRecorder() as recorder:
        folder = Path(name)
        (folder / "inbox").mkdir()
        for number, (_, raw) in enumerate(messages):
            (folder / "inbox" / f"{number:05d}.eml").write_bytes(raw)
        installation = make_installation(folder, Servers(1, recorder.port, "nobody", "nothing"))
        mailboxes = {"ace": FolderAccount("inbox", folder / "inbox")}
        with make_app(replace(installation, mailboxes=mailboxes)) as app:
            report = app.tick(NOON)
        wires = [message_from_bytes(wire.raw) for wire in recorder.received]
        strangers = [r for wire in recorder.received for r in wire.recipients if VICTIM in r]
        crowded = sum(len(wire.recipients) != 1 for wire in recorder.received)
    unsealed = [value for value in _addresses() if _is_sealed(value)]
    return Measured(
        (
            Figure("payloads", len(messages), least=size.pick(full=100, small=8)),
            Figure("letters", len(wires), least=size.pick(full=60, small=4)),
            none_of("quarantined", report.intake.quarantined),
            none_of("letters with other headers", sum(map(_has_others, wires))),
            none_of("headers twice", sum(map(_has_twins, wires))),
            none_of("envelopes of strangers", len(strangers) + crowded),
            none_of("addresses that open another envelope", len(unsealed)),
        )
    )


def _messages() -> Iterator[tuple[str, bytes]]:
    """Each break with each attack in a place, all places in turn."""
    places = itertools.cycle(PLACES)
    number = 0
    for (kind, break_), attack in itertools.product({**BREAKS, **ENCODED}.items(), ATTACKS):
        for place in itertools.islice(places, 2):
            number += 1
            yield f"{kind} in {place}", _message(number, place, f"Ada{break_}{attack}")


def _message(number: int, place: str, payload: str) -> bytes:
    """Expression `number` with the payload in one place. What a header can't carry as it stands
    comes as encoded words, as any program may send it."""
    told = dict.fromkeys(PLACES, f"Ada Okafor {number}")
    told["message id"] = told["references"] = f"{number}"
    is_plain = payload.isascii() and payload.isprintable()
    in_header = payload if is_plain else Header(payload, "utf-8").encode(linesep="")
    told[place] = payload if place in IN_TEXT else in_header
    return (
        f"From: {told[PLACES[0]]} <ada@project{number}.example>\r\n"
        "To: ace@leadership.nhs.example\r\n"
        f"Subject: Expression of interest: {told['subject']}\r\n"
        f"Message-ID: <{told['message id']}@project{number}.example>\r\n"
        f"References: <{told['references']}@elsewhere.example>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Name: {told['name']}\r\nOrganisation: {told['organisation']}\r\n"
        f"Project: {told['title']}\r\n\r\nWe express our interest. Carers on estate {number} wait "
        "weeks for a call that nobody thinks is theirs to make, and we would plan together.\r\n"
    ).encode("utf-8", "replace")


def _has_others(letter: Message) -> bool:
    return not {name.lower() for name, _ in letter.items()} <= INTENDED


def _has_twins(letter: Message) -> bool:
    return len(letter) != len({name.lower() for name, _ in letter.items()})


def _addresses() -> Iterator[str]:
    """Recipients that would begin another command, or name somebody else as well (CVE-2023-51764
    is the class of attack where a bare line end does it)."""
    for break_ in BREAKS.values():
        yield f"ada@project.example{break_}RCPT TO:<{VICTIM}>"
        yield f"ada{break_}@project.example"
    yield from (f"ada@project.example,{VICTIM}", f"<ada@project.example> <{VICTIM}>", "", "ada")


def _is_sealed(recipient: str) -> bool:
    try:
        seal("ace@leadership.nhs.example", recipient, b"Subject: x\r\n\r\nx\r\n")
    except PermanentFailure:
        return False
    return True

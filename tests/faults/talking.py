"""Two Postrooms that write to each other, each with a mailbox and a mail server: what ends it."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intake.app import App
from intake.commands.staging.mailserver import MailServer
from responders.transports.smtp import SmtpTransport
from storage import outbox
from storage.domain.letter import LetterState
from tests.support.expressions import expression
from tests.support.installations import Servers, make_installation
from tests.support.worlds import make_app

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OURS, THEIRS = "ace@leadership.nhs.example", "calls@northern.example"
SILENCE = 3
"""Hours in which neither writes: then it is over."""
ENDLESS = 24
"""Letters after which it is taken to go on for ever."""

MARKS = frozenset(
    {"auto-submitted", "x-auto-response-suppress", "x-postroom-loop", "precedence", "return-path"}
)
THREAD = frozenset({"in-reply-to", "references", "message-id"})

OPENINGS = {
    "an expression": expression(1).split(b"\r\n\r\n", 1)[1].decode(),
    "a question": "When does the call close, please, and may two trusts apply together?",
    "thanks": "Thank you for your message.",
    "a withdrawal": "We withdraw our expression of interest.",
    "idle words": "Good morning. Blue is a colour, and this is all that we wanted to say.",
    "a number": "My new telephone number is 07700 900177.",
}


@dataclass(frozen=True)
class Conversation:
    """What began it, and a line for each letter from one to the other."""

    opening: str
    lines: tuple[str, ...]

    @property
    def most_of_one(self) -> int:
        """Letters of the side that wrote more."""
        return max(Counter(line.split(" ")[0] for line in self.lines).values(), default=0)


class Gateway(SmtpTransport):
    """Sends letters on without some of their fields: nothing shows any more what wrote them."""

    strips: Collection[str] = ()

    def send(self, sender: str, recipient: str, content: bytes) -> str:
        head, _, body = content.partition(b"\r\n\r\n")
        kept = [f for f in _fields(head) if f.split(b":")[0].decode().lower() not in self.strips]
        return super().send(sender, recipient, b"\r\n".join(kept) + b"\r\n\r\n" + body)


def talk(folder: Path, opening: str, *, strips: Collection[str] = ()) -> Conversation:
    """What comes of a message forged in the other's name, which both are given days to answer.
    The fields of `strips` are lost on the way."""
    now = NOON
    with (
        MailServer({OURS: "secret"}, clock=lambda: now) as here,
        MailServer({THEIRS: "secret"}, clock=lambda: now) as there,
        _postroom(folder / "ours", here, there, strips) as ours,
        _postroom(folder / "theirs", there, here, strips) as theirs,
    ):
        here.deliver(OURS, _forged(opening), NOON)
        lines: list[str] = []
        silent = 0
        while silent < SILENCE and len(lines) < ENDLESS:
            now += HOUR
            before = len(lines)
            for app, name, reader in ((ours, "ours", THEIRS), (theirs, "theirs", OURS)):
                sent = app.tick(now).delivered.sent
                lines += [f"{name} {line}" for line in _newest(app, reader, sent, now)]
            silent = 0 if len(lines) > before else silent + 1
    return Conversation(opening, tuple(lines))


@contextmanager
def _postroom(
    folder: Path, own: MailServer, other: MailServer, strips: Collection[str]
) -> Iterator[App]:
    """One that reads its mailbox on `own` and sends by `other`."""
    address = OURS if folder.name == "ours" else THEIRS
    servers = Servers(own.imap_port, other.smtp_port, address, "secret")
    installation = make_installation(folder, servers)
    programme = replace(installation.programmes[0], inbox=address)
    installation = replace(
        installation, programmes=(programme,), secret=f"the secret of {address}".encode()
    )
    with make_app(installation) as app:
        transport = Gateway(installation.transports["ace"])
        transport.strips = strips
        app._transports["ace"] = transport
        yield app


def _newest(app: App, reader: str, sent: int, now: datetime) -> list[str]:
    """The letters to `reader` that left just now; what organisers get is no matter."""
    if not sent:
        return []
    with app.database.reading() as session:
        letters = outbox.list_letters(session, limit=1000)
    return [
        f"{letter.kind}: {letter.subject}"
        for letter in reversed(letters)
        if letter.recipient.email == reader
        and letter.state is LetterState.SENT
        and letter.sent_at == now
    ]


def _forged(opening: str) -> bytes:
    head = (
        f"From: Northern Calls <{THEIRS}>\nTo: {OURS}\nSubject: Expression of interest\n"
        "Message-ID: <first@northern.example>\nDate: Mon, 12 Jul 2021 10:00:00 +0100\n"
        "Content-Type: text/plain; charset=utf-8\n\n"
    )
    return (head + OPENINGS[opening].replace("\r\n", "\n")).replace("\n", "\r\n").encode()


def _fields(head: bytes) -> list[bytes]:
    """Each field of a header block, with the lines that go on with it."""
    fields: list[bytes] = []
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] += b"\r\n" + line
        else:
            fields.append(line)
    return fields

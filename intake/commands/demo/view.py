"""What the ledger and the wire say about the demo's messages, as the plain values of its page."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

from intake.app import App
from intake.commands.demo.page import Enclosed, Exchange, Noted, Outcome, Reply, Text
from intake.commands.demo.play import Posted
from intake.commands.printing import plain
from intake.commands.staging.blocks import read_blocks
from intake.commands.staging.wire import WireMessage
from intake.commands.wrapping import unwrap
from intake.understanding.mime.message import Message, parse_message
from storage import cases, messages, outbox
from storage.domain.letter import Letter, LetterState
from storage.domain.message import RecordedMessage, Understanding
from storage.domain.programme import Programme
from storage.errors import ArchiveError

SHOWN_FIELDS = ("name", "role", "organisation", "phone", "email")


@dataclass(frozen=True, slots=True)
class Files:
    """Where the demo leaves messages and letters, as folders of the page's own folder."""

    folder: Path
    messages: str = "messages"
    letters: str = "letters"

    def write(self, kind: str, name: str, raw: bytes) -> str:
        """Write one file; returns its link from the page."""
        place = self.folder / kind
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(raw)
        return f"{kind}/{name}"


def show(
    application: App, inbox: Sequence[Posted], wire: Iterable[WireMessage], files: Files
) -> list[Exchange]:
    """An exchange for each message of the inbox, its files written beside the page."""
    received = {_message_id(letter.raw): letter.raw for letter in wire}
    seen: dict[str, int] = {}
    exchanges = []
    for number, posted in enumerate(inbox, 1):
        sha256 = hashlib.sha256(posted.raw).hexdigest()
        first = seen.setdefault(sha256, number)
        shown = _Showing(application, received, files, number=number)
        exchanges.append(
            shown.exchange(posted, sha256) if first == number else shown.repetition(posted, first)
        )
    return exchanges


@dataclass(frozen=True, slots=True)
class _Showing:
    """One message on its way to the page."""

    application: App
    received: Mapping[str, bytes]
    files: Files
    number: int

    def exchange(self, posted: Posted, sha256: str) -> Exchange:
        with self.application.database.reading() as session:
            message = messages.find_by_sha256(session, sha256)
            if message is None:
                reason = messages.find_reason(session, sha256)
                return self._refused(posted, reason or "It was not read.")
            references = [cases.get(session, case_id).reference for case_id in message.case_ids]
            letters = outbox.list_answers(session, message.id)
        programme = self.application.programmes[message.programme]
        understanding = message.understanding
        return Exchange(
            number=self.number,
            programme=programme.slug,
            programme_name=programme.name,
            message=self._message(posted, programme.zone),
            outcome=_outcome(letters),
            verdict=understanding.verdict.kind.value,
            rule=understanding.verdict.rule,
            hold=understanding.verdict.hold,
            cases=tuple(references),
            told=_told(understanding, programme),
            missing=understanding.missing,
            noted=_noted(understanding),
            letters=tuple(self._reply(letter, programme.zone) for letter in letters),
            aside=None if letters else _aside(message),
        )

    def repetition(self, posted: Posted, first: int) -> Exchange:
        return self._unread(
            posted,
            outcome=Outcome.REPEATED,
            rule="same_bytes",
            aside=f"These are the bytes of message {first}: stored once, answered once.",
        )

    def _refused(self, posted: Posted, reason: str) -> Exchange:
        return self._unread(posted, outcome=Outcome.REFUSED, rule="quarantined", aside=reason)

    def _unread(self, posted: Posted, *, outcome: Outcome, rule: str, aside: str) -> Exchange:
        programme = self._programme_of(posted)
        return Exchange(
            number=self.number,
            programme=programme.slug,
            programme_name=programme.name,
            message=self._message(posted, programme.zone),
            outcome=outcome,
            verdict=outcome.value,
            rule=rule,
            aside=aside,
        )

    def _programme_of(self, posted: Posted) -> Programme:
        programmes = self.application.programmes.values()
        return next(programme for programme in programmes if programme.inbox == posted.address)

    def _message(self, posted: Posted, zone: ZoneInfo) -> Text:
        link = self.files.write(self.files.messages, posted.name, posted.raw)
        return _text(parse_message(posted.raw), posted.address, posted.received_at, zone, link=link)

    def _reply(self, letter: Letter, zone: ZoneInfo) -> Reply:
        received = self.received.get(letter.message_id)
        link = None
        if received is not None:
            name = f"{self.number:02d}-{letter.kind.value}-{letter.id}.eml"
            link = self.files.write(self.files.letters, name, received)
        raw = received if received is not None else self._frozen(letter)
        at = letter.sent_at or letter.created_at
        shown = _text(parse_message(raw), letter.recipient.email, at, zone, link=link)
        plain_part, html_part = _parts(raw)
        return Reply(
            kind=letter.kind.value,
            state=letter.state.value,
            text=replace(shown, body=plain_part, blocks=read_blocks(html_part)),
            rule=letter.rule if letter.state is not LetterState.SENT else None,
        )

    def _frozen(self, letter: Letter) -> bytes:
        """The bytes of a letter that has not left, as they would leave."""
        with self.application.database.reading() as session:
            content, enclosure = outbox.wire_parts(session, letter.id)
        if enclosure is None:
            return content
        try:
            return content + self.application.archive.get(enclosure)
        except ArchiveError:
            return content


def _outcome(letters: Sequence[Letter]) -> Outcome:
    """A message waits for a person while any of its letters does, whatever else has left."""
    if not letters:
        return Outcome.SILENT
    states = {letter.state for letter in letters}
    is_answered = LetterState.SENT in states and LetterState.HELD not in states
    return Outcome.ANSWERED if is_answered else Outcome.HELD


def _aside(message: RecordedMessage) -> str:
    verdict = message.understanding.verdict
    if verdict.kind.is_machine:
        return "No letter: a machine is never answered."
    return "No letter: there is nothing to say that would help."


def _told(understanding: Understanding, programme: Programme) -> tuple[tuple[str, str], ...]:
    """The facts that were understood, in the words of the page."""
    if understanding.verdict.kind.is_machine:
        return tuple(("did not reach", address) for address in understanding.bounced)
    contact = understanding.contact
    told = [(name, getattr(contact, name)) for name in SHOWN_FIELDS]
    area = programme.area(understanding.area)
    told += [
        ("title", understanding.title),
        ("area", area.name if area else None),
        ("senior leader", understanding.senior_leader),
        ("partners", ", ".join(understanding.partners)),
        ("team", understanding.team),
        ("nominated", ", ".join(nominee.name for nominee in understanding.nominees)),
    ]
    return tuple((name, plain(value, limit=400)) for name, value in told if value)


def _noted(understanding: Understanding) -> tuple[Noted, ...]:
    return tuple(
        Noted(f.field.replace("_", " "), plain(f.value, limit=160), f.method, f.confidence)
        for f in understanding.findings
    )


def _text(
    message: Message, recipient: str, at: datetime, zone: ZoneInfo, *, link: str | None
) -> Text:
    sender = message.head.sender
    shown = f"{sender.name} <{sender.email}>" if sender and sender.name else None
    return Text(
        subject=message.head.subject,
        sender=shown or (sender.email if sender else "nobody that can be answered"),
        recipient=recipient,
        at=f"{at.astimezone(zone):%A %-d %B %Y, %H:%M}",
        body=unwrap(message.text.strip()),
        files=tuple(
            Enclosed(plain(part.name or part.media_type, limit=120), len(part.content))
            for part in message.attachments
        ),
        link=link,
    )


def _parts(raw: bytes) -> tuple[str, str]:
    """The plain and the HTML part of one of our letters, which always have both."""
    letter = message_from_bytes(raw, policy=policy.default)
    parts = (letter.get_body((form,)) for form in ("plain", "html"))
    shown = [str(part.get_content()).strip() if part is not None else "" for part in parts]
    return shown[0], shown[1]


def _message_id(raw: bytes) -> str:
    return parse_message(raw).head.message_id or ""

"""What organisers answered to the applicants of a case, in their own words: by hand from their mail
client, or by a word in a reply to us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from intake.app import App
from intake.commands.new_text import read_new_text
from intake.commands.printing import local, plain, plain_lines
from intake.config import Configuration
from storage.domain.message import ORGANISER_REPLY
from storage.domain.programme import Programme
from storage.domain.situation import Situation
from storage.received import get_received

MOST_ANSWERS = 10
"""The newest that are shown; `postroom message` shows each."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: whose, when, in which message, and its new text."""

    by: str
    at: datetime
    message_id: int
    lines: Sequence[str]


def read_answers(
    configuration: Configuration, application: App, session: Session, s: Situation
) -> tuple[Answered, ...]:
    """Those of a case, in order of time."""
    by_hand = [m for m in s.messages if m.understanding.verdict.rule == ORGANISER_REPLY]
    found = []
    for message in by_hand[-MOST_ANSWERS:]:
        sender = message.understanding.head.sender
        text = read_new_text(configuration, application, get_received(session, message.id))
        said: Sequence[str] = text.lines or [text.problem or ""]
        by = sender.email if sender is not None else ""
        found.append(Answered(_named(s.programme, by), message.received_at, message.id, said))
    for one in s.written:
        if one.withdrawn_at is None:
            said = plain_lines(one.text).split("\n")
            found.append(Answered(_named(s.programme, one.by), one.at, one.message_id, said))
    return tuple(sorted(found, key=lambda answer: answer.at)[-MOST_ANSWERS:])


def answer_fields(answer: Answered) -> dict[str, object]:
    """The same for machines."""
    return {
        "by": answer.by,
        "at": answer.at,
        "message": answer.message_id,
        "text": "\n".join(answer.lines),
    }


def answer_lines(answer: Answered, zone: ZoneInfo) -> list[str]:
    """The same for people."""
    head = f"Answered by {answer.by}, {local(answer.at, zone)} (message {answer.message_id})"
    return ["", head, *(f"  {line}" for line in answer.lines)]


def _named(programme: Programme, email: str) -> str:
    organiser = programme.organiser(email)
    return plain(organiser.address.name if organiser and organiser.address.name else email)

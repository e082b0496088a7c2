"""A message as a person judges it: who wrote, what was made of it, what it says, what waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session

from intake.commands.new_text import NewText
from intake.commands.printing import Json, local, plain
from intake.commands.wording import explain_state, spaced, why_held, why_of_kind
from storage import cases
from storage.domain.case import Case, find_references
from storage.domain.letter import Letter, LetterState
from storage.domain.message import RecordedMessage
from storage.domain.programme import Programme
from storage.received import Received

LONGEST_LINE = 1000
"""Characters of a header that are shown."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message with its new text, and the case that its thread or its subject leads to where
    that is not its own: a stranger's message."""

    came: Received
    text: NewText
    leads_to: Case | None = None


def find_case_of_thread(
    session: Session, programme: Programme, message: RecordedMessage
) -> Case | None:
    """The case that a message names or answers; None where there is none, or it belongs to it."""
    understanding = message.understanding
    references = find_references(understanding.head.subject, programme.reference_prefix)
    known = cases.acquaint(session, message.programme, understanding, references=references)
    found = known.by_letter or known.by_reference or next(iter(known.by_message), None)
    return found if found is not None and found.id not in message.case_ids else None


def message_lines(view: MessageView, zone: ZoneInfo) -> Iterator[str]:
    """The message as lines for a terminal, without control characters; times by `zone`."""
    came = view.came
    told = came.message
    yield f"Message {came.id}, received {local(came.received_at, zone)}"
    if told is None:
        yield f"State:   {state_in_words(came)}"
    else:
        yield from _understood(view, told)
    yield from (f"Letter:  {letter_line(letter)}" for letter in came.letters)
    yield from (f"To do:   {task}" for task in tasks(came))
    if came.settled_at is not None:
        note = f": {plain(came.settled_note, limit=LONGEST_LINE)}" if came.settled_note else ""
        when = local(came.settled_at, zone)
        yield f"Settled: ticked off by {plain(came.settled_by)}, {when}{note}"
    yield ""
    if view.text.problem:
        yield view.text.problem
    yield from (f"  {line}".rstrip() for line in view.text.lines)
    if view.text.more:
        lines = "line" if view.text.more == 1 else "lines"
        yield f"  … {view.text.more} more {lines}: `postroom message {came.id} --save FILE`"


def _understood(view: MessageView, message: RecordedMessage) -> Iterator[str]:
    understanding = message.understanding
    verdict = understanding.verdict
    yield f"From:    {sender_of(message)}"
    if understanding.answer_to and understanding.answer_to != understanding.head.sender:
        yield f"Answers: to {plain(understanding.answer_to.email)}"
    yield f"Subject: {plain(understanding.head.subject, limit=LONGEST_LINE)}"
    yield f"Read as: {spaced(verdict.kind)}: {why_of_kind(verdict.rule)} ({plain(verdict.rule)})"
    if verdict.hold:
        yield f"Held:    {why_held(verdict.hold)} ({plain(verdict.hold)})"
    for act in message.acted.acts if message.acted is not None else ():
        problem = f": {plain(act.problem)}" if act.problem else ""
        yield f"Word:    {act.verb or 'none'} {plain(act.about)}, {act.effect}{problem}"
    for case in view.came.cases:
        yield f"Case:    {_case_line(case)}"
    if view.leads_to is not None:
        yield f"Case:    not its own; it names or answers {_case_line(view.leads_to)}"
    elif not view.came.cases:
        yield "Case:    none"
    for file in understanding.attachments:
        problem = f", not read: {plain(file.problem)}" if file.problem else ""
        yield f"File:    {plain(file.name)}, {file.size:,} bytes{problem}"


def _case_line(case: Case) -> str:
    people = ", ".join(sorted(case.people))
    return f"{case.reference}, {case.state}, of {plain(people)}"


def sender_of(message: RecordedMessage) -> str:
    """Name and address as the message shows them; a dash where From gives no single address."""
    sender = message.understanding.head.sender
    if sender is None:
        return "–"
    name = plain(sender.name) if sender.name else ""
    return f"{name} <{plain(sender.email)}>" if name else plain(sender.email)


def state_in_words(came: Received) -> str:
    """How far a message has come that says nothing, or nothing any more."""
    if came.erased_at is not None:
        return f"erased on {came.erased_at:%d %b %Y}"
    return "could not be read" if came.reason is not None else "not read yet"


def letter_line(letter: Letter) -> str:
    """A letter in one line: `7, acknowledgement, held: …`."""
    return f"{letter.id}, {spaced(letter.kind)}, {explain_state(letter)}"


def tasks(came: Received) -> list[str]:
    """What a person has to do about a message, none where nothing is left to do."""
    todo = []
    if came.reason is not None and came.is_open:
        todo.append(
            f"look at it, it could not be read: {plain(came.reason)} "
            f"(`postroom quarantine show {came.id}`)"
        )
    for letter in came.stuck:
        done = "release or discard" if letter.state is LetterState.HELD else "look at"
        reason = f": {why_held(letter.rule)}" if letter.rule else ""
        todo.append(f"{done} letter {letter.id}{reason}")
    if not came.is_open or came.message is None:
        return todo
    hold = came.message.understanding.verdict.hold
    if came.is_unanswered and hold:
        todo.append(f"decide: {why_held(hold)}")
    elif came.is_to_be_answered:
        todo.append(f"answer it (only a person can), then `postroom settle {came.id}`")
    return todo


def message_fields(came: Received) -> Json:
    """A message as plain values, for machines."""
    told = came.message
    verdict = told.understanding.verdict if told else None
    head = told.understanding.head if told else None
    return {
        "id": came.id,
        "sha256": came.sha256,
        "programme": came.programme,
        "received_at": came.received_at,
        "kind": verdict.kind if verdict else None,
        "rule": verdict.rule if verdict else None,
        "rule_in_words": why_of_kind(verdict.rule) if verdict else None,
        "hold": verdict.hold if verdict else None,
        "hold_in_words": why_held(verdict.hold) if verdict and verdict.hold else None,
        "reason": came.reason,
        "sender": head.sender.email if head and head.sender else None,
        "subject": head.subject if head else None,
        "cases": [case.reference for case in came.cases],
        "letters": [
            {"id": letter.id, "kind": letter.kind, "state": letter.state, "rule": letter.rule}
            for letter in came.letters
        ],
        "acts": [
            {"word": act.verb, "about": act.about, "effect": act.effect, "problem": act.problem}
            for act in (told.acted.acts if told is not None and told.acted else ())
        ],
        "to_do": tasks(came),
        "settled_at": came.settled_at,
        "settled_by": came.settled_by,
        "settled_note": came.settled_note,
    }

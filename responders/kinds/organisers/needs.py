"""Pure: what waits for an organiser. Letters stand here until somebody has dealt with them, what
only a person can answer stands here once, in the digest after it came."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from responders.kinds.organisers.awards import awards_of
from responders.kinds.organisers.seats import seats_of
from responders.kinds.organisers.view import (
    LONGEST_LIST,
    MOST_REFERENCES,
    Item,
    View,
    item,
    references,
    some_of,
)
from responders.reasons import TROUBLE_WORDS, why_not_sent
from responders.wording import joined, local_moment
from storage.domain.letter import UNCERTAIN, LetterState, Task
from storage.domain.message import MessageKind
from storage.domain.overview import HistoryLine, PersonsMessage, WaitingLetter
from storage.domain.reconciling import Reconciliation
from storage.domain.watch import TroubleKind

_ASKED = {
    MessageKind.QUESTION: "a question that only a person can answer",
    MessageKind.UNCLEAR: "a message that we did not understand",
}
_HELD_UNWRITTEN = "a message whose answer was held"


Need = tuple[Item, Task | None]
"""One line, and what a word about it in a reply would be about; None: nothing."""


def needs_of(view: View) -> tuple[list[Item], int]:
    """What waits for this organiser, the oldest letters first, and how many things that are. Those
    that a letter shows, and that a word in a reply can be about, have numbers."""
    needs, waiting = _needs_of(view)
    tasks = _numbered(needs)
    numbered: list[Item] = [
        {**need, "number": task.number if task is not None else None}
        for (need, _), task in zip(needs, tasks, strict=True)
    ]
    return numbered, waiting


def tasks_of(view: View) -> tuple[Task, ...]:
    """What the numbers of a letter that shows these needs are about."""
    needs, _ = _needs_of(view)
    return tuple(task for task in _numbered(needs) if task is not None)


def _numbered(needs: Sequence[Need]) -> list[Task | None]:
    numbers = count(1)
    return [
        replace(task, number=next(numbers)) if task is not None and place < LONGEST_LIST else None
        for place, (_, task) in enumerate(needs)
    ]


def _needs_of(view: View) -> tuple[list[Need], int]:
    answers = {letter.cause: letter for letter in view.overview.letters}
    messages = _messages(view)
    told_with = {message.id for message in messages}
    letters = [x for x in view.overview.letters if x.cause is None or x.cause not in told_with]
    standing = [*awards_of(view), *seats_of(view)]
    others: list[Need] = [
        (one, None) for one in (*standing, *_duplicates(view), *_unwritten(view), *_alarms(view))
    ]
    asked = [_message(view, message, answers.get(message.id)) for message in messages]
    handed = list(_handed_over(view))
    told = [*handed, *_letters(view, letters), *asked, *others]
    return told, len(handed) + len(letters) + len(asked) + len(others)


def _handed_over(view: View) -> Iterator[Need]:
    """What another organiser asked this one to deal with."""
    for line in view.overview.lines:
        if line.what == "handed_over" and line.detail.get("to") == view.reader:
            what = f"handed to you by {view.name_of(line.actor)}"
            case = view.cases.get(line.case_id or 0)
            help = f"postroom message {line.message_id}" if line.message_id else None
            if case is not None:
                help = f"postroom case {case.reference}"
            task = Task(0, line.case_id, line.message_id, line.letter_id)
            yield item(view.label(line.case_id), what, help), task


def _letters(view: View, letters: Sequence[WaitingLetter]) -> Iterator[Need]:
    alike: dict[tuple[LetterState, str | None], list[WaitingLetter]] = defaultdict(list)
    for letter in letters:
        alike[letter.state, letter.rule].append(letter)
    for (state, _), some in alike.items():
        if len(some) <= MOST_REFERENCES:
            yield from (_letter(view, letter) for letter in some)
            continue
        label = references(view, [letter.case_id for letter in some])
        what = f"{len(some)} letters {_state_words(view, some[0], 'have', 'wait')}"
        yield item(label, what, f"postroom outbox --state {state}"), None


def _letter(view: View, letter: WaitingLetter) -> Need:
    label = view.label(letter.case_id) or letter.recipient
    kind = letter.kind.replace("_", " ")
    what = f"the {kind} {_state_words(view, letter, 'has', 'waits')}"
    if letter.state is LetterState.HELD and letter.rule in UNCERTAIN:
        what += "; say “arrived” if it came"
    waiting = {message.id for message in view.overview.messages}
    cause = letter.cause if letter.cause in waiting else None
    task = Task(0, letter.case_id, cause, letter.id)
    return item(label, what, f"postroom letter show {letter.id}"), task


def _state_words(view: View, letter: WaitingLetter, has: str, waits: str) -> str:
    match letter.state:
        case LetterState.HELD:
            return f"{waits} for you: {why_not_sent(letter.rule or 'unknown')}"
        case LetterState.FAILED:
            return f"{has} failed: {why_not_sent(letter.rule or 'unknown')}"
        case _:
            since = local_moment(letter.created_at, view.programme.zone)
            return f"{has} been waiting to leave since {since}"


def _messages(view: View) -> list[PersonsMessage]:
    """Those that are new, and every one that nobody could read."""
    new = {line.message_id for line in view.overview.lines if line.what == "message_recorded"}
    return [x for x in view.overview.messages if x.id in new or x.kind is None]


def _message(view: View, message: PersonsMessage, answer: WaitingLetter | None) -> Need:
    received = local_moment(message.received_at, view.programme.zone)
    if message.kind is None:
        what = f"a message that could not be read ({message.reason or 'unknown'})"
    else:
        what = _ASKED.get(message.kind, _HELD_UNWRITTEN)
    what += f", received at {received}"
    if message.hold:
        what += f"; {why_not_sent(message.hold)}"
    shows = "quarantine show" if message.kind is None else "message"
    help = f"postroom {shows} {message.id}"
    if answer is not None and answer.state is LetterState.HELD:
        what += "; the letter that says so is held"
        help += f", postroom letter show {answer.id}"
    task = Task(0, message.case_id, message.id, answer.id if answer is not None else None)
    told = item(view.label(message.case_id) or message.sender, what, help)
    return told, task if message.kind is not None else None


def _duplicates(view: View) -> Iterator[Item]:
    """One item a case and reason, and each pair once."""
    told: set[frozenset[str]] = set()
    alike: dict[tuple[int, str], list[str]] = defaultdict(list)
    for line in view.overview.lines:
        case = view.cases.get(line.case_id or 0)
        if line.what != "likely_duplicate" or case is None:
            continue
        other = line.detail.get("case", "")
        pair = frozenset((case.reference, other))
        if pair not in told:
            told.add(pair)
            alike[case.id, line.detail.get("reasons", "")].append(other)
    for (case_id, reasons), others in alike.items():
        why = ", ".join(reason.replace("_", " ") for reason in reasons.split())
        what = f"perhaps the same as {some_of(others)} ({why})"
        yield item(view.label(case_id), what, f"postroom case {view.cases[case_id].reference}")


def _unwritten(view: View) -> Iterator[Item]:
    """Letters that a mistake in a template or in us keeps from being written."""
    failed: dict[tuple[int | None, str | None], HistoryLine] = {}
    for line in view.overview.lines:
        if line.what == "render_failed":
            failed[line.case_id, line.detail.get("kind")] = line
    for line in failed.values():
        kind = line.detail.get("kind", "letter").replace("_", " ")
        what = f"the {kind} could not be written ({line.detail.get('where')})"
        yield item(view.label(line.case_id), what, "postroom check")


def _alarms(view: View) -> Iterator[Item]:
    if any(line.what == "breaker_tripped" for line in view.overview.lines):
        what = "too many letters left within an hour: all wait until somebody has judged them"
        yield item(None, what, "postroom outbox --state held")
    for trouble in view.overview.troubles:
        if trouble.ended_at is None and trouble.kind is not TroubleKind.BREAKER_TRIPPED:
            since = local_moment(trouble.began_at, view.programme.zone)
            yield item(None, f"{TROUBLE_WORDS[trouble.kind]} since {since}", "postroom health")
    reconciled = view.overview.reconciled
    if reconciled is not None and reconciled.lasting:
        yield item(None, _differences(reconciled), "postroom reconcile")
    if view.overview.unread:
        what = f"messages that have waited too long to be read: {view.overview.unread}"
        yield item(None, what, "postroom check")


def _differences(reconciled: Reconciliation) -> str:
    """In what the mailbox and the ledger differ for longer than a tick."""
    told = (
        (len(reconciled.strays), "never read, where messages are filed"),
        (reconciled.unfiled, "read, and still in the inbox"),
        (reconciled.lost_bytes, "without their bytes in the archive"),
    )
    named = joined([f"{number} {what}" for number, what in told if number])
    return f"mailbox and ledger differ in messages: {named}"

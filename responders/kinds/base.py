"""Pure: what every letter kind is made of, and how it asks a situation what was answered.

A kind is a policy: which letters ought to exist now, what they say, and when it wants to be asked
again. Messages of machines and messages that nobody can be answered are never seen by a kind.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from responders.mime import PackFile
from storage.domain.case import Case
from storage.domain.letter import Due, Letter, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.people import Address
from storage.domain.programme import ProgrammeKind, Window
from storage.domain.situation import Situation

Value = str | int | bool | list["Value"] | dict[str, "Value"] | None
"""What a template may be given: plain values, moments as ISO 8601 text in the programme's zone."""

Values = dict[str, Value]

ABOUT_THE_CASE = frozenset({LetterKind.APPLICATION_PACK, LetterKind.DETAILS_REQUEST})
"""Kinds that say what the whole case says: they answer every earlier message of it as well."""

PEOPLE = tuple(kind for kind in MessageKind if kind.is_outsiders)
"""Kinds of message that an applicant or another outsider writes."""

TELLING = (MessageKind.EXPRESSION, MessageKind.FOLLOW_UP)
"""Kinds of message that tell details, and that a letter about the case answers."""


def never(_: Situation) -> datetime | None:
    """For a kind that is due when a message comes, or not at all."""
    return None


def no_files(_s: Situation, _due: Due) -> tuple[PackFile, ...]:
    """For a kind whose letters have no files of their own."""
    return ()


def no_signed_files(_s: Situation, _due: Due, _secret: bytes) -> tuple[PackFile, ...]:
    """For a kind that sends nothing out to come back."""
    return ()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the archive that goes out with a letter as it came in."""

    name: str
    media_type: str
    sha256: str


def no_kept_files(_s: Situation, _due: Due) -> tuple[KeptFile, ...]:
    """For a kind that passes nothing on."""
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One letter kind. `due`: the letters of this kind that ought to exist and don't yet.
    `values`: what its template may say. `wakes_at`: the next instant at which time alone could
    make it due, None for never. `files`: what goes with this one letter, before the pack.
    `encloses_form`: the form alone goes with it, filled in with what is known; `agreement` gives
    the words of one that is to be signed, by placeholder. `signed_files` go with it too, signed
    with the secret to be known when they come back, and `kept_files` last. `takes_words`: its
    reader may act by a word in a reply, and it shows the code by which that is known."""

    kind: LetterKind
    due: Callable[[Situation], tuple[Due, ...]]
    values: Callable[[Situation, Due], Values]
    wakes_at: Callable[[Situation], datetime | None] = never
    encloses_pack: bool = False
    encloses_form: bool = False
    agreement: Callable[[Situation], Mapping[str, str]] | None = None
    files: Callable[[Situation, Due], tuple[PackFile, ...]] = no_files
    signed_files: Callable[[Situation, Due, bytes], tuple[PackFile, ...]] = no_signed_files
    kept_files: Callable[[Situation, Due], tuple[KeptFile, ...]] = no_kept_files
    takes_words: bool = False


def is_grant(s: Situation) -> bool:
    return s.programme.kind is ProgrammeKind.GRANT


def window_now(s: Situation) -> Window:
    return s.programme.round.window(s.now)


def window_of(s: Situation, message: RecordedMessage) -> Window:
    """Where the message came in: judged by the time the mailbox's server received it."""
    return s.programme.round.window(message.received_at)


def opens_later(s: Situation) -> datetime | None:
    """The opening of the round where it is still to come: what was kept is answered then."""
    return s.programme.round.opens_at if window_now(s) is Window.BEFORE else None


def answerable(s: Situation, *kinds: MessageKind) -> tuple[RecordedMessage, ...]:
    """Messages of people, of these kinds, that have an address to answer to."""
    return tuple(
        message
        for message in s.messages
        if message.understanding.verdict.kind in kinds
        and not message.understanding.verdict.kind.is_machine
        and message.understanding.answer_to is not None
    )


def unanswered(
    s: Situation,
    *kinds: MessageKind,
    beside: Iterable[Due] = (),
    despite: Container[LetterKind] = (),
) -> tuple[RecordedMessage, ...]:
    """The answerable messages that no letter answers yet, nor one of `beside`, due as well.
    Letters of the kinds in `despite` do not count as an answer."""
    written = (letter for letter in s.letters if letter.kind not in despite)
    answers: list[Letter | Due] = [*written, *beside]
    answered = {answer.cause for answer in answers} | _taken_in(s, answers)
    return tuple(message for message in answerable(s, *kinds) if message.id not in answered)


def newest_telling(s: Situation) -> RecordedMessage | None:
    """The message that a letter about the case answers."""
    telling = [message for message in answerable(s, *TELLING) if told_something(s, message)]
    return telling[-1] if telling else None


def told_something(s: Situation, message: RecordedMessage) -> bool:
    """True for the message that opened the case and for one that changed it. What any other
    wanted to tell nobody has understood yet, so no letter about the case can answer it."""
    return bool(message.changed) or opened_the_case(s, message)


def is_of_award(changed: str) -> bool:
    """True for what a message changed of an award, not of the case itself."""
    return changed.startswith("award.")


def opened_the_case(s: Situation, message: RecordedMessage) -> bool:
    return s.case is not None and message.id == s.case.opened_by


def _taken_in(s: Situation, answers: Iterable[Letter | Due]) -> set[int]:
    """The messages whose details stand in a letter about the case: it says all that was told up
    to the message it answers."""
    causes = {answer.cause for answer in answers if answer.kind in ABOUT_THE_CASE}
    last = max((place for place, m in enumerate(s.messages) if m.id in causes), default=-1)
    telling = (m for m in s.messages[: last + 1] if m.understanding.verdict.kind in TELLING)
    return {message.id for message in telling if told_something(s, message)}


def answered_message(s: Situation, due: Due) -> RecordedMessage:
    """The message that `due` answers. Raises LookupError where `due` is of another situation."""
    for message in s.messages:
        if message.id == due.cause:
            return message
    raise LookupError(f"the situation does not hold the message that {due.key} answers")


def thread_of(s: Situation, due: Due) -> RecordedMessage | None:
    """The message behind which `due` stands in its reader's client: the one it answers, else the
    newest that the recipient wrote; None where they wrote none."""
    if due.cause is not None:
        return answered_message(s, due)
    written = (m for m in reversed(s.messages) if _sender_email(m) == due.recipient.email)
    return next(written, None)


def _sender_email(message: RecordedMessage) -> str | None:
    sender = message.understanding.head.sender
    return sender.email if sender is not None else None


def its_case(s: Situation) -> Case:
    """The case of a letter that only a case has. Raises LookupError for a lone message."""
    if s.case is None:
        raise LookupError("the situation is that of a lone message")
    return s.case


def answer(s: Situation, kind: LetterKind, message: RecordedMessage) -> Due:
    """The one letter of this kind to this message. The message must be answerable."""
    return _due(s, kind, f"{kind}/message:{message.id}", message)


def answer_case(s: Situation, kind: LetterKind, message: RecordedMessage) -> Due:
    """The one letter of this kind to the case, in answer to this message."""
    return _due(s, kind, f"{kind}/case:{its_case(s).id}", message)


def tell_case(s: Situation, kind: LetterKind, key: str) -> Due | None:
    """A letter to whom the case belongs that answers no message: `key` is all of its key behind
    the case's number. It is left out (`bounced`) where nothing reaches them; None where nobody
    has an address."""
    case = its_case(s)
    known = dict.fromkeys(address for address in _correspondents(s, case))
    if not known:
        return None
    dead = dead_addresses(s)
    alive = [address for address in known if address.email not in dead]
    return Due(
        kind=kind,
        key=f"{kind}/case:{case.id}{key}",
        recipient=(alive or list(known))[0],
        case_id=case.id,
        skip=None if alive else BOUNCED,
    )


BOUNCED = "bounced"
"""The rule by which a letter is left out that would go to a dead address."""


def dead_addresses(s: Situation) -> frozenset[str]:
    """The addresses that a letter of ours came back from, as long as nobody writes from there. A
    report is believed about the letters that it names by their Message-IDs, and no others."""
    ours = {letter.message_id: letter.recipient.email for letter in s.letters}
    dead: set[str] = set()
    for message in s.messages:
        understanding = message.understanding
        if understanding.verdict.kind.is_machine:
            head = understanding.head
            named = (*understanding.bounced_letters, *head.in_reply_to, *head.references)
            went_to = {ours[name] for name in named if name in ours}
            dead |= went_to.intersection(understanding.bounced)
        elif sender := _sender_email(message):
            dead.discard(sender)
    return frozenset(dead)


def _correspondents(s: Situation, case: Case) -> Iterator[Address]:
    """The lead, if they have written or were nominated; then those who wrote for the case, the
    newest first; last a lead whose address nobody but others has told."""
    answered = (message.understanding.answer_to for message in answerable(s, *PEOPLE))
    writers = [one for one in answered if one is not None and one.email in case.people]
    lead = Address(case.contact.email, case.contact.name or "") if case.contact.email else None
    is_known = lead is not None and lead.email in {writer.email for writer in writers}
    if lead is not None and (is_known or case.nominated_by is not None):
        yield lead
    yield from reversed(writers)
    if lead is not None:
        yield lead


def _due(s: Situation, kind: LetterKind, key: str, message: RecordedMessage) -> Due:
    recipient = message.understanding.answer_to
    if recipient is None:
        raise ValueError("a message without an address to answer to has no letter")
    return Due(
        kind=kind,
        key=key,
        recipient=recipient,
        case_id=s.case.id if s.case is not None else None,
        cause=message.id,
        hold=message.understanding.verdict.hold,
    )

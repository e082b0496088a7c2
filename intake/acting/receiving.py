"""A message of an organiser, or of somebody who seems to be one: words that have us act, or an
answer to an applicant with the inbox in copy.

Words are followed where all of this holds: a trusted server vouches for the sender, who is an
organiser now; they answer a letter that went to them, not long ago, and nobody's words were
followed in answer to it before. Anything less is a note for a person: it does nothing, and no
letter goes out. Everything here happens inside the caller's one transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from intake.acting.following import follow
from intake.acting.things import NoSuchThing, find_thing
from intake.acting.undoing import undo
from intake.acting.unread import heed, not_known
from intake.acting.wishes import Wish
from storage import cases, messages, notices
from storage.answered import settle_answered
from storage.domain.acquaintance import Acquaintance
from storage.domain.acting import (
    ACTED_UPON,
    Act,
    Acted,
    ActEffect,
    Instruction,
    Instructions,
    Verb,
)
from storage.domain.letter import Letter, LetterKind, Task
from storage.domain.message import (
    INSTRUCTIONS,
    ORGANISER_REPLY,
    MessageKind,
    Understanding,
    Verdict,
)
from storage.domain.programme import Programme

UNPROVEN = "unproven"
"""The rule that keeps words for a person that may not be an organiser's."""
ANSWERED_ALREADY = "answered_already"
"""The rule that keeps an organiser's own for a person, in answer to a letter acted upon before."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How such a message is recorded: its verdict, the cases it belongs to, by which rule, and
    what its words did. `is_answered`: a letter tells that to whom it came from."""

    verdict: Verdict
    placement_rule: str
    case_ids: tuple[int, ...] = ()
    acted: Acted | None = None

    @property
    def is_answered(self) -> bool:
        return self.acted is not None


def take(
    session: Session,
    message_id: int,
    understanding: Understanding,
    programme: Programme,
    known: Acquaintance,
    *,
    received_at: datetime,
    now: datetime,
) -> Taken | None:
    """What the message does; None for one that is to be read as anybody's."""
    if understanding.verdict.kind.is_machine or understanding.decision_sheet is not None:
        return None
    organiser = programme.organiser(understanding.vouched_sender)
    told = understanding.instructions or Instructions()
    letter = _named_letter(session, understanding, told, programme, known)
    if organiser is not None and letter is None:
        filed = _file(session, message_id, understanding, programme, received_at, now)
        if filed is not None:
            return filed
    told = heed(told, letter.tasks if letter is not None else ())
    if not told.found and not told.unread and (letter is None or organiser is not None):
        return None
    if letter is None and not _is_in_an_organisers_name(understanding, programme):
        return None
    sender = organiser.address.email if organiser is not None else None
    if (
        sender is None
        or letter is None
        or known.repeats is not None
        or not notices.is_open(letter, sender, programme.slug, now)
    ):
        rule = _why_refused(letter, sender, programme, known)
        return Taken(Verdict(MessageKind.UNCLEAR, INSTRUCTIONS, rule), rule)
    acts = _follow_all(session, told, letter, programme, by=sender, message_id=message_id, now=now)
    if any(act.effect in (ActEffect.DONE, ActEffect.UNDONE) for act in acts):
        notices.spend(session, letter.id, message_id)
    acted = Acted(letter.id, acts, letter.tasks, told.says_more)
    kind = MessageKind.ORGANISER if acted.is_whole else MessageKind.UNCLEAR
    return Taken(Verdict(kind, INSTRUCTIONS), INSTRUCTIONS, acted=acted)


def _why_refused(
    letter: Letter | None, sender: str | None, programme: Programme, known: Acquaintance
) -> str:
    """Only of an organiser's own letter is told that it was answered, and by them."""
    if letter is None or letter.spent_by is None or sender is None or known.repeats is not None:
        return UNPROVEN
    is_theirs = notices.is_theirs(letter, sender, programme.slug)
    return ANSWERED_ALREADY if is_theirs else UNPROVEN


def _is_in_an_organisers_name(understanding: Understanding, programme: Programme) -> bool:
    """Whether it says so, proven or not."""
    sender = understanding.head.sender
    return sender is not None and programme.organiser(sender.email) is not None


def _named_letter(
    session: Session,
    understanding: Understanding,
    told: Instructions,
    programme: Programme,
    known: Acquaintance,
) -> Letter | None:
    """The letter to an organiser that the message answers: the nearest of its thread, else the
    first whose code it quotes."""
    if not told.codes and not ACTED_UPON.intersection(known.answered):
        return None
    head = understanding.head
    named = (*head.in_reply_to, *reversed(head.references))
    return notices.find_named(session, named, told.codes, programme.inbox)


def _follow_all(
    session: Session,
    told: Instructions,
    letter: Letter,
    programme: Programme,
    *,
    by: str,
    message_id: int,
    now: datetime,
) -> tuple[Act, ...]:
    """What came of each word, in order. One that contradicts another about the same thing is
    refused with it."""
    acts: list[Act] = []
    done = _done_by(session, letter)
    twice = _said_twice(session, told.found, letter.tasks)
    for instruction in told.found:
        if instruction.verb is Verb.UNDO and instruction.problem is None:
            undone = undo(
                session, instruction, done, programme, by=by, message_id=message_id, now=now
            )
            acts.extend(undone)
            continue
        for target in instruction.targets or (None,):
            is_twice = _listed(session, target, letter.tasks) in twice
            problem = instruction.problem or ("you say two things of it" if is_twice else None)
            if problem is not None:
                refused = Act(instruction.verb, target or "", ActEffect.REFUSED, problem)
                acts.append(refused)
                continue
            try:
                thing = find_thing(session, target, letter.tasks, programme, now=now)
            except NoSuchThing as error:
                act = Act(instruction.verb, target or "", ActEffect.REFUSED, str(error))
            else:
                wish = Wish(instruction, thing, programme, by, message_id, now)
                act = follow(session, wish)
            acts.append(act)
    return (*acts, *(not_known(one) for one in told.unread))


def _said_twice(
    session: Session, found: tuple[Instruction, ...], tasks: tuple[Task, ...]
) -> frozenset[str | None]:
    """What is named by two words that don't go together."""
    named: dict[str | None, set[Verb]] = {}
    for instruction in found:
        for target in instruction.targets or (None,):
            named.setdefault(_listed(session, target, tasks), set()).add(instruction.verb)
    return frozenset(target for target, verbs in named.items() if not _go_together(verbs))


def _listed(session: Session, target: str | None, tasks: tuple[Task, ...]) -> str | None:
    """One name for what may be called by its number, by its reference, or not at all."""
    if target is not None and target.isdigit():
        return str(int(target))
    listed = tasks
    if target is not None:
        case = cases.find_by_reference(session, target)
        listed = tuple(task for task in tasks if case is not None and task.case_id == case.id)
    return str(listed[0].number) if len(listed) == 1 else target


def _go_together(verbs: set[Verb]) -> bool:
    """More time can be given beside anything, and to answer beside giving work to somebody."""
    deciding = verbs - {Verb.EXTEND, Verb.ASSIGN}
    return len(deciding) < 2


def _done_by(session: Session, letter: Letter) -> tuple[Act, ...]:
    """What the message did whose receipt this letter is."""
    if letter.kind is not LetterKind.ACTION_RECEIPT or letter.cause is None:
        return ()
    acted = messages.get(session, letter.cause).acted
    return acted.acts if acted is not None else ()


def _file(
    session: Session,
    message_id: int,
    understanding: Understanding,
    programme: Programme,
    received_at: datetime,
    now: datetime,
) -> Taken | None:
    """An answer to an applicant, filed where it belongs; None for one that answers nobody."""
    sender = understanding.vouched_sender
    if sender is None or understanding.scores is not None:
        return None
    case_id = settle_answered(
        session,
        programme,
        understanding.head,
        message_id=message_id,
        by=sender,
        received_at=received_at,
        now=now,
    )
    if case_id is None:
        return None
    return Taken(Verdict(MessageKind.ORGANISER, ORGANISER_REPLY), ORGANISER_REPLY, case_id)

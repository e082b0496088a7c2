"""What a message does for the award of its case: details of whoever receives the money, a signed
agreement, an answer to an invitation. Each counts only where a letter of ours asked for it, and
from somebody of the case whom nothing speaks against. Anything else stays what it was.

Everything here happens inside the caller's one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from intake.replies import Answered
from intake.understanding.threads import Placement
from storage import awards, cases, decisions, letters
from storage.domain.acquaintance import Acquaintance
from storage.domain.award import INTRODUCTIONS, AgreementStage, AwardFacts, AwardReply
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.message import MessageKind, Understanding
from storage.domain.placement import Reply
from storage.domain.programme import Programme

DETAILS, SIGNED, EVENT = "award.details", "award.signed", "award.event"
"""What such a message is recorded to have changed."""

_GONE = (LetterState.DISCARDED, LetterState.FAILED)
_UNPLACED = ("none", "new_project")


@dataclass(frozen=True, slots=True)
class _Matter:
    """The award of one case, as the ledger knows it when a message comes."""

    case: Case
    facts: AwardFacts
    letters: tuple[Letter, ...]

    def has_letter(self, kind: LetterKind) -> bool:
        return any(letter.kind is kind for letter in self.letters)

    @property
    def is_agreed(self) -> bool:
        """True once a signed copy of the newest agreement has come back."""
        sent = [one.created_at for one in self.letters if one.kind is LetterKind.MOU]
        return bool(sent) and bool(self.facts.files(AgreementStage.RETURNED, max(sent)))

    @property
    def is_done(self) -> bool:
        sent = [one.created_at for one in self.letters if one.kind is LetterKind.MOU]
        return bool(sent) and bool(self.facts.files(AgreementStage.COUNTERSIGNED, max(sent)))


@dataclass(frozen=True, slots=True)
class _Post:
    """A message that may count for an award, and the transaction in which it is recorded."""

    session: Session
    message_id: int
    understanding: Understanding
    reply: AwardReply
    now: datetime

    @property
    def by(self) -> str:
        sender = self.understanding.head.sender
        return sender.email if sender is not None else ""


def take_award(
    session: Session,
    message_id: int,
    understanding: Understanding,
    answered: Answered,
    known: Acquaintance,
    *,
    programme: Programme,
    now: datetime,
) -> Answered:
    """Record what the message does for an award, and say so; the same where it does nothing."""
    placement, reply = answered.placement, understanding.award
    verdict = placement.verdict
    if reply is None or placement.is_held or answered.outcome is not None:
        return answered
    matter = _matter_of(session, placement, known)
    if matter is None:
        return answered
    if verdict.hold:
        return replace(answered, placement=_for_a_person(placement, understanding, matter))
    post = _Post(session, message_id, understanding, reply, now)
    event = _answered_event(understanding, matter)
    changed: list[str] = []
    if verdict.kind is not MessageKind.WITHDRAWAL:
        changed += [DETAILS] if _take_details(post, matter, programme) else []
        changed += [SIGNED] if _take_signed(post, matter) else []
    if event is not None and not changed and reply.reply in (Reply.YES, Reply.NO):
        _answer_event(post, matter, event)
        changed.append(EVENT)
    if not changed:
        return replace(answered, placement=_for_a_person(placement, understanding, matter))
    kind = MessageKind.QUESTION if verdict.kind is MessageKind.QUESTION else MessageKind.FOLLOW_UP
    rule = f"{changed[0].replace('.', '_')}:{verdict.rule.rpartition(':')[2]}"
    where = placement.rule if placement.case is not None else "same_person"
    placed = Placement(matter.case, where, replace(verdict, kind=kind, rule=rule))
    return replace(answered, placement=placed, of_award=tuple(changed))


def _for_a_person(placement: Placement, understanding: Understanding, matter: _Matter) -> Placement:
    """Who withdraws in answer to an invitation may mean the event; and details and files that come
    to an award and did not count tell nothing of the project. A person has to look."""
    verdict, told = placement.verdict, understanding.award
    is_vague = (
        verdict.kind is MessageKind.WITHDRAWAL
        and _answered_event(understanding, matter) is not None
    )
    is_asked_for = bool(understanding.attachments) or (told is not None and bool(told.told))
    is_telling = verdict.kind in (MessageKind.FOLLOW_UP, MessageKind.APPLICATION)
    is_other = matter.has_letter(LetterKind.AWARD_DETAILS) and is_asked_for and is_telling
    if placement.case is None or not (is_vague or is_other):
        return placement
    rule = f"award_unsettled:{verdict.rule.rpartition(':')[2]}"
    return replace(placement, verdict=replace(verdict, kind=MessageKind.UNCLEAR, rule=rule))


def _matter_of(session: Session, placement: Placement, known: Acquaintance) -> _Matter | None:
    """The award that the message can be about: of its own case, or of the only one that its writer
    belongs to."""
    if placement.case is not None:
        return _load(session, placement.case)
    if placement.rule not in _UNPLACED:
        return None
    found = [one for case in known.of_people if (one := _load(session, case)) is not None]
    return found[0] if len(found) == 1 else None


def _load(session: Session, case: Case) -> _Matter | None:
    released = decisions.released_of(session, [case.id])
    is_funded = bool(released) and released[-1].ruling.outcome is Outcome.FUNDED
    if not is_funded or case.state is CaseState.WITHDRAWN:
        return None
    written = letters.of_case(session, case.id)
    facts = AwardFacts(
        awards.details_of(session, [case.id]), awards.agreements_of(session, [case.id])
    )
    return _Matter(case, facts, tuple(one for one in written if one.state not in _GONE))


def _take_details(post: _Post, matter: _Matter, programme: Programme) -> bool:
    """What stands is replaced by what is told, and filled up by what was written into our letter.
    Once the agreement is signed, only an organiser changes what stands in it."""
    if not matter.has_letter(LetterKind.AWARD_DETAILS):
        return False
    reply, before = post.reply, matter.facts.told
    filled = {key: value for key, value in reply.filled if key not in before}
    told = {**filled, **dict(reply.told)}
    if matter.is_agreed:
        told = {key: value for key, value in told.items() if key == INTRODUCTIONS.key}
    is_unread = not matter.is_agreed and (bool(reply.unread) or reply.has_bank_details)
    if not told and not is_unread:
        return False
    known = {**before, **told}
    awards.tell(
        post.session, matter.case, known, by=post.by, now=post.now, message_id=post.message_id
    )
    finance = programme.award.finance_address(known) if programme.award else None
    if finance and finance not in matter.case.people:
        people = matter.case.people | {finance}
        cases.save(post.session, replace(matter.case, people=people), post.now)
    return True


def _take_signed(post: _Post, matter: _Matter) -> bool:
    """A copy that is doubted, or of which nothing says that it is signed, is for a person."""
    reply = post.reply
    if not matter.has_letter(LetterKind.MOU) or matter.is_done:
        return False
    if not reply.signed or not reply.says_signed or reply.is_doubted:
        return False
    awards.file(
        post.session,
        matter.case,
        AgreementStage.RETURNED,
        reply.signed,
        by=post.by,
        now=post.now,
        message_id=post.message_id,
    )
    return True


def _answer_event(post: _Post, matter: _Matter, event: str) -> None:
    comes = post.reply.reply is Reply.YES
    awards.answer_event(
        post.session, matter.case, event, comes=comes, message_id=post.message_id, now=post.now
    )


def _answered_event(understanding: Understanding, matter: _Matter) -> str | None:
    """The event to which the nearest letter that the message names invited."""
    named = (*understanding.head.in_reply_to, *reversed(understanding.head.references))
    return next((key for one in named if (key := _event_of(one, matter.letters))), None)


def _event_of(message_id: str, letters: Sequence[Letter]) -> str | None:
    """`invitation/case:42/masterclass-1/…`."""
    for letter in letters:
        if letter.message_id == message_id and letter.kind is LetterKind.INVITATION:
            return letter.key.split("/")[2]
    return None

"""What people answer to what they were offered: a nominee to a place, an applicant to an outcome.

Nothing of it counts but what surely is about this one case, from somebody who belongs to it.
"""

from dataclasses import dataclass, replace

from sqlmodel import Session

from intake.understanding.threads import Placement
from storage import outcome_answers, places
from storage.domain.acquaintance import Acquaintance
from storage.domain.case import Case
from storage.domain.decision import ReleasedOutcome
from storage.domain.lifecycle import Offered, judge_reply
from storage.domain.message import MessageKind, Understanding
from storage.domain.placement import Reply


@dataclass(frozen=True, slots=True)
class Answered:
    """Where a message belongs, its verdict as the answer in it changes that. `takes_place`: it
    takes the place that was offered. `outcome` is the one that it answers by `reply`, None: it
    answers none. `of_award` is what it changed of the award of its case."""

    placement: Placement
    takes_place: bool = False
    outcome: ReleasedOutcome | None = None
    reply: Reply | None = None
    of_award: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        """True where it takes or declines an outcome, or counts for an award."""
        return self.reply in (Reply.YES, Reply.NO) or bool(self.of_award)


def judge_answer(
    session: Session, understanding: Understanding, placement: Placement, known: Acquaintance
) -> Answered:
    """What the message answers of what the ledger says was offered."""
    sender = understanding.head.sender
    if placement.is_held or sender is None or placement.verdict.kind.is_machine:
        return Answered(placement)
    withdraws = placement.verdict.kind is MessageKind.WITHDRAWAL
    reply = understanding.reply or (Reply.UNCLEAR if withdraws else None)
    own = [case for case in known.of_people if _is_of(case, sender.email)]
    found = placement
    if placement.case is None and placement.rule == "none" and len(own) == 1:
        found = replace(placement, case=own[0], rule="same_person")
    case, named = found.case, (known.by_letter, known.by_reference)
    is_about = case in own or (case is not None and case in named)
    if case is None or not is_about or reply is None:
        return Answered(placement)
    if understanding.reply is not None and places.find_offered(session, case) is not None:
        verdict, is_taken = judge_reply(found.verdict, understanding.reply, Offered.PLACE)
        return Answered(replace(found, verdict=verdict), is_taken)
    outcome = outcome_answers.find_unanswered(session, case)
    if outcome is None:
        return Answered(placement)
    verdict, is_taken = judge_reply(found.verdict, reply, Offered.OUTCOME)
    is_declined = verdict.kind is MessageKind.WITHDRAWAL
    clear = Reply.YES if is_taken else Reply.NO if is_declined else Reply.UNCLEAR
    return Answered(replace(found, verdict=verdict), outcome=outcome, reply=clear)


def _is_of(case: Case, email: str) -> bool:
    """A nominee answers for themselves, an applicant's colleagues for the project."""
    return email == case.contact.email if case.is_nominee else email in case.people

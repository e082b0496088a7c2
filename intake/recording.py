"""One understood message written into the ledger: placed, its consequence decided, applied.

Everything here happens inside the caller's one transaction.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from intake.acting.receiving import Taken, take
from intake.replies import Answered, judge_answer
from intake.returned_award import take_award
from intake.returned_scores import take_scores
from intake.returned_sheets import take_sheet
from intake.understanding.echoes import hold_echo
from intake.understanding.threads import place_message, take_as_reply
from storage import cases, duplicates, messages, outbox, outcome_answers, places
from storage.acquainting import named_ids
from storage.domain.acquaintance import Acquaintance
from storage.domain.case import find_references
from storage.domain.lifecycle import Consequence, decide_consequence
from storage.domain.message import RecordedMessage, Understanding
from storage.domain.programme import Programme
from storage.echoes import find_echoes


@dataclass(frozen=True, slots=True)
class _Applied:
    """The cases that a message opened or belongs to, and the fields of its case it changed."""

    case_ids: tuple[int, ...]
    changed: tuple[str, ...] = ()


def record_message(
    session: Session,
    item: messages.Waiting,
    *,
    programme: Programme,
    understanding: Understanding,
    secret: bytes,
    now: datetime,
) -> RecordedMessage:
    """Record what `item` says and does. Its case, or the message itself where it belongs to no
    single case, wants attention at once: the planner then asks which letters are due. A letter in
    doubt that it names has left, before anything of it is judged."""
    references = find_references(understanding.head.subject, programme.reference_prefix)
    named = named_ids(understanding)
    outbox.mark_named(session, named, programme=programme.slug, named_by=item.id, now=now)
    known = cases.acquaint(session, programme.slug, understanding, references=references)
    understanding, known = take_as_reply(understanding, known)
    taken = take(
        session, item.id, understanding, programme, known, received_at=item.received_at, now=now
    )
    if taken is not None:
        return _record_taken(session, item, understanding, programme, taken, now)
    return _record_anybodys(
        session, item, understanding, known, programme=programme, secret=secret, now=now
    )


def _record_anybodys(
    session: Session,
    item: messages.Waiting,
    understanding: Understanding,
    known: Acquaintance,
    *,
    programme: Programme,
    secret: bytes,
    now: datetime,
) -> RecordedMessage:
    """A message that is placed, opens or changes a case, and is answered."""
    answered = _answered(session, item, understanding, known, programme=programme, now=now)
    placement = answered.placement
    settled = replace(understanding, verdict=placement.verdict)
    consequence = _consequence(settled, programme, answered, known)
    echoes = find_echoes(session, settled, item.received_at)
    is_news = consequence != Consequence() or answered.is_clear
    verdict = hold_echo(settled.verdict, known, echoes, is_news=is_news)
    results = take_sheet(session, settled, programme, secret=secret, now=now)
    scores = (
        take_scores(session, item.id, settled, programme, secret=secret, now=now)
        if placement.rule != "repeated"  # or scores that were put right since would come back
        else ()
    )
    award = settled.award if answered.of_award else None
    settled = replace(settled, verdict=verdict, decision_sheet=None, scores=None, award=award)
    settled = replace(settled, instructions=None)
    applied = _apply(session, item, consequence=consequence, answered=answered, now=now)
    nominated = tuple(case.id for _, case in known.nominated)
    is_answered_alone = len(applied.case_ids) != 1 or bool(settled.nominees)
    wants_answer = not placement.verdict.kind.is_machine
    attention_at = min(now, item.received_at)
    if wants_answer and not is_answered_alone:
        cases.set_attention(session, applied.case_ids[0], attention_at)
    if settled.bounced:  # the next letter may take another way
        cases.want_attention_of(session, applied.case_ids, attention_at)
    return messages.record(
        session,
        item.id,
        programme=programme.slug,
        understanding=settled,
        placement_rule=placement.rule,
        case_ids=applied.case_ids + nominated,
        changed=applied.changed,
        attention_at=attention_at if wants_answer and is_answered_alone else None,
        now=now,
        results=results,
        scores=scores,
    )


def _record_taken(
    session: Session,
    item: messages.Waiting,
    understanding: Understanding,
    programme: Programme,
    taken: Taken,
    now: datetime,
) -> RecordedMessage:
    """A message of an organiser at work: it opens and changes no case."""
    told = replace(understanding, verdict=taken.verdict, scores=None, instructions=None, award=None)
    return messages.record(
        session,
        item.id,
        programme=programme.slug,
        understanding=told,
        placement_rule=taken.placement_rule,
        case_ids=taken.case_ids,
        changed=(),
        attention_at=min(now, item.received_at) if taken.is_answered else None,
        now=now,
        acted=taken.acted,
    )


def _answered(
    session: Session,
    item: messages.Waiting,
    understanding: Understanding,
    known: Acquaintance,
    *,
    programme: Programme,
    now: datetime,
) -> Answered:
    """Where the message belongs, and what of it answers what we wrote."""
    answered = judge_answer(session, understanding, place_message(understanding, known), known)
    return take_award(
        session, item.id, understanding, answered, known, programme=programme, now=now
    )


def _consequence(
    understanding: Understanding,
    programme: Programme,
    answered: Answered,
    known: Acquaintance,
) -> Consequence:
    if answered.placement.is_held or answered.of_award:
        return Consequence()
    return decide_consequence(
        understanding,
        programme,
        case=answered.placement.case,
        known_nominees=[place for place, _ in known.nominated],
        takes_place=answered.takes_place,
    )


def _apply(
    session: Session,
    item: messages.Waiting,
    *,
    consequence: Consequence,
    answered: Answered,
    now: datetime,
) -> _Applied:
    opened = tuple(
        cases.open_case(session, new, opened_by=item.id, opened_at=item.received_at, now=now)
        for new in consequence.opens
    )
    for case in opened:
        duplicates.flag(session, case, message_id=item.id, now=now)
    if consequence.changes is not None:
        cases.save(session, consequence.changes, now)
        if consequence.changes.nominated_by and "state" in consequence.changed:
            places.want_attention_of_nominator(session, consequence.changes, now)
    own = answered.placement.case
    if own is not None and answered.outcome is not None and answered.reply is not None:
        outcome_answers.record(
            session,
            own,
            answered.outcome,
            answered.reply,
            message_id=item.id,
            received_at=item.received_at,
            now=now,
        )
    belongs = (own.id,) if own is not None else ()
    changed = consequence.changed + answered.of_award
    return _Applied(tuple(case.id for case in opened) + belongs, changed)

"""One understood message written into the ledger: placed, its consequence decided, applied.

Everything here happens inside the caller's one transaction.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from intake.returned_scores import take_scores
from intake.returned_sheets import take_sheet
from intake.understanding.echoes import hold_echo
from intake.understanding.threads import Placement, place_message
from storage import cases, duplicates, messages, places
from storage.domain.acquaintance import Acquaintance
from storage.domain.case import find_references
from storage.domain.lifecycle import Consequence, decide_consequence, judge_reply
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
    single case, wants attention at once: the planner then asks which letters are due."""
    references = find_references(understanding.head.subject, programme.reference_prefix)
    known = cases.acquaint(session, programme.slug, understanding, references=references)
    placement, takes_place = _with_reply(
        session, understanding, place_message(understanding, known), known
    )
    settled = replace(understanding, verdict=placement.verdict)
    consequence = _consequence(settled, programme, placement, known, takes_place=takes_place)
    echoes = find_echoes(session, settled, item.received_at)
    verdict = hold_echo(settled.verdict, known, echoes, is_news=consequence != Consequence())
    results = take_sheet(session, settled, programme, secret=secret, now=now)
    scores = (
        take_scores(session, item.id, settled, programme, secret=secret, now=now)
        if placement.rule != "repeated"  # or scores that were put right since would come back
        else ()
    )
    settled = replace(settled, verdict=verdict, decision_sheet=None, scores=None)
    applied = _apply(session, item, consequence=consequence, placement=placement, now=now)
    nominated = tuple(case.id for _, case in known.nominated)
    is_answered_alone = len(applied.case_ids) != 1 or bool(settled.nominees)
    wants_answer = not placement.verdict.kind.is_machine
    attention_at = min(now, item.received_at)
    if wants_answer and not is_answered_alone:
        cases.set_attention(session, applied.case_ids[0], attention_at)
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


def _consequence(
    understanding: Understanding,
    programme: Programme,
    placement: Placement,
    known: Acquaintance,
    *,
    takes_place: bool,
) -> Consequence:
    if placement.is_held:
        return Consequence()
    return decide_consequence(
        understanding,
        programme,
        case=placement.case,
        known_nominees=[place for place, _ in known.nominated],
        takes_place=takes_place,
    )


def _with_reply(
    session: Session, understanding: Understanding, placement: Placement, known: Acquaintance
) -> tuple[Placement, bool]:
    """The placement with its verdict as a reply to the offer of a place changes it, and whether it
    takes the place. Nothing of it counts but what surely is about this one nominee."""
    unchanged = placement
    sender = understanding.head.sender
    if placement.is_held or understanding.reply is None or sender is None:
        return placement, False
    own = [case for case in known.of_people if case.contact.email == sender.email]
    if placement.case is None and placement.rule == "none" and len(own) == 1:
        placement = replace(placement, case=own[0], rule="same_person")
    case, named = placement.case, (known.by_letter, known.by_reference)
    is_about = case in own or (case is not None and case in named)
    if case is None or not is_about or places.find_offered(session, case) is None:
        return unchanged, False
    verdict, takes_place = judge_reply(placement.verdict, understanding.reply)
    return replace(placement, verdict=verdict), takes_place


def _apply(
    session: Session,
    item: messages.Waiting,
    *,
    consequence: Consequence,
    placement: Placement,
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
    belongs = (placement.case.id,) if placement.case is not None else ()
    return _Applied(tuple(case.id for case in opened) + belongs, consequence.changed)

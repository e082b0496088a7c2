"""What an organiser's words did, taken back where that is still possible."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from intake.acting.following import KEPT_BACK
from storage import events, organiser_answers, outbox, settling
from storage.domain.acting import Act, ActEffect, Instruction, Verb
from storage.domain.programme import Programme
from storage.errors import Conflict

NOT_HERE = "it can only be written in reply to the letter that says what was done"
TOO_LATE = "it is too late to take that back"
HAS_ARRIVED = "a letter that arrived can't be taken back"
CANNOT = "that can't be taken back by a reply, as those concerned were told at once"


def undo(
    session: Session,
    instruction: Instruction,
    done: tuple[Act, ...],
    programme: Programme,
    *,
    by: str,
    message_id: int,
    now: datetime,
) -> tuple[Act, ...]:
    """Take back what an earlier message did: all of it, or what the word names by number or by
    reference."""
    meant = [act for act in done if act.effect is ActEffect.DONE and _is_meant(act, instruction)]
    if not meant:
        problem = "nothing of it was done that could be taken back" if done else NOT_HERE
        return (Act(Verb.UNDO, ", ".join(instruction.targets), ActEffect.REFUSED, problem),)
    undone = tuple(_undo_one(session, act, programme, by=by, now=now) for act in meant)
    for act in undone:
        if act.effect is ActEffect.UNDONE:
            events.append(
                session,
                at=now,
                actor=by,
                what="acted_by_reply",
                programme=programme.slug,
                case_id=act.case_id,
                message_id=message_id,
                letter_id=act.letter_id,
                detail={"word": Verb.UNDO},
            )
    session.flush()
    return undone


def _is_meant(act: Act, instruction: Instruction) -> bool:
    if not instruction.targets:
        return True
    names = {str(act.number), act.about, act.about.rpartition("(")[2].rstrip(")")}
    return bool(names.intersection(instruction.targets))


def _undo_one(session: Session, act: Act, programme: Programme, *, by: str, now: datetime) -> Act:
    """The same with what came of taking it back."""
    if act.verb is Verb.HOLD and act.letter_id is not None:
        return _let_go(session, act, by=by, now=now)
    if act.verb is Verb.ARRIVED:
        return replace(act, effect=ActEffect.REFUSED, problem=HAS_ARRIVED)
    if act.undo_until is None:
        return replace(act, effect=ActEffect.REFUSED, problem=CANNOT)
    is_leaving = act.at is not None
    if is_leaving and now > act.undo_until:
        return replace(act, effect=ActEffect.REFUSED, problem=TOO_LATE)
    if act.answer_id is not None and not organiser_answers.withdraw(
        session, act.answer_id, programme.slug, by=by, now=now
    ):
        return replace(act, effect=ActEffect.REFUSED, problem=TOO_LATE)
    if act.letter_id is not None:
        try:
            outbox.take_back(session, act.letter_id, KEPT_BACK, now, by)
        except Conflict:
            return replace(act, effect=ActEffect.REFUSED, problem=TOO_LATE)
    if act.message_id is not None:
        settling.unsettle(session, act.message_id, by=by, now=now)
    return replace(act, effect=ActEffect.UNDONE, undo_until=None)


def _let_go(session: Session, act: Act, *, by: str, now: datetime) -> Act:
    try:
        outbox.release(session, act.letter_id or 0, now, by, "taken back by a reply")
    except Conflict:
        return replace(act, effect=ActEffect.REFUSED, problem=TOO_LATE)
    return replace(act, effect=ActEffect.UNDONE)

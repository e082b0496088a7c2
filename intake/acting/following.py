"""A word of an organiser followed: the same verbs as the commands take, and what came of it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from intake.acting.assigning import assign
from intake.acting.things import Thing
from intake.acting.wishes import Refused, Wish
from storage import (
    cases,
    events,
    extensions,
    lateness,
    organiser_answers,
    outbox,
    settling,
)
from storage.domain.acting import UNDO_WITHIN, Act, ActEffect, Verb
from storage.domain.case import Case, CaseState
from storage.domain.extension import Obstacle, extended, find_obstacle
from storage.domain.letter import Letter, LetterState
from storage.domain.spoken_days import read_day
from storage.errors import Conflict

BY_REPLY = "by a word in a reply"
"""The reason of what is let go or ticked off."""

KEPT_BACK = "kept_back"
"""The rule that holds a letter which an organiser keeps back."""

LONGEST_REASON = 300
"""Characters of why there is more time; the applicant reads them."""


_BECAUSE = re.compile(r"^(?:because(?: of)?|due to|owing to)\b[ ,:]*", re.IGNORECASE)


def follow(session: Session, wish: Wish) -> Act:
    """Do it, and write it into the history. What can't be done changes nothing."""
    try:
        act = _FOLLOW[wish.instruction.verb](session, wish)
    except Refused as refused:
        return replace(wish.act(ActEffect.REFUSED), problem=str(refused))
    if act.effect is ActEffect.DONE:
        events.append(
            session,
            at=wish.now,
            actor=wish.by,
            what="acted_by_reply",
            programme=wish.programme.slug,
            case_id=act.case_id,
            message_id=wish.message_id,
            letter_id=act.letter_id,
            detail={"word": act.verb},
        )
        session.flush()
    return act


def _release(session: Session, wish: Wish) -> Act:
    letter = _only(wish.thing.stuck, wish.thing, "is held")
    leaves_at = wish.now + UNDO_WITHIN
    outbox.release(session, letter.id, wish.now, wish.by, BY_REPLY, not_before=leaves_at)
    act = wish.act(undoable=True)
    return replace(act, letter_id=letter.id, letter_kind=letter.kind, at=leaves_at)


def _discard(session: Session, wish: Wish) -> Act:
    """The letter never leaves, and the message waits for nobody any more."""
    thing, reason = wish.thing, wish.instruction.words or BY_REPLY
    found = thing.letters if thing.number is not None else thing.stuck
    letter = _only(found, thing, "waits") if found or thing.message_id is None else None
    act = wish.act(undoable=True)
    if letter is not None:
        outbox.discard(session, letter.id, wish.now, wish.by, reason)
        act = replace(act, letter_id=letter.id, letter_kind=letter.kind)
    if thing.message_id is not None:
        is_new = settling.settle(
            session, thing.message_id, by=wish.by, now=wish.now, note=wish.instruction.words
        )
        act = replace(act, message_id=thing.message_id)
        if letter is None and not is_new:
            return wish.act(ActEffect.NOTHING)
    return replace(act, text=wish.instruction.words)


def _arrived(session: Session, wish: Wish) -> Act:
    """A letter in doubt came: it counts as sent."""
    letter = _only(wish.thing.stuck or wish.thing.letters, wish.thing, "waits")
    try:
        reason = wish.instruction.words or BY_REPLY
        outbox.mark_arrived(session, letter.id, wish.now, wish.by, reason)
    except Conflict as error:
        told = "nobody doubts whether its letter left: write release or discard"
        raise Refused(told) from error
    return replace(wish.act(), letter_id=letter.id, letter_kind=letter.kind)


def _hold(session: Session, wish: Wish) -> Act:
    """What would leave by itself waits for a person; what waits for one does still."""
    thing = wish.thing
    if not thing.leaving:
        if thing.stuck or thing.message_id is not None:
            return wish.act(ActEffect.NOTHING)
        raise Refused("nothing of it waits to leave")
    letter = _only(thing.leaving, thing, "waits to leave")
    outbox.take_back(session, letter.id, KEPT_BACK, wish.now, wish.by)
    return replace(wish.act(), letter_id=letter.id, letter_kind=letter.kind)


def _accept(session: Session, wish: Wish) -> Act:
    """A letter as it was proposed is let go; a form that came late counts as in time."""
    thing = wish.thing
    is_late = thing.case_id is not None and thing.case_id in lateness.late_cases(
        session, wish.programme
    )
    if thing.stuck and is_late:
        raise Refused("its form is late and a letter of it is held: write release, or extend to")
    if thing.stuck:
        return _release(session, wish)
    if not is_late or thing.case is None:
        raise Refused(
            "there is no held letter and no late form of it to accept; what the panel decides is "
            "recorded on the decision sheet"
        )
    an_hour = timedelta(hours=1)
    closes_at = wish.now.replace(minute=0, second=0, microsecond=0) + 2 * an_hour
    return _extend_to(session, wish, thing.case, closes_at, reason="")


def _extend(session: Session, wish: Wish) -> Act:
    case = wish.thing.case
    if case is None:
        raise Refused("it belongs to no case: write the reference of one, such as ACE-0042")
    zone, usual = wish.programme.zone, wish.programme.round.closes_at
    at = usual.astimezone(zone).time().replace(second=0, microsecond=0)
    day = read_day(wish.instruction.words, now=wish.now, zone=zone, at=at)
    if day.at is None:
        raise Refused(day.problem or "it names no day")
    reason = _as_sentence(day.rest)
    if len(reason) > LONGEST_REASON:
        raise Refused(f"the letter has room for a reason of {LONGEST_REASON} characters")
    return _extend_to(session, wish, case, day.at, reason=reason)


def _as_sentence(reason: str) -> str:
    """As it stands below the heading `Why` of a letter: without the word that led up to it."""
    bare = _BECAUSE.sub("", reason.lstrip(":-–— (").rstrip(") "))
    return bare[:1].upper() + bare[1:]


def _extend_to(
    session: Session, wish: Wish, case: Case, closes_at: datetime, *, reason: str
) -> Act:
    if case.round != wish.programme.round.key:
        raise Refused(f"it belongs to the round {case.round}")
    if case.state is CaseState.WITHDRAWN:
        raise Refused("it was withdrawn")
    known = extensions.of_case(session, wish.programme.slug, case.id)
    obstacle = find_obstacle(extended(wish.programme.round, known), closes_at, now=wish.now)
    if obstacle is not None:
        raise Refused(_OBSTACLES[obstacle])
    extensions.extend(
        session,
        wish.programme,
        closes_at,
        case_id=case.id,
        reason=reason,
        by=wish.by,
        now=wish.now,
    )
    return replace(wish.act(), at=closes_at, text=reason)


_OBSTACLES = {
    Obstacle.NOT_LATER: "it closes as late already, and can only be made to close later",
    Obstacle.PASSED: "that time has passed",
    Obstacle.AFTER_OUTCOMES: "the outcomes are told by then, and it must close before",
    Obstacle.TOO_FAR: "that is more than a year later, and could not be taken back",
}


def _answer(session: Session, wish: Wish) -> Act:
    """The organiser's own text goes to whom it is about, in the thread; what waited is dealt
    with."""
    thing = wish.thing
    case = cases.get(session, thing.case_id) if thing.case_id is not None else None
    if case is None and thing.message_id is None:
        raise Refused("there is nobody to answer")
    leaves_at = wish.now + UNDO_WITHIN
    written = organiser_answers.write(
        session,
        wish.programme.slug,
        wish.instruction.words,
        case_id=thing.case_id,
        question=thing.message_id,
        message_id=wish.message_id,
        by=wish.by,
        now=wish.now,
        leaves_at=leaves_at,
    )
    act = wish.act(undoable=True)
    if thing.message_id is not None:
        settling.settle(session, thing.message_id, by=wish.by, now=wish.now, note="answered")
        act = replace(act, message_id=thing.message_id)
        held = [x for x in thing.stuck if x.cause == thing.message_id]
        if len(held) == 1 and held[0].state is LetterState.HELD:
            outbox.discard(session, held[0].id, wish.now, wish.by, "answered in their own words")
            act = replace(act, letter_id=held[0].id, letter_kind=held[0].kind)
    return replace(act, answer_id=written.id, at=leaves_at, text=wish.instruction.words)


def _only(found: tuple[Letter, ...], thing: Thing, what: str) -> Letter:
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(f"no letter of it {what}")
    raise Refused(f"{len(found)} letters of {thing.about} wait: use a number of the digest")


_FOLLOW: dict[Verb, Callable[[Session, Wish], Act]] = {
    Verb.ACCEPT: _accept,
    Verb.HOLD: _hold,
    Verb.EXTEND: _extend,
    Verb.ASSIGN: assign,
    Verb.ANSWER: _answer,
    Verb.RELEASE: _release,
    Verb.DISCARD: _discard,
    Verb.ARRIVED: _arrived,
}
"""What each word does; what takes another back is `intake.acting.undoing`."""

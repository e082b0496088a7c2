"""Pure: an organiser acted by words in a reply: what was done, what could not be and why, and until
when it can be taken back. It can be answered about the rest, as the letter before it could."""

from dataclasses import replace

from responders.kinds.base import Kind, Value, Values, answer, answered_message, unanswered
from responders.kinds.basics import basics, local
from responders.wording import checked, local_moment, paragraphs
from storage.domain.acting import LONGEST_ANSWER, Act, Acted, ActEffect, Verb
from storage.domain.letter import Due, LetterKind, Task
from storage.domain.message import MessageKind
from storage.domain.situation import Situation

LONGEST_PROBLEM = 240


def due(s: Situation) -> tuple[Due, ...]:
    """To the address that a trusted server vouched for, and to no other."""
    dues = []
    for message in unanswered(s, MessageKind.ORGANISER, MessageKind.UNCLEAR):
        sender = message.understanding.head.sender
        if message.acted is not None and sender is not None:
            receipt = answer(s, LetterKind.ACTION_RECEIPT, message)
            dues.append(replace(receipt, recipient=sender, hold=None, tasks=_left(message.acted)))
    return tuple(dues)


def values(s: Situation, due: Due) -> Values:
    acted = answered_message(s, due).acted
    acts = acted.acts if acted is not None else ()
    refused = [act for act in acts if act.effect is ActEffect.REFUSED]
    told = [act for act in acts if act.effect is not ActEffect.REFUSED]
    undo_by = [act.undo_until for act in told if act.undo_until is not None]
    is_done = any(act.effect in (ActEffect.DONE, ActEffect.UNDONE) for act in told)
    return basics(s, due) | {
        "done": [_done(s, act) for act in told],
        "refused": [_refused(act) for act in refused],
        "changed": is_done,
        "undo_by": local(s, min(undo_by)) if undo_by else None,
        "says_more": acted is not None and acted.says_more,
        "left": len(due.tasks),
    }


def _left(acted: Acted) -> tuple[Task, ...]:
    """What of the letter before nothing has come of yet; by the same numbers."""
    done = (ActEffect.DONE, ActEffect.NOTHING)
    over = {act.number for act in acted.acts if act.effect in done}
    return tuple(task for task in acted.tasks if task.number not in over)


def _done(s: Situation, act: Act) -> Value:
    text: list[Value] = []
    if act.verb is Verb.ANSWER:
        text = [*paragraphs(act.text, LONGEST_ANSWER)]
    return {"about": _about(act), "what": _WORDS[act.effect](s, act), "text": text}


def _refused(act: Act) -> Value:
    named = ", ".join(word for word in (_about(act), act.verb) if word)
    return {
        "about": named if act.about else f"“{act.verb}”",
        "why": checked(act.problem, LONGEST_PROBLEM) or "it could not be understood",
    }


def _about(act: Act) -> str:
    return checked(act.about, 60) or "All of it"


def _told(s: Situation, act: Act) -> str:
    at = local_moment(act.at, s.programme.zone) if act.at is not None else ""
    letter = f"the {act.letter_kind.replace('_', ' ')}" if act.letter_kind else "the letter"
    whom = checked(act.whom) or "them"
    match act.verb:
        case Verb.RELEASE | Verb.ACCEPT if act.letter_id is not None:
            return f"{letter} leaves at {at}"
        case Verb.ACCEPT:
            return f"its late form counts as in time; for this case the round closes at {at}"
        case Verb.HOLD:
            return f"{letter} is held, and leaves when you let it go"
        case Verb.EXTEND:
            return f"it now closes at {at}; the applicant is told"
        case Verb.ASSIGN:
            return f"given to {whom}"
        case Verb.ANSWER:
            return f"your answer leaves at {at}"
        case Verb.ARRIVED:
            return f"{letter} has arrived, and counts as sent"
        case Verb.DISCARD if act.letter_id is not None:
            return f"{letter} is never sent"
        case _:
            return "nothing more is done about it"


def _undone(_s: Situation, act: Act) -> str:
    match act.verb:
        case Verb.ANSWER:
            return "your answer is not sent; the message waits for you again"
        case Verb.HOLD:
            return "the letter leaves after all"
        case _ if act.letter_id is not None:
            return "the letter is held again"
        case _:
            return "the message waits for you again"


def _unchanged(_s: Situation, act: Act) -> str:
    return "it waits for you as before" if act.verb is Verb.HOLD else "that was done already"


_WORDS = {
    ActEffect.DONE: _told,
    ActEffect.UNDONE: _undone,
    ActEffect.NOTHING: _unchanged,
}

KIND = Kind(LetterKind.ACTION_RECEIPT, due, values, takes_words=True)

"""Pure: what an organiser answers in their own words, sent by a word in a reply. It leaves a little
later, so that it can be taken back."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from responders.kinds.base import Kind, Values, answer, tell_case
from responders.kinds.basics import basics
from responders.wording import checked, paragraphs
from storage.domain.acting import LONGEST_ANSWER, OrganiserAnswer
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    known = {letter.key for letter in s.letters}
    come = (due for one in _standing(s) if one.leaves_at <= s.now for due in _due(s, one))
    return tuple(due for due in come if due.key not in known)


def wakes_at(s: Situation) -> datetime | None:
    coming = (one.leaves_at for one in _standing(s) if one.leaves_at > s.now)
    return min(coming, default=None)


def values(s: Situation, due: Due) -> Values:
    """Raises LookupError where `due` is of another situation."""
    for one in s.written:
        if _key(one) == due.key:
            organiser = s.programme.organiser(one.by)
            name = checked(organiser.address.name) if organiser is not None else None
            own, said = _own_greeting(paragraphs(one.text, LONGEST_ANSWER))
            told: Values = {"said": [*said], "by": name, "answers": due.cause is not None}
            return basics(s, due) | told | ({"greeting": own} if own else {})
    raise LookupError(f"the situation holds no answer for {due.key}")


def _own_greeting(said: list[str]) -> tuple[str | None, list[str]]:
    """How the organiser begins, where they greet, and the rest: nobody is greeted twice."""
    if len(said) > 1 and _GREETING.match(said[0]):
        return said[0].rstrip(" ,.!"), said[1:]
    return None, said


_GREETING = re.compile(r"(?:Dear|Hello|Hi|Good (?:morning|afternoon))\b[^.?]{0,60}$")


def _standing(s: Situation) -> Iterator[OrganiserAnswer]:
    return (one for one in s.written if one.withdrawn_at is None)


def _due(s: Situation, one: OrganiserAnswer) -> Iterator[Due]:
    """In answer to its question, else to whom the case belongs. An organiser said so: what held
    the answer of a machine does not hold this one."""
    question = next((m for m in s.messages if m.id == one.question), None)
    if question is not None and question.understanding.answer_to is not None:
        due = answer(s, LetterKind.ORGANISER_ANSWER, question)
        yield replace(due, key=_key(one), hold=None)
    elif s.case is not None:
        told = tell_case(s, LetterKind.ORGANISER_ANSWER, "")
        if told is not None:
            yield replace(told, key=_key(one), hold=told.skip, skip=None)


def _key(one: OrganiserAnswer) -> str:
    return f"{LetterKind.ORGANISER_ANSWER}/answer:{one.id}"


KIND = Kind(LetterKind.ORGANISER_ANSWER, due, values, wakes_at=wakes_at)

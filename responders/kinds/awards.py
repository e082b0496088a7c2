"""Pure: what the letters after an award have in common: who took it up, what is known of it, what
is missing, and nudges to those who are silent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from responders.kinds.base import PEOPLE, Value, Values, answerable, its_case, tell_case
from responders.kinds.basics import basics, local
from responders.kinds.outcome_chase import OVERTAKEN
from responders.kinds.outcomes import award_amount
from responders.wording import checked, dialled
from storage.domain.award import (
    INTRODUCTIONS,
    Award,
    AwardDetail,
    AwardFacts,
    DetailShape,
)
from storage.domain.calendar import A_DAY, working_days_after
from storage.domain.case import CaseState
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.placement import Reply
from storage.domain.situation import Situation

NOT_SHOWN = "kept, and not repeated here"
"""Stands for what was told and may not stand in a letter."""

_GONE = (LetterState.DISCARDED, LetterState.FAILED)


def award_of(s: Situation) -> tuple[Award, AwardFacts] | None:
    """How the programme awards, and what is known of this award; None unless somebody confirmed
    that they take it up, or an organiser says so for them."""
    if s.programme.award is None or s.award is None or not s.outcomes or s.case is None:
        return None
    said = [one.reply for one in s.answers if one.outcome_id == s.outcomes[-1].id]
    is_taken = said[-1:] == [Reply.YES] or bool(s.award.details)
    takes_part = s.case.state is not CaseState.WITHDRAWN and is_taken
    return (s.programme.award, s.award) if takes_part else None


def facts_of(s: Situation) -> tuple[Award, AwardFacts]:
    """The same for a letter that is being written. Raises LookupError without an award."""
    if s.programme.award is None or s.award is None:
        raise LookupError("the situation knows of no award")
    return s.programme.award, s.award


def award_values(s: Situation, due: Due) -> Values:
    """What every letter after an award may say."""
    award, _ = facts_of(s)
    return basics(s, due) | {"amount": award_amount(s), "reply_by": reply_by(s, s.now, award)}


def reply_by(s: Situation, since: datetime, award: Award) -> str:
    """Until when an answer is asked for by what left then."""
    start = since.astimezone(s.programme.zone)
    return local(s, working_days_after(start, award.reply_within_days, s.programme.holidays))


def a_day(s: Situation, day: date | None) -> str | None:
    """A day as a template is given it."""
    if day is None:
        return None
    return datetime.combine(day, time(12), tzinfo=s.programme.zone).isoformat()


def noted_details(s: Situation) -> list[Value]:
    """Everything that is known, as label and value."""
    award, facts = facts_of(s)
    return [
        {"label": one.label, "value": _shown(one, facts.told[one.key])}
        for one in award.asked
        if facts.told.get(one.key)
    ]


def asked_details(details: tuple[AwardDetail, ...]) -> list[Value]:
    return [{"label": one.label, "help": one.help or None} for one in details]


def letters_out(s: Situation, kind: LetterKind) -> tuple[Letter, ...]:
    """The letters of this kind that left or still may."""
    return tuple(one for one in s.letters if one.kind is kind and one.state not in _GONE)


def agreement_letter(s: Situation) -> Letter | None:
    """The newest letter with the agreement as it reads now."""
    _, facts = facts_of(s)
    sent = [one for one in letters_out(s, LetterKind.MOU) if not one.is_left_out]
    current = [one for one in sent if one.key.endswith(f"/{facts.edition}")]
    return current[-1] if current else None


def is_new(s: Situation, due: Due | None) -> bool:
    return due is not None and all(letter.key != due.key for letter in s.letters)


def nudges(s: Situation, kind: LetterKind, letter: Letter, mark: str) -> tuple[Due, ...]:
    """Nudges to answer this letter that have come due; of several at once only the last is sent.
    `mark` begins what stands behind the case in their keys."""
    come = [days for days, at in _instants(s, letter) if at <= s.now]
    told = (tell_case(s, kind, f"/{mark}/{days}") for days in come)
    dues = [due for due in told if due is not None]
    dues[:-1] = [replace(due, skip=OVERTAKEN) for due in dues[:-1]]
    return tuple(due for due in dues if is_new(s, due))


def next_nudge(s: Situation, letter: Letter | None) -> datetime | None:
    """When the next nudge to answer this letter could be due."""
    if letter is None:
        return None
    if letter.state is not LetterState.SENT:
        return s.now + A_DAY  # its days are counted once it has left
    return min((at for _, at in _instants(s, letter) if at > s.now), default=None)


def _instants(s: Situation, letter: Letter) -> Iterator[tuple[int, datetime]]:
    """How many working days of silence, and when that is, in order: since the letter left, or
    since somebody of the case last wrote."""
    award, _ = facts_of(s)
    if letter.sent_at is None:
        return
    heard = [message.received_at for message in answerable(s, *PEOPLE)]
    since = max([letter.sent_at, *heard]).astimezone(s.programme.zone)
    for days in sorted(award.chase_after_days):
        yield days, working_days_after(since, days, s.programme.holidays)


def _shown(detail: AwardDetail, value: str) -> str:
    if detail.shape is DetailShape.PHONE:
        return dialled(value) or NOT_SHOWN
    if detail.shape is DetailShape.EMAIL:
        return value  # nothing but an address is ever kept as one
    return checked(value, 200) or NOT_SHOWN


def wants_introductions(award: Award) -> bool:
    return INTRODUCTIONS in award.asked


def organisation_of(s: Situation) -> str | None:
    """Who receives the money, as they told, else the organisation of the lead."""
    _, facts = facts_of(s)
    return checked(facts.told.get("organisation")) or checked(its_case(s).contact.organisation)

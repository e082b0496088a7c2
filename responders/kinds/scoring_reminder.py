"""Pure: scores are due soon, and a member of the panel has not told all of theirs. Each reminder is
written once or left out by a rule: `storage.domain.reminders` says which, as for applicants. So is
the one that an organiser asked for by hand, whenever that is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from responders.kinds.base import Kind, Values
from responders.kinds.basics import basics
from responders.kinds.panel import (
    facts_of,
    letter_to,
    panel_values,
    sheet_left_at,
    sheet_of,
)
from responders.mime import PackFile
from storage.domain.letter import Due, LetterKind
from storage.domain.programme import Programme
from storage.domain.reminders import Applicant, SkipRule, next_reminder, reminders_due
from storage.domain.situation import Situation

TOO_SOON_AFTER_SHEET = "too_soon_after_sheet"
"""The rule by which a reminder is left out whose sheet had only just come."""

BY_HAND = "asked"
"""What stands in the key of a reminder in the place of its closing where somebody asked for it."""


def due(s: Situation) -> tuple[Due, ...]:
    closing = _closing(s)
    emails = [member.address.email for member in s.programme.panel]
    timed = (one for email in emails for one in _due_to(s, email, closing)) if closing else ()
    return (*timed, *_asked_by_hand(s))


def wakes_at(s: Situation) -> datetime | None:
    closing = _closing(s)
    if closing is None:
        return None
    times = (
        next_reminder(closing, _reader(s, member.address.email, ""), now=s.now)
        for member in s.programme.panel
    )
    return min((at for at in times if at is not None), default=None)


def values(s: Situation, due: Due) -> Values:
    email, scores_by = due.recipient.email, s.programme.round.scores_by
    missing = facts_of(s).standing.missing_from(email)
    return (
        basics(s, due)
        | panel_values(s, email, missing)
        | {"is_overdue": scores_by is not None and scores_by <= s.now}
    )


def signed_files(s: Situation, due: Due, secret: bytes) -> tuple[PackFile, ...]:
    return (sheet_of(s, due.recipient.email, secret),)


def _due_to(s: Situation, email: str, closing: Programme) -> Iterator[Due]:
    key = f"{_key(s, email, closing.round.closes_at)}/"
    for reminder, rule in reminders_due(closing, _reader(s, email, key), now=s.now):
        skip = TOO_SOON_AFTER_SHEET if rule is SkipRule.TOO_SOON_AFTER_PACK else rule
        told = letter_to(s, LetterKind.SCORING_REMINDER, email, f"{key}{reminder.days}")
        yield replace(told, skip=skip)


def _asked_by_hand(s: Situation) -> Iterator[Due]:
    """`scoring_reminder/<email>/<round>/asked/<request>`; nobody is owed one who told it all."""
    if s.panel is None or s.overview is None:
        return
    known = {letter.key for letter in s.letters}
    for request in s.panel.requests:
        key = f"{_asked_key(s, request.member)}{request.id}"
        is_member = s.programme.panel_member(request.member) is not None
        if key in known or not is_member or not s.panel.wanted_by(request):
            continue
        rule = SkipRule.BOUNCED if request.member in s.panel.bounced else None
        yield replace(letter_to(s, LetterKind.SCORING_REMINDER, request.member, key), skip=rule)


def _reader(s: Situation, email: str, key: str) -> Applicant:
    """A member as reminders see an applicant: their sheet is the pack, their scores are the form.
    What they were asked only after a reminder's time is no reason for it.
    `key` is how the keys of their reminders begin."""
    facts = facts_of(s)
    own = {x.key.removeprefix(key) for x in s.letters if key and x.key.startswith(key)}
    missing = facts.standing.missing_from(email)
    asked = [facts.standing.assignments[email, case.id].at for case in missing]
    left_at = sheet_left_at(s, email)
    by_hand = (x for x in s.letters if x.key.startswith(_asked_key(s, email)))
    return Applicant(
        pack_at=max(left_at, min(asked)) if left_at and asked else left_at,
        is_settled=not missing,
        is_bounced=email in facts.bounced,
        told_at=tuple(letter.created_at for letter in by_hand if not letter.is_left_out),
        done=frozenset(int(days) for days in own),
    )


def _closing(s: Situation) -> Programme | None:
    """The programme as if its round closed when the scores are due, for the rules of reminders;
    None where nobody is to be reminded."""
    current, reminders = s.programme.round, s.programme.reminders
    if s.panel is None or s.overview is None or current.scores_by is None:
        return None
    return replace(
        s.programme,
        round=replace(current, closes_at=current.scores_by, moves=()),
        reminders=replace(reminders, days_before=reminders.scores_days_before),
    )


def _asked_key(s: Situation, email: str) -> str:
    return f"{LetterKind.SCORING_REMINDER}/{email}/{s.programme.round.key}/{BY_HAND}/"


def _key(s: Situation, email: str, scores_by: datetime) -> str:
    until = scores_by.astimezone(UTC).isoformat()
    return f"{LetterKind.SCORING_REMINDER}/{email}/{s.programme.round.key}/{until}"


KIND = Kind(LetterKind.SCORING_REMINDER, due, values, wakes_at=wakes_at, signed_files=signed_files)

"""Pure: the closing is near, the pack left, and no form has come. Each reminder is written once or
left out by a rule: `storage.domain.reminders` says which."""

from dataclasses import replace
from datetime import datetime

from responders.kinds.base import Kind, Values, is_grant, its_case, tell_case
from responders.kinds.basics import basics
from responders.kinds.holding import (
    closing_key,
    closing_set_at,
    has_own_closing,
    letters_out,
    pack_left_at,
    takes_part,
)
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.reminders import Applicant, next_reminder, reminders_due
from storage.domain.situation import Situation

_TELL_A_CLOSING = (
    LetterKind.DEADLINE_REMINDER,
    LetterKind.EXTENSION_NOTICE,
    LetterKind.PACK_REISSUE,
)
"""Kinds that nobody asked for and that tell a closing time."""


def due(s: Situation) -> tuple[Due, ...]:
    if not _may_be_reminded(s):
        return ()
    reminder = tell_case(s, LetterKind.DEADLINE_REMINDER, f"/{closing_key(s)}/")
    if reminder is None:
        return ()
    applicant = _applicant(s, reminder.key, is_bounced=reminder.skip is not None)
    return tuple(
        replace(reminder, key=f"{reminder.key}{come.days}", skip=rule)
        for come, rule in reminders_due(s.programme, applicant, now=s.now)
    )


def wakes_at(s: Situation) -> datetime | None:
    """Also where the pack still waits to leave."""
    if not _may_be_reminded(s) or not s.has_letter(LetterKind.APPLICATION_PACK):
        return None
    return next_reminder(s.programme, _applicant(s, "", is_bounced=False), now=s.now)


def values(s: Situation, due: Due) -> Values:
    return basics(s, due) | {
        "pack": {"link": s.programme.pack_link},
        "is_own_time": has_own_closing(s),
        "has_unread_form": s.has_letter(LetterKind.ATTACHMENT_PROBLEM),
    }


def _may_be_reminded(s: Situation) -> bool:
    return takes_part(s) and is_grant(s)


def _applicant(s: Situation, keys: str, *, is_bounced: bool) -> Applicant:
    """`keys` is how the keys of this closing's reminders begin."""
    set_at = closing_set_at(s)
    own = {x.key.removeprefix(keys) for x in s.letters if keys and x.key.startswith(keys)}
    told = (x for x in letters_out(s) if x.kind in _TELL_A_CLOSING)
    told_at = (x.created_at for x in told if not (keys and x.key.startswith(keys)))
    return Applicant(
        pack_at=pack_left_at(s),
        is_settled=its_case(s).state is not CaseState.EXPRESSED,
        is_bounced=is_bounced,
        set_at=set_at,
        told_at=(*told_at, *([set_at] if set_at is not None else [])),
        done=frozenset(int(days) for days in own),
    )


KIND = Kind(LetterKind.DEADLINE_REMINDER, due, values, wakes_at=wakes_at, encloses_form=True)

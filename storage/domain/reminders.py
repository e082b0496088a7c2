"""Reminders of a closing: when they come, and which of them are left out, by which rule.

A reminder belongs to one closing instant and is one of so many days before it. It is owed to an
applicant if its time comes after their pack left and after that closing was set. Whoever sent the
form or withdrew is owed none: their own message says why. Every other one that is owed is written
once, before its closing, or left out by a rule that is written down in its place.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.domain.calendar import A_DAY, instant_at, local_date, working_day_before
from storage.domain.programme import Programme

HALF_A_DAY = timedelta(hours=12)
"""A reminder that comes late makes room for the next one if that follows so soon."""


class SkipRule(StrEnum):
    """Why a reminder is left out. CLOSED: the closing passed before it could be written;
    TOO_SOON_AFTER_PACK: the pack had only just come; OVERTAKEN: the next one is due as well, or
    very soon; BOUNCED: nothing reaches the address; TOLD_WITHIN_A_DAY: another letter told the
    closing time, that of a moved deadline or of the closing before it."""

    CLOSED = "closed"
    TOO_SOON_AFTER_PACK = "too_soon_after_pack"
    OVERTAKEN = "overtaken"
    BOUNCED = "bounced"
    TOLD_WITHIN_A_DAY = "told_within_a_day"


@dataclass(frozen=True, slots=True)
class Reminder:
    """The reminder `days` before the closing at `closes_at`; its time is `at`."""

    closes_at: datetime
    days: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Applicant:
    """What the ledger knows of one applicant. `pack_at` is when the pack left, None: not yet.
    `is_settled`: the form came, or they withdrew. `set_at` is when an extension set the closing
    that holds, None: it is the configured one. `told_at` are the times of other letters that told
    them of a deadline. `done` are the reminders of this closing, by their days, that are written or
    left out."""

    pack_at: datetime | None
    is_settled: bool = False
    is_bounced: bool = False
    set_at: datetime | None = None
    told_at: tuple[datetime, ...] = ()
    done: frozenset[int] = frozenset()


def schedule(programme: Programme) -> tuple[Reminder, ...]:
    """The reminders of the closing that holds, the earliest first; of those that fall on the same
    working day the nearest to the closing is the last."""
    found = (_reminder(programme, days) for days in programme.reminders.days_before)
    return tuple(sorted(found, key=lambda reminder: (reminder.at, -reminder.days)))


def reminders_due(
    programme: Programme, applicant: Applicant, *, now: datetime
) -> tuple[tuple[Reminder, SkipRule | None], ...]:
    """The reminders whose time has come and that are neither written nor left out yet, each with
    the rule by which it is left out now, None for the one that is to be written."""
    planned = schedule(programme)
    return tuple(
        (reminder, _skip(programme, applicant, reminder, planned[place + 1 :], now))
        for place, reminder in enumerate(planned)
        if reminder.at <= now and _is_owed(reminder, applicant)
    )


def next_reminder(programme: Programme, applicant: Applicant, *, now: datetime) -> datetime | None:
    """When to ask again, also where the pack has not left yet; None for never."""
    if applicant.is_settled:
        return None
    coming = (reminder.at for reminder in schedule(programme) if reminder.at > now)
    return next(coming, None)


def _reminder(programme: Programme, days: int) -> Reminder:
    closes_at, settings = programme.round.closes_at, programme.reminders
    day = local_date(closes_at, programme.zone) - days * A_DAY
    if settings.working_days_only:
        day = working_day_before(day, programme.holidays)
    return Reminder(closes_at, days, instant_at(day, settings.at, programme.zone))


def _is_owed(reminder: Reminder, applicant: Applicant) -> bool:
    if applicant.is_settled or applicant.pack_at is None or reminder.days in applicant.done:
        return False
    since = max(applicant.pack_at, applicant.set_at or applicant.pack_at)
    return reminder.at > since


def _skip(
    programme: Programme,
    applicant: Applicant,
    reminder: Reminder,
    later: tuple[Reminder, ...],
    now: datetime,
) -> SkipRule | None:
    assert applicant.pack_at is not None
    if now >= reminder.closes_at:
        return SkipRule.CLOSED
    if reminder.at - applicant.pack_at < programme.reminders.after_pack:
        return SkipRule.TOO_SOON_AFTER_PACK
    if any(follower.at <= now + HALF_A_DAY for follower in later):
        return SkipRule.OVERTAKEN
    if applicant.is_bounced:
        return SkipRule.BOUNCED
    if any(abs(now - told_at) < A_DAY for told_at in applicant.told_at):
        return SkipRule.TOLD_WITHIN_A_DAY
    return None

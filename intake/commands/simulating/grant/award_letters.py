"""What the script of a year calls for after an award: which letters whoever took one up must have
got, and their finance department."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from intake.commands.simulating.calendar import working_days_after
from intake.commands.simulating.grant.diary import Diary
from intake.commands.simulating.grant.lives import Act, Deed
from intake.commands.simulating.oracle import Expected
from storage.domain.award import Award
from storage.domain.letter import LetterKind
from storage.domain.programme import Programme


def expect_of_award(
    number: int,
    acts: Sequence[Act],
    programme: Programme,
    *,
    funded_at: datetime,
    diary: Diary,
) -> Iterator[Expected]:
    """From the yes of the person of this number, whose `acts` are told in order, but for the
    answers to their messages. None where they were silent, or said no."""
    award = programme.award
    taken_at = _first(acts, Deed.CONFIRM, funded_at)
    if award is None or taken_at is None:
        return
    yield Expected(taken_at, LetterKind.AWARD_DETAILS, "takes up the award")
    some_at = _first(acts, Deed.TELL_SOME, taken_at)
    told_at = _first(acts, Deed.TELL_DETAILS, taken_at)
    signed_at = _first(acts, Deed.SIGN, taken_at)
    asked = LetterKind.AWARD_CHASE
    yield from _nudges(asked, taken_at, some_at or told_at, acts, programme)
    if some_at is not None:
        yield from _nudges(asked, some_at, told_at, acts, programme)
    if told_at is not None:
        yield Expected(told_at, LetterKind.MOU, "all details are known")
        yield from _nudges(LetterKind.MOU_CHASE, told_at, signed_at, acts, programme)
    if number in diary.countersigned:
        yield _countersigned(diary.countersigned[number])
    yield from _introductions(number, award, diary)
    for event in programme.events:
        at = max(event.starts_at - event.invite_before, taken_at)
        yield Expected(at, LetterKind.INVITATION, "is invited", (event.title,))


def expect_of_finance(number: int, diary: Diary) -> tuple[Expected, ...]:
    """The finance department of a person gets what both have signed."""
    at = diary.countersigned.get(number)
    return () if at is None else (_countersigned(at),)


def _countersigned(at: datetime) -> Expected:
    return Expected(at, LetterKind.MOU_COUNTERSIGNED, "both have signed")


def _first(acts: Sequence[Act], deed: Deed, since: datetime) -> datetime | None:
    return min((act.at for act in acts if act.deed is deed and act.at > since), default=None)


def _nudges(
    kind: LetterKind,
    asked_at: datetime,
    answered_at: datetime | None,
    acts: Sequence[Act],
    programme: Programme,
) -> Iterator[Expected]:
    """So many working days after a letter asked for something, or whoever got it last wrote."""
    assert programme.award is not None
    for days in programme.award.chase_after_days:
        since = asked_at
        at = working_days_after(programme, since, days)
        while heard := [act.at for act in acts if since < act.at < at]:
            since = heard[-1]
            at = working_days_after(programme, since, days)
        if answered_at is None or at < answered_at:
            yield Expected(at, kind, f"no word for {days} working days")


def _introductions(number: int, award: Award, diary: Diary) -> Iterator[Expected]:
    """To everybody who agreed, of the others who did: from a day on, and when somebody agrees
    later."""
    begins_at = award.introductions_at
    if begins_at is None or number not in diary.agreed:
        return
    mine = max(diary.agreed[number][0], begins_at)
    others = {n: agreed for n, agreed in diary.agreed.items() if n != number}
    by_time: dict[datetime, list[str]] = {}
    for at, email in others.values():
        by_time.setdefault(max(at, mine), []).append(email)
    for at, emails in by_time.items():
        yield Expected(at, LetterKind.INTRODUCTION, "projects agreed", tuple(sorted(emails)))

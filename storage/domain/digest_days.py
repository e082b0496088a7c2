"""When digests come: daily ones on working days, weekly ones on their weekday or, where that is a
day off, on the next working day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from storage.domain.calendar import A_DAY, instant_at, is_working_day, local_date
from storage.domain.letter import Letter, LetterKind
from storage.domain.programme import DigestRhythm, Organiser, Programme

LOOKS_BACK = timedelta(days=21)
"""A digest that was missed longer ago is neither written nor noted: who stood still for so long
is told once, by the newest."""

_LOOKS_AHEAD = timedelta(days=60)


def rhythms_of(organiser: Organiser) -> tuple[DigestRhythm, ...]:
    """DAILY, WEEKLY, both of them, or none."""
    match organiser.digest:
        case DigestRhythm.BOTH:
            return DigestRhythm.DAILY, DigestRhythm.WEEKLY
        case DigestRhythm.NEVER:
            return ()
        case rhythm:
            return (rhythm,)


def days_come(programme: Programme, rhythm: DigestRhythm, now: datetime) -> tuple[date, ...]:
    """The days of the last three weeks whose digest has come by now, in order."""
    today = local_date(now, programme.zone)
    days = _days(programme, rhythm, today - LOOKS_BACK, today)
    return tuple(day for day in days if time_of(programme, day) <= now)


def next_time(programme: Programme, rhythm: DigestRhythm, now: datetime) -> datetime | None:
    """The time of the next digest; None where no working day is near."""
    today = local_date(now, programme.zone)
    coming = (
        time_of(programme, day) for day in _days(programme, rhythm, today, today + _LOOKS_AHEAD)
    )
    return next((at for at in coming if at > now), None)


def time_of(programme: Programme, day: date) -> datetime:
    """The instant at which the digest of this day comes."""
    return instant_at(day, programme.digests.at, programme.zone)


def digest_key(rhythm: DigestRhythm, email: str, day: date, slug: str) -> str:
    """The key of the letter, `digest/daily/<email>/2021-07-14/ace`: somebody may run several
    programmes."""
    return f"{_key_of_all(rhythm, email)}{day.isoformat()}/{slug}"


def rhythm_of(key: str) -> DigestRhythm:
    """The rhythm of the digest with this key."""
    return DigestRhythm(key.split("/")[1])


def digests_to(
    letters: Iterable[Letter], email: str, rhythm: DigestRhythm
) -> tuple[tuple[date, Letter], ...]:
    """The digests among the `letters` of a programme to one organiser in one rhythm, with their
    days, in order."""
    beginning = _key_of_all(rhythm, email)
    return tuple(
        (date.fromisoformat(letter.key.removeprefix(beginning).partition("/")[0]), letter)
        for letter in letters
        if letter.kind is LetterKind.DIGEST and letter.key.startswith(beginning)
    )


def _key_of_all(rhythm: DigestRhythm, email: str) -> str:
    return f"{LetterKind.DIGEST}/{rhythm}/{email}/"


def _days(programme: Programme, rhythm: DigestRhythm, first: date, last: date) -> Iterator[date]:
    if rhythm is DigestRhythm.DAILY:
        yield from (d for d in _every_day(first, last) if is_working_day(d, programme.holidays))
        return
    found: date | None = None
    for day in _every_day(first - LOOKS_BACK, last):
        if day.weekday() == programme.digests.weekday:
            moved = _working_day_after(day, programme, last)
            if moved is not None and moved >= first and moved != found:
                found = moved
                yield moved


def _working_day_after(day: date, programme: Programme, last: date) -> date | None:
    """`day` where it is a working day, else the next one; None where that is behind `last`."""
    return next((d for d in _every_day(day, last) if is_working_day(d, programme.holidays)), None)


def _every_day(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * A_DAY

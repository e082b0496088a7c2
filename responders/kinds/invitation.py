"""Pure: funded projects are invited to an event, with a file for their calendar; and told when its
date, its place or anything else of it changes, or when it does not take place."""

import hashlib
from datetime import datetime

from responders.kinds.awards import award_of, award_values
from responders.kinds.base import Kind, Value, Values, its_case, tell_case
from responders.kinds.basics import local
from responders.mime import PackFile
from responders.pack.dates import event_file
from responders.wording import plain
from storage.domain.award import ProgrammeEvent
from storage.domain.letter import Due, Letter, LetterKind
from storage.domain.situation import Situation

_LONGEST_ABOUT = 2_000


def due(s: Situation) -> tuple[Due, ...]:
    found = (_due(s, event) for event in _events(s))
    return tuple(due for due in found if due is not None)


def wakes_at(s: Situation) -> datetime | None:
    coming = (event.starts_at - event.invite_before for event in _events(s))
    return min((at for at in coming if at > s.now), default=None)


def values(s: Situation, due: Due) -> Values:
    event = _event_of(s, due)
    return award_values(s, due) | {
        "event": {
            "title": event.title,
            "starts_at": local(s, event.starts_at),
            "ends_at": local(s, event.starts_at + event.length),
            "is_within_a_day": _is_within_a_day(s, event),
            "where": event.where or None,
            "link": event.link or None,
            "about": _paragraphs(event.about),
        },
        "is_changed": _sequence_of(due) > 0,
        "is_cancelled": event.is_cancelled,
    }


def files(s: Situation, due: Due) -> tuple[PackFile, ...]:
    event = _event_of(s, due)
    return (event_file(s.programme, event, sequence=_sequence_of(due), at=s.now),)


def _events(s: Situation) -> tuple[ProgrammeEvent, ...]:
    """The events that this project may come to."""
    if award_of(s) is None:
        return ()
    area = its_case(s).area
    return tuple(one for one in s.programme.events if not one.areas or area in one.areas)


def _due(s: Situation, event: ProgrammeEvent) -> Due | None:
    """`invitation/case:42/masterclass-1/<how often they were told>/<what they are told>`."""
    told = _told(s, event)
    is_known = bool(told) and told[-1].key.endswith(f"/{print_of(event)}")
    is_early = not told and s.now < event.starts_at - event.invite_before
    is_void = not told and event.is_cancelled
    if is_known or is_early or is_void or s.now >= event.starts_at:
        return None
    return tell_case(s, LetterKind.INVITATION, f"/{event.key}/{len(told)}/{print_of(event)}")


def _told(s: Situation, event: ProgrammeEvent) -> list[Letter]:
    """The letters about this event, in order."""
    ours = (one for one in s.letters if one.kind is LetterKind.INVITATION)
    return [one for one in ours if one.key.split("/")[2] == event.key]


def print_of(event: ProgrammeEvent) -> str:
    """The same as long as nothing changes that a calendar shows."""
    end = event.starts_at + event.length
    shown = (event.starts_at.isoformat(), end.isoformat(), event.where, event.link, event.title)
    told = "\n".join((*shown, str(event.is_cancelled)))
    return hashlib.sha256(told.encode()).hexdigest()[:10]


def _event_of(s: Situation, due: Due) -> ProgrammeEvent:
    event = s.programme.event(due.key.split("/")[2])
    if event is None:
        raise LookupError(f"{due.key} is about no event")
    return event


def _sequence_of(due: Due) -> int:
    return int(due.key.split("/")[3])


def _is_within_a_day(s: Situation, event: ProgrammeEvent) -> bool:
    zone, end = s.programme.zone, event.starts_at + event.length
    return event.starts_at.astimezone(zone).date() == end.astimezone(zone).date()


def _paragraphs(about: str) -> list[Value]:
    parts = plain(about, _LONGEST_ABOUT).split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


KIND = Kind(LetterKind.INVITATION, due, values, wakes_at=wakes_at, files=files)

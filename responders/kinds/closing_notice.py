"""Pure: the round has closed. Every organiser is told once for each closing, with the counts;
somebody who is back only weeks later, or never saw the round open, is not."""

from datetime import UTC, datetime, timedelta

from responders.kinds.base import Kind, Values
from responders.kinds.basics import basics
from responders.kinds.organisers.book import overview_file
from responders.kinds.organisers.needs import tasks_of
from responders.kinds.organisers.values import needs_values, state_values
from responders.kinds.organisers.view import organiser_of, view_of
from responders.mime import PackFile
from storage.domain.letter import Due, LetterKind
from storage.domain.programme import Organiser
from storage.domain.situation import Situation

NEWS_FOR = timedelta(days=14)
"""How long after its time a closing is still told."""

_A_MOMENT = timedelta(seconds=1)
"""The closing instant and its grace belong to the round."""


def due(s: Situation) -> tuple[Due, ...]:
    begins_at = s.overview.begins_at if s.overview is not None else None
    told_from = _told_from(s)
    if begins_at is None or begins_at > s.programme.round.closes_at:
        return ()
    if not told_from <= s.now <= told_from + NEWS_FOR:
        return ()
    known = {letter.key for letter in s.letters}
    untold = (one for one in s.programme.organisers if _key(s, one) not in known)
    return tuple(_notice(s, organiser) for organiser in untold)


def wakes_at(s: Situation) -> datetime | None:
    return _told_from(s) if s.overview is not None else None


def values(s: Situation, due: Due) -> Values:
    view = view_of(s, organiser_of(s, due), None)
    later = sum(case.closes_at > s.now for case in view.overview.cases)
    told = needs_values(view) | state_values(view)
    return basics(s, due) | told | {"still_open": later}


def files(s: Situation, due: Due) -> tuple[PackFile, ...]:
    return (overview_file(view_of(s, organiser_of(s, due), None)),)


def _told_from(s: Situation) -> datetime:
    return s.programme.round.closes_at + s.programme.round.grace + _A_MOMENT


def _key(s: Situation, organiser: Organiser) -> str:
    current = s.programme.round
    closing = current.closes_at.astimezone(UTC).isoformat()
    whom = f"{organiser.address.email}/{current.key}/{closing}/{s.programme.slug}"
    return f"{LetterKind.CLOSING_NOTICE}/{whom}"


def _notice(s: Situation, organiser: Organiser) -> Due:
    return Due(
        kind=LetterKind.CLOSING_NOTICE,
        key=_key(s, organiser),
        recipient=organiser.address,
        tasks=tasks_of(view_of(s, organiser, None)),
    )


KIND = Kind(
    LetterKind.CLOSING_NOTICE, due, values, wakes_at=wakes_at, files=files, takes_words=True
)

"""The dates of a programme as a calendar file (RFC 5545), times in UTC. A date that moved keeps its
UID and raises its SEQUENCE (section 3.8.7.4), so that a calendar that has it moves it too."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from responders.mime import PackFile
from storage.domain.programme import Programme, ProgrammeKind

LENGTH = timedelta(minutes=30)
CLOSES = "closes"
CALENDAR = "text/calendar; charset=utf-8"
DATES_NAME = "Dates for your calendar.ics"


def dates_file(programme: Programme, edition: str = "") -> PackFile:
    """The calendar file as it goes out with a letter; `edition` is that of its pack."""
    return PackFile(DATES_NAME, CALENDAR, build_dates(programme, edition))


def build_dates(programme: Programme, edition: str = "") -> bytes:
    """The calendar file. The same programme gives the same bytes; DTSTAMP is when its dates were
    set."""
    moves = programme.round.moves
    set_at = moves[-1].at if moves else programme.round.opens_at
    calendar = Calendar()
    calendar.add("prodid", "-//Postroom//Dates of a programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", programme.name)
    if edition:
        calendar.add("x-postroom-edition", edition)
    for key, at, title in _dates(programme):
        event = Event()
        event.add("uid", f"{key}.{programme.round.key}.{programme.slug}@{_domain(programme)}")
        event.add("dtstamp", set_at.astimezone(UTC))
        if moves and key == CLOSES:
            event.add("sequence", len(moves))
        event.add("dtstart", at.astimezone(UTC))
        event.add("dtend", (at + LENGTH).astimezone(UTC))
        event.add("summary", title)
        event.add("description", f"{programme.team}: {programme.inbox}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _dates(programme: Programme) -> Iterator[tuple[str, datetime, str]]:
    """Key, instant and title of each date that is an instant."""
    current = programme.round
    is_grant = programme.kind is ProgrammeKind.GRANT
    yield "opens", current.opens_at, f"{programme.name} opens"
    closing = "send the form by now" if is_grant else "nominations close"
    yield CLOSES, current.closes_at, f"{programme.name} closes: {closing}"
    if current.outcomes_at:
        yield "outcomes", current.outcomes_at, f"{programme.name}: outcomes from today"
    for cohort in programme.cohorts:
        title = f"{programme.name}: cohort {cohort.number} starts"
        yield f"cohort-{cohort.number}", cohort.starts_at, title


def _domain(programme: Programme) -> str:
    return programme.inbox.rpartition("@")[2]

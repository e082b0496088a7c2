"""The dates of a programme as a calendar file (RFC 5545), times in UTC. A date that moved keeps its
UID and raises its SEQUENCE (section 3.8.7.4), so that a calendar that has it moves it too."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from responders.mime import PackFile
from storage.domain.award import ProgrammeEvent
from storage.domain.programme import Cohort, Programme, ProgrammeKind

LENGTH = timedelta(minutes=30)
CLOSES = "closes"
CALENDAR = "text/calendar; charset=utf-8"
DATES_NAME = "Dates for your calendar.ics"
EVENT_NAME = "Date for your calendar.ics"


def dates_file(programme: Programme, edition: str = "") -> PackFile:
    """The calendar file as it goes out with a letter; `edition` is that of its pack."""
    return PackFile(DATES_NAME, CALENDAR, build_dates(programme, edition))


def build_dates(programme: Programme, edition: str = "") -> bytes:
    """The calendar file. The same programme gives the same bytes; DTSTAMP is when its dates were
    set."""
    moves = programme.round.moves
    set_at = moves[-1].at if moves else programme.round.opens_at
    calendar = _make_calendar(programme)
    if edition:
        calendar.add("x-postroom-edition", edition)
    for key, at, title in _dates(programme):
        event = _make_event(programme, key, at, title)
        event.add("dtstamp", set_at.astimezone(UTC))
        if moves and key == CLOSES:
            event.add("sequence", len(moves))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def edition_of(calendar: bytes) -> str:
    """The edition that `build_dates` was told, empty where it was told none."""
    return str(Calendar.from_ical(calendar).get("x-postroom-edition", ""))


def cohort_file(programme: Programme, cohort: Cohort) -> PackFile:
    """The start of one cohort, with where it meets, for those who have a place in it."""
    calendar = _make_calendar(programme)
    event = _make_event(programme, _key_of(cohort), cohort.starts_at, _title_of(programme, cohort))
    event.add("dtstamp", programme.round.opens_at.astimezone(UTC))
    if cohort.venue:
        event.add("location", cohort.venue)
    calendar.add_component(event)
    return PackFile(DATES_NAME, CALENDAR, bytes(calendar.to_ical()))


def event_file(
    programme: Programme, event: ProgrammeEvent, *, sequence: int, at: datetime
) -> PackFile:
    """A masterclass or a workshop, as it stands at the instant `at`; `sequence` counts how often
    its reader was told of it before. What does not take place is taken out (RFC 5546, 3.2.5)."""
    calendar = _make_calendar(programme, method="CANCEL" if event.is_cancelled else "PUBLISH")
    entry = _make_event(programme, event.key, event.starts_at, f"{programme.name}: {event.title}")
    entry.pop("dtend")
    entry.add("dtend", (event.starts_at + event.length).astimezone(UTC))
    entry.add("dtstamp", at.astimezone(UTC))
    entry.add("sequence", sequence)
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.pop("transp")
    if event.where:
        entry.add("location", event.where)
    if event.link:
        entry.add("url", event.link)
    calendar.add_component(entry)
    return PackFile(EVENT_NAME, CALENDAR, bytes(calendar.to_ical()))


def _make_calendar(programme: Programme, *, method: str = "PUBLISH") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Postroom//Dates of a programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", programme.name)
    return calendar


def _make_event(programme: Programme, key: str, at: datetime, title: str) -> Event:
    event = Event()
    event.add("uid", f"{key}.{programme.round.key}.{programme.slug}@{_domain(programme)}")
    event.add("dtstart", at.astimezone(UTC))
    event.add("dtend", (at + LENGTH).astimezone(UTC))
    event.add("summary", title)
    event.add("description", f"{programme.team}: {programme.inbox}")
    event.add("transp", "TRANSPARENT")
    return event


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
        yield _key_of(cohort), cohort.starts_at, _title_of(programme, cohort)


def _key_of(cohort: Cohort) -> str:
    return f"cohort-{cohort.number}"


def _title_of(programme: Programme, cohort: Cohort) -> str:
    return f"{programme.name}: cohort {cohort.number} starts"


def _domain(programme: Programme) -> str:
    return programme.inbox.rpartition("@")[2]

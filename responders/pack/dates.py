"""The dates of a programme as a calendar file (RFC 5545), times in UTC."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from storage.domain.programme import Programme, ProgrammeKind

LENGTH = timedelta(minutes=30)


def build_dates(programme: Programme) -> bytes:
    """The calendar file. The same programme gives the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Postroom//Dates of a programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", programme.name)
    for key, at, title in _dates(programme):
        event = Event()
        event.add("uid", f"{key}.{programme.round.key}.{programme.slug}@{_domain(programme)}")
        event.add("dtstamp", programme.round.opens_at.astimezone(UTC))
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
    yield "closes", current.closes_at, f"{programme.name} closes: {closing}"
    if current.outcomes_at:
        yield "outcomes", current.outcomes_at, f"{programme.name}: outcomes from today"
    for cohort in programme.cohorts:
        title = f"{programme.name}: cohort {cohort.number} starts"
        yield f"cohort-{cohort.number}", cohort.starts_at, title


def _domain(programme: Programme) -> str:
    return programme.inbox.rpartition("@")[2]

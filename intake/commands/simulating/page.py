"""A simulated year as one page: charts, who got what, every letter as text, and the timeline. The
page is self-contained and loads nothing from anywhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined, Template

from intake.commands.simulating.play import Happening
from intake.commands.simulating.posted import SentLetter
from intake.commands.simulating.timeline import Line, by_week, in_words
from intake.commands.staging.look import read_look
from intake.commands.wrapping import unwrap

TEMPLATE = Path(__file__).with_name("year.html.j2")


class Tone(StrEnum):
    """How the end of somebody's year is shown."""

    GOOD = "good"
    OPEN = "open"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: what it is about, and two numbers with their shares of the longest bar, in
    percent."""

    name: str
    one: int
    other: int
    one_share: float
    other_share: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Two numbers for each of some names; `first` is the heading of the names."""

    caption: str
    first: str
    series: tuple[str, str]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in somebody's year: what they did, or with `text` a letter that they got."""

    at: str
    what: str
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One person's year. `beside` and `ended` are its columns, `about` is said before the entries.
    `keys` are those of the choices that show it."""

    reference: str
    name: str
    organisation: str
    about: str
    beside: str
    ended: str
    tone: Tone
    keys: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter: it shows the stories that have its key."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Choices of which one holds. `mark` tells it from the other filters."""

    mark: str
    legend: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a year says. `others` are the letters to those who have no story."""

    programme: str
    introduction: str
    tally: Sequence[tuple[str, int]]
    charts: Sequence[Chart]
    filters: Sequence[Filter]
    stories: Sequence[Story]
    others: Sequence[Entry]
    lines: Sequence[Line]
    seed: int
    kills: int
    letters: int
    digest: str
    violations: Sequence[str]


def render_page(page: Page, *, seconds: float) -> str:
    """The page as HTML. `seconds` is how long the year took."""
    return _template().render(look=read_look(), page=page, seconds=seconds, in_words=in_words)


def chart(
    caption: str, first: str, series: tuple[str, str], told: Sequence[tuple[str, int, int]]
) -> Chart:
    """A chart of (name, one number, other number)."""
    longest = max((max(one, other) for _, one, other in told), default=0) or 1
    bars = (Bar(name, e, f, 100 * e / longest, 100 * f / longest) for name, e, f in told)
    return Chart(caption, first, series, tuple(bars))


def weekly_chart(series: tuple[str, str], ones: Iterable[date], others: Iterable[date]) -> Chart:
    """Two kinds of happenings, by the week in which they came."""
    one, other = by_week(ones), by_week(others)
    mondays = sorted({*one, *other})
    told = [(f"{m:%-d %b}", one.get(m, 0), other.get(m, 0)) for m in mondays]
    return chart("By week", "Week of", series, told)


def choices_of(found: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """A choice for each (key, name) with its number, in the order of first appearance."""
    counts = Counter(found)
    return tuple(Choice(key, name, number) for (key, name), number in counts.items())


def entries_of(
    who: int, happenings: Iterable[Happening], letters: Iterable[SentLetter], zone: ZoneInfo
) -> tuple[Entry, ...]:
    """What somebody did and got, in order; of the same minute the deed first."""
    did = [(h.at, Entry(_moment(h.at, zone), h.what)) for h in happenings if h.who == who]
    mine = (letter for letter in letters if letter.who == who)
    got = [(x.at, _entry(x, x.kind.replace("_", " "), zone)) for x in mine]
    return tuple(entry for _, entry in sorted([*did, *got], key=lambda one: one[0]))


def other_entry(letter: SentLetter, zone: ZoneInfo) -> Entry:
    """A letter to somebody who has no story, and to whom."""
    return _entry(letter, f"{letter.kind.replace('_', ' ')} to {letter.recipient}", zone)


def _entry(letter: SentLetter, what: str, zone: ZoneInfo) -> Entry:
    return Entry(_moment(letter.at, zone), what, letter.subject, unwrap(letter.text.strip()))


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%-d %b, %H:%M}"


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))

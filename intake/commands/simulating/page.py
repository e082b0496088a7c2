"""A simulated year as one page: charts, the timeline, who got what, and every letter as text. The
page is self-contained and loads nothing from anywhere."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from intake.commands.simulating.cast import Person
from intake.commands.simulating.lives import Deed
from intake.commands.simulating.performance import Performance, SentLetter
from intake.commands.simulating.standings import (
    STANDING_WORDS,
    Standing,
    count_funded,
    standing_of,
)
from intake.commands.simulating.timeline import by_week, in_words, timeline
from intake.commands.staging.look import read_look
from intake.commands.wrapping import unwrap

TEMPLATE = Path(__file__).with_name("index.html.j2")


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: what it is about, and a number with its share of the longest bar, in
    percent, for expressions and for forms."""

    name: str
    expressions: int
    forms: int
    expressions_share: float
    forms_share: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in somebody's year: what they did, or with `text` a letter that they got."""

    at: str
    what: str
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One applicant's year."""

    reference: str
    name: str
    organisation: str
    title: str
    area: str
    area_key: str
    life: str
    standing: Standing
    entries: tuple[Entry, ...]

    @property
    def standing_name(self) -> str:
        return STANDING_WORDS[self.standing]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter of the page: `key` is a class of the stories it shows."""

    key: str
    name: str
    count: int


def render_page(performance: Performance, violations: Sequence[str], *, seconds: float) -> str:
    """The page as HTML. `violations` is what the oracle found, `seconds` how long it took."""
    stories = [_story(person, performance) for person in performance.cast]
    return _template().render(
        look=read_look(),
        programme=performance.programme.name,
        performance=performance,
        violations=violations,
        seconds=seconds,
        stories=sorted(stories, key=lambda story: story.reference),
        standings=_standings(stories),
        areas=_areas(stories),
        weeks=_weeks(performance),
        area_bars=_area_bars(performance),
        lines=timeline(performance),
        in_words=in_words,
        organisers=[_entry(x, performance) for x in performance.letters if x.person is None],
        tally=_tally(performance),
    )


def _tally(performance: Performance) -> list[tuple[str, int]]:
    return [
        ("expressions of interest", len(performance.cast)),
        ("forms", len(_days(performance, Deed.FORM))),
        ("letters", len(performance.letters)),
        ("funded in the end", count_funded(performance)),
        ("letters not as they must be", len(performance.violations)),
    ]


def _story(person: Person, performance: Performance) -> Story:
    return Story(
        reference=performance.references.get(person.number, "no case"),
        name=person.name,
        organisation=person.organisation,
        title=person.title,
        area=person.area_name,
        area_key=person.area,
        life=person.life,
        standing=standing_of(person, performance),
        entries=tuple(_entries(person, performance)),
    )


def _entries(person: Person, performance: Performance) -> Iterator[Entry]:
    """What a person did and got, in order; of the same minute the deed first."""
    deeds = (h for h in performance.happenings if h.who is person)
    did = [(h.at, Entry(_moment(h.at, performance), h.what)) for h in deeds]
    letters = (letter for letter in performance.letters if letter.person is person)
    got = [(letter.at, _entry(letter, performance)) for letter in letters]
    return (entry for _, entry in sorted([*did, *got], key=lambda one: one[0]))


def _entry(letter: SentLetter, performance: Performance) -> Entry:
    kind = letter.kind.replace("_", " ")
    what = kind if letter.person is not None else f"{kind} to {letter.recipient}"
    text = unwrap(letter.text.strip())
    return Entry(_moment(letter.at, performance), what, letter.subject, text)


def _standings(stories: Iterable[Story]) -> list[Choice]:
    counts = Counter(story.standing for story in stories)
    return [Choice(s, STANDING_WORDS[s], counts[s]) for s in Standing if counts[s]]


def _areas(stories: Iterable[Story]) -> list[Choice]:
    counts = Counter((story.area_key, story.area) for story in stories)
    return [Choice(key, name, count) for (key, name), count in sorted(counts.items())]


def _weeks(performance: Performance) -> list[Bar]:
    """Expressions and forms by the week in which they came."""
    expressions = by_week(_days(performance, Deed.EXPRESS, Deed.EXPRESS_THIN))
    forms = by_week(_days(performance, Deed.FORM))
    mondays = sorted({*expressions, *forms})
    told = [(f"{m:%-d %b}", expressions.get(m, 0), forms.get(m, 0)) for m in mondays]
    return _bars(told)


def _area_bars(performance: Performance) -> list[Bar]:
    names = {area.key: area.name for area in performance.programme.areas}
    sent = Counter(person.area for person in performance.cast)
    forms: Counter[str] = Counter()
    for person in performance.cast:
        forms[person.area] += any(act.deed is Deed.FORM for act in person.acts)
    return _bars([(name, sent[key], forms[key]) for key, name in names.items()])


def _bars(told: Sequence[tuple[str, int, int]]) -> list[Bar]:
    longest = max((max(one, other) for _, one, other in told), default=0) or 1
    return [Bar(name, e, f, 100 * e / longest, 100 * f / longest) for name, e, f in told]


def _days(performance: Performance, *deeds: Deed) -> list[date]:
    zone = performance.season.zone
    return [h.at.astimezone(zone).date() for h in performance.happenings if h.what in deeds]


def _moment(at: datetime, performance: Performance) -> str:
    return f"{at.astimezone(performance.season.zone):%-d %b, %H:%M}"


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))

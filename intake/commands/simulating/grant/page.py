"""A simulated grant call, told: its page and its numbers."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from intake.commands.simulating.grant.cast import Person
from intake.commands.simulating.grant.lives import Deed
from intake.commands.simulating.grant.performance import Performance
from intake.commands.simulating.grant.standings import (
    STANDING_TONES,
    STANDING_WORDS,
    Standing,
    count_funded,
    standing_of,
)
from intake.commands.simulating.page import (
    Chart,
    Filter,
    Page,
    Story,
    chart,
    choices_of,
    entries_of,
    other_entry,
    weekly_chart,
)
from intake.commands.simulating.report import Report
from intake.commands.simulating.timeline import Line, timeline

SERIES = ("Expressions", "Forms")


def report_of(performance: Performance) -> Report:
    """What there is to say about this year, judged."""
    page = _page(performance, performance.violations)
    numbers = {"applicants": len(performance.cast), "funded": count_funded(performance)}
    counts = (
        f"{numbers['applicants']} applicants, {len(performance.happenings)} happenings, "
        f"{page.letters} letters, {numbers['funded']} funded in the end"
    )
    return Report(page, counts, numbers)


def _page(performance: Performance, violations: Sequence[str]) -> Page:
    stories = [_story(person, performance) for person in performance.cast]
    zone = performance.season.zone
    return Page(
        programme=performance.programme.name,
        introduction="Invented people wrote, forgot, were late, went on holiday and withdrew; "
        "a panel scored, and who was funded signed.",
        tally=_tally(performance, violations),
        charts=(_weeks(performance), _areas(performance)),
        filters=_filters(performance),
        stories=sorted(stories, key=lambda story: story.reference),
        others=[other_entry(x, zone) for x in performance.letters if x.who is None],
        lines=_lines(performance),
        seed=performance.plan.seed,
        kills=performance.kills,
        letters=len(performance.letters),
        digest=performance.digest,
        violations=violations,
    )


def _lines(performance: Performance) -> tuple[Line, ...]:
    """The timeline of the year, with the instants that everybody waits for."""
    season = performance.season
    landmarks = [
        (season.opens_at, f"{performance.programme.name} opens"),
        (season.extended_to, "the round closes"),
        (season.outcomes_at, "the outcome date"),
    ]
    happened = [(happening.at, happening.what) for happening in performance.happenings]
    letters = [(letter.at, letter.kind) for letter in performance.letters]
    return timeline([*landmarks, *happened], letters, season.zone)


def _tally(performance: Performance, violations: Sequence[str]) -> list[tuple[str, int]]:
    return [
        ("expressions of interest", len(performance.cast)),
        ("forms", len(_days(performance, Deed.FORM))),
        ("letters", len(performance.letters)),
        ("funded in the end", count_funded(performance)),
        ("agreements that both signed", len(performance.diary.countersigned)),
        ("letters not as they must be", len(violations)),
    ]


def _story(person: Person, performance: Performance) -> Story:
    standing = standing_of(person, performance)
    return Story(
        reference=performance.references.get(person.number, "no case"),
        name=person.name,
        organisation=person.organisation,
        about=f"“{person.title}”. In the script: {person.life}.",
        beside=person.area_name,
        ended=STANDING_WORDS[standing],
        tone=STANDING_TONES[standing],
        keys=(standing, person.area),
        entries=entries_of(
            person.number, performance.happenings, performance.letters, performance.season.zone
        ),
    )


def _filters(performance: Performance) -> tuple[Filter, ...]:
    ended = [standing_of(person, performance) for person in performance.cast]
    in_order = sorted(ended, key=list(Standing).index)
    areas = sorted((person.area, person.area_name) for person in performance.cast)
    return (
        Filter("o", "How it ended", choices_of((s, STANDING_WORDS[s]) for s in in_order)),
        Filter("p", "Area", choices_of(areas)),
    )


def _weeks(performance: Performance) -> Chart:
    expressions = _days(performance, Deed.EXPRESS, Deed.EXPRESS_THIN)
    return weekly_chart(SERIES, expressions, _days(performance, Deed.FORM))


def _areas(performance: Performance) -> Chart:
    names = {area.key: area.name for area in performance.programme.areas}
    sent = Counter(person.area for person in performance.cast)
    forms: Counter[str] = Counter()
    for person in performance.cast:
        forms[person.area] += any(act.deed is Deed.FORM for act in person.acts)
    told = [(name, sent[key], forms[key]) for key, name in names.items()]
    return chart("By area: applicants who wrote, and who sent a form", "Area", SERIES, told)


def _days(performance: Performance, *deeds: Deed) -> list[date]:
    zone = performance.season.zone
    return [h.at.astimezone(zone).date() for h in performance.happenings if h.what in deeds]

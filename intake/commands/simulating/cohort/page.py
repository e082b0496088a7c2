"""A simulated cohort programme, told: its page and its numbers."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from intake.commands.simulating.cohort.performance import Performance
from intake.commands.simulating.cohort.reckoning import Fate
from intake.commands.simulating.cohort.standings import (
    STANDING_TONES,
    STANDING_WORDS,
    Standing,
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

SERIES = ("Nominated", "Places taken")

NOWHERE = "No partnership"


def report_of(performance: Performance) -> Report:
    """What there is to say about this year, judged."""
    page = _page(performance, performance.violations)
    numbers = _numbers(performance)
    counts = (
        f"{numbers['nominees']} nominees in {numbers['nominations']} messages, {page.letters} "
        f"letters, {numbers['places_taken']} places taken, {numbers['moved_up']} of them from the "
        f"waiting list"
    )
    return Report(page, counts, numbers)


def _numbers(performance: Performance) -> dict[str, int]:
    ended = Counter(standing_of(fate, performance) for fate in performance.fates.values())
    return {
        "nominees": len(performance.fates),
        "nominations": len(performance.cast.nominations),
        "places_taken": ended[Standing.TAKEN] + ended[Standing.MOVED_UP],
        "moved_up": ended[Standing.MOVED_UP],
        "waiting": ended[Standing.WAITING],
        "withdrawn": ended[Standing.LEFT],
    }


def _page(performance: Performance, violations: Sequence[str]) -> Page:
    stories = [_story(fate, performance) for fate in performance.fates.values()]
    numbers, zone = _numbers(performance), performance.season.zone
    told = {fate.nominee.number for fate in performance.fates.values()}
    return Page(
        programme=performance.programme.name,
        introduction="Invented people nominated each other, took places, declined, forgot and "
        "stepped back.",
        tally=[
            ("nominees", numbers["nominees"]),
            ("places taken", numbers["places_taken"]),
            ("from the waiting list", numbers["moved_up"]),
            ("letters", len(performance.letters)),
            ("letters not as they must be", len(violations)),
        ],
        charts=(_weeks(performance), _areas(performance)),
        filters=_filters(performance),
        stories=sorted(stories, key=lambda story: story.reference),
        others=[other_entry(x, zone) for x in performance.letters if x.who not in told],
        lines=_lines(performance),
        seed=performance.plan.seed,
        kills=performance.kills,
        letters=len(performance.letters),
        digest=performance.digest,
        violations=violations,
    )


def _story(fate: Fate, performance: Performance) -> Story:
    nominee, standing = fate.nominee, standing_of(fate, performance)
    given = fate.standing(performance.season.ends_at)
    cohort = f", cohort {given.cohort}" if given is not None and given.cohort else ""
    team = f" with the {nominee.team}" if nominee.team else ""
    return Story(
        reference=performance.references.get(nominee.number, "no case"),
        name=nominee.name,
        organisation=nominee.organisation,
        about=f"Nominated by {fate.nomination.writer.name}{team}. In the script: {nominee.life}.",
        beside=_area_name(fate, performance),
        ended=STANDING_WORDS[standing] + ("" if standing is Standing.LEFT else cohort),
        tone=STANDING_TONES[standing],
        keys=(standing, nominee.area or "none"),
        entries=entries_of(
            nominee.number,
            performance.happenings,
            performance.letters,
            performance.season.zone,
        ),
    )


def _filters(performance: Performance) -> tuple[Filter, ...]:
    fates = performance.fates.values()
    ended = sorted((standing_of(f, performance) for f in fates), key=list(Standing).index)
    areas = sorted((f.nominee.area or "none", _area_name(f, performance)) for f in fates)
    return (
        Filter("o", "How it ended", choices_of((s, STANDING_WORDS[s]) for s in ended)),
        Filter("p", "Partnership", choices_of(areas)),
    )


def _weeks(performance: Performance) -> Chart:
    zone = performance.season.zone
    fates = performance.fates.values()
    nominated = [fate.nomination.at.astimezone(zone).date() for fate in fates]
    return weekly_chart(SERIES, nominated, _taken_on(performance))


def _taken_on(performance: Performance) -> list[date]:
    acts = (act for fate in performance.fates.values() for act in fate.acts)
    return [act.at.astimezone(performance.season.zone).date() for act in acts if act.deed.takes]


def _areas(performance: Performance) -> Chart:
    nominated: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for fate in performance.fates.values():
        name = _area_name(fate, performance)
        nominated[name] += 1
        taken[name] += fate.is_taken(performance.season.ends_at)
    told = [(name, number, taken[name]) for name, number in sorted(nominated.items())]
    return chart("By partnership: nominees, and who took a place", "Partnership", SERIES, told)


def _area_name(fate: Fate, performance: Performance) -> str:
    area = performance.programme.area(fate.nominee.area)
    return area.name if area is not None else NOWHERE


def _lines(performance: Performance) -> tuple[Line, ...]:
    season = performance.season
    landmarks = [(season.opens_at, "nominations open"), (season.closes_at, "nominations close")]
    starts = sorted(performance.programme.cohorts, key=lambda cohort: cohort.starts_at)
    landmarks += [(one.starts_at, f"cohort {one.number} starts") for one in starts]
    landmarks = [landmark for landmark in landmarks if landmark[0] <= season.ends_at]
    happened = [(happening.at, happening.what) for happening in performance.happenings]
    letters = [(letter.at, letter.kind) for letter in performance.letters]
    return timeline([*landmarks, *happened], letters, season.zone)

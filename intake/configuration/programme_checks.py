"""What can be wrong inside one programme between settings that are each allowed: dates out of
order, places in two areas, more awards than areas can take."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from intake.configuration.explaining import as_toml, dotted, nearest
from intake.configuration.fields import instant, is_skipped
from intake.configuration.look import Check, Key, Look
from intake.configuration.problems import Problem

RESERVED_SLUGS = frozenset({"default"})
"""Names of folders of `templates/` that belong to no programme."""


def _check_slug(look: Look) -> Iterator[Problem]:
    if look.slug in RESERVED_SLUGS:
        yield look.problem((), f'the short name "{look.slug}"', "another one: it is reserved")


def _check_dates(look: Look) -> Iterator[Problem]:
    zone = ZoneInfo(look.section.zone)
    moments: list[tuple[Key, datetime]] = [
        (("round", name), moment)
        for name in ("opens_at", "closes_at", "scores_by", "outcomes_at")
        if (moment := getattr(look.section.round, name))
    ]
    cohorts = [
        (("cohorts", place, "starts_at"), cohort.starts_at)
        for place, cohort in enumerate(look.section.cohorts)
    ]
    for key, moment in (*moments, *cohorts):
        if is_skipped(moment, zone):
            yield look.problem(
                key,
                f"{moment.isoformat()}, which no clock in {look.section.zone} shows",
                "another time: summer time begins in that hour",
            )
    for order in (moments, cohorts):
        for (earlier_key, earlier), (key, moment) in pairwise(order):
            if instant(moment, zone) <= instant(earlier, zone):
                yield look.problem(
                    key,
                    moment.isoformat(),
                    f"a moment after {dotted(earlier_key)}, which is {earlier.isoformat()}",
                )


def _check_areas(look: Look) -> Iterator[Problem]:
    """Keys, names, aliases and places: a word that stands for two areas stands for none."""
    owners: dict[str, str] = {}
    for at, area in enumerate(look.section.areas):
        words: list[tuple[Key, str]] = [(("key",), area.key), (("name",), area.name)]
        words += [(("aliases", n), word) for n, word in enumerate(area.aliases)]
        words += [(("places", n), word) for n, word in enumerate(area.places)]
        for key, word in words:
            owner = owners.setdefault(" ".join(word.casefold().split()), f"{at} {area.key}")
            if owner != f"{at} {area.key}":
                yield look.problem(
                    ("areas", at, *key),
                    f"{as_toml(word)}, which the area {owner.partition(' ')[2]} has too",
                    f"another {key[0]}: each area needs one of its own"
                    if key[0] in ("key", "name")
                    else "it in the one area to which it belongs, or in neither",
                )


def _check_nomination_leads(look: Look) -> Iterator[Problem]:
    for key in look.section.nomination_leads:
        yield from unknown_areas(look, ("nomination_leads", key), (key,))


def unknown_areas(look: Look, at: Key, keys: Iterable[str]) -> Iterator[Problem]:
    """Keys of areas that the programme does not have, in the setting at this place."""
    known = [area.key for area in look.section.areas]
    for key in keys:
        if key not in known:
            near = nearest(key, known)
            listed = ", ".join(known) or "none: add [[programmes.…areas]] first"
            yield look.problem(
                at,
                f"the area {as_toml(key)}, which is not among the areas",
                f"{near}, if that is what is meant" if near else f"one of the areas: {listed}",
            )


def _check_keys(look: Look) -> Iterator[Problem]:
    for table in ("criteria", "questions", "fields"):
        seen: set[str] = set()
        for at, item in enumerate(getattr(look.section, table)):
            if item.key in seen:
                yield look.problem(
                    (table, at, "key"), f"{as_toml(item.key)} a second time", "another key"
                )
            seen.add(item.key)


def _check_awards(look: Look) -> Iterator[Problem]:
    section = look.section
    if section.awards and section.awards_per_area:
        reachable = section.awards_per_area * len(section.areas)
        if section.areas and reachable < section.awards:
            yield look.problem(
                ("awards",),
                f"{section.awards}, but {len(section.areas)} areas with at most "
                f"{section.awards_per_area} each make {reachable}",
                f"{reachable} or fewer, or a larger awards_per_area",
            )
        if section.awards_per_area > section.awards:
            yield look.problem(
                ("awards_per_area",), str(section.awards_per_area), f"{section.awards} or fewer"
            )


def _check_cohorts(look: Look) -> Iterator[Problem]:
    section = look.section
    if section.kind == "grant":
        for key in ("places", "cohorts", "nomination_leads", "placing"):
            if getattr(section, key) and key in section.model_fields_set:
                yield look.problem(
                    (key,), "a setting of a cohort programme", 'kind = "cohort", or take it out'
                )
        return
    places: dict[str, Key] = {"criteria": ("criteria", 0)}
    for name in ("budget", "chase_after_days", "criteria"):
        if getattr(section, name):
            place = places.get(name, (name,))
            yield look.problem(place, "a setting of a grant call", 'kind = "grant", or take it out')
    taken = sum(cohort.places for cohort in section.cohorts)
    if section.places is not None and taken > section.places:
        yield look.problem(
            ("places",),
            f"{section.places}, but the cohorts take {taken}",
            f"{taken} or more, or fewer places in the cohorts",
        )
    numbers = [cohort.number for cohort in section.cohorts]
    for at, number in enumerate(numbers):
        if number in numbers[:at]:
            yield look.problem(
                ("cohorts", at, "number"), f"{number} a second time", "a number of its own"
            )


def _check_limits_of_areas(look: Look) -> Iterator[Problem]:
    """Limits of a partnership that say nothing, or that can't be reached."""
    section = look.section
    largest = max((cohort.places for cohort in section.cohorts), default=0)
    in_all = sum(cohort.places for cohort in section.cohorts)
    for at, area in enumerate(section.areas):
        limits = (("most_in_all", in_all), ("most_in_a_cohort", largest))
        for key, most in limits:
            told = getattr(area, key)
            if told is None:
                continue
            if section.kind == "grant":
                wanted = 'kind = "cohort", or take it out'
                yield look.problem(("areas", at, key), "a setting of a cohort programme", wanted)
            elif told > most:
                wanted = f"{most} or fewer: the cohorts take no more"
                yield look.problem(("areas", at, key), str(told), wanted)
        reachable = (area.most_in_a_cohort or largest) * len(section.cohorts)
        if section.kind == "cohort" and reachable < (area.most_in_all or 0) <= in_all:
            yield look.problem(
                ("areas", at, "most_in_all"),
                f"{area.most_in_all}, but {len(section.cohorts)} cohorts with at most "
                f"{area.most_in_a_cohort} each make {reachable}",
                f"{reachable} or fewer, or a larger most_in_a_cohort",
            )


def _check_placing(look: Look) -> Iterator[Problem]:
    """Nudges after the time to answer, reminders before there is anything to remind of."""
    placing = look.section.placing
    late = [days for days in placing.chase_after_days if days >= placing.reply_within_days]
    if late:
        yield look.problem(
            ("placing", "chase_after_days"),
            f"{max(late)}, when the time to answer is over after {placing.reply_within_days}",
            f"numbers below reply_within_days, which is {placing.reply_within_days}",
        )
    early = [d for d in placing.reminder_days_before if d >= placing.joining_days_before]
    if early:
        yield look.problem(
            ("placing", "reminder_days_before"),
            f"{max(early)}, before the joining instructions go out",
            f"numbers below joining_days_before, which is {placing.joining_days_before}",
        )


def _check_people(look: Look) -> Iterator[Problem]:
    """Addresses are lower case by now; whoever stands there twice would be told all twice."""
    seen: set[str] = set()
    for at, organiser in enumerate(look.section.organisers):
        key, email = ("organisers", at, "email"), organiser.email
        if email == look.section.inbox:
            yield look.problem(
                key,
                "the programme's own inbox",
                "the organiser's own address: the inbox is the programme's",
            )
        elif email in seen:
            write = "each organiser once: with several areas, all of them in the one entry"
            yield look.problem(key, f"{as_toml(email)} twice", write)
        seen.add(email)
        yield from unknown_areas(look, ("organisers", at, "areas"), organiser.areas)


def _check_panel(look: Look) -> Iterator[Problem]:
    """A panel that could not score: nothing to score by, no day, somebody twice."""
    section = look.section
    if not section.panel:
        return
    if section.kind != "grant":
        yield look.problem(
            ("panel", 0), "a setting of a grant call", 'kind = "grant", or take it out'
        )
        return
    if not section.criteria:
        yield look.problem(("panel", 0), "a panel without criteria", "[[programmes.…criteria]] too")
    if section.round.scores_by is None:
        yield look.problem(
            ("round",), "no scores_by, and there is a panel", "scores_by, when its scores are due"
        )
    seen: set[str] = set()
    for at, member in enumerate(section.panel):
        if member.email in seen or member.email == section.inbox:
            is_inbox = member.email == section.inbox
            yield look.problem(
                ("panel", at, "email"),
                "the programme's own inbox" if is_inbox else f"{as_toml(member.email)} twice",
                "the member's own address",
            )
        seen.add(member.email)


PROGRAMME_CHECKS: tuple[Check, ...] = (
    _check_slug,
    _check_dates,
    _check_areas,
    _check_nomination_leads,
    _check_keys,
    _check_awards,
    _check_cohorts,
    _check_limits_of_areas,
    _check_placing,
    _check_people,
    _check_panel,
)

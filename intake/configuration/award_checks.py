"""What can be wrong between the settings of an award: details asked for twice or that nobody should
ask for, nudges after the time to answer, events that clash."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from intake.configuration.explaining import as_toml
from intake.configuration.fields import is_skipped
from intake.configuration.look import Check, Look
from intake.configuration.problems import Problem
from intake.configuration.programme_checks import unknown_areas
from storage.domain.award import INTRODUCTIONS

_BANK = re.compile(
    r"sort[ -]?code|account (?:number|no\b|details)|bank (?:account|details)|\biban\b"
)


def _check_kind(look: Look) -> Iterator[Problem]:
    section = look.section
    if section.kind != "grant":
        for key in ("award", "events"):
            if getattr(section, key):
                yield look.problem(
                    (key,), "a setting of a grant call", 'kind = "grant", or take it out'
                )
    elif section.events and section.award is None:
        yield look.problem(
            ("events", 0),
            "an event, and nobody to invite to it",
            f"[programmes.{look.slug}.award] too: events are for those who took up an award",
        )


def _check_plan(look: Look) -> Iterator[Problem]:
    award = look.section.award
    if award is None:
        return
    late = [days for days in award.chase_after_days if days >= award.reply_within_days]
    if late:
        yield look.problem(
            ("award", "chase_after_days"),
            f"{max(late)}, when the time to answer is over after {award.reply_within_days}",
            f"numbers below reply_within_days, which is {award.reply_within_days}",
        )
    if award.starts_on and award.ends_on and award.ends_on <= award.starts_on:
        yield look.problem(
            ("award", "ends_on"),
            award.ends_on.isoformat(),
            f"a day after starts_on, which is {award.starts_on.isoformat()}",
        )
    at = award.introductions_at
    if at is not None and is_skipped(at, ZoneInfo(look.section.zone)):
        yield look.problem(
            ("award", "introductions_at"),
            f"{at.isoformat()}, which no clock in {look.section.zone} shows",
            "another time: summer time begins in that hour",
        )


def _check_details(look: Look) -> Iterator[Problem]:
    """A label that stands for two details stands for none."""
    award = look.section.award
    keys: set[str] = {INTRODUCTIONS.key}
    owners: dict[str, str] = {}
    for at, detail in enumerate(award.details if award else ()):
        if detail.key in keys:
            is_ours = detail.key == INTRODUCTIONS.key
            yield look.problem(
                ("award", "details", at, "key"),
                f"{as_toml(detail.key)}{'' if is_ours else ' a second time'}",
                "another key: introductions_at asks for it" if is_ours else "another key",
            )
        keys.add(detail.key)
        for word in (detail.label, *detail.labels):
            if _BANK.search(word.casefold()):
                yield look.problem(
                    ("award", "details", at),
                    f"{as_toml(word)}, which asks for bank details by e-mail",
                    "something else: those who pay ask for an account by telephone",
                )
            owner = owners.setdefault(" ".join(word.casefold().split()), detail.key)
            if owner != detail.key:
                yield look.problem(
                    ("award", "details", at),
                    f"{as_toml(word)}, by which {as_toml(owner)} is known too",
                    "a label of its own",
                )


def _check_events(look: Look) -> Iterator[Problem]:
    keys: set[str] = set()
    for at, event in enumerate(look.section.events):
        if event.key in keys:
            yield look.problem(
                ("events", at, "key"), f"{as_toml(event.key)} a second time", "another key"
            )
        keys.add(event.key)
        if is_skipped(event.starts_at, ZoneInfo(look.section.zone)):
            yield look.problem(
                ("events", at, "starts_at"),
                f"{event.starts_at.isoformat()}, which no clock in {look.section.zone} shows",
                "another time: summer time begins in that hour",
            )
        yield from unknown_areas(look, ("events", at, "areas"), event.areas)


AWARD_CHECKS: tuple[Check, ...] = (_check_kind, _check_plan, _check_details, _check_events)

"""One simulated cohort programme from its seed to its judgement: cast, play and oracle."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from intake.commands.simulating.cohort.cast import WHOLE, Cast, make_cast
from intake.commands.simulating.cohort.diary import Diary
from intake.commands.simulating.cohort.expectations import Script
from intake.commands.simulating.cohort.keeping import PicturesKept, PlacesKept
from intake.commands.simulating.cohort.reckoning import Fate, reckon
from intake.commands.simulating.cohort.season import Season, make_season
from intake.commands.simulating.cohort.year import Year
from intake.commands.simulating.oracle import (
    SLACK,
    SLACK_AFTER_DEATH,
    Expected,
    Judgement,
    Reader,
)
from intake.commands.simulating.parts import read_parts
from intake.commands.simulating.play import Happening
from intake.commands.simulating.posted import SentLetter, digest_of, read_ledger, sent_letters
from intake.commands.simulating.practice import Stop, leave_workspace
from intake.commands.simulating.report import Progress
from intake.commands.simulating.ticking import open_ticking
from intake.commands.simulating.workspace import Workspace, open_workspace
from storage.domain.programme import Programme

SLUG = "surrey500"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which year: `size` messages nominate, the process that ticks killed `kills` times. It is
    over once so many cohorts have `started`, None: all."""

    seed: int = 1
    size: int = WHOLE
    kills: int = 0
    started: int | None = None


@dataclass(frozen=True, slots=True)
class Performance:
    """What came of a year. `fates` are by the number of the nominee, `references` their cases;
    `digest` is the same for two years with the same letters."""

    plan: Plan
    programme: Programme
    season: Season
    cast: Cast
    diary: Diary
    happenings: tuple[Happening, ...]
    letters: tuple[SentLetter, ...]
    fates: Mapping[int, Fate]
    references: Mapping[int, str]
    judgement: Judgement
    digest: str
    kills: int

    @property
    def violations(self) -> tuple[str, ...]:
        return self.judgement.violations()


def perform(plan: Plan, into: Path, progress: Progress) -> Performance:
    """Play the year in the folder `into`, which must be empty but for our own marker."""
    with open_workspace(into, SLUG, lambda text: as_small_as(text, plan.size)) as workspace:
        season = make_season(workspace.programme, plan.started)
        year = make_year(workspace, season, plan)
        moments, chance = kill_moments(plan, season, year.cast)
        with open_ticking(workspace.configuration, moments=moments, chance=chance) as ticking:
            year.run(ticking.tick, lambda now: progress(season.opens_at, season.ends_at, now))
        return _judge(plan, year, workspace, kills=ticking.kills())


def practise(plan: Plan, into: Path, stop: Stop, progress: Progress) -> int:
    """Play the year until it stops and leave the folder to practise in; returns how many messages
    lie unread there."""

    def adapt(text: str) -> str:
        return stop.adapt(as_small_as(text, plan.size))

    with open_workspace(into, SLUG, adapt) as workspace:
        season = make_season(workspace.programme, plan.started)
        year = make_year(workspace, season, plan)
        with open_ticking(workspace.configuration, moments=(), chance=Random()) as ticking:
            last_at = stop.last_tick_at
            year.run(
                ticking.tick, lambda now: progress(season.opens_at, last_at, now), until=last_at
            )
        return leave_workspace(into, year.play, stop)


def make_year(workspace: Workspace, season: Season, plan: Plan) -> Year:
    """The play of this seed, not yet begun."""
    programme, parts = workspace.programme, read_parts()
    cast = make_cast(programme, season, parts=parts, seed=plan.seed, size=plan.size)
    return Year(workspace, season, cast, seed=plan.seed)


def as_small_as(text: str, size: int) -> str:
    """The configuration with its organisers told each week, and its places and limits as much
    smaller as fewer messages nominate."""
    organiser = f"[[programmes.{SLUG}.organisers]]"
    told = text.replace(organiser, f'{organiser}\ndigest = "weekly"')

    def smaller(found: re.Match[str]) -> str:
        whole = int(found["number"]) * min(1, size / WHOLE)
        number = math.ceil(whole) if found["key"] == "most_in_a_cohort" else math.floor(whole)
        return f"{found['key']} = {max(1, number)}"

    pattern = r"^(?P<key>places|most_in_all|most_in_a_cohort) = (?P<number>\d+)"
    return re.sub(pattern, smaller, told, flags=re.MULTILINE)


def kill_moments(plan: Plan, season: Season, cast: Cast) -> tuple[list[datetime], Random]:
    """When to kill: where places are given, at which many letters leave, and at times at which
    somebody nominates; and the chance that says how far into a tick."""
    chance = Random(f"kills {plan.seed}")
    great = season.rounds[: max(1, plan.kills // 2)]
    written = [message.at for message in cast.nominations]
    others = [chance.choice(written) for _ in range(plan.kills - len(great))]
    return [*great, *others][: plan.kills], chance


def _judge(plan: Plan, year: Year, workspace: Workspace, *, kills: int) -> Performance:
    opened, known = read_ledger(workspace.database)
    arrivals = tuple(year.play.letterbox.arrivals)
    programme, season, cast = year.programme, year.season, year.cast
    fates = reckon(cast, programme, season.rounds, year.diary)
    numbers = {one.name: one.number for one in cast.nominees}
    references = {
        numbers[case.contact.name]: case.reference
        for case in opened
        if case.contact.name in numbers
    }
    of_cases = {references[number]: fates[number] for number in references}
    return Performance(
        plan=plan,
        programme=programme,
        season=season,
        cast=cast,
        diary=year.diary,
        happenings=tuple(year.play.happenings),
        letters=tuple(sent_letters(arrivals, known, _owners(cast))),
        fates=fates,
        references=references,
        judgement=Judgement(
            readers=tuple(_readers(year, fates)),
            arrivals=arrivals,
            known=known,
            slack=SLACK_AFTER_DEATH if kills else SLACK,
            copies=kills,
            more=(PlacesKept(programme, of_cases), PicturesKept(programme, of_cases)),
        ),
        digest=digest_of(arrivals, known),
        kills=kills,
    )


def _owners(cast: Cast) -> dict[str, int]:
    """Who reads at which address; who nominates themselves reads as a nominee."""
    writers = [one.writer for one in cast.nominations] + [one.writer for one in cast.questions]
    owners = {writer.email: writer.number for writer in writers}
    return owners | {one.email: one.number for one in cast.nominees}


def _readers(year: Year, fates: Mapping[int, Fate]) -> Iterator[Reader]:
    expected: dict[str, list[Expected]] = defaultdict(list)
    script = Script(year.programme, year.season, year.cast, year.diary, fates)
    for email, letter in script.letters():
        if letter.at <= year.season.ends_at:
            expected[email].append(letter)
    for email, (name, role, has_a_case) in _people(year).items():
        letters = tuple(sorted(expected[email], key=lambda letter: letter.at))
        yield Reader(name, role, frozenset({email}), letters, has_a_case)


def _people(year: Year) -> dict[str, tuple[str, str, bool]]:
    """Name, role and whether all letters are about one case, by address."""
    programme, cast = year.programme, year.cast
    people = {one.writer.email: (one.writer.name, "nominates", False) for one in cast.nominations}
    people |= {one.writer.email: (one.writer.name, "asks", False) for one in cast.questions}
    leads = (area.nomination_lead for area in programme.areas)
    people |= {lead.email: (lead.name, "leads", False) for lead in leads if lead is not None}
    organisers = (organiser.address for organiser in programme.organisers)
    people |= {one.email: (one.name, "organiser", False) for one in organisers}
    return people | {one.email: (one.name, one.life, True) for one in cast.nominees}

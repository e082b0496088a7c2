"""One simulated grant call from its seed to its judgement: cast, play and oracle."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from intake.commands.simulating.grant.acting import filed_by_hand
from intake.commands.simulating.grant.assessors import ScoresKept, expect_of_member
from intake.commands.simulating.grant.award_letters import expect_of_finance
from intake.commands.simulating.grant.cast import WHOLE, Person, make_cast
from intake.commands.simulating.grant.diary import Diary
from intake.commands.simulating.grant.disclosure import OutcomesKept
from intake.commands.simulating.grant.expectations import expect, expect_of_organiser
from intake.commands.simulating.grant.season import Season, make_season
from intake.commands.simulating.grant.year import Year
from intake.commands.simulating.oracle import SLACK, SLACK_AFTER_DEATH, Judgement, Reader
from intake.commands.simulating.parts import read_parts
from intake.commands.simulating.play import Happening
from intake.commands.simulating.posted import SentLetter, digest_of, read_ledger, sent_letters
from intake.commands.simulating.practice import Stop, leave_workspace
from intake.commands.simulating.report import Progress
from intake.commands.simulating.ticking import open_ticking
from intake.commands.simulating.workspace import Workspace, open_workspace
from storage.domain.programme import Programme

SLUG = "ace"

ORGANISER = """\
[[programmes.ace.organisers]]
name = "Grace Achebe"
email = "grace.achebe@leadership.nhs.example"
digest = "both"
areas = ["north-east-london"]
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which year: `size` applicants, the process that ticks killed `kills` times."""

    seed: int = 1
    size: int = WHOLE
    kills: int = 0


@dataclass(frozen=True, slots=True)
class Performance:
    """What came of a year. `references` are the cases by the number of their person, `digest` is
    the same for two years with the same letters."""

    plan: Plan
    programme: Programme
    season: Season
    cast: tuple[Person, ...]
    happenings: tuple[Happening, ...]
    letters: tuple[SentLetter, ...]
    diary: Diary
    references: Mapping[int, str]
    judgement: Judgement
    digest: str
    kills: int

    @property
    def violations(self) -> tuple[str, ...]:
        return self.judgement.violations()


def perform(plan: Plan, into: Path, progress: Progress) -> Performance:
    """Play the year in the folder `into`, which must be empty but for our own marker."""
    with open_workspace(into, SLUG, with_organiser) as workspace:
        season = make_season(workspace.programme)
        year = make_year(workspace, season, plan)
        moments, chance = kill_moments(plan, year)
        with open_ticking(workspace.configuration, moments=moments, chance=chance) as ticking:
            year.run(ticking.tick, lambda now: progress(season.opens_at, season.ends_at, now))
        return _judge(plan, year, workspace, kills=ticking.kills())


def practise(plan: Plan, into: Path, stop: Stop, progress: Progress) -> int:
    """Play the year until it stops and leave the folder to practise in; returns how many messages
    lie unread there."""

    def adapt(text: str) -> str:
        return stop.adapt(with_organiser(text))

    with open_workspace(into, SLUG, adapt) as workspace:
        season = make_season(workspace.programme)
        year = make_year(workspace, season, plan)
        with open_ticking(workspace.configuration, moments=(), chance=Random()) as ticking:
            last_at = stop.last_tick_at
            year.run(
                ticking.tick, lambda now: progress(season.opens_at, last_at, now), until=last_at
            )
        return leave_workspace(into, year.play, stop)


def make_year(workspace: Workspace, season: Season, plan: Plan) -> Year:
    """The play of this seed, not yet begun."""
    parts = read_parts()
    cast = make_cast(workspace.programme, season, parts=parts, seed=plan.seed, size=plan.size)
    return Year(workspace, season, cast=cast, parts=parts, seed=plan.seed)


def with_organiser(example: str) -> str:
    """The configuration with one organiser more, who looks after one area."""
    return example.replace("[programmes.ace.round]", f"{ORGANISER}\n[programmes.ace.round]", 1)


SIGNED_WITHIN = (2, 4, 14)
"""Days after the outcomes at which details and agreements come and go."""


def kill_moments(plan: Plan, year: Year) -> tuple[list[datetime], Random]:
    """When to kill: at the great instants of the year, at which many letters leave, and at times
    at which somebody writes; and the chance that says how far into a tick."""
    season, chance = year.season, Random(f"kills {plan.seed}")
    days_later = (timedelta(days=days) for days in SIGNED_WITHIN)
    great = (
        *(season.opens_at, season.outcomes_at, season.moved_at, season.extended_to),
        *(season.asked_at[0], *(season.outcomes_at + later for later in days_later)),
    )
    written = [act.at for person in year.cast for act in person.acts]
    others = [chance.choice(written) for _ in range(plan.kills - len(great))]
    return [*great[: plan.kills], *others], chance


def _judge(plan: Plan, year: Year, workspace: Workspace, *, kills: int) -> Performance:
    opened, known = read_ledger(workspace.database)
    arrivals = tuple(year.play.letterbox.arrivals)
    owners = {address: person.number for person in year.cast for address in person.addresses}
    return Performance(
        plan=plan,
        programme=year.programme,
        season=year.season,
        cast=year.cast,
        happenings=tuple(year.play.happenings),
        letters=tuple(sent_letters(arrivals, known, owners)),
        diary=year.diary,
        references={
            owners[case.contact.email]: case.reference
            for case in opened
            if case.contact.email in owners
        },
        judgement=Judgement(
            readers=tuple(_readers(year)),
            arrivals=arrivals,
            known=known,
            slack=SLACK_AFTER_DEATH if kills else SLACK,
            copies=kills,
            more=(
                OutcomesKept(year.season.outcomes_at),
                *_scores_kept(year),
                filed_by_hand(year.house),
            ),
        ),
        digest=digest_of(arrivals, known),
        kills=kills,
    )


def _readers(year: Year) -> Iterator[Reader]:
    programme, season, diary = year.programme, year.season, year.diary
    for person in year.cast:
        letters = expect(person, programme, season=season, diary=diary)
        yield Reader(person.name, person.life, person.addresses, letters)
    for organiser in programme.organisers:
        name, email = organiser.address.name, organiser.address.email
        letters = expect_of_organiser(organiser, programme, season=season, diary=diary)
        yield Reader(name, "organiser", frozenset({email}), letters, has_a_case=False)
    for member in programme.panel:
        name, email = member.address.name or member.address.email, member.address.email
        letters = expect_of_member(email, programme, diary=diary)
        yield Reader(name, "panel", frozenset({email}), letters, has_a_case=False)
    for number, email in diary.finance.items():
        letters = expect_of_finance(number, diary)
        yield Reader(email, "finance", frozenset({email}), letters, has_a_case=False)


def _scores_kept(year: Year) -> Iterator[ScoresKept]:
    """The check of what the panel's scores came to, once anything was proposed by them."""
    allocation = year.panel.allocation
    if allocation is None:
        return
    scored = [one for one in allocation.proposals if one.candidate.merit is not None]
    funded: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    for one in scored:
        side = funded if one.is_funded else others
        side[one.candidate.area or ""].add(one.candidate.reference)
    yield ScoresKept(
        diary=year.diary,
        criteria=year.programme.criteria,
        counted={x.candidate.reference: float(x.candidate.merit or 0) for x in scored},
        funded={area: frozenset(found) for area, found in funded.items()},
        others={area: frozenset(found) for area, found in others.items()},
        most=year.programme.awards_per_area or len(scored),
    )

"""One simulated year from its seed to its judgement: servers, cast, play and oracle."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from intake.app import App
from intake.commands.simulating.cast import WHOLE, Person, make_cast
from intake.commands.simulating.expectations import Diary, expect, expect_of_organiser
from intake.commands.simulating.oracle import SLACK, Judgement, Known, Reader, digest_of
from intake.commands.simulating.parts import read_parts
from intake.commands.simulating.season import Season, make_season
from intake.commands.simulating.ticking import MortalApp, Tick
from intake.commands.simulating.year import Happening, Year
from intake.commands.staging.mailserver import MailServer
from intake.commands.staging.setting import make_password, write_setting
from intake.config import Configuration, example_path, load_configuration
from storage import cases, outbox
from storage.database import Database
from storage.domain.letter import LetterKind
from storage.domain.programme import Programme

SLUG = "ace"
MOST = 100_000

ORGANISER = """\
[[programmes.ace.organisers]]
name = "Grace Achebe"
email = "grace.achebe@leadership.nhs.example"
digest = "both"
areas = ["north-east-london"]
"""

SLACK_AFTER_DEATH = timedelta(hours=26)
"""How late a letter may be where processes die: one that must never come twice waits for a person,
who looks at it the next morning."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which year: `size` applicants, the process that ticks killed `kills` times."""

    seed: int = 1
    size: int = WHOLE
    kills: int = 0


@dataclass(frozen=True, slots=True)
class SentLetter:
    """One letter of the year. `person` is None for organisers, `case` the reference of its case."""

    at: datetime
    kind: LetterKind
    case: str | None
    person: Person | None
    recipient: str
    subject: str
    text: str


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


def perform(plan: Plan, into: Path, progress: Callable[[Season, datetime], object]) -> Performance:
    """Play the year in the folder `into`, which must be empty but for our own marker."""
    example = with_organiser(only_programme(example_path().read_text(encoding="utf-8"), SLUG))
    password = make_password()
    inbox = _inbox_of(example)
    with MailServer({inbox: password}) as server:
        ports = {"imap_port": server.imap_port, "smtp_port": server.smtp_port}
        path = write_setting(into, example, **ports, password=password)
        configuration = load_configuration(path)
        programme = next(p for p in configuration.programmes if p.slug == SLUG)
        season, parts = make_season(programme), read_parts()
        cast = make_cast(programme, season, parts=parts, seed=plan.seed, size=plan.size)
        database = Database(configuration.database_url)
        database.migrate()
        year = Year(
            programme,
            season,
            cast=cast,
            parts=parts,
            server=server,
            database=database,
            seed=plan.seed,
            secret=configuration.secret,
        )
        with _ticking(configuration, plan, year) as (tick, killed):
            year.play(tick, lambda now: progress(season, now))
        performance = _judge(plan, year, database, kills=killed())
        database.close()
    return performance


def only_programme(example: str, slug: str) -> str:
    """The example configuration up to the first table of another programme."""
    other = re.search(rf"^\[programmes\.(?!{slug}\b)", example, re.MULTILINE)
    return example[: other.start()] if other else example


def with_organiser(example: str) -> str:
    """The configuration with one organiser more, who looks after one area."""
    return example.replace("[programmes.ace.round]", f"{ORGANISER}\n[programmes.ace.round]", 1)


def _inbox_of(example: str) -> str:
    found = re.search(r'^inbox = "([^"]+)"', example, re.MULTILINE)
    if found is None:
        raise ValueError("the example configuration names no inbox")
    return found[1]


@contextmanager
def _ticking(
    configuration: Configuration, plan: Plan, year: Year
) -> Iterator[tuple[Tick, Callable[[], int]]]:
    """What ticks, and how often it has been killed so far."""
    if plan.kills == 0:
        with App(configuration) as application:
            yield application.tick, lambda: 0
        return
    chance = Random(f"kills {plan.seed}")
    moments = list(_moments(plan, year, chance))
    with MortalApp(configuration.path, moments=moments, chance=chance) as mortal:
        yield mortal.tick, lambda: mortal.kills


def _moments(plan: Plan, year: Year, chance: Random) -> Iterator[datetime]:
    """When to kill: at the great instants of the year, at which many letters leave, and at times
    at which somebody writes."""
    season = year.season
    great = (season.opens_at, season.outcomes_at, season.moved_at, season.extended_to)
    yield from great[: plan.kills]
    written = [act.at for person in year.cast for act in person.acts]
    for _ in range(plan.kills - len(great)):
        yield chance.choice(written)


def _judge(plan: Plan, year: Year, database: Database, *, kills: int) -> Performance:
    with database.reading() as session:
        letters = outbox.list_letters(session, limit=MOST)
        opened = cases.list_cases(session, limit=MOST)
    references = {case.id: case.reference for case in opened}
    known = {
        letter.message_id: Known(letter.kind, references.get(letter.case_id or 0))
        for letter in letters
    }
    owners = {address: person for person in year.cast for address in person.addresses}
    judgement = Judgement(
        readers=tuple(_readers(year)),
        arrivals=tuple(year.letterbox.arrivals),
        known=known,
        outcomes_at=year.season.outcomes_at,
        slack=SLACK_AFTER_DEATH if kills else SLACK,
        copies=kills,
    )
    return Performance(
        plan=plan,
        programme=year.programme,
        season=year.season,
        cast=year.cast,
        happenings=tuple(year.happenings),
        letters=tuple(_letters(judgement, owners)),
        diary=year.diary,
        references={
            owners[case.contact.email].number: case.reference
            for case in opened
            if case.contact.email in owners
        },
        judgement=judgement,
        digest=digest_of(judgement.arrivals, known),
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
        yield Reader(name, "organiser", frozenset({email}), letters, is_applicant=False)


def _letters(judgement: Judgement, owners: Mapping[str, Person]) -> Iterator[SentLetter]:
    seen: set[str] = set()
    for arrival in judgement.arrivals:
        known = judgement.known.get(arrival.message_id)
        if known is None or arrival.message_id in seen:
            continue
        seen.add(arrival.message_id)
        recipient = arrival.recipients[0]
        yield SentLetter(
            at=arrival.at,
            kind=known.kind,
            case=known.case,
            person=owners.get(recipient),
            recipient=recipient,
            subject=arrival.subject,
            text=arrival.text,
        )

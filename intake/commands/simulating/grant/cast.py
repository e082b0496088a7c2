"""The people of a simulated year: who they are, what they do and when. All by the seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain, cycle, islice, repeat
from random import Random

from intake.commands.simulating.grant.lives import Act, Life, live
from intake.commands.simulating.grant.season import Season
from intake.commands.simulating.parts import Parts, draw_project, slug_of
from storage.domain.programme import Programme


class Voice(StrEnum):
    """How somebody writes their expression of interest."""

    LABELS = "labels"
    PROSE = "prose"
    HTML = "html"
    DOCUMENT = "document"
    FORWARDED = "forwarded"
    ASSISTANT = "assistant"
    BULLETS = "bullets"
    TERSE = "terse"


VOICES = (
    Voice.LABELS,
    Voice.PROSE,
    Voice.HTML,
    Voice.PROSE,
    Voice.BULLETS,
    Voice.LABELS,
    Voice.TERSE,
    Voice.DOCUMENT,
    Voice.HTML,
    Voice.ASSISTANT,
    Voice.PROSE,
    Voice.LABELS,
    Voice.FORWARDED,
)
"""Who writes how, in turn."""

QUOTAS = (
    (Life.STEADY, 20),
    (Life.RESENDS, 6),
    (Life.LATE, 4),
    (Life.SILENT, 8),
    (Life.WITHDRAWS, 3),
    (Life.THIN, 3),
    (Life.EARLY, 2),
    (Life.TOO_LATE, 2),
    (Life.BOUNCES, 1),
    (Life.HOLIDAY, 3),
    (Life.ASKS, 3),
    (Life.EXTENDED, 1),
    (Life.CORRECTS, 3),
    (Life.IN_GRACE, 1),
    (Life.BOUNCES_LATER, 1),
    (Life.CHANGES_MIND, 1),
    (Life.STEPS_BACK, 1),
    (Life.NEVER_SAYS, 1),
    (Life.BROKEN_FILE, 1),
    (Life.REPEATS, 1),
)
"""How many live which life in a whole year. A smaller one has one of each first, in this order."""

WHOLE = sum(count for _, count in QUOTAS)


@dataclass(frozen=True, slots=True)
class Helper:
    """Who writes for somebody else: an assistant, or a colleague who forwards."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Person:
    """One applicant. `paragraphs` tell the project; `helper` sends the expression in their name.
    `merit` is what the panel will give, 0 to 100, no two the same. The address reports each letter
    as undeliverable from `gone_from` on, and answers by itself between the two of `away`."""

    number: int
    name: str
    email: str
    phone: str
    role: str
    organisation: str
    area: str
    area_name: str
    place: str
    title: str
    paragraphs: tuple[str, str]
    leader: str
    partners: tuple[str, ...]
    signoff: str
    opening: str
    note: str
    voice: Voice
    life: Life
    merit: float
    acts: tuple[Act, ...]
    helper: Helper | None = None
    gone_from: datetime | None = None
    away: tuple[datetime, datetime] | None = None

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses at which this person's letters may be read."""
        return frozenset({self.email, *((self.helper.email,) if self.helper else ())})


def make_cast(
    programme: Programme, season: Season, *, parts: Parts, seed: int, size: int = WHOLE
) -> tuple[Person, ...]:
    """The applicants of this seed, `size` of them, spread over the programme's areas."""
    names = _names(parts, Random(f"cast {seed}"), size * 2)
    casting = _Casting(programme, season, parts, seed)
    return tuple(
        casting.person(number, life, name=names[number], helper_name=names[-1 - number])
        for number, life in enumerate(_lives(size))
    )


def _lives(size: int) -> Iterator[Life]:
    """One of each life, then another of each that has more, and so on; then steady ones."""
    rounds = max(count for _, count in QUOTAS)
    told = (life for n in range(rounds) for life, count in QUOTAS if n < count)
    return islice(chain(told, repeat(Life.STEADY)), size)


def _names(parts: Parts, chance: Random, count: int) -> list[str]:
    """Names all different, with each given and each family name as seldom as can be."""
    given = chance.sample(parts.given, len(parts.given))
    family = chance.sample(parts.family, len(parts.family))
    pairs = zip(cycle(given), cycle(family), strict=False)
    return list(dict.fromkeys(f"{one} {other}" for one, other in islice(pairs, count)))


@dataclass(frozen=True, slots=True)
class _Casting:
    """What all people of one cast have in common."""

    programme: Programme
    season: Season
    parts: Parts
    seed: int

    def person(self, number: int, life: Life, *, name: str, helper_name: str) -> Person:
        chance, parts = Random(f"{self.seed}/{number}/{life}"), self.parts
        area = self.programme.areas[number % len(self.programme.areas)]
        place = area.places[(number * 7 + self.seed) % len(area.places)]
        organisation = chance.choice(parts.organisations).format(place=place)
        domain = f"{slug_of(organisation)}.example"
        voice = Voice.PROSE if life in PLAIN_LIVES else VOICES[number % len(VOICES)]
        project = draw_project(parts, chance, place=place, number=number)
        lived = live(life, self.season, chance=chance)
        leader = f"{chance.choice(parts.given)} {chance.choice(parts.family)}"
        helper = Helper(helper_name, f"{slug_of(helper_name, '.')}@{domain}")
        return Person(
            number=number,
            name=name,
            email=f"{slug_of(name, '.')}@{domain}",
            phone=f"07700 900{number * 13 % 1000:03d}",
            role=chance.choice(parts.roles),
            organisation=organisation,
            area=area.key,
            area_name=area.name,
            place=place,
            title=project.title,
            paragraphs=project.paragraphs,
            leader=f"{leader}, {chance.choice(parts.leaders)}",
            partners=project.partners,
            signoff=chance.choice(parts.signoffs),
            opening=chance.choice(parts.openings),
            note=chance.choice(parts.notes),
            voice=voice,
            life=life,
            merit=chance.randint(35, 97) + number / 100,
            acts=lived.acts,
            helper=helper if voice in WITH_HELPER else None,
            gone_from=lived.gone_from,
            away=lived.away,
        )


PLAIN_LIVES = frozenset(
    {Life.THIN, Life.NEVER_SAYS, Life.BOUNCES, Life.BOUNCES_LATER, Life.HOLIDAY}
)
"""Lives of people who write themselves."""

WITH_HELPER = frozenset({Voice.ASSISTANT, Voice.FORWARDED})
"""Voices in which somebody else sends the expression."""

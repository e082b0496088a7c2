"""The people of a simulated cohort programme: who nominates whom, when and how. All by the seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count, cycle, islice, product
from random import Random

from intake.commands.simulating.cohort.lives import QUOTAS, Life
from intake.commands.simulating.cohort.season import NOMINATING, Season
from intake.commands.simulating.parts import Parts, slug_of
from storage.domain.programme import Programme

WHOLE = 190
"""Messages of a whole year that nominate; they put some seven hundred people forward."""

SIZES = (3, 1, 6, 2, 5, 1, 9, 3, 4, 3)
"""How many people a message nominates, in turn."""

TEAM_SIZES = range(3, 7)
"""Lists of so many people are a team now and then."""


class Manner(StrEnum):
    """How somebody writes a nomination."""

    LIST = "list"
    PROSE = "prose"
    TABLE = "table"
    WORKBOOK = "workbook"
    LABELS = "labels"
    SELF = "self"
    TEAM = "team"


MANNERS = (
    Manner.LIST,
    Manner.TABLE,
    Manner.PROSE,
    Manner.LIST,
    Manner.WORKBOOK,
    Manner.LABELS,
    Manner.LIST,
)
"""How those write in turn who put forward several people and no team."""

OUTSIDE = ("Riverbank", "Threefold", "Larkfield")
"""Places that lie in no partnership."""

TEAMS = (
    "Night Nursing",
    "Hospital Discharge",
    "Front Door",
    "Rapid Response",
    "Home First",
    "Falls and Frailty",
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who nominates, or asks. `number` is their own among all people of the year."""

    number: int
    name: str
    email: str
    role: str
    organisation: str
    place: str
    area: str | None


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody who is put forward. `after` is how long they take to answer. `area` and `team` are
    those of the message that put them forward first."""

    number: int
    name: str
    email: str
    role: str
    organisation: str
    life: Life
    after: timedelta
    area: str | None
    team: str | None


@dataclass(frozen=True, slots=True)
class Nomination:
    """One message. Of its `people` those in `again` have been put forward before, by somebody
    else."""

    at: datetime
    writer: Writer
    people: tuple[Nominee, ...]
    manner: Manner
    team: str | None = None
    again: tuple[Nominee, ...] = ()

    @property
    def others(self) -> tuple[Nominee, ...]:
        """Those who are put forward here first, and did not write it themselves."""
        return tuple(one for one in self.people if one.email != self.writer.email)


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody asks who leads the nominations."""

    at: datetime
    writer: Writer


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody of a year: `nominations` in order of time, `questions` likewise."""

    nominations: tuple[Nomination, ...]
    questions: tuple[Question, ...]

    @property
    def nominees(self) -> tuple[Nominee, ...]:
        """In order of nomination."""
        return tuple(one for message in self.nominations for one in message.people)


def make_cast(
    programme: Programme, season: Season, *, parts: Parts, seed: int, size: int = WHOLE
) -> Cast:
    """The people of this seed: `size` messages nominate."""
    casting = _Casting(programme, season, parts, seed)
    made = [casting.nomination(number) for number in range(size)]
    in_order = sorted(made, key=lambda one: one.at)
    again = [casting.again(number, in_order) for number in range(max(1, size // 30))]
    questions = [casting.question(number) for number in range(max(2, size // 20))]
    nominations = sorted([*in_order, *again], key=lambda one: one.at)
    return Cast(tuple(nominations), tuple(sorted(questions, key=lambda one: one.at)))


class _Casting:
    """What all people of one cast have in common; names and numbers are given away in order."""

    def __init__(self, programme: Programme, season: Season, parts: Parts, seed: int) -> None:
        self._season, self._parts = season, parts
        self._chance = Random(f"nominations {seed}")
        names = [f"{given} {family}" for given, family in product(parts.given, parts.family)]
        self._names = iter(self._chance.sample(names, len(names)))
        self._numbers = count()
        self._lives = cycle(_lives(self._chance))
        towns = [(area.key, area.places) for area in programme.areas]
        self._places = [*((key, places[-20:]) for key, places in towns), (None, OUTSIDE)]

    def nomination(self, number: int) -> Nomination:
        """The message with this number; the first come in the days before and after the opening,
        the last one after the closing."""
        chance = self._chance
        writer = self._writer(number)
        size = SIZES[number % len(SIZES)]
        is_self = size == 1 and number % 4 == 1
        is_team = size in TEAM_SIZES and number % 3 == 2
        team = f"{chance.choice(TEAMS)} Team" if is_team else None
        people = tuple(self._nominee(writer, team, may_lack=size > 2) for _ in range(size))
        if is_self:
            people = (_as_nominee(writer, people[0]),)
        manner = Manner.SELF if is_self else Manner.TEAM if is_team else _manner(number, size)
        return Nomination(self._time(number), writer, people, manner, team)

    def again(self, number: int, before: Sequence[Nomination]) -> Nomination:
        """A message about somebody who was nominated already, and one or two who were not."""
        known = [m for m in before if m.manner is Manner.LIST and m.others]
        earlier = known[(number * 7 + 1) % len(known)]
        writer = self._writer(number)
        people = tuple(self._nominee(writer, None, may_lack=False) for _ in range(1 + number % 2))
        at = earlier.at + timedelta(days=2, minutes=7 * number + 3, seconds=41)
        twice = next(one for one in earlier.others if one.life is not Life.NO_ADDRESS)
        return Nomination(at, writer, people, Manner.LIST, again=(twice,))

    def question(self, number: int) -> Question:
        days = 1 + number * 60 // 10 % 70
        day = self._season.on(self._season.opens_at + timedelta(days=days), 14, 11)
        return Question(day + timedelta(minutes=number), self._writer(number))

    def _time(self, number: int) -> datetime:
        """No two at the same second: the order of nomination decides about places."""
        season, chance = self._season, self._chance
        clock = {"hour": chance.randint(8, 19), "minute": chance.randint(0, 59)}
        exact = timedelta(seconds=number % 60, minutes=number // 60)
        if number == EARLY:
            return season.on(season.opens_at - timedelta(days=2), **clock) + exact
        if number == LATE:
            return season.on(season.closes_at + timedelta(days=3), **clock) + exact
        weeks = NOMINATING / timedelta(days=1)
        days = number % 3 if number < FIRST else chance.randrange(1, int(weeks))
        at = season.on(season.opens_at + timedelta(days=days), **clock) + exact
        return max(at, season.opens_at + timedelta(minutes=11, seconds=number))

    def _writer(self, number: int) -> Writer:
        chance = self._chance
        area, places = self._places[number % len(self._places)]
        place = chance.choice(places)
        organisation = chance.choice(self._parts.organisations).format(place=place)
        name, own = next(self._names), next(self._numbers)
        email = f"{slug_of(name, '.')}@{slug_of(organisation)}{own}.example"
        role = chance.choice(self._parts.roles)
        return Writer(own, name, email, role, organisation, place, area)

    def _nominee(self, writer: Writer, team: str | None, *, may_lack: bool) -> Nominee:
        chance, name = self._chance, next(self._names)
        life = next(self._lives)
        domain = writer.email.partition("@")[2]
        return Nominee(
            number=next(self._numbers),
            name=name,
            email=f"{slug_of(name, '.')}@{domain}",
            role=chance.choice(self._parts.roles),
            organisation=writer.organisation,
            life=life if may_lack or life is not Life.NO_ADDRESS else Life.TAKES,
            after=timedelta(minutes=chance.randint(60, 50 * 60)),
            area=writer.area,
            team=team,
        )


EARLY, LATE = 7, 9
"""The numbers of the messages from before the opening and from after the closing."""

FIRST = 5
"""So many messages come in the first three days."""


def _lives(chance: Random) -> Iterator[Life]:
    """A hundred lives: one of each, then the others in an order by chance."""
    each = [life for life, _ in QUOTAS]
    rest = [life for life, number in QUOTAS for _ in range(number - 1)]
    return iter([*each, *chance.sample(rest, len(rest))])


def _manner(number: int, size: int) -> Manner:
    if size == 1:
        return Manner.PROSE
    return next(islice(MANNERS, number % len(MANNERS), None))


def _as_nominee(writer: Writer, one: Nominee) -> Nominee:
    """Somebody who nominates themselves."""
    life = one.life if one.life not in THROUGH_OTHERS else Life.TAKES
    return Nominee(
        one.number,
        writer.name,
        writer.email,
        writer.role,
        writer.organisation,
        life,
        one.after,
        writer.area,
        None,
    )


THROUGH_OTHERS = frozenset({Life.BOUNCES, Life.NO_ADDRESS})
"""Lives in which whoever nominated somebody passes letters on."""

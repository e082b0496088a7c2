"""A year in the life of one applicant's reminders, drawn from a seed: a closing that moves, a pack,
a form, a dead address, a process that sleeps, a clock that jumps."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.domain.programme import Programme, Reminders
from storage.domain.reminders import Applicant, SkipRule, next_reminder, reminders_due
from tests.support.programmes import ACE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

CLOCK_CHANGES = (date(2024, 3, 31), date(2024, 10, 27), date(2025, 3, 30), date(2025, 10, 26))
LEAP_DAYS = (date(2024, 2, 29), date(2028, 2, 29))
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
CLOCKS = (time(9), time(0), time(1), time(1, 30), time(2), time(2, 30), time(23, 59))


@dataclass(frozen=True)
class Happening:
    """Something that changes what holds, at a true instant. `set_at` of an extension is by the
    clock as it showed then."""

    at: datetime
    what: str
    closes_at: datetime | None = None
    by: timedelta = timedelta(0)


@dataclass(frozen=True)
class Life:
    """What is drawn: the programme at first, what happens, and when the process looks (true
    instants, in order, the last one long after every closing)."""

    programme: Programme
    happenings: tuple[Happening, ...]
    looks: tuple[datetime, ...]


@dataclass(frozen=True)
class Entry:
    """What the ledger holds of one reminder: `at` by the clock as it showed, and what was true."""

    closes_at: datetime
    days: int
    scheduled_at: datetime
    at: datetime
    rule: SkipRule | None
    facts: Applicant


@dataclass
class World:
    """What holds at an instant. `clock` is by how much the process's clock is wrong."""

    programme: Programme
    pack_at: datetime | None = None
    has_form: bool = False
    is_withdrawn: bool = False
    is_bounced: bool = False
    set_at: datetime | None = None
    moves: tuple[datetime, ...] = ()
    clock: timedelta = timedelta(0)
    attention_at: datetime | None = None
    entries: list[Entry] = field(default_factory=list)

    @property
    def closes_at(self) -> datetime:
        return self.programme.round.closes_at

    def shown(self, at: datetime) -> datetime:
        """What the process's clock shows at a true instant."""
        return at + self.clock

    def facts(self) -> Applicant:
        own = [entry for entry in self.entries if entry.closes_at == self.closes_at]
        others = [e.at for e in self.entries if e.closes_at != self.closes_at and e.rule is None]
        return Applicant(
            pack_at=self.pack_at,
            is_settled=self.has_form or self.is_withdrawn,
            is_bounced=self.is_bounced,
            set_at=self.set_at,
            told_at=(*others, *self.moves),
            done=frozenset(entry.days for entry in own),
        )

    def happen(self, happening: Happening) -> None:
        """Every fact makes the process look at the case at its next turn."""
        now = self.shown(happening.at)
        self.attention_at = min(now, self.attention_at or now)
        match happening.what:
            case "pack":
                self.pack_at = now
            case "form":
                self.has_form = True
            case "withdrawn" | "reinstated":
                self.is_withdrawn = happening.what == "withdrawn"
            case "bounced" | "reached":
                self.is_bounced = happening.what == "bounced"
            case "clock":
                self.clock += happening.by
            case "extended" if happening.closes_at and happening.closes_at > self.closes_at:
                self._close(happening.closes_at, now)
                self.moves += (now,)
            case "configured" if happening.closes_at:
                self._close(happening.closes_at, None)

    def look(self, at: datetime) -> None:
        """One turn of the process: what is due is written down, and when to look again."""
        now, facts = self.shown(at), self.facts()
        for reminder, rule in reminders_due(self.programme, facts, now=now):
            entry = Entry(reminder.closes_at, reminder.days, reminder.at, now, rule, facts)
            self.entries.append(entry)
        self.attention_at = next_reminder(self.programme, self.facts(), now=now)

    def _close(self, at: datetime, set_at: datetime | None) -> None:
        self.programme = closing(self.programme, at)
        self.set_at = set_at


def closing(programme: Programme, at: datetime) -> Programme:
    return replace(programme, round=replace(programme.round, closes_at=at))


def live(
    life: Life,
    *,
    only_at_attention: bool = False,
    looking: Callable[[World, datetime], None] | None = None,
) -> Iterator[tuple[World, datetime]]:
    """The world after each look, with what the clock showed. `only_at_attention`: the process
    looks only if it wished to, or because of what happened. `looking` sees it before each look."""
    world, happenings = World(life.programme), list(life.happenings)
    for look in life.looks:
        while happenings and happenings[0].at <= look:
            world.happen(happenings.pop(0))
        now = world.shown(look)
        if not only_at_attention or (world.attention_at is not None and world.attention_at <= now):
            if looking is not None:
                looking(world, now)
            world.look(look)
            yield world, now


def draw_life(seed: int) -> Life:
    """The life of this seed."""
    rng = random.Random(seed)
    zone = ZoneInfo(rng.choice(ZONES))
    anchor = rng.choice((*CLOCK_CHANGES, *LEAP_DAYS, date(2024, 1, 1) + rng.randrange(900) * DAY))
    closes_on = anchor + rng.randrange(0, 20) * DAY
    clock = time(rng.randrange(24), rng.choice((0, 0, 30, 59)))
    closes_at = datetime.combine(closes_on, clock, tzinfo=zone).astimezone(UTC)
    programme = replace(closing(ACE, closes_at), zone=zone, **_settings(rng, closes_on))
    begins = closes_at - timedelta(days=rng.uniform(3, 45))
    happenings = tuple(sorted(_happenings(rng, begins, closes_at), key=lambda one: one.at))
    ends = max(h.closes_at or closes_at for h in happenings) + 400 * DAY
    return Life(programme, happenings, (*_looks(rng, programme, happenings, begins), ends))


def _settings(rng: random.Random, closes_on: date) -> dict[str, object]:
    days = rng.sample(range(1, 31), rng.randrange(0, 6))
    if rng.random() < 0.3:
        days = [1, 2, 3, 7]
    reminders = Reminders(
        days_before=tuple(days),
        at=rng.choice(CLOCKS),
        working_days_only=rng.random() < 0.6,
        after_pack=timedelta(days=rng.randrange(0, 6)),
    )
    near = [closes_on + rng.randrange(-35, 15) * DAY for _ in range(rng.randrange(0, 8))]
    return {"reminders": reminders, "holidays": frozenset(near)}


def _happenings(rng: random.Random, begins: datetime, closes_at: datetime) -> Iterator[Happening]:
    def some_time() -> datetime:
        return begins + rng.random() * (closes_at + 12 * DAY - begins)

    if rng.random() < 0.95:
        yield Happening(begins + rng.random() ** 3 * (closes_at - begins), "pack")
    if rng.random() < 0.3:
        yield Happening(some_time(), "form")
    if rng.random() < 0.15:
        gone = some_time()
        yield Happening(gone, "withdrawn")
        if rng.random() < 0.5:
            yield Happening(gone + rng.random() * 9 * DAY, "reinstated")
    if rng.random() < 0.2:
        dead = some_time()
        yield Happening(dead, "bounced")
        if rng.random() < 0.5:
            yield Happening(dead + rng.random() * 9 * DAY, "reached")
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        later = closes_at + rng.choice((HOUR, DAY, DAY, 3 * DAY, 7 * DAY, 21 * DAY))
        yield Happening(some_time(), "extended", later)
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        other = closes_at + rng.choice((-7, -3, -1, 1, 2, 7)) * DAY
        yield Happening(some_time(), "configured", other)
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        jump = rng.choice((-1, 1)) * rng.choice((HOUR, 5 * HOUR, DAY, 8 * DAY))
        wrong = some_time()
        yield Happening(wrong, "clock", by=jump)
        if rng.random() < 0.8:
            yield Happening(wrong + rng.random() * 3 * DAY, "clock", by=-jump)
    yield Happening(closes_at + 300 * DAY, "nothing")


def _looks(
    rng: random.Random,
    programme: Programme,
    happenings: tuple[Happening, ...],
    begins: datetime,
) -> list[datetime]:
    """Looks at random, and close around every reminder of every closing; none in a downtime."""
    closings = {h.closes_at for h in happenings if h.closes_at} | {programme.round.closes_at}
    looks = [begins + rng.random() * 60 * DAY for _ in range(25)]
    for closes_at in closings:
        planned = [expected_at(closing(programme, closes_at), n) for n in _days(programme)]
        for at in (*planned, closes_at):
            near = (timedelta(0), timedelta(seconds=-1), timedelta(minutes=rng.randrange(600)))
            looks += [at + rng.choice(near) for _ in range(2)]
    looks += [
        h.at + timedelta(minutes=rng.randrange(300)) for h in happenings if rng.random() < 0.5
    ]
    for _ in range(rng.choice((0, 0, 1, 2))):
        asleep = begins + rng.random() * 40 * DAY
        awake = asleep + rng.choice((HOUR, 10 * HOUR, 3 * DAY, 12 * DAY))
        looks = [look for look in looks if not asleep < look < awake]
    return sorted(looks)


def _days(programme: Programme) -> tuple[int, ...]:
    return programme.reminders.days_before


def expected_at(programme: Programme, days: int) -> datetime:
    """The time of a reminder, found another way than the code finds it: among the instants at
    which the clock shows it the first, else as much later as was left out."""
    zone, settings = programme.zone, programme.reminders
    day = programme.round.closes_at.astimezone(zone).date() - days * DAY
    off = {6, 7} if settings.working_days_only else set()
    while day.isoweekday() in off or (off and day in programme.holidays):
        day -= DAY
    wanted = datetime.combine(day, settings.at)
    near = (wanted.replace(tzinfo=UTC) + step * DAY for step in (-1, 1))
    before, after = (at.astimezone(zone).utcoffset() or timedelta(0) for at in near)
    readings = [(wanted - offset).replace(tzinfo=UTC) for offset in (before, after)]
    shown = [at for at in readings if at.astimezone(zone).replace(tzinfo=None) == wanted]
    return min(shown) if shown else readings[0]

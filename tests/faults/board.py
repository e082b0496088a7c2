"""The scoreboard of docs/reliability.md: which module measures each row, and what it has to show.

A row's module has one function, `measure(size)`, that gives figures; whether they are good enough
is said by each figure, not by words."""

import importlib
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """How much a row tries: what its target asks for, or a little of everything."""

    FULL = "full"
    SMALL = "small"

    def pick(self, *, full: int, small: int) -> int:
        return full if self is Size.FULL else small


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was measured, and the least and the most it may be."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def is_good(self) -> bool:
        return (self.least is None or self.value >= self.least) and (
            self.most is None or self.value <= self.most
        )

    def __str__(self) -> str:
        return f"{self.value:,.4g} {self.name}" if self.value < 1000 else self._whole()

    def _whole(self) -> str:
        return f"{self.value:,.0f} {self.name}"


def none_of(name: str, value: float) -> Figure:
    """Something that must not happen at all."""
    return Figure(name, value, most=0)


def exactly(name: str, value: float, wanted: float) -> Figure:
    return Figure(name, value, least=wanted, most=wanted)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one row showed. `notes` are lines worth reading beside the figures."""

    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return bool(self.figures) and all(figure.is_good for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the scoreboard."""

    key: str
    module: str
    measure: str
    target: str


ROWS = (
    Row(
        "R1",
        "tests.faults.kills",
        "SIGKILL at named points",
        "≥ 12 points, ≥ 1,000 kills: 0 lost, 0 stored twice, ≤ 2 copies, same bytes, explained",
    ),
    Row(
        "R2",
        "tests.faults.wire_faults",
        "SMTP and IMAP faults at every command",
        "≥ 400: 0 lost, 0 unsent but 5xx, copies = accept-then-drop",
    ),
    Row(
        "R3",
        "tests.faults.renumbering",
        "UIDVALIDITY, UID reuse, missing and repeated Message-ID",
        "≥ 25 scenarios: 0 new cases, 0 letters",
    ),
    Row(
        "R4",
        "tests.faults.poison",
        "hostile messages among good ones",
        "60 good answered, 60 put aside with a reason, ≤ 45 s",
    ),
    Row(
        "R5",
        "tests.faults.outages",
        "disk full, ledger locked, PostgreSQL stopped at once",
        "each ≥ 6 times: 0 lost, 0 copies, all goes on without a restart",
    ),
    Row(
        "R6",
        "tests.faults.workers",
        "4 workers on one ledger, SQLite and PostgreSQL",
        "1,000 messages each: 0 twice, 0 surfaced lock errors",
    ),
    Row(
        "R7",
        "tests.faults.reminders",
        "reminders over daylight saving, clock jumps, downtime, moved deadlines",
        "10,000 schedules: each once or its skip recorded, none after the deadline",
    ),
    Row(
        "R8",
        "tests.faults.robots",
        "bot against bot, robots without marks, rotating and forged senders",
        "ends after one reply; ≤ 1 to a victim; the breaker trips and alerts",
    ),
    Row(
        "R9",
        "tests.faults.machines",
        "headers of machines, and mail of people",
        "≥ 150 header cases right; 0 replies to real bounces; ≥ 99 % of people answered",
    ),
    Row(
        "R10",
        "tests.faults.bounces",
        "reports of failed delivery, and forged ones",
        "≥ 40 forms ≥ 95 % read; 20 forged: 0 effect",
    ),
    Row(
        "R11",
        "tests.faults.outcomes",
        "outcomes in random order, twice, under kills",
        "1,000 decisions: exactly one correct outcome each, one recipient an envelope",
    ),
    Row(
        "S1",
        "tests.security.authority",
        "spoofed senders, forged results, reused and expired tokens",
        "≥ 60: 0 accepted",
    ),
    Row(
        "S2",
        "tests.security.headers",
        "header injection, to the wire",
        "≥ 100 payloads: header names as intended, one recipient an envelope",
    ),
    Row(
        "S3",
        "tests.security.bombs",
        "every bomb, in a child",
        "each ≤ 10 s and ≤ 512 MB, a verdict recorded; text in linear time",
    ),
    Row(
        "S4",
        "tests.security.values",
        "applicants' fields, and templates",
        "≥ 50 payloads literal; ≥ 30 hostile templates refused or stopped ≤ 2 s",
    ),
    Row(
        "S5",
        "tests.security.formulas",
        "spreadsheet formulas, in every kind of workbook",
        "≥ 40 payloads: 0 formulas",
    ),
    Row(
        "S6",
        "tests.security.screens",
        "terminal, log and HTML payloads",
        "≥ 60: 0 control bytes, 0 crashes, 0 unescaped",
    ),
    Row(
        "S7",
        "tests.security.encryption",
        "bad certificates, STARTTLS stripped, clear text after it, over IMAP and SMTP",
        "0 credentials leaked",
    ),
    Row(
        "S8",
        "tests.security.canaries",
        "a canary person and canary secrets, through everything that logs",
        "0 hits in logs",
    ),
    Row(
        "S9",
        "tests.security.fuzzing",
        "messages bent in every way",
        "60 s, ≥ 5,000 structured cases: 0 crashes, 0 hangs",
    ),
    Row(
        "S10",
        "tests.security.privacy",
        "erase and export of a canary",
        "0 left; 100 % returned",
    ),
)

BY_KEY = {row.key: row for row in ROWS}


@dataclass(frozen=True, slots=True)
class Result:
    """A row as it was measured: wall seconds, and those of processors, children's included."""

    key: str
    measured: Measured
    seconds: float
    cpu_seconds: float


def run(key: str, size: Size) -> Result:
    """Measure one row in this process."""
    module = importlib.import_module(BY_KEY[key].module)
    started, used = time.monotonic(), _cpu_seconds()
    measured: Measured = module.measure(size)
    return Result(key, measured, time.monotonic() - started, _cpu_seconds() - used)


def _cpu_seconds() -> float:
    return sum(_used(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _used(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def misses(results: Iterator[Result] | list[Result]) -> list[str]:
    """The keys of the rows that miss their target."""
    return [result.key for result in results if not result.measured.is_good]

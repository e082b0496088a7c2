"""What many cases cost that want nothing: a look at what is due, a poll that finds nothing, the
digest and the export."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.speed.many_cases import LATER, REAL, Ledger, open_ledgers
from benchmarks.speed.measure import Figure, Measure, Size, no_longer, seconds_each, take_turns
from benchmarks.speed.office import open_office
from benchmarks.speed.peaks import run_and_watch
from intake.app import App
from tests.support.configurations import write_configuration

MANY, FEW = 100_000, 1_000
POSTROOM = str(Path(sys.executable).parent / "postroom")


def planning(size: Size) -> Iterator[Figure]:
    """The same few cases are due among many and among few."""
    many, rounds = size.pick(full=MANY, small=500), size.pick(full=5, small=1)
    due = min(20, REAL)
    with (
        open_office() as office,
        open_ledgers(office, size.pick(full=FEW, small=100), many) as (small, large),
        App(small.configuration) as among_few,
        App(large.configuration) as among_many,
    ):
        moment = LATER

        def plan(app: App) -> float:
            nonlocal moment
            moment += timedelta(seconds=1)
            now = moment
            with app.database.writing() as session:
                session.connection().execute(
                    text("UPDATE cases SET attention_at = :now WHERE id <= :due"),
                    {"now": now.replace(tzinfo=None), "due": due},
                )
            return seconds_each(1, lambda: app.plan(now))

        take_turns(1, lambda: plan(among_many), lambda: plan(among_few))
        pair = take_turns(rounds, lambda: plan(among_many), lambda: plan(among_few))
        yield no_longer(
            f"planning {due} of {large.cases:,} cases, of {small.cases:,}", pair, most=2
        )

        def tick(app: App) -> float:
            return seconds_each(1, lambda: app.tick(moment))

        take_turns(1, lambda: tick(among_many), lambda: tick(among_few))
        idle = take_turns(rounds, lambda: tick(among_many), lambda: tick(among_few))
        yield no_longer("a tick that finds nothing, the same ledgers", idle, most=2)


def telling(size: Size) -> Iterator[Figure]:
    """Each command in a process of its own, from its start to its end."""
    with (
        open_office() as office,
        open_ledgers(
            office, size.pick(full=FEW, small=100), size.pick(full=MANY, small=500)
        ) as ledgers,
    ):
        files = [_configured(ledger) for ledger in ledgers]
        for name, words in (
            ("digest", ["digest", "--programme", "ace"]),
            ("export to .json", ["export", "--programme", "ace", "--to", "ace.json"]),
        ):
            (_, few_bytes), (seconds, many_bytes) = (
                run_and_watch([POSTROOM, "--config", str(file), *words], folder=file.parent)
                for file in files
            )
            yield Figure(
                f"{name}, {ledgers[1].cases:,} cases",
                seconds,
                "s",
                most=10,
            )
            yield Figure(
                f"its memory, beside {ledgers[0].cases:,} cases",
                many_bytes / few_bytes,
                most=2,
                ours=many_bytes / 2**20,
                theirs=few_bytes / 2**20,
                of="MB",
            )


def _configured(ledger: Ledger) -> Path:
    """A configuration file of the example's grant call over this ledger."""
    folder = ledger.configuration.data_folder
    example = (Path(__file__).resolve().parent.parent.parent / "config.example.toml").read_text()
    head, _, rest = example.partition('data_folder = "var"')
    return write_configuration(folder, f'{head}data_folder = "{folder}"{rest}')


MEASURES = (
    Measure(13, "planning among quiet cases", planning),
    Measure(14, "digest and export", telling),
)

"""`make bench`: how fast everything is, beside something else and beside its goal.

python -m benchmarks.speed [ONLY…] [--small] [--to FILE]
"""

import json
import logging
import os
import platform
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks.speed.measure import Figure, Measure, Size
from benchmarks.speed.measures import MEASURES, MISSING, figures_of
from benchmarks.speed.table import table_of
from intake.commands.context import EXIT_USAGE
from intake.commands.printing import console

RESULTS = Path(__file__).resolve().parent.parent / "results.json"

Seen = list[tuple[Measure, list[Figure]]]


def main(
    only: Annotated[
        list[int] | None, typer.Argument(help="The numbers of measures; else all.")
    ] = None,
    small: Annotated[bool, typer.Option("--small", help="A little of everything.")] = False,
    to: Annotated[Path, typer.Option(help="Where the figures are written as JSON.")] = RESULTS,
) -> None:
    """Measure how fast Postroom is beside others, show it and write it down.

    A goal that is missed is no failure: the table tells.
    """
    size = Size.SMALL if small else Size.FULL
    known = {measure.number for measure in MEASURES}
    unknown = sorted(set(only or ()) - known)
    if unknown:
        typer.echo(
            f"There is no measure {unknown[0]}: {', '.join(map(str, sorted(known)))}.", err=True
        )
        raise typer.Exit(EXIT_USAGE)
    began, started = datetime.now(UTC), time.monotonic()
    busy = os.getloadavg()[0]
    seen, took = _measure([one for one in MEASURES if not only or one.number in only], size)
    told = _report(seen, size=size, began=began, busy=busy) | {"seconds": took}
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    console().print(table_of(seen, MISSING if not only else {}))
    console().print(
        f"{told['met']} of {told['goals']} goals met, in {time.monotonic() - started:.0f} s, "
        f"{size} size, {os.cpu_count()} cores, load {busy:.1f} at the start."
    )


def _measure(measures: list[Measure], size: Size) -> tuple[Seen, dict[int, float]]:
    """What was seen, and how many seconds each measure took by its number."""
    seen: Seen = []
    took: dict[int, float] = {}
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for measure in measures:
            progress.update(task, description=f"{measure.number} {measure.name}")
            started = time.monotonic()
            seen.append((measure, list(figures_of(measure, size))))
            took[measure.number] = round(time.monotonic() - started, 1)
    return seen, took


def _report(seen: Seen, *, size: Size, began: datetime, busy: float) -> dict[str, Any]:
    figures = [figure for _, some in seen for figure in some]
    judged = [figure for figure in figures if figure.is_met is not None]
    return {
        "began": began.isoformat(timespec="seconds"),
        "size": size.value,
        "cores": os.cpu_count(),
        "load": busy,
        "python": platform.python_version(),
        "goals": len(judged),
        "met": sum(figure.is_met is True for figure in judged),
        "figures": [
            {"measure": measure.number, **figure.as_json()}
            for measure, some in seen
            for figure in some
        ],
        "not_measured": dict(MISSING),
    }


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    typer.run(main)

"""`python -m tests.faults`: measures the rows of the scoreboard, a process each, and prints them.

Exit status 1 when a row misses its target."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial

from tests.faults.apart import measure_apart
from tests.faults.board import BY_KEY, ROWS, Result, Size

LONGEST_FIRST = ("R1", "R6", "R8", "R11", "S9", "R2")
"""Begun first, so that nothing long is left for the end."""


def main(arguments: Sequence[str] | None = None) -> int:
    told = _parser().parse_args(arguments)
    size = Size.SMALL if told.small else Size.FULL
    keys = told.rows or [row.key for row in ROWS]
    in_turn = sorted(keys, key=lambda key: key not in LONGEST_FIRST)
    started = time.monotonic()
    with ThreadPoolExecutor(told.jobs) as pool:
        done = {
            result.key: result for result in pool.map(partial(measure_apart, size=size), in_turn)
        }
    results = [done[key] for key in keys]
    show = _as_json if told.json else _as_table
    print(show(results, size, time.monotonic() - started))  # noqa: T201
    return 0 if all(result.measured.is_good for result in results) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[[], *BY_KEY], metavar="ROW")
    parser.add_argument("--small", action="store_true", help="a little of everything")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--jobs", type=int, default=2, help="rows measured at the same time")
    return parser


def _as_json(results: Sequence[Result], size: Size, seconds: float) -> str:
    rows = [
        {
            "row": result.key,
            "measure": BY_KEY[result.key].measure,
            "target": BY_KEY[result.key].target,
            "figures": [
                {**asdict(figure), "ok": figure.is_good} for figure in result.measured.figures
            ],
            "notes": result.measured.notes,
            "seconds": round(result.seconds, 1),
            "cpu_seconds": round(result.cpu_seconds, 1),
            "ok": result.measured.is_good,
        }
        for result in results
    ]
    return json.dumps({"size": size, "seconds": round(seconds, 1), "rows": rows}, indent=1)


def _as_table(results: Sequence[Result], size: Size, seconds: float) -> str:
    """A table of Markdown, so that it can stand in a document as it is."""
    lines = ["| row | measure | target | measured | s | CPU s | ok |", "|" + " --- |" * 7]
    for result in results:
        row, measured = BY_KEY[result.key], result.measured
        figures = "; ".join(map(str, measured.figures))
        bad = "; ".join(str(figure) for figure in measured.figures if not figure.is_good)
        verdict = "yes" if measured.is_good else f"**MISS**: {bad}"
        times = f"{result.seconds:.1f} | {result.cpu_seconds:.1f}"
        lines.append(
            f"| {row.key} | {row.measure} | {row.target} | {figures} | {times} | {verdict} |"
        )
    good = sum(result.measured.is_good for result in results)
    lines += ["", f"{good} of {len(results)} rows good, {size} size, {seconds:.0f} s in all."]
    for result in results:
        if result.measured.notes:
            lines += ["", f"{result.key}:", *(f"    {note}" for note in result.measured.notes)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

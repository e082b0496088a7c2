"""The figures of docs/performance.md, written from the results of the last `make bench`.

python -m benchmarks.speed.page
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.speed.measures import MEASURES
from benchmarks.speed.table import number, with_unit

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "performance.md"

BEGIN, END = "<!-- from results.json -->\n", "<!-- to here -->\n"


def write_figures(told: dict[str, Any]) -> str:
    """When and where it was measured, and a row a figure, in Markdown."""
    seconds = sum(told["seconds"].values())
    when = told["began"].replace("T", ", ").partition("+")[0]
    head = (
        f"`make bench` on {when} UTC, {told['cores']} cores, Python {told['python']}, a load of "
        f"{told['load']:.1f} at its start, {seconds:.0f} seconds: {told['met']} of {told['goals']} "
        "goals met.\n"
    )
    return "\n".join((head, *_rows(told))) + "\n"


def replace_figures(page: str, told: dict[str, Any]) -> str:
    """The page with these figures in place of those it had."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + write_figures(told) + END + rest.partition(END)[2]


def _rows(told: dict[str, Any]) -> Iterator[str]:
    yield "| # | what | in | ours | other | figure | goal | |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    order = {measure.number: place for place, measure in enumerate(MEASURES)}
    for figure in sorted(told["figures"], key=lambda figure: order[figure["measure"]]):
        yield f"| {' | '.join(_cells(figure))} |"
    for what, why in told["not_measured"].items():
        yield f"| | {what} | | | | not measured: {why} | | |"


def _cells(figure: dict[str, Any]) -> Iterator[str]:
    yield str(figure["measure"])
    yield figure["name"]
    if figure["value"] is None:
        yield from ("", "", "", f"not measured: {figure['why']}", "", "")
        return
    yield figure["of"]
    for side in ("ours", "theirs"):
        yield "" if figure[side] is None else number(figure[side])
    yield with_unit(figure["value"], figure["unit"])
    least, most = figure["least"], figure["most"]
    bound = f"≥ {number(least)}" if least is not None else f"≤ {number(most or 0)}"
    yield "" if figure["met"] is None else bound
    yield {True: "met", False: "**missed**", None: ""}[figure["met"]]


if __name__ == "__main__":
    results = json.loads(RESULTS.read_text("utf-8"))
    PAGE.write_text(replace_figures(PAGE.read_text("utf-8"), results), "utf-8")

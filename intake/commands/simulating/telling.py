"""A simulated year that is over, told in the terminal or as JSON, and its page written."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from intake.commands.printing import Json, console, plain, print_json
from intake.commands.simulating.page import render_page
from intake.commands.simulating.report import Report
from intake.commands.simulating.timeline import Line, in_words

COLUMNS = {"date": 11, "what happened": 37, "letters": 28}
"""Widths in characters; with their gaps they fit a terminal of 80."""


def conclude(report: Report, into: Path, *, seconds: float, as_json: bool) -> None:
    """Write the page into the folder and say what came of the year; where anything is not as it
    must be, the command ends with status 1."""
    page = into / "index.html"
    page.write_text(render_page(report.page, seconds=seconds), encoding="utf-8")
    if as_json:
        print_json(_fields(report, seconds))
    else:
        _tell(report, seconds)
        console().print(f"The year as a page: {page}", soft_wrap=True)
    if report.page.violations:
        raise typer.Exit(1)


def _tell(report: Report, seconds: float) -> None:
    out, page = console(), report.page
    out.print(_table(page.lines))
    out.print("Days on which nothing left but what the calendar asks for are not shown.")
    killed = f", killed {page.kills} times" if page.kills else ""
    out.print(
        f"{report.counts}, in {seconds:.0f} seconds{killed}. "
        f"Seed {page.seed}, letters {page.digest[:16]}.",
        soft_wrap=True,
    )
    for violation in page.violations:
        out.print(Text(f"Not as it must be: {plain(violation, limit=400)}", style="red"))
    if not page.violations:
        out.print("Every letter is as the year calls for, each once.")


def _table(lines: Sequence[Line]) -> Table:
    """Date, what happened, letters by kind, in 80 columns."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), expand=False)
    for column, width in COLUMNS.items():
        table.add_column(column, width=width)
    for line in lines:
        happened, letters = in_words(line.happened), in_words(line.letters)
        table.add_row(
            f"{line.day:%a %-d %b}",
            Text("\n".join(happened)),
            Text("\n".join(letters), style="green"),
        )
    return table


def _fields(report: Report, seconds: float) -> Json:
    page = report.page
    return {
        "seed": page.seed,
        "seconds": round(seconds, 1),
        "kills": page.kills,
        **report.numbers,
        "letters": page.letters,
        "digest": page.digest,
        "violations": list(page.violations),
        "timeline": [
            {"date": line.day, "happened": dict(line.happened), "letters": dict(line.letters)}
            for line in page.lines
        ],
    }

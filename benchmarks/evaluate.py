"""`make evaluate`: every figure of how messages are read, beside its target.

make evaluate [CORPUS=DIR] [THIRDPARTY=DIR] [JSON=1] [DETAIL=1] [MISSES=1]
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from benchmarks.details import Missed
from benchmarks.figures import Figure, of_corpus, of_growth, of_pieces, of_reading
from benchmarks.hostile import measure_growth
from benchmarks.reading import (
    TRUTH,
    NothingToMeasure,
    Read,
    find_collection,
    find_corpus,
    read_all,
)
from intake.commands.context import EXIT_USAGE
from intake.commands.printing import console, plain, print_json
from intake.config import example_path, load_configuration
from storage.domain.programme import Programme

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"
OURS = {"wider": False, "apart": True}
"""Our own corpora below CORPUS, and whether they were kept unseen while tuning."""


@dataclass(slots=True)
class Report:
    """What was measured."""

    figures: list[Figure] = field(default_factory=list)
    missed: dict[str, list[Missed]] = field(default_factory=dict)
    missed_pieces: list[tuple[str, str, str]] = field(default_factory=list)
    crashes: list[tuple[str, str]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "figures": [figure.as_json() for figure in self.figures],
            "crashes": [{"file": file, "error": error} for file, error in self.crashes],
            "absent": self.absent,
            "missed": [
                {
                    "corpus": corpus,
                    "file": missed.file,
                    "field": missed.field,
                    "truth": missed.truth,
                    "told": missed.told,
                }
                for corpus, all_missed in self.missed.items()
                for missed in all_missed
            ],
            "missed_pieces": [
                {"measure": measure, "corpus": corpus, "file": file}
                for measure, corpus, file in self.missed_pieces
            ],
        }


def main(
    corpus: Annotated[
        list[Path] | None,
        typer.Option(help="A folder of messages to a programme with their truth."),
    ] = None,
    thirdparty: Annotated[
        Path | None, typer.Option(help="A folder of folders of any messages with their truth.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables.")] = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="Each field, corpus and shape as well.")
    ] = False,
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed.")] = False,
) -> None:
    """Measure how right and how fast messages are read, and show it beside the targets.

    Without folders, our own corpora are measured; the pieces of other mail need one.
    """
    programmes = load_configuration(example_path(), is_scratch=True).programmes
    try:
        report = evaluate(_corpora(corpus), thirdparty, programmes)
    except NothingToMeasure as problem:
        typer.echo(f"{problem}.", err=True)
        raise typer.Exit(EXIT_USAGE) from problem
    for file in report.absent:
        typer.echo(
            f"{plain(file)} is in a truth, but not in its folder: it counts as wrong.", err=True
        )
    if as_json:
        print_json(report.as_json())
        return
    console().print(_table(report.figures, detail=detail))
    if thirdparty is None:
        console().print(f"Pieces of other mail: THIRDPARTY names no folder of */{TRUTH}.")
    if misses:
        console().print(_list_of_misses(report))


def evaluate(
    corpora: dict[Path, bool], collection: Path | None, programmes: Sequence[Programme]
) -> Report:
    """Every figure of these folders; of each corpus it is told whether it is unseen. Raises
    NothingToMeasure."""
    truths = {folder: find_corpus(folder) for folder in corpora}
    others = find_collection(collection) if collection else []
    report, everything = Report(), list[Read]()
    for folder, its_truths in truths.items():
        reads = read_all(its_truths, programmes)
        everything += reads
        name = folder.resolve().name
        figures, tally = of_corpus(name, reads, is_unseen=corpora[folder])
        report.figures += figures
        report.missed[str(folder)] = tally.missed
    if others:
        reads = read_all(others, programmes)
        everything += reads
        figures, report.missed_pieces = of_pieces(reads)
        report.figures += figures
    report.figures += [*of_reading(everything), *of_growth(measure_growth(programmes))]
    report.absent = [str(read.truth.path) for read in everything if read.prediction is None]
    report.crashes = [(str(read.truth.path), read.crash) for read in everything if read.crash]
    return report


def _corpora(given: Sequence[Path] | None) -> dict[Path, bool]:
    if given:
        return dict.fromkeys(given, False)
    ours = {CORPUS / name: is_unseen for name, is_unseen in OURS.items()}
    return {folder: unseen for folder, unseen in ours.items() if (folder / TRUTH).is_file()}


def _table(figures: Sequence[Figure], *, detail: bool) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("measure", overflow="fold")
    for column in ("figure", "of", "target"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    group = None
    for figure in figures:
        if figure.corpus is not None and not detail:
            continue
        if figure.group != group:
            group = figure.group
            table.add_section()
            table.add_row(Text(plain(group), style="bold"))
        table.add_row(*map(Text, _cells(figure)))
    return table


def _cells(figure: Figure) -> Iterator[str]:
    is_part = figure.corpus is not None
    name = (
        f"{figure.name} / {figure.corpus}" if figure.group == "pieces" and is_part else figure.name
    )
    yield ("    " if is_part else "  ") + plain(name)
    yield _number(figure.value, figure.unit)
    if figure.of is None:
        yield ""
    else:
        yield f"{figure.right:g} / {figure.of}" if figure.right is not None else str(figure.of)
    if figure.target is None:
        yield ""
    else:
        yield ("≥ " if figure.sense == "at least" else "≤ ") + _number(figure.target, figure.unit)
    yield {True: "met", False: "missed", None: ""}[figure.is_met]


def _number(value: float, unit: str) -> str:
    if unit == "s":
        return f"{1000 * value:.1f} ms"
    if unit == "messages":
        return f"{value:g}"
    return f"{value:.3f}" if value <= 1 else f"{value:.1f}"


def _list_of_misses(report: Report) -> Table:
    table = Table(title="Missed", title_justify="left", show_edge=False, pad_edge=False)
    for column in ("what", "file", "truth", "told"):
        table.add_column(column, overflow="fold")
    for missed in (missed for corpus in report.missed.values() for missed in corpus):
        values = (plain(missed.truth, limit=80), plain(missed.told, limit=80))
        table.add_row(*map(Text, (missed.field, missed.file, *values)))
    for measure, corpus, file in report.missed_pieces:
        table.add_row(Text(measure), Text(plain(f"{corpus}/{file}")))
    for file, error in report.crashes:
        table.add_row(Text("crash"), Text(plain(file)), Text(plain(error)))
    return table


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # libraries have much to say about odd messages
    typer.run(main)

"""`postroom export`: the whole ledger of a programme in a file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from intake.app import App
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_programme,
)
from intake.commands.exporting.writers import Counts, write_book, write_json, write_table
from intake.commands.files import refusals, require_writable
from intake.commands.printing import plain, print_json
from intake.config import Configuration
from storage.domain.programme import Programme
from storage.exports import EXPORTS

app = typer.Typer(add_completion=False)

FORMS = (".xlsx", ".csv", ".json")


@app.command()
def export(
    ctx: typer.Context,
    to: Annotated[Path, typer.Option(help="The file to write: .xlsx, .csv or .json.")],
    programme: ProgrammeOption = None,
    table: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Only this one of {', '.join(EXPORTS)}; may be given several times. A .csv has "
            "one table: the cases unless given.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write everything that is known of a programme to a file: its cases with all details and
    what is decided, messages, letters, decisions, outcomes, extensions and the history.

    It holds what people sent: keep it as carefully as the ledger. No text in it is a formula; in
    a .csv, an apostrophe stands before what could be taken for one.

    Example: postroom export --programme ace --to ace.xlsx
    """
    configuration = configuration_of(ctx, config)
    ours = _programme(configuration, programme)
    form = _require_form(to, table or ())
    require_writable(to)
    with (
        App(configuration) as application,
        application.database.reading() as session,
        _written_whole(to) as path,
    ):
        counts = _write(path, session, ours, form=form, tables=table or ())
    if as_json:
        print_json({"file": str(to), "rows": counts})
    else:
        told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        typer.echo(f"{plain(to)}: {told}.")


def _require_form(to: Path, tables: Sequence[str]) -> str:
    """Which kind of file is wanted; ends the command where there is none such."""
    form = to.suffix.lower()
    unknown = next((table for table in tables if table not in EXPORTS), None)
    if form not in FORMS:
        told = f"{plain(to)} must end in {', '.join(FORMS)}."
    elif unknown is not None:
        told = f"There is no table {plain(unknown)}: there are {', '.join(EXPORTS)}."
    elif form == ".csv" and len(tables) > 1:
        told = "A .csv holds one table: name one, or write an .xlsx or a .json."
    else:
        return form
    typer.echo(told, err=True)
    raise typer.Exit(EXIT_USAGE)


def _write(
    path: Path, session: Session, programme: Programme, *, form: str, tables: Sequence[str]
) -> Counts:
    names = [name for name in EXPORTS if name in tables] or list(EXPORTS)
    if form == ".xlsx":
        return write_book(path, session, programme, names)
    if form == ".csv":
        return write_table(path, session, programme, names[0])
    return write_json(path, session, programme, names, now=datetime.now(UTC))


def _programme(configuration: Configuration, slug: str | None) -> Programme:
    """The programme of this slug, or the only one there is."""
    if slug is not None:
        return require_programme(configuration, slug)
    if len(configuration.programmes) > 1:
        names = ", ".join(programme.slug for programme in configuration.programmes)
        typer.echo(f"Name the programme: --programme takes one of {names}.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return configuration.programmes[0]


@contextmanager
def _written_whole(target: Path) -> Iterator[Path]:
    """Where to write what becomes `target` once it is complete. A pipe or a device is written to
    as it is."""
    if target.exists() and not target.is_file():
        with refusals(target, "written"):
            yield target
        return
    partial = target.with_name(f".{target.name}.part")
    try:
        with refusals(target, "written"):
            yield partial
            partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)

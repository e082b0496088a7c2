"""`postroom allocate`: who would be funded by merit within the limits. It changes nothing."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.allocating.contest import (
    Contest,
    find_unusable,
    make_contest,
    without_amount,
)
from intake.commands.allocating.grids import Layout, UnusableSheet, Wanted, find_grid
from intake.commands.allocating.machine import allocation_fields
from intake.commands.allocating.merit import Merit, Unusable, read_merit
from intake.commands.allocating.panel_merit import merits_of_panel, missing_in_words
from intake.commands.allocating.terminal import area_tables, reserves_table
from intake.commands.allocating.words import head_in_words, remarks
from intake.commands.allocating.workbook import write_allocation
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_grant,
)
from intake.commands.files import refusals, require_writable
from intake.commands.printing import console, plain, print_json
from storage.domain.deciding import Standing
from storage.domain.programme import Programme
from storage.domain.proposals import Allocation
from storage.domain.scoring import PanelStanding
from storage.lateness import late_cases
from storage.panels import standing_of as standing_of_panel
from storage.standings import standing_of

app = typer.Typer(add_completion=False)

SUFFIX = ".xlsx"


@app.command()
def allocate(
    ctx: typer.Context,
    merit: Annotated[
        Path | None,
        typer.Option(
            help="The sheet with the merits, .xlsx or .csv; without it, the panel's scores.",
            show_default=False,
        ),
    ] = None,
    programme: ProgrammeOption = None,
    reference_column: Annotated[
        str | None, typer.Option(help="The heading of the references.", show_default=False)
    ] = None,
    merit_column: Annotated[
        str | None, typer.Option(help="The heading of the merits.", show_default=False)
    ] = None,
    amount_column: Annotated[
        str | None, typer.Option(help="The heading of the amounts.", show_default=False)
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="The name of the sheet.", show_default=False)
    ] = None,
    with_late: Annotated[bool, typer.Option("--with-late", help="Late forms compete too.")] = False,
    overflow: Annotated[
        bool, typer.Option("--overflow", help="Places left over in an area go to others.")
    ] = False,
    reserves: Annotated[
        int, typer.Option(min=0, help="How many reserves in each area, more where tied.")
    ] = 2,
    into: Annotated[
        Path | None, typer.Option(help="Write it as .xlsx too.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables.")] = False,
    config: ConfigOption = None,
) -> None:
    """Propose who is funded: the best in each area by merit, within the number of awards and the
    budget, around what is decided already. The merit is what the panel's scores come to, or what
    stands in a sheet.

    It proposes and changes nothing. Ties at a cut-off are named, never decided.

    Example: postroom allocate --into proposal.xlsx
    """
    configuration = configuration_of(ctx, config)
    configured = require_grant(configuration, programme)
    _require_workbook(into, merit)
    columns = (reference_column, merit_column, amount_column)
    named = {wanted: name for wanted, name in zip(Wanted, columns, strict=True) if name}
    with App(configuration) as application, application.database.reading() as session:
        standing = standing_of(session, configured)
        late = late_cases(session, configured)
        panel = standing_of_panel(session, configured)
    merits = _of_panel(panel) if merit is None else _read(merit, Layout(sheet, named), standing)
    contest = make_contest(standing, merits, late, with_late=with_late)
    _require_amounts(contest, standing)
    found = contest.allocate(standing, overflow=overflow, reserves=reserves)
    if into is not None:
        book = write_allocation(found, contest, configured, now=datetime.now(UTC))
        with refusals(into, "written"):
            into.write_bytes(book)
    if as_json:
        print_json(allocation_fields(found, contest, configured))
    else:
        _show(found, contest, configured)


def _of_panel(panel: PanelStanding) -> tuple[Merit, ...]:
    """What the panel's scores come to; what is still missing is told, and without any score the
    command ends."""
    merits = merits_of_panel(panel)
    if all(one.merit is None for one in merits):
        typer.echo("The panel has scored nothing yet: name a sheet with --merit.", err=True)
        raise typer.Exit(1)
    for told in missing_in_words(panel):
        typer.echo(plain(told, limit=2000), err=True)
    return merits


def _require_workbook(into: Path | None, merit: Path | None) -> None:
    """End the command where the workbook could not be opened, or would take the place of what is
    read."""
    if into is None:
        return
    if into.suffix.lower() != SUFFIX:
        typer.echo(f"{plain(into)} must end in {SUFFIX}.", err=True)
        raise typer.Exit(EXIT_USAGE)
    if merit is not None and into.exists() and merit.exists() and into.samefile(merit):
        typer.echo(f"{plain(into)} is the sheet with the merits: name another file.", err=True)
        raise typer.Exit(EXIT_USAGE)
    require_writable(into)


def _read(path: Path, layout: Layout, standing: Standing) -> tuple[Merit, ...]:
    """The rows of the sheet; where one of them can't be used the command ends, with all of them
    named: a proposal that lacks a case would mislead."""
    with refusals(path, "read"):
        content = path.read_bytes()
    try:
        grid = find_grid(content, suffix=path.suffix, layout=layout)
    except UnusableSheet as error:
        typer.echo(f"{plain(path)} can't be used: {plain(error, limit=1000)}.", err=True)
        raise typer.Exit(1) from error
    found = read_merit(grid, standing.programme.reference_prefix)
    unusable = (*found.unusable, *find_unusable(found.rows, standing))
    for row in sorted(unusable, key=lambda row: row.line):
        typer.echo(_in_words(row, path), err=True)
    if unusable:
        typer.echo("Nothing was proposed: correct these rows and try again.", err=True)
        raise typer.Exit(1)
    return found.rows


def _in_words(row: Unusable, path: Path) -> str:
    return plain(f"{path.name}, row {row.line}: {row.found}. Write {row.write}.", limit=1000)


def _require_amounts(contest: Contest, standing: Standing) -> None:
    lacking = without_amount(contest, standing)
    if lacking:
        told = f"There is a budget, and nothing says what these would cost: {', '.join(lacking)}."
        typer.echo(f"{told} Write their amounts into the sheet.", err=True)
        raise typer.Exit(1)


def _show(found: Allocation, contest: Contest, programme: Programme) -> None:
    if not found.proposals:
        typer.echo("Nobody competes: no case has a form that came back.")
        return
    terminal = console()
    terminal.print(plain(head_in_words(found, programme)), style="bold")
    for table in area_tables(found, contest, programme):
        terminal.print()
        terminal.print(table)
    if found.reserves:
        terminal.print()
        terminal.print(reserves_table(found, programme))
    told = [plain(remark, limit=4000) for remark in remarks(found, contest, programme)]
    if told:
        terminal.print()
    for remark in told:
        terminal.print(f"→ {remark}", style="yellow")

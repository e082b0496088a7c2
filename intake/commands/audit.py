"""`postroom audit`: the history held against its seals."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of
from intake.commands.printing import print_json
from storage import sealing

app = typer.Typer(add_completion=False)


@app.command()
def audit(
    ctx: typer.Context,
    seal: Annotated[
        str | None,
        typer.Option(help="A seal noted down before, to be found again.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="What was found, as JSON.")] = False,
    config: ConfigOption = None,
) -> None:
    """Prove that the history is the one that was written: no line of it changed, removed or put in
    later. Seals what is new first. Exit status 1 where something was.

    A seal noted down elsewhere proves later, by --seal, that the whole was not written anew.

    Example: postroom audit
    """
    with App(configuration_of(ctx, config)) as application:
        with application.database.writing() as session:
            sealing.seal(session, datetime.now(UTC))
        with application.database.reading() as session:
            found = sealing.inspect(session)
            noted = sealing.find(session, seal) if seal else None
    is_lost = seal is not None and noted is None
    if as_json:
        print_json({**asdict(found), "noted": asdict(noted) if noted else None})
    else:
        _tell(found)
        if noted:
            since = f"{noted.at:%Y-%m-%d %H:%M} UTC"
            typer.echo(f"The seal noted down is that of line {noted.event_id}, set at {since}.")
        elif is_lost:
            typer.echo("The seal noted down is not among them: this is another history.")
    if found.breaks or is_lost:
        raise typer.Exit(1)


def _tell(found: sealing.Inspection) -> None:
    for one in found.breaks:
        typer.echo(
            f"The lines after {one.after} up to {one.event_id} are not those that were sealed at "
            f"{one.sealed_at:%Y-%m-%d %H:%M:%S} UTC: {one.lines} were, {one.found} are there now."
        )
    if found.newest is None:
        typer.echo("The history is empty.")
    elif not found.breaks:
        typer.echo(
            f"The history is whole: {found.lines:,} lines under {found.seals:,} seals.\n"
            f"Seal of line {found.newest.event_id}: {found.newest.digest}"
        )

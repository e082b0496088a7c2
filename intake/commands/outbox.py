"""`postroom outbox`: the letters, with what became of each and why."""

from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import (
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_programme,
)
from intake.commands.letter_view import letter_fields, letter_table
from intake.commands.printing import console, cut, print_json
from storage import outbox as ledger
from storage.domain.letter import LetterKind, LetterState

app = typer.Typer(add_completion=False)


@app.command()
def outbox(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    state: Annotated[LetterState | None, typer.Option(help="Only letters in this state.")] = None,
    kind: Annotated[LetterKind | None, typer.Option(help="Only letters of this kind.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    config: ConfigOption = None,
) -> None:
    """List the letters, newest first, with the rule that held or failed each.

    Example: postroom outbox --state held
    """
    configuration = configuration_of(ctx, config)
    if programme is not None:
        require_programme(configuration, programme)
    with App(configuration) as application, application.database.reading() as session:
        found = ledger.list_letters(
            session, programme=programme, state=state, kind=kind, limit=limit + 1
        )
    found = cut(found, limit)
    if as_json:
        print_json([letter_fields(letter) for letter in found])
        return
    if not found:
        typer.echo("No letters." if not (state or kind or programme) else "No such letters.")
        return
    title = f"{len(found)} letter{'s' if len(found) != 1 else ''}"
    console().print(letter_table(title, found, configuration))

"""`postroom outbox`: the letters, with what became of each and why."""

from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import configuration_of
from intake.commands.letter import letter_fields, letter_rows
from intake.commands.printing import console, make_table, print_json
from storage import outbox as ledger
from storage.domain.letter import LetterKind, LetterState

app = typer.Typer(add_completion=False)


@app.command()
def outbox(
    ctx: typer.Context,
    programme: Annotated[str | None, typer.Option(help="Only this programme (its slug).")] = None,
    state: Annotated[LetterState | None, typer.Option(help="Only letters in this state.")] = None,
    kind: Annotated[LetterKind | None, typer.Option(help="Only letters of this kind.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many, the newest first.")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """List the letters, newest first, with the rule that held or failed each.

    Example: postroom outbox --state held
    """
    with App(configuration_of(ctx)) as application:
        with application.database.reading() as session:
            found = ledger.list_letters(
                session, programme=programme, state=state, kind=kind, limit=limit
            )
        zone = application.configuration.programmes[0].zone
    if as_json:
        print_json([letter_fields(letter) for letter in found])
        return
    columns, rows = letter_rows(found, zone)
    console().print(make_table(f"{len(rows)} letters", columns, rows))

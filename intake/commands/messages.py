"""`postroom messages`: everything that came, with what became of it and what a person must do."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from intake.app import App
from intake.commands.context import (
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_programme,
    zone_of,
)
from intake.commands.message_view import message_fields, sender_of, state_in_words, tasks
from intake.commands.printing import console, cut, local, plain, print_json
from intake.commands.wording import spaced
from intake.config import Configuration
from storage.domain.message import MessageKind
from storage.received import Received, list_received

app = typer.Typer(add_completion=False)


@app.command()
def messages(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    kind: Annotated[
        MessageKind | None,
        typer.Option(help="Only messages of this kind.", show_default=False),
    ] = None,
    only_for_a_person: Annotated[
        bool, typer.Option("--for-a-person", help="Only those that want a person.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a list.")] = False,
    config: ConfigOption = None,
) -> None:
    """List the messages, newest first: what each was read as, its case, and what wants a person.

    Questions and unclear messages have no case: here they are. Postroom only says that somebody
    will answer them, and can't know whether somebody has: `postroom settle` ticks them off.

    Example: postroom messages --for-a-person
    """
    configuration = configuration_of(ctx, config)
    if programme is not None:
        require_programme(configuration, programme)
    with App(configuration) as application, application.database.reading() as session:
        found = list_received(
            session, programme, kind, only_for_a_person=only_for_a_person, limit=limit + 1
        )
    found = cut(found, limit)
    if as_json:
        print_json([message_fields(came) for came in found])
    elif not found:
        typer.echo("No messages of this kind." if kind else "No messages.")
    else:
        console().print(_list(configuration, found))


def _list(configuration: Configuration, found: tuple[Received, ...]) -> Table:
    """Each message with its number in the margin, so that lines break between words only."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for came in found:
        zone = zone_of(configuration, came.programme or "")
        table.add_row(
            Text(str(came.id), "bold"), Text(f"{local(came.received_at, zone)}  {_what(came)}")
        )
        if came.message is not None:
            table.add_row("", Text(sender_of(came.message)))
            table.add_row("", Text(plain(came.message.understanding.head.subject), "italic"))
        for task in tasks(came):
            table.add_row("", Text(f"→ {task}", "yellow"))
    return table


def _what(came: Received) -> str:
    """Programme, kind with its rule, cases: `ace  question (question_asked)  ACE-0042`."""
    kind = state_in_words(came)
    if came.message is not None:
        verdict = came.message.understanding.verdict
        kind = f"{spaced(verdict.kind)} ({plain(verdict.rule)})"
    references = ", ".join(case.reference for case in came.cases)
    return "  ".join(filter(None, (came.programme, kind, references)))

"""`postroom message`: one message as a person judges it, with the letters that answer it."""

from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import (
    ConfigOption,
    configuration_of,
    programme_or_first,
    zone_of,
)
from intake.commands.files import refusals, require_writable
from intake.commands.message_view import (
    MessageView,
    find_case_of_thread,
    message_fields,
    message_lines,
)
from intake.commands.new_text import read_new_text
from intake.commands.printing import console, print_json
from intake.config import Configuration
from storage.errors import NotFound
from storage.received import get_received

app = typer.Typer(add_completion=False)


@app.command()
def message(
    ctx: typer.Context,
    message_id: Annotated[
        int, typer.Argument(help="The message's number: `postroom messages`.", metavar="ID")
    ],
    save: Annotated[
        Path | None, typer.Option(help="Write the whole message here, as it came.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of text.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show one message: what it says newly, what it was read as and why, and what became of it.

    With --save it is written as it came, for a mail program or `postroom explain`.

    Example: postroom message 12 --save message.eml
    """
    configuration = configuration_of(ctx, config)
    require_writable(save)
    with App(configuration) as application:
        view = view_message(configuration, application, message_id)
        if view is None:
            told = f"There is no message {message_id}: `postroom messages` lists them."
            typer.echo(told, err=True)
            raise typer.Exit(1)
        if save is not None and view.came.erased_at is not None:
            typer.echo(f"Message {message_id} has been erased: there is nothing to save.", err=True)
            raise typer.Exit(1)
        if save is not None:
            raw = application.archive.get(view.came.sha256)
            with refusals(save, "written"):
                save.write_bytes(raw)
    if as_json:
        print_json(view_fields(view))
    else:
        zone = zone_of(configuration, view.came.programme or "")
        console().print("\n".join(message_lines(view, zone)), soft_wrap=True)


def view_message(
    configuration: Configuration, application: App, message_id: int
) -> MessageView | None:
    """The message with its text; None where there is none of this number."""
    with application.database.reading() as session:
        try:
            came = get_received(session, message_id)
        except NotFound:
            return None
        leads_to = None
        if came.message is not None:
            programme = programme_or_first(configuration, came.message.programme)
            leads_to = find_case_of_thread(session, programme, came.message)
    return MessageView(came, read_new_text(configuration, application, came), leads_to)


def view_fields(view: MessageView) -> dict[str, object]:
    """The message and its text as plain values, for machines."""
    return {
        **message_fields(view.came),
        "leads_to": view.leads_to.reference if view.leads_to else None,
        "text": "\n".join(view.text.lines),
        "more_lines": view.text.more,
        "text_problem": view.text.problem,
    }

"""`postroom case`: one case with its messages, its letters and its history."""

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from intake.app import App
from intake.commands.cases import case_fields
from intake.commands.context import configuration_of
from intake.commands.letter import letter_fields, letter_rows
from intake.commands.printing import console, local, make_table, print_json
from storage import cases, events
from storage.domain.case import Case
from storage.domain.message import RecordedMessage
from storage.domain.situation import Situation
from storage.errors import NotFound
from storage.events import Event

app = typer.Typer(add_completion=False)


@app.command()
def case(
    ctx: typer.Context,
    reference: Annotated[str, typer.Argument(help="The reference, such as ACE-0042.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables.")] = False,
) -> None:
    """Show one case: what we know, what came, what went out, and what happened when.

    Example: postroom case ACE-0042
    """
    with App(configuration_of(ctx)) as application, application.database.reading() as session:
        try:
            found = cases.get_by_reference(session, reference.upper())
        except NotFound as error:
            typer.echo(f"There is no case {reference}: `postroom cases` lists them.", err=True)
            raise typer.Exit(1) from error
        programme = application.programmes[found.programme]
        situation = cases.situation_of_case(session, programme, found.id, datetime.now(UTC))
        history = events.of_case(session, found.id)
    if as_json:
        print_json(_fields(found, situation, history))
    else:
        _show(found, situation, history, programme.zone)


def _fields(found: Case, situation: Situation, history: tuple[Event, ...]) -> dict[str, object]:
    return {
        **case_fields(found),
        "messages": [_message_fields(message) for message in situation.messages],
        "letters": [letter_fields(letter) for letter in situation.letters],
        "history": [
            {"at": e.at, "actor": e.actor, "what": e.what, "detail": dict(e.detail)}
            for e in history
        ],
    }


def _message_fields(message: RecordedMessage) -> dict[str, object]:
    return {
        "id": message.id,
        "received_at": message.received_at,
        "kind": message.understanding.verdict.kind,
        "rule": message.understanding.verdict.rule,
        "hold": message.understanding.verdict.hold,
        "subject": message.understanding.head.subject,
        "changed": list(message.changed),
    }


def _show(found: Case, situation: Situation, history: tuple[Event, ...], zone: ZoneInfo) -> None:
    screen = console()
    known = [(name, value) for name, value in case_fields(found).items() if name != "contact"]
    known += [(f"contact.{name}", value) for name, value in _contact(found)]
    screen.print(make_table(found.reference, ("what", "value"), known))
    came = [
        (
            local(message.received_at, zone),
            message.understanding.verdict.kind,
            message.understanding.verdict.rule,
            message.understanding.head.subject,
            ", ".join(message.changed),
        )
        for message in situation.messages
    ]
    screen.print(make_table("Messages", ("received", "kind", "rule", "subject", "changed"), came))
    columns, rows = letter_rows(situation.letters, zone)
    screen.print(make_table("Letters", columns, rows))
    happened = [
        (local(e.at, zone), e.actor, e.what, ", ".join(f"{k}={v}" for k, v in e.detail.items()))
        for e in history
    ]
    screen.print(make_table("History", ("when", "who", "what", "detail"), happened))


def _contact(found: Case) -> list[tuple[str, object]]:
    contact = case_fields(found)["contact"]
    return list(contact.items()) if isinstance(contact, dict) else []

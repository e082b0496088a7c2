"""`postroom health`: is it alive and well? For people, and for whatever watches over processes."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from intake.commands.context import ConfigOption, configuration_of
from intake.commands.printing import Json, console, make_table, print_json
from intake.commands.vital_signs import Health, examine

app = typer.Typer(add_completion=False)


@app.command()
def health(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    config: ConfigOption = None,
) -> None:
    """Say how Postroom is: last read, last sent, what waits, quarantine, disk, ledger, clock.

    Asks the ledger only, connects to no server and changes nothing. Ends with 1 where something
    that must work does not; what waits for a person is shown and is no failure.

    Example: postroom health --json
    """
    found = examine(configuration_of(ctx, config), datetime.now(UTC))
    if as_json:
        print_json(health_fields(found))
    else:
        columns = ("", "what", "programme", "found")
        marks = {"ok": "✓", "look": "!", "bad": "✗"}
        rows = [(marks[s.level], s.name, s.programme or "", s.found) for s in found.signs]
        title = "All is well" if found.is_well else "Something does not work"
        console().print(make_table(title, columns, rows, whole=("what",)))
    if not found.is_well:
        raise typer.Exit(1)


def health_fields(found: Health) -> Json:
    """How it is as plain values, for machines."""
    vitals = found.vitals
    return {
        "ok": found.is_well,
        "at": found.at,
        "signs": [asdict(sign) for sign in found.signs],
        "letters": dict(vitals.letters) if vitals else None,
        "messages": dict(vitals.messages) if vitals else None,
        "last_sent_at": vitals.last_sent_at if vitals else None,
        "oldest_waiting_at": vitals.oldest_waiting_at if vitals else None,
        "troubles": [asdict(trouble) for trouble in vitals.troubles] if vitals else None,
    }

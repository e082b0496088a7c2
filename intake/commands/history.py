"""`postroom history`: who did what, when; what changed in settings and templates."""

from collections.abc import Mapping
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import (
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_programme,
    zone_of,
)
from intake.commands.printing import brief, console, cut, make_table, print_json
from intake.commands.wording import event_in_words
from intake.config import Configuration
from storage import events
from storage.cases import references_of
from storage.events import Event

app = typer.Typer(add_completion=False)

OF_SETTINGS = ("settings_changed", "templates_changed")


@app.command()
def history(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    settings: Annotated[
        bool, typer.Option("--settings", help="Only changes of settings and templates.")
    ] = False,
    by: Annotated[
        str | None, typer.Option(help="Only what they did: an address.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    config: ConfigOption = None,
) -> None:
    """List what happened, the newest first. It can only be added to: `postroom audit` proves it.

    Changed settings and templates are noted where a run or a tick begins, by their names; who
    changed a file, Postroom can't know.

    Example: postroom history --settings
    """
    configuration = configuration_of(ctx, config)
    if programme is not None:
        require_programme(configuration, programme)
    with App(configuration) as application, application.database.reading() as session:
        whats = OF_SETTINGS if settings else None
        found = cut(
            events.recent(session, programme=programme, whats=whats, actor=by, limit=limit + 1),
            limit,
        )
        cases = references_of(session, {e.case_id for e in found if e.case_id is not None})
    if as_json:
        print_json([_fields(event, cases) for event in found])
    elif not found:
        typer.echo("Nothing has happened." if not (settings or by) else "Nothing of this kind.")
    else:
        columns = ("when", "who", "of", "what", "detail")
        rows = [_row(event, cases, configuration) for event in found]
        console().print(make_table("History", columns, rows, whole=("when", "of")))


def _row(
    event: Event, cases: Mapping[int, str], configuration: Configuration
) -> tuple[object, ...]:
    zone = zone_of(configuration, event.programme or "")
    what, detail = event_in_words(event)
    whose = cases.get(event.case_id or 0) or event.programme or ""
    return brief(event.at, zone), event.actor, whose, what, detail


def _fields(event: Event, cases: Mapping[int, str]) -> dict[str, object]:
    return {
        "id": event.id,
        "at": event.at,
        "by": event.actor,
        "what": event.what,
        "programme": event.programme,
        "case": cases.get(event.case_id or 0),
        "message": event.message_id,
        "letter": event.letter_id,
        "detail": dict(event.detail),
    }

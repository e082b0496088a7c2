"""`postroom cases`: the cases of the ledger as a table."""

from dataclasses import asdict
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import configuration_of
from intake.commands.printing import console, local, make_table, print_json
from storage import cases as ledger
from storage.domain.case import Case, CaseState

app = typer.Typer(add_completion=False)


@app.command()
def cases(
    ctx: typer.Context,
    programme: Annotated[str | None, typer.Option(help="Only this programme (its slug).")] = None,
    state: Annotated[CaseState | None, typer.Option(help="Only cases in this state.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many, the newest first.")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """List the cases, newest first.

    Example: postroom cases --programme ace --state applied
    """
    with App(configuration_of(ctx)) as application:
        with application.database.reading() as session:
            found = ledger.list_cases(session, programme=programme, state=state, limit=limit)
        if as_json:
            print_json([case_fields(case) for case in found])
            return
        rows = [
            (
                case.reference,
                case.state,
                case.contact.name,
                case.contact.organisation,
                case.area,
                local(case.opened_at, application.programmes[case.programme].zone),
            )
            for case in found
        ]
        columns = ("case", "state", "name", "organisation", "area", "opened")
        console().print(make_table(f"{len(rows)} cases", columns, rows))


def case_fields(case: Case) -> dict[str, object]:
    """A case as plain values, for machines."""
    return {**asdict(case), "people": sorted(case.people), "missing": list(case.missing)}

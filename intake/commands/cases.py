"""`postroom cases`: the cases of the ledger as a table."""

from collections.abc import Sequence
from dataclasses import asdict
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
from intake.commands.printing import console, cut, day, make_table, print_json
from intake.config import Configuration
from storage import cases as ledger
from storage import duplicates
from storage.domain.case import Case, CaseState
from storage.domain.likeness import Likeness

app = typer.Typer(add_completion=False)


@app.command()
def cases(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    state: Annotated[CaseState | None, typer.Option(help="Only cases in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    config: ConfigOption = None,
) -> None:
    """List the cases, newest first.

    Example: postroom cases --programme ace --state applied
    """
    configuration = configuration_of(ctx, config)
    if programme is not None:
        require_programme(configuration, programme)
    with App(configuration) as application, application.database.reading() as session:
        found = cut(
            ledger.list_cases(session, programme=programme, state=state, limit=limit + 1), limit
        )
        alike = duplicates.of_cases(session, [case.id for case in found])
    if as_json:
        print_json([case_fields(case, alike.get(case.id, ())) for case in found])
        return
    rows = [
        (
            case.reference,
            case.state,
            case.contact.name,
            case.contact.organisation,
            area_name(configuration, case),
            day(case.opened_at, zone_of(configuration, case.programme)),
        )
        for case in found
    ]
    if not rows:
        typer.echo("No cases.")
        return
    columns = ("case", "state", "name", "organisation", "area", "opened")
    title = f"{len(rows)} case{'s' if len(rows) != 1 else ''}"
    console().print(make_table(title, columns, rows, whole=("case", "state", "opened")))
    for case in found:
        if case.id in alike:
            console().print(
                f"{case.reference} is perhaps the same as {_references(alike[case.id])}"
            )


def area_name(configuration: Configuration, case: Case) -> str | None:
    """The name of a case's area; its key where the programme no longer has it."""
    names = {
        area.key: area.name
        for programme in configuration.programmes
        if programme.slug == case.programme
        for area in programme.areas
    }
    return names.get(case.area, case.area) if case.area else None


def case_fields(case: Case, alike: Sequence[Likeness] = ()) -> dict[str, object]:
    """A case as plain values, for machines, with those that it may be a duplicate of."""
    return {
        **asdict(case),
        "people": sorted(case.people),
        "custom": dict(case.custom),
        "missing": list(case.missing),
        "likely_duplicates": [
            {"case": one.reference, "reasons": list(one.reasons)} for one in alike
        ],
    }


def _references(alike: Sequence[Likeness]) -> str:
    return ", ".join(likeness.reference for likeness in alike)

"""`postroom retention`: what has been kept for as long as it may, proposed, and erased once a
person approves the list."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import (
    EXIT_UNAVAILABLE,
    EXIT_USAGE,
    ConfigOption,
    configuration_of,
)
from intake.commands.deciders import require_words
from intake.commands.printing import console, day, make_table, plain, print_json
from intake.config import Configuration
from intake.mailboxes.removing import remove_everywhere, wanted_of
from storage.privacy.compacting import compact
from storage.privacy.retention import Expired, expire_cases, expired_cases, name_list

app = typer.Typer(add_completion=False)


@app.command()
def retention(
    ctx: typer.Context,
    approve: Annotated[
        str | None,
        typer.Option(
            help="Erase the list of this name, which the command shows.", show_default=False
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Who approves it.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    config: ConfigOption = None,
) -> None:
    """List the cases that have been kept for as long as they may, and erase them once a person
    approved the list: the case keeps its number and loses everything that people told.

    How long: `keep_months` of the programme, `[retention] funded_months` for funded work. Mail of
    machines goes by itself after `[retention] machines_days`.

    Example: postroom retention

    Example: postroom retention --approve 3f9a01bc --by "Rosalind Okoro"
    """
    configuration = configuration_of(ctx, config)
    now = datetime.now(UTC)
    with App(configuration) as application:
        with application.database.reading() as session:
            found = expired_cases(
                session, application.programmes, retention=configuration.retention, now=now
            )
        if approve is None:
            _propose(configuration, found, as_json=as_json)
            return
        who = require_words(by or "", "--by")
        _require_same(found, approve)
        with application.database.writing() as session:
            sources = expire_cases(session, found, archive=application.archive, by=who, now=now)
    removed, unreached = remove_everywhere(configuration.mailboxes, wanted_of(sources))
    compact(configuration.database_url)
    _tell(found, removed, unreached, as_json=as_json)


def _propose(configuration: Configuration, found: Sequence[Expired], *, as_json: bool) -> None:
    name = name_list(found)
    if as_json:
        print_json({"name": name if found else None, "cases": [asdict(one) for one in found]})
    elif not found:
        typer.echo("No case has been kept for longer than it may.")
    else:
        zones = {programme.slug: programme.zone for programme in configuration.programmes}
        rows = [
            (one.reference, "yes" if one.is_funded else "", day(one.last_at, zones[one.programme]))
            for one in found
        ]
        title = f"{len(found)} cases have been kept for as long as they may"
        console().print(make_table(title, ("case", "funded", "last news"), rows))
        typer.echo(f'\nTo erase them: postroom retention --approve {name} --by "YOUR NAME"')


def _require_same(found: Sequence[Expired], approved: str) -> None:
    if not found or name_list(found) != approved.strip().lower():
        typer.echo(
            f"Nothing was erased: {plain(approved)} is not the list of today. See it with "
            "`postroom retention`.",
            err=True,
        )
        raise typer.Exit(EXIT_USAGE)


def _tell(
    found: Sequence[Expired], removed: int, unreached: dict[str, str], *, as_json: bool
) -> None:
    references = [one.reference for one in found]
    if as_json:
        told = {"erased": references, "removed_from_mailboxes": removed, "not_reached": unreached}
        print_json(told)
    else:
        typer.echo(f"Erased: {', '.join(references)}; {removed} messages in the mailbox.")
        for slug, why in unreached.items():
            typer.echo(f"The mailbox of {plain(slug)} was not reached: {plain(why)}")
    if unreached:
        raise typer.Exit(EXIT_UNAVAILABLE)

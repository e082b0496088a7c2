"""`postroom quarantine`: messages that could not be understood, shown and tried again."""

import getpass
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_programme,
    zone_of,
)
from intake.commands.files import refusals, require_writable
from intake.commands.printing import console, local, make_table, plain, print_json
from intake.commands.quarantine_view import (
    Retried,
    held_fields,
    held_lines,
    retried_fields,
    retried_line,
)
from intake.isolation import Failure
from storage import events
from storage.errors import NotFound
from storage.quarantine import Quarantined, get_quarantined, list_quarantined
from storage.received import get_received

app = typer.Typer(add_completion=False, no_args_is_help=True)
"""List, show and try again the messages that could not be understood."""

AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]


@app.command("list")
def list_(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """List what could not be understood, with the reason, until it is read or somebody ticks it
    off (`postroom settle`). The messages themselves are kept.

    Example: postroom quarantine list
    """
    configuration = configuration_of(ctx, config)
    if programme is not None:
        require_programme(configuration, programme)
    with App(configuration) as application:
        with application.database.reading() as session:
            held = list_quarantined(session, programme)
        files = [application.archive.path_of(item.sha256) for item in held]
    if as_json:
        print_json([held_fields(*pair) for pair in zip(held, files, strict=True)])
    elif not held:
        typer.echo("Nothing is in quarantine.")
    else:
        columns = ("id", "received", "programme", "bytes", "tries", "reason")
        rows = [
            (
                item.id,
                local(item.received_at, zone_of(configuration, item.programme or "")),
                item.programme,
                f"{item.size:,}",
                item.attempts,
                item.reason,
            )
            for item in held
        ]
        title = f"{len(held)} message{'s' if len(held) != 1 else ''} in quarantine"
        console().print(make_table(title, columns, rows, whole=("id",)))


@app.command()
def show(
    ctx: typer.Context,
    message_id: Annotated[
        int, typer.Argument(help="The message's number: `postroom quarantine list`.", metavar="ID")
    ],
    save: Annotated[
        Path | None, typer.Option(help="Write the whole message here, as it came.")
    ] = None,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Show why one message is in quarantine, where its bytes are, and what happened to it.

    Example: postroom quarantine show 12 --save message.eml
    """
    configuration = configuration_of(ctx, config)
    require_writable(save)
    with App(configuration) as application:
        with application.database.reading() as session:
            try:
                held = get_quarantined(session, message_id)
            except NotFound as error:
                told = f"Message {message_id} is not in quarantine: `postroom quarantine list`."
                typer.echo(told, err=True)
                raise typer.Exit(1) from error
            history = events.of_message(session, message_id)
        file = application.archive.path_of(held.sha256)
        if save is not None:
            raw = application.archive.get(held.sha256)
            with refusals(save, "written"):
                save.write_bytes(raw)
    if as_json:
        print_json({**held_fields(held, file), "history": [asdict(event) for event in history]})
    else:
        zone = zone_of(configuration, held.programme or "")
        console().print("\n".join(held_lines(held, file, history, zone)), soft_wrap=True)


@app.command()
def retry(
    ctx: typer.Context,
    message_ids: Annotated[
        list[int] | None, typer.Argument(help="The messages' numbers.", metavar="ID…")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    by: Annotated[
        str | None,
        typer.Option("--by", help="Who wants it, for the history; else this account."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say which can be read now; change nothing.")
    ] = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Read messages again as if they had just come: after an update, or a repair of the archive.

    What is understood leaves the quarantine, and its letters leave with the next tick. What fails
    again stays, with its reason; the exit status is then 1.

    Example: postroom quarantine retry 12 --by "Priya Raman"

    Example: postroom quarantine retry --all --dry-run
    """
    if bool(message_ids) == everything:
        typer.echo("Name the messages, or give --all.", err=True)
        raise typer.Exit(EXIT_USAGE)
    with App(configuration_of(ctx, config)) as application:
        held = _wanted(application, message_ids)
        who = plain(by) if by else _account()
        done = _try_out(application, held) if dry_run else _retry(application, held, who)
    if as_json:
        print_json([retried_fields(one, dry_run=dry_run) for one in done])
    elif not done:
        typer.echo("Nothing is in quarantine.")
    else:
        for one in done:
            console().print(retried_line(one, dry_run=dry_run), soft_wrap=True)
    if not all(one.is_read for one in done):
        raise typer.Exit(1)


def _wanted(application: App, message_ids: Sequence[int] | None) -> tuple[Quarantined, ...]:
    """Those named, or all; where one is not in quarantine, the command ends with status 1."""
    with application.database.reading() as session:
        held = list_quarantined(session, only=message_ids)
    missing = sorted(set(message_ids or ()) - {item.id for item in held})
    if missing:
        named = ", ".join(map(str, missing))
        typer.echo(f"Not in quarantine: {named}. Nothing was done.", err=True)
        raise typer.Exit(1)
    return held


def _retry(application: App, held: Sequence[Quarantined], who: str) -> list[Retried]:
    """Each as it stands in the ledger afterwards."""
    application.pipeline.retry([item.id for item in held], datetime.now(UTC), actor=who)
    with application.database.reading() as session:
        came = [get_received(session, item.id) for item in held]
    return [
        Retried(
            one.id,
            is_read=one.message is not None,
            reason=one.reason,
            kind=one.message.understanding.verdict.kind if one.message else None,
            references=tuple(case.reference for case in one.cases),
        )
        for one in came
    ]


def _try_out(application: App, held: Sequence[Quarantined]) -> list[Retried]:
    done = []
    for item, result in application.pipeline.read_again(held):
        if isinstance(result, Failure):
            done.append(Retried(item.id, is_read=False, reason=result.reason))
        else:
            kind = result.understanding.verdict.kind
            done.append(Retried(item.id, is_read=True, kind=kind))
    return done


def _account() -> str:
    return f"user:{getpass.getuser()}"

"""`postroom letter`: one letter, shown as it goes out, released or discarded by a person."""

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of, zone_of
from intake.commands.files import refusals, require_writable
from intake.commands.letter_view import read_view, write_view
from intake.commands.message import view_message
from intake.commands.message_view import message_lines
from intake.commands.printing import console, local, make_table, plain, print_json
from intake.commands.wording import explain_state, spaced, state_of, why_held
from intake.config import Configuration
from storage import outbox
from storage.domain.letter import Letter, LetterState
from storage.errors import Conflict, NotFound

app = typer.Typer(add_completion=False, no_args_is_help=True)
"""Show, release or discard one letter of the outbox."""

RULER = "-" * 60
"""Between a letter and the message that it answers."""

RELEASED = "only held and failed letters can be released"
DISCARDED = "only letters that have not been sent can be discarded, once"

LetterId = Annotated[int, typer.Argument(help="The letter's number in the outbox.", metavar="ID")]


@app.command()
def show(
    ctx: typer.Context,
    letter_id: LetterId,
    save: Annotated[Path | None, typer.Option(help="Write the letter's bytes here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The ledger's row as JSON.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show one letter as its reader gets it, and below it the message that it answers.

    With --save it is written as the .eml that goes out.

    Example: postroom letter show 7 --save letter.eml
    """
    configuration = configuration_of(ctx, config)
    require_writable(save)
    with App(configuration) as application:
        with application.database.reading() as session:
            letter = _get(application, letter_id)
            if letter.is_left_out:
                _show_left_out(letter, as_json=as_json)
                return
            content, enclosure = outbox.wire_parts(session, letter_id)
        wire = content + (application.archive.get(enclosure) if enclosure else b"")
        cause = None
        if letter.cause is not None and not as_json:
            cause = view_message(configuration, application, letter.cause)
    if save:
        with refusals(save, "written"):
            save.write_bytes(wire)
    if as_json:
        print_json(letter_fields(letter))
    else:
        zone = zone_of(configuration, letter.programme)
        console().print(write_view(letter, read_view(wire), zone), soft_wrap=True)
        if cause is not None:
            lines = ("", RULER, "", "The message that it answers", *message_lines(cause, zone))
            console().print("\n".join(lines), soft_wrap=True)


@app.command()
def release(
    ctx: typer.Context,
    letter_id: LetterId,
    config: ConfigOption = None,
) -> None:
    """Let a held or failed letter go; it leaves with the next tick.

    Example: postroom letter release 7
    """
    with App(configuration_of(ctx, config)) as application:
        _get(application, letter_id)
        with application.database.writing() as session, _refusals(RELEASED):
            outbox.release(session, letter_id, datetime.now(UTC), _actor())
    console().print(f"Letter {letter_id} will leave with the next tick.")


@app.command()
def discard(
    ctx: typer.Context,
    letter_id: LetterId,
    reason: Annotated[str, typer.Option(help="Why; it is kept with the letter.")] = "",
    config: ConfigOption = None,
) -> None:
    """Decide that a held or waiting letter is never sent.

    Example: postroom letter discard 7 --reason "answered by telephone"
    """
    with App(configuration_of(ctx, config)) as application:
        _get(application, letter_id)
        with application.database.writing() as session, _refusals(DISCARDED):
            outbox.discard(session, letter_id, datetime.now(UTC), _actor(), reason)
    console().print(f"Letter {letter_id} will not be sent.")


def letter_fields(letter: Letter) -> dict[str, object]:
    """A letter as plain values, for machines."""
    is_ours = letter.rule is not None and letter.state is not LetterState.DISCARDED
    return {
        **asdict(letter),
        "recipient": letter.recipient.email,
        "rule_in_words": why_held(letter.rule) if is_ours and letter.rule else None,
    }


def letter_table(title: str, letters: Sequence[Letter], configuration: Configuration) -> Table:
    """A table of letters, each with the clock of its programme."""
    columns = ("id", "kind", "to", "state", "subject", "sent")
    rows = [
        (
            letter.id,
            spaced(letter.kind),
            letter.recipient.email,
            state_of(letter),
            letter.subject,
            local(letter.sent_at, zone_of(configuration, letter.programme)),
        )
        for letter in letters
    ]
    return make_table(title, columns, rows, whole=("id",))


def _show_left_out(letter: Letter, *, as_json: bool) -> None:
    """There is nothing to see of a letter that was never written, but why."""
    if as_json:
        print_json(letter_fields(letter))
    else:
        name = f"Letter {letter.id}, {spaced(letter.kind)}, to {plain(letter.recipient.email)}"
        console().print(f"{name}: {explain_state(letter)}", soft_wrap=True)


def _get(application: App, letter_id: int) -> Letter:
    with application.database.reading() as session:
        try:
            return outbox.get(session, letter_id)
        except NotFound as error:
            typer.echo(f"There is no letter {letter_id}: `postroom outbox` lists them.", err=True)
            raise typer.Exit(1) from error


@contextmanager
def _refusals(which: str) -> Iterator[None]:
    """A letter that is past this decision: say so, and which letters are not, instead of
    failing."""
    try:
        yield
    except Conflict as error:
        typer.echo(f"Nothing was done: {error}, and {which}.", err=True)
        raise typer.Exit(1) from error


def _actor() -> str:
    """Who decides: the account that runs the command."""
    return f"user:{getpass.getuser()}"

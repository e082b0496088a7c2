"""`postroom letter`: one letter, shown as it goes out; changed, released, discarded by a person, or
known to have come."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of, programme_or_first, zone_of
from intake.commands.deciders import (
    ByOption,
    LetterId,
    LetterIds,
    ReasonOption,
    refusing,
    require_colleague,
    require_letter,
)
from intake.commands.files import refusals, require_writable
from intake.commands.letter_arrived import IF_IT_CAME, arrived
from intake.commands.letter_changes import changes_of
from intake.commands.letter_edit import edit
from intake.commands.letter_held import held
from intake.commands.letter_rerender import rerender
from intake.commands.letter_view import letter_fields, read_view, show_left_out, write_view
from intake.commands.message import view_message
from intake.commands.message_view import message_lines
from intake.commands.printing import console, plain, print_json
from responders.budgets import may_reach
from responders.sources import readable
from storage import outbox, rewriting
from storage.domain.letter import IN_DOUBT

app = typer.Typer(add_completion=False, no_args_is_help=True)
"""Show, change, release or discard one letter of the outbox."""

RULER = "-" * 60
"""Between a letter and the message that it answers."""

RELEASED = "only held and failed letters can be released"
STAYS = (
    "Letter {id} is released, but the next tick holds it again: {address} is not in "
    "safety.only_to. Add it there, or take only_to out to go live; then release it once more."
)
DISCARDED = "only letters that have not been sent can be discarded, once"


@app.command()
def show(
    ctx: typer.Context,
    letter_id: LetterId,
    save: Annotated[Path | None, typer.Option(help="Write the letter's bytes here.")] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Only the Markdown, for `letter edit --file`.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The ledger's row as JSON.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show one letter as its reader gets it, what was changed by hand, and the message it answers.

    With --save it is written as the .eml that goes out.

    Example: postroom letter show 7 --save letter.eml
    """
    configuration = configuration_of(ctx, config)
    require_writable(save)
    with App(configuration) as application:
        with application.database.reading() as session:
            letter = require_letter(session, letter_id)
            if letter.is_left_out:
                show_left_out(letter, as_json=as_json)
                return
            content, enclosure = outbox.wire_parts(session, letter_id)
            changes = changes_of(session, application.archive, letter, content)
            source = rewriting.source_of(session, letter_id) or "" if markdown else ""
            if markdown and not source:
                typer.echo(f"The Markdown of letter {letter_id} was not kept.", err=True)
                raise typer.Exit(1)
        wire = content + (application.archive.get(enclosure) if enclosure else b"")
        cause = None
        if letter.cause is not None and not (as_json or markdown):
            cause = view_message(configuration, application, letter.cause)
    if save:
        with refusals(save, "written"):
            save.write_bytes(wire)
    if markdown:
        typer.echo(readable(source), nl=False)
    elif as_json:
        print_json({**letter_fields(letter), "changes": [change.fields for change in changes]})
    else:
        zone = zone_of(configuration, letter.programme)
        lines = [write_view(letter, read_view(wire), zone)]
        lines += [line for change in changes for line in ("", *change.lines(zone))]
        if cause is not None:
            lines += ["", RULER, "", "The message that it answers", *message_lines(cause, zone)]
        console().print("\n".join(lines), soft_wrap=True)


app.command()(edit)
app.command()(rerender)
app.command()(held)
app.command()(arrived)


@app.command()
def release(
    ctx: typer.Context,
    letter_ids: LetterIds,
    by: ByOption,
    reason: ReasonOption = "",
    config: ConfigOption = None,
) -> None:
    """Let held or failed letters go; they leave with the next tick. All of them are let go or,
    where one can't be, none.

    Example: postroom letter release 7 --by "Rosalind Okoro"

    Example: postroom letter release 7 8 12 --by "Rosalind Okoro"
    """
    configuration = configuration_of(ctx, config)
    with App(configuration) as application, application.database.writing() as session:
        released = [require_letter(session, id) for id in dict.fromkeys(letter_ids)]
        for letter in released:
            organiser = require_colleague(programme_or_first(configuration, letter.programme), by)
            with refusing(RELEASED):
                outbox.release(session, letter.id, datetime.now(UTC), organiser, reason)
    for letter in released:
        told = f"Letter {letter.id} will leave with the next tick."
        if not may_reach(letter.recipient, configuration.delivery):
            told = STAYS.format(id=letter.id, address=plain(letter.recipient.email))
        console().print(told, soft_wrap=True)


@app.command()
def discard(
    ctx: typer.Context,
    letter_id: LetterId,
    by: ByOption,
    reason: ReasonOption = "",
    config: ConfigOption = None,
) -> None:
    """Decide that a held or waiting letter is never sent.

    Example: postroom letter discard 7 --by "Rosalind Okoro" --reason "answered by telephone"
    """
    configuration = configuration_of(ctx, config)
    with App(configuration) as application, application.database.writing() as session:
        letter = require_letter(session, letter_id)
        organiser = require_colleague(programme_or_first(configuration, letter.programme), by)
        with refusing(DISCARDED):
            outbox.discard(session, letter_id, datetime.now(UTC), organiser, reason)
    told = f"Letter {letter_id} will not be sent."
    if letter.rule == IN_DOUBT:
        told = f"{told} {IF_IT_CAME.format(id=letter_id)}"
    console().print(told, soft_wrap=True)

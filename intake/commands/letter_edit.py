"""`postroom letter edit`: another text in place of that of a letter that has not left yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of, require_programme
from intake.commands.deciders import (
    ByOption,
    LetterId,
    ReasonOption,
    refusing,
    require_colleague,
    require_letter,
)
from intake.commands.editor import ask_editor, keep_text
from intake.commands.files import read_text
from intake.commands.letter_changes import UNSENT_ONLY, difference
from intake.commands.letter_view import letter_fields
from intake.commands.printing import console, print_json
from responders.errors import ResponderError, SourceRefused
from responders.letterbook import Rendered
from responders.mime import recompose
from responders.rendering import Renderer
from responders.sources import readable
from storage import outbox, rewriting, situations
from storage.domain.letter import Letter
from storage.domain.situation import Situation
from storage.errors import Conflict

FORM_ONLY = "its words are the same, its form is not"
"""What is told of a change that plain text does not show, such as bold letters."""


@dataclass(frozen=True, slots=True)
class _Editing:
    """The letter in hand: its bytes, the Markdown that they were made of, what it is about, and
    who edits it."""

    letter: Letter
    content: bytes
    source: str
    situation: Situation
    organiser: str


def edit(
    ctx: typer.Context,
    letter_id: LetterId,
    by: ByOption,
    reason: ReasonOption = "",
    file: Annotated[
        Path | None,
        typer.Option(help="The new text from this file, without an editor.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
    config: ConfigOption = None,
) -> None:
    """Change the text of a letter that has not left; it stays held until somebody releases it.

    Its Markdown opens in your editor ($VISUAL, $EDITOR): the subject in the first line, an empty
    line, the text. Header, layout and files stay. The text before stays in the history, and
    `letter show` tells what was changed.

    Example: postroom letter edit 7 --by "Rosalind Okoro" --reason "she asked for a call"

    Example: postroom letter edit 7 --by "Rosalind Okoro" --file letter-7.md --dry-run
    """
    configuration = configuration_of(ctx, config)
    with App(configuration) as application:
        editing = _begin(application, letter_id, by)
        shown = readable(editing.source)
        name = f"-letter-{letter_id}.md"
        text = read_text(file) if file is not None else ask_editor(shown, name)
        with _keeping(text, name if file is None else None):
            folder, secret = configuration.templates_folder, configuration.secret
            renderer = Renderer(folder, archive=application.archive, secret=secret, packs={})
            written = renderer.lay_out(editing.situation, editing.letter.due, text)
            after = recompose(
                editing.content, subject=written.subject, text=written.text, html=written.html
            )
            is_changed = text.strip() != shown.strip() and after != editing.content
            if is_changed and not dry_run:
                _save(application, editing, written, after, reason=reason)
    lines = difference(editing.content, after) if is_changed else ()
    if as_json:
        fields = {"done": is_changed and not dry_run, "difference": list(lines)}
        print_json({**letter_fields(editing.letter), **fields})
    else:
        told = "would be changed" if dry_run else "is changed"
        told = f"Letter {letter_id} {told}:" if is_changed else "Nothing was changed."
        beside = (FORM_ONLY,) if is_changed and not lines else lines
        console().print("\n".join((told, *(f"  {line}" for line in beside))), soft_wrap=True)


def _begin(application: App, letter_id: int, by: str) -> _Editing:
    now = datetime.now(UTC)
    with application.database.reading() as session:
        letter = require_letter(session, letter_id)
        programme = require_programme(application.configuration, letter.programme)
        organiser = require_colleague(programme, by)
        with refusing(UNSENT_ONLY):
            rewriting.require_unsent(session, letter_id)
        source = rewriting.source_of(session, letter_id)
        if source is None:
            typer.echo(
                f"The Markdown of letter {letter_id} was not kept: have it written anew first, "
                f"with `postroom letter rerender {letter_id}`.",
                err=True,
            )
            raise typer.Exit(1)
        content, _ = outbox.wire_parts(session, letter_id)
        s = situations.situation_of_letter(session, programme, letter, now)
    return _Editing(letter, content, source, s, organiser)


@contextmanager
def _keeping(text: str, name: str | None) -> Iterator[None]:
    """Nobody loses what they wrote: where it can't be taken, it is put into a file whose name ends
    in `name`; None: it is in one."""
    try:
        yield
    except (ResponderError, Conflict) as error:
        reason = f"the text is no letter: {error}" if isinstance(error, SourceRefused) else error
        typer.echo(f"Nothing was changed: {reason}.".replace("..", "."), err=True)
        if name is not None and text.strip():
            kept = keep_text(text, name)
            typer.echo(f"What you wrote is in {kept}: give it again with --file.", err=True)
        raise typer.Exit(1) from error


def _save(
    application: App, editing: _Editing, written: Rendered, after: bytes, *, reason: str
) -> None:
    application.archive.put(editing.content)
    with application.database.writing() as session:
        rewriting.edit(
            session,
            editing.letter,
            subject=written.subject,
            content=after,
            source=written.source,
            before=editing.content,
            by=editing.organiser,
            reason=reason,
            now=datetime.now(UTC),
        )

"""`postroom letter rerender`: letters that have not left, written anew by mended templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_programme,
)
from intake.commands.deciders import (
    ByOption,
    ReasonOption,
    is_colleague,
    require_colleague,
    require_letter,
)
from intake.commands.letter_changes import UNSENT_ONLY, difference
from intake.commands.printing import Json, console, plain, print_json
from intake.commands.wording import spaced
from responders.errors import ResponderError
from responders.rendering import Renderer
from storage import letters, outbox, packs, rewriting, situations
from storage.domain.letter import Letter, LetterDraft, LetterState
from storage.domain.programme import Programme
from storage.errors import Conflict, StorageError
from storage.unwritten import unwritten_matters, wake_unwritten

MOST = 10_000
"""Held letters that are looked at in one go."""


@dataclass(frozen=True, slots=True)
class _Anew:
    """What became of one letter. `left_alone` is why nothing was done, None where it was (or is to
    be) written anew; then `difference` shows the lines that are not the same, and is empty where it
    reads as before."""

    letter: Letter
    difference: tuple[str, ...] = ()
    left_alone: str | None = None


@dataclass(frozen=True, slots=True)
class _Wish:
    by: str
    reason: str
    although_edited: bool
    is_dry: bool
    only_mended: bool


def rerender(
    ctx: typer.Context,
    by: ByOption,
    letter_ids: Annotated[
        list[int] | None, typer.Argument(help="Numbers of letters.", metavar="[ID]...")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All held letters whose template has changed since.")
    ] = False,
    programme: ProgrammeOption = None,
    reason: ReasonOption = "",
    although_edited: Annotated[
        bool, typer.Option("--although-edited", help="Also what was edited by hand: it is lost.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write letters that have not left anew, by the templates and the facts of now.

    They stay held until somebody releases them. What was edited by hand is left alone. With --all,
    letters that could not be written for a mistake in a template are tried again with the next
    tick.

    Example: postroom letter rerender --all --by "Rosalind Okoro" --dry-run

    Example: postroom letter rerender 7 9 --by "Rosalind Okoro"
    """
    if bool(letter_ids) == every:
        typer.echo("Name the letters by their numbers, or give --all.", err=True)
        raise typer.Exit(EXIT_USAGE)
    configuration = configuration_of(ctx, config)
    if programme is not None:
        require_programme(configuration, programme)
    wish = _Wish(by, reason, although_edited, dry_run, every)
    with App(configuration) as application:
        chosen = _chosen(application, letter_ids, programme, by)
        renderer = _renderer(application, is_dry=dry_run)
        done = [_one(application, renderer, letter, wish) for letter in chosen]
        woken = _wake(application, is_dry=dry_run) if every else 0
    if as_json:
        print_json({"done": not dry_run, "letters": [_fields(one) for one in done], "woken": woken})
    else:
        console().print("\n".join(_lines(done, woken, is_dry=dry_run)), soft_wrap=True)
    if not every and any(one.left_alone for one in done):
        raise typer.Exit(1)


def _chosen(
    application: App, letter_ids: Sequence[int] | None, programme: str | None, by: str
) -> list[Letter]:
    """The letters that were named; else all held ones of the programmes that are theirs who ask."""
    with application.database.reading() as session:
        if letter_ids:
            return [require_letter(session, id) for id in dict.fromkeys(letter_ids)]
        held = letters.list_letters(session, programme, LetterState.HELD, limit=MOST)
    ours = application.programmes
    wanted = [ours[programme]] if programme else list(ours.values())
    theirs = [one.slug for one in wanted if is_colleague(one, by)]
    if not theirs:
        require_colleague(wanted[0], by)
    return [letter for letter in reversed(held) if letter.programme in theirs]


def _renderer(application: App, *, is_dry: bool) -> Renderer:
    """Of a dry run: with the packs that are out, and none is published."""
    now = datetime.now(UTC)
    if not is_dry:
        return application.renderer(now)
    configuration = application.configuration
    with application.database.reading() as session:
        out = {slug: packs.current(session, slug) for slug in application.programmes}
    return Renderer(
        configuration.templates_folder,
        archive=application.archive,
        secret=configuration.secret,
        packs=out,
    )


def _one(application: App, renderer: Renderer, letter: Letter, wish: _Wish) -> _Anew:
    programme = require_programme(application.configuration, letter.programme)
    organiser = require_colleague(programme, wish.by)
    try:
        why = _why_left_alone(renderer, programme, letter, wish)
        if why is not None:
            return _Anew(letter, left_alone=why)
        before, draft = _written(application, renderer, programme, letter)
        if not wish.is_dry:
            application.archive.put(before)
            with application.database.writing() as session:
                rewriting.rewrite(
                    session,
                    letter,
                    draft,
                    before=before,
                    by=organiser,
                    reason=wish.reason,
                    now=datetime.now(UTC),
                )
    except Conflict as error:
        return _Anew(letter, left_alone=f"{error}, and {UNSENT_ONLY}")
    except (ResponderError, StorageError, LookupError) as error:
        return _Anew(letter, left_alone=f"it can't be written: {error}")
    return _Anew(letter, difference(before, draft.content))


def _why_left_alone(
    renderer: Renderer, programme: Programme, letter: Letter, wish: _Wish
) -> str | None:
    if letter.is_left_out:
        return "it was left out and never written"
    if letter.case_id is None and letter.cause is None:
        return "it tells of the programme as a whole: the next one tells what is true then"
    if letter.edited_by is not None and not wish.although_edited:
        return f"{letter.edited_by} edited it by hand"
    version = renderer.template_version(programme, letter.kind)
    if wish.only_mended and letter.template_version == version:
        return "its template has not changed"
    return None


def _written(
    application: App, renderer: Renderer, programme: Programme, letter: Letter
) -> tuple[bytes, LetterDraft]:
    """Its bytes so far and the letter anew. Raises Conflict for one that has left."""
    now = datetime.now(UTC)
    with application.database.reading() as session:
        rewriting.require_unsent(session, letter.id)
        before, _ = outbox.wire_parts(session, letter.id)
        s = situations.situation_of_letter(session, programme, letter, now)
    return before, renderer.render(s, letter.due)


def _wake(application: App, *, is_dry: bool) -> int:
    """How many matters wait for a letter that could not be written."""
    if is_dry:
        with application.database.reading() as session:
            return len(unwritten_matters(session))
    with application.database.writing() as session:
        return wake_unwritten(session, datetime.now(UTC))


def _lines(done: Sequence[_Anew], woken: int, *, is_dry: bool) -> Iterator[str]:
    if not done and not woken:
        yield "No letter is held."
    for one in done:
        name = f"Letter {one.letter.id}, {spaced(one.letter.kind)}"
        if one.left_alone is not None:
            yield f"{name}: left alone, {plain(one.left_alone, limit=1000)}"
            continue
        told = "would be written anew" if is_dry else "written anew"
        yield f"{name}: {told}{'' if one.difference else ', and reads as before'}"
        yield from (f"  {line}" for line in one.difference)
    if woken:
        matters = "1 matter" if woken == 1 else f"{woken} matters"
        when = "would be tried again" if is_dry else "is tried again with the next tick"
        yield f"What could not be written for {matters} {when}."


def _fields(one: _Anew) -> Json:
    return {
        "id": one.letter.id,
        "kind": one.letter.kind,
        "state": one.letter.state,
        "left_alone": one.left_alone,
        "difference": list(one.difference),
    }

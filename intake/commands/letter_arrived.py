"""`postroom letter arrived`: a letter in doubt is known to have come, as by a telephone call."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of, programme_or_first
from intake.commands.deciders import (
    ByOption,
    LetterId,
    ReasonOption,
    refusing,
    require_colleague,
    require_letter,
)
from intake.commands.letter_view import letter_fields
from intake.commands.printing import console, print_json
from storage import doubts
from storage.domain.letter import Letter

ONLY_DOUBTED = "only a letter that may have left, such as one held in doubt, can have arrived"

IF_IT_CAME = "If it turns out to have arrived: `postroom letter arrived {id}`."
"""What whoever discards a letter in doubt is told."""


def arrived(
    ctx: typer.Context,
    letter_id: LetterId,
    by: ByOption,
    reason: ReasonOption = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a line.")] = False,
    config: ConfigOption = None,
) -> None:
    """Say that a letter in doubt arrived: it counts as sent, and nothing of it leaves again.

    It is held because nobody knows whether it left (`in_doubt`, or `restored` after a backup was
    put back). Also one that was discarded while that was in doubt. What its reader answers counts
    from then on.

    Example: postroom letter arrived 7 --by "Rosalind Okoro" --reason "they rang: it has come"
    """
    configuration = configuration_of(ctx, config)
    with App(configuration) as application:
        begin = application.database.reading if dry_run else application.database.writing
        with begin() as session:
            programme = require_letter(session, letter_id).programme
            organiser = require_colleague(programme_or_first(configuration, programme), by)
            with refusing(ONLY_DOUBTED):
                if dry_run:
                    doubts.require_doubt(session, letter_id)
                else:
                    now = datetime.now(UTC)
                    doubts.mark_arrived(session, letter_id, now, organiser, reason)
            letter = require_letter(session, letter_id)
    _show(letter, is_done=not dry_run, as_json=as_json)


def _show(letter: Letter, *, is_done: bool, as_json: bool) -> None:
    if as_json:
        print_json({**letter_fields(letter), "done": is_done})
    else:
        counts = "counts" if is_done else "would count"
        console().print(f"Letter {letter.id} has arrived, and {counts} as sent.")

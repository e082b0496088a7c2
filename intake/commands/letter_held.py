"""`postroom letter held`: all letters that one rule holds, released or discarded together, as after
a flood that tripped the breaker; or known to have arrived, as after a backup was put back."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer
from sqlmodel import Session

from intake.app import App
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    configuration_of,
    require_programme,
)
from intake.commands.deciders import ByOption, ReasonOption, require_colleague
from intake.commands.letter_view import letter_fields, letter_table
from intake.commands.printing import console, plain, print_json
from intake.commands.wording import why_held
from storage import outbox
from storage.domain.letter import UNCERTAIN, Letter, LetterKind, LetterState

ALL = 100_000
"""More letters than any outbox holds back."""


class Decision(StrEnum):
    RELEASE = "release"
    DISCARD = "discard"
    ARRIVED = "arrived"


Deciding = Callable[[Session, int, datetime, str, str], None]

_VERBS: dict[Decision, Deciding] = {
    Decision.RELEASE: outbox.release,
    Decision.DISCARD: outbox.discard,
    Decision.ARRIVED: outbox.mark_arrived,
}

_DONE = {
    Decision.RELEASE: "released; they leave with the next tick",
    Decision.DISCARD: "discarded; they never leave",
    Decision.ARRIVED: "known to have arrived; they count as sent",
}


def held(
    ctx: typer.Context,
    decision: Annotated[Decision, typer.Argument(help="What becomes of them.")],
    programme: Annotated[str, typer.Option(help="Whose letters (its slug).")],
    rule: Annotated[
        str, typer.Option(help="The rule that holds them, as `outbox --json` names it.")
    ],
    by: ByOption,
    kind: Annotated[LetterKind | None, typer.Option(help="Only letters of this kind.")] = None,
    reason: ReasonOption = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List them; change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of text.")] = False,
    config: ConfigOption = None,
) -> None:
    """Release or discard every letter that one rule holds: after a flood, when all were looked at.

    Released letters leave with the next tick, so many a minute as may. Those held in doubt
    (`in_doubt`, `restored`) may all have arrived.

    Example: postroom letter held release --programme ace --rule budget.breaker --by "Priya Raman"
    """
    configuration = configuration_of(ctx, config)
    organiser = require_colleague(require_programme(configuration, programme), by)
    if decision is Decision.ARRIVED and rule not in UNCERTAIN:
        told = (
            f"No letter that {plain(rule)} holds can have arrived: {' and '.join(UNCERTAIN)} may."
        )
        typer.echo(told, err=True)
        raise typer.Exit(EXIT_USAGE)
    with App(configuration) as application, application.database.writing() as session:
        found = _held(session, programme, rule, kind)
        if not found:
            _refuse_unknown(session, programme, rule)
        if not dry_run:
            now = datetime.now(UTC)
            for letter in found:
                _VERBS[decision](session, letter.id, now, organiser, reason)
    if as_json:
        print_json([letter_fields(letter) for letter in found])
    elif dry_run:
        console().print(letter_table(f"{len(found)} letters, still held", found, configuration))
    else:
        console().print(f"{len(found)} letters {_DONE[decision]}.")


def _held(session: Session, programme: str, rule: str, kind: LetterKind | None) -> list[Letter]:
    letters = outbox.list_letters(session, programme, LetterState.HELD, kind, limit=ALL)
    return [letter for letter in reversed(letters) if letter.rule == rule]


def _refuse_unknown(session: Session, programme: str, rule: str) -> None:
    """Nothing is held by this rule: which rules hold any, and status 2."""
    letters = outbox.list_letters(session, programme, LetterState.HELD, limit=ALL)
    rules = sorted({letter.rule for letter in letters if letter.rule})
    known = "; ".join(f"{plain(one)} ({why_held(one)})" for one in rules) or "none"
    typer.echo(f"No such letter is held by {plain(rule)}. Rules that hold any: {known}.", err=True)
    raise typer.Exit(EXIT_USAGE)

"""`postroom settle`: a person ticks off a message that only a person could deal with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlmodel import Session

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of, programme_or_first
from intake.commands.deciders import ByOption, require_colleague
from intake.commands.message_view import tasks
from intake.commands.printing import Json, console, print_json
from intake.config import Configuration
from storage import settling
from storage.errors import NotFound
from storage.received import Received, get_received

app = typer.Typer(add_completion=False)


@app.command()
def settle(
    ctx: typer.Context,
    message_ids: Annotated[
        list[int],
        typer.Argument(help="The messages' numbers: `postroom messages`.", metavar="ID..."),
    ],
    by: ByOption,
    note: Annotated[str, typer.Option(help="What was done; it is kept with the message.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="They want a person again.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
    config: ConfigOption = None,
) -> None:
    """Tick off messages that somebody has dealt with: they want nobody any more.

    They leave `postroom messages --for-a-person` and what the digest counts. A letter that is held
    is decided about by `postroom letter`, and stays there until then.

    Example: postroom settle 12 --by "Rosalind Okoro" --note "answered by telephone"
    """
    configuration = configuration_of(ctx, config)
    now = datetime.now(UTC)
    with App(configuration) as application:
        begin = application.database.reading if dry_run else application.database.writing
        with begin() as session:
            found = [_require_message(session, id) for id in dict.fromkeys(message_ids)]
            whos = [_colleague(configuration, came, by) for came in found]
            done = [
                _Ticked(came, who, note, undo, now) for came, who in zip(found, whos, strict=True)
            ]
            for one in done if not dry_run else ():
                one.record(session)
    if as_json:
        print_json([{**one.fields, "done": one.is_news and not dry_run} for one in done])
    else:
        lines = [line for one in done for line in one.lines(is_dry=dry_run)]
        console().print("\n".join(lines), soft_wrap=True)


@dataclass(frozen=True, slots=True)
class _Ticked:
    """A message, who ticks it off or, with `is_undone`, wants somebody to deal with it again."""

    came: Received
    by: str
    note: str
    is_undone: bool
    now: datetime

    @property
    def is_news(self) -> bool:
        """False where it wants nobody as it is, or was not ticked off."""
        return self.came.settled_at is not None if self.is_undone else self.came.is_open

    @property
    def fields(self) -> Json:
        return {"id": self.came.id, "to_do": tasks(self._after())}

    def record(self, session: Session) -> None:
        if self.is_news and self.is_undone:
            settling.unsettle(session, self.came.id, by=self.by, now=self.now)
        elif self.is_news:
            settling.settle(session, self.came.id, by=self.by, now=self.now, note=self.note or None)

    def lines(self, *, is_dry: bool) -> Iterator[str]:
        if self.is_undone:
            told = (
                "wants a person again" if self.is_news else "was not ticked off: nothing was done"
            )
        else:
            told = "is ticked off" if self.is_news else "wanted nobody: nothing was done"
        tried = " (tried only, nothing was changed)" if is_dry and self.is_news else ""
        yield f"Message {self.came.id} {told}{tried}."
        yield from (f"  still to do: {task}" for task in tasks(self._after()))

    def _after(self) -> Received:
        return replace(self.came, settled_at=None if self.is_undone else self.now)


def _colleague(configuration: Configuration, came: Received, by: str) -> str:
    return require_colleague(programme_or_first(configuration, came.programme or ""), by)


def _require_message(session: Session, message_id: int) -> Received:
    try:
        return get_received(session, message_id)
    except NotFound as error:
        told = f"There is no message {message_id}: `postroom messages` lists them."
        typer.echo(told, err=True)
        raise typer.Exit(1) from error

"""The command line: one table of commands, each loaded when it is called.

Exit status: 0 done, 1 something is wrong with what was looked at, 2 usage, 69 a server can't be
reached, 75 try again later, 78 the configuration is wrong.
"""

import gc
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from intake.mailboxes.base import MailboxRefused, MailboxUnavailable
from responders.errors import ResponderError
from storage.errors import ArchiveUnavailable, LedgerMismatch, LedgerUnavailable, StorageError

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("intake.commands.init", "Set up a new programme: a commented config and templates."),
    "login": ("intake.commands.login", "Sign in for access tokens: Microsoft 365, Google."),
    "check": ("intake.commands.check", "Test settings, templates, ledger, mailbox and transport."),
    "health": ("intake.commands.health", "Say how it is: alive, well, what waits."),
    "run": ("intake.commands.run", "Read, understand and answer, for good."),
    "tick": ("intake.commands.tick", "Read, understand and answer, once."),
    "ingest": ("intake.commands.ingest", "Take saved messages into the ledger."),
    "parse": ("intake.commands.parse", "Show what single messages say; nothing is stored or sent."),
    "explain": ("intake.commands.explaining.command", "Show why each value was taken."),
    "rehearse": ("intake.commands.rehearse", "Replay a folder of messages; nothing is sent."),
    "rules": ("intake.commands.rules", "List your own rules, and try them on stored messages."),
    "cases": ("intake.commands.cases", "List the cases."),
    "case": ("intake.commands.case", "Show one case with its messages, letters and history."),
    "people": ("intake.commands.people", "Show who belongs to a case; add an assistant."),
    "messages": ("intake.commands.messages", "List the messages, and what wants a person."),
    "message": ("intake.commands.message", "Show one message and what became of it."),
    "settle": ("intake.commands.settle", "Tick off messages that somebody has dealt with."),
    "quarantine": ("intake.commands.quarantine", "Show what could not be read; try it again."),
    "reconcile": ("intake.commands.reconcile", "Hold the mailboxes against the ledger."),
    "outbox": ("intake.commands.outbox", "List the letters."),
    "letter": ("intake.commands.letter", "Show, edit, release or discard one letter."),
    "extend": ("intake.commands.extend", "Let a round close later, or one case of it."),
    "panel": ("intake.commands.panel", "Ask the panel to score, see what the scores come to."),
    "decisions": ("intake.commands.decisions", "Exchange the decision sheet, list decisions."),
    "decide": ("intake.commands.decide", "Record what is decided about one case."),
    "outcomes": ("intake.commands.outcomes", "Release outcomes, see who answered, promote."),
    "award": ("intake.commands.award", "See how far awards have come; file signed agreements."),
    "places": ("intake.commands.places", "Give nominees their places in cohorts."),
    "digest": ("intake.commands.digest", "Show what an organiser would be told now."),
    "export": ("intake.commands.exporting.command", "Write the whole ledger to a file."),
    "pack": ("intake.commands.pack", "Build the pack, see who holds which, send a new one."),
    "allocate": ("intake.commands.allocating.command", "Propose who is funded; nothing changes."),
    "person": ("intake.commands.person.command", "Find, export or erase what is held of one."),
    "retention": ("intake.commands.retention", "Erase what was kept as long as it may be."),
    "history": ("intake.commands.history", "List what happened, and changed settings."),
    "audit": ("intake.commands.audit", "Prove that the history is the one that was written."),
    "backup": ("intake.commands.backup", "Write everything to one file, while it runs."),
    "restore": ("intake.commands.restore", "Put a backup back; no letter leaves unasked after."),
    "demo": ("intake.commands.demo.command", "Answer a sample inbox on an embedded mail server."),
    "simulate": ("intake.commands.simulating.command", "Play a whole year on a fake clock."),
}
"""Name → module with a typer `app` that holds the command, and its line in the overview."""


class LazyCommand(TyperCommand):
    """A line of the overview that turns into the real command when it is called."""

    def __init__(self, name: str, module: str, summary: str) -> None:
        super().__init__(name, callback=None, short_help=summary, help=summary)
        self._module = module

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        command = typer.main.get_command(_load(self._module).app)
        command.name = self.name
        for one in (command, *getattr(command, "commands", {}).values()):
            _leave_flags_alone(one.get_params(typer.Context(one)))
        return command.make_context(info_name, args, parent=parent, **extra)


def _load(module: str) -> ModuleType:
    """Imported without the collector of garbage, a fifth faster: what a module makes stays."""
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        gc.enable()


class LazyGroup(TyperGroup):
    """The commands of `COMMANDS`, in the order of the table."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _leave_flags_alone(super().get_params(ctx))

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix(LIBRARYS_WORDS)
            raise

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  the base's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  likewise
        if cmd_name not in COMMANDS:
            return None
        return LazyCommand(cmd_name, *COMMANDS[cmd_name])


LIBRARYS_WORDS = "Value error, "
"""What stands before the reason where an option takes one of a few values."""


def _leave_flags_alone(parameters: list[Any]) -> list[Any]:
    """`parameters`, with no type told of flags, in the help: they take no value."""
    for parameter in parameters:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
    return parameters


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    help="Calls for expressions of interest that run entirely in a mailbox.",
)


@app.callback()
def root(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option("--config", "-c", help="The configuration to use.", show_default=False),
    ] = None,
) -> None:
    """Calls for expressions of interest that run entirely in a mailbox."""
    ctx.obj = config


EXIT_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (LedgerUnavailable, 75),
    (ArchiveUnavailable, 75),
    (LedgerMismatch, 78),
    (StorageError, 1),
    (ResponderError, 78),
    (MailboxUnavailable, 69),
    (MailboxRefused, 78),
)
"""Errors that a person is told in a sentence, with the exit status of sysexits.h."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    try:
        app(prog_name="postroom")
    except tuple(kind for kind, _ in EXIT_STATUS) as error:
        print(f"postroom: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(next(status for kind, status in EXIT_STATUS if isinstance(error, kind)))

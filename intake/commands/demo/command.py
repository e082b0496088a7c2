"""`postroom demo`: a sample inbox, answered by the real application on an embedded mail server."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from intake.app import App, TickReport
from intake.commands.demo.page import Exchange, Outcome, render_page
from intake.commands.demo.play import Posted, Progress, accounts_of, configure, play, read_inbox
from intake.commands.demo.serving import DemoClock, keep_serving
from intake.commands.demo.view import Files, show
from intake.commands.printing import Json, console, plain, print_json
from intake.commands.staging.mailserver import MailServer
from intake.commands.staging.stage import NotOurs, prepare_stage
from intake.logging import configure_logging

app = typer.Typer(add_completion=False)

COLOURS = {
    Outcome.ANSWERED: "green",
    Outcome.HELD: "yellow",
    Outcome.SILENT: "dim",
    Outcome.REPEATED: "dim",
    Outcome.REFUSED: "red",
}


LEAVES = ("config.toml", "mail-password", "data", "letters", "messages", "index.html")
"""What a demo leaves in its folder; the next one begins by removing these, and nothing else."""

COLUMNS = {"": 2, "message": 23, "verdict": 11, "case": 14, "letter": 23}
"""Widths in characters; with their gaps they fit a terminal of 80."""


@dataclass(frozen=True, slots=True)
class Performance:
    """What came of one demo. `unhandled` tells what went wrong, a sentence each; empty: nothing."""

    exchanges: tuple[Exchange, ...]
    seconds: float
    unhandled: tuple[str, ...]


@app.command()
def demo(
    into: Annotated[Path, typer.Option(help="The folder for what the demo leaves.")] = Path(
        "var/demo"
    ),
    serve: Annotated[
        bool, typer.Option("--keep-serving", help="Go on answering, to try it with a mail client.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """Deliver a sample inbox to an embedded mail server, answer it over IMAP and SMTP, and show
    each message beside the letter it got.

    Example: postroom demo --into var/demo
    """
    started = time.monotonic()
    _prepare(into)
    inbox = read_inbox()
    accounts = accounts_of(inbox)
    configure_logging("error")
    clock = DemoClock()
    with MailServer(accounts, clock=clock) as server:
        configuration = configure(into, server, next(iter(accounts.values())))
        with App(configuration) as application:
            performance = _perform(application, server, inbox, into, started)
            _tell(performance, into, as_json=as_json)
            if serve:
                keep_serving(application, server, accounts, clock)
    if performance.unhandled:
        raise typer.Exit(1)


def _perform(
    application: App, server: MailServer, inbox: Sequence[Posted], into: Path, started: float
) -> Performance:
    with _progress(len(inbox)) as progress:
        reports = list(play(application, server, inbox, progress))
    exchanges = show(application, inbox, server.delivered, Files(into))
    seconds = time.monotonic() - started
    page = render_page(exchanges, seconds=seconds, files=("config.toml",))
    (into / "index.html").write_text(page, encoding="utf-8")
    return Performance(tuple(exchanges), seconds, tuple(_unhandled(exchanges, reports)))


def _unhandled(exchanges: Sequence[Exchange], reports: Sequence[TickReport]) -> Iterator[str]:
    for report in reports:
        yield from report.mailbox_errors.values()
    for exchange in exchanges:
        if exchange.outcome is Outcome.REFUSED:
            yield f"message {exchange.number} was not understood: {exchange.aside}"
        for reply in exchange.letters:
            is_held = reply.state == "held"
            if not is_held and (reply.state != "sent" or reply.text.link is None):
                yield f"a letter for message {exchange.number} did not arrive: {reply.state}"


@contextmanager
def _progress(total: int) -> Iterator[Progress]:
    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=total)
        yield lambda what, done: bar.update(task, description=what, completed=done)


def _prepare(into: Path) -> None:
    """Clear the stage, or say what to do and end with the status of a wrong call."""
    try:
        prepare_stage(into, "demo", LEAVES)
    except NotOurs as error:
        raise typer.BadParameter(
            f"{error}. Name a new or empty folder with --into, or remove this one yourself if an "
            "older demo made it"
        ) from error
    except OSError as error:
        raise typer.BadParameter(f"{into} can't be written: {error.strerror}") from error


def _tell(performance: Performance, into: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(_fields(performance))
        return
    out = console()
    out.print(_table(performance.exchanges))
    out.print(_sentence(performance))
    for line in performance.unhandled:
        out.print(Text(f"Not handled: {plain(line)}", style="red"))
    places = {
        "Each message beside its letter": into / "index.html",
        "The letters as the server got them": f"{into / 'letters'}/",
        "The ledger behind it": into / "data" / "ledger.db",
        "To ask it more": f"postroom -c {into / 'config.toml'} cases",
    }
    out.print()
    for what, where in places.items():
        out.print(f"{what:<36}{where}", soft_wrap=True)


def _table(exchanges: Sequence[Exchange]) -> Table:
    """Message → verdict → case → letter, in 80 columns."""
    table = Table(box=SIMPLE_HEAD, padding=0, expand=False)
    for column, width in COLUMNS.items():
        table.add_column(column, width=width, no_wrap=True, overflow="ellipsis")
    for exchange in exchanges:
        letters = [f"{'(held) ' if r.rule else ''}{r.name}" for r in exchange.letters]
        table.add_row(
            str(exchange.number),
            Text(plain(exchange.message.subject or "(no subject)")),
            exchange.verdict_name,
            exchange.case_range,
            Text("\n".join(letters) or "–", style=COLOURS[exchange.outcome]),
        )
    return table


def _sentence(performance: Performance) -> str:
    letters = [reply for exchange in performance.exchanges for reply in exchange.letters]
    sent = sum(reply.state == "sent" for reply in letters)
    held = sum(reply.state == "held" for reply in letters)
    return (
        f"{len(performance.exchanges)} messages, {sent} letters sent, {held} held for a person, "
        f"in {performance.seconds:.1f} seconds."
    )


def _fields(performance: Performance) -> Json:
    return {
        "seconds": round(performance.seconds, 2),
        "unhandled": list(performance.unhandled),
        "exchanges": [asdict(exchange) for exchange in performance.exchanges],
    }

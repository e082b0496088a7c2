"""`postroom person`: all that is held of one person, shown, taken out for them, or erased."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from sqlmodel import Session

from intake.app import App
from intake.commands.context import EXIT_UNAVAILABLE, EXIT_USAGE, ConfigOption, configuration_of
from intake.commands.deciders import require_words
from intake.commands.files import refusals, require_writable
from intake.commands.person.holdings import Holdings, holdings_of, holdings_table
from intake.commands.person.parcel import write_parcel
from intake.commands.person.reading import text_of
from intake.commands.person.receipt import print_receipt
from intake.commands.printing import console, plain, print_json
from intake.config import Configuration
from intake.mailboxes.removing import Wanted, remove_everywhere
from storage.privacy.compacting import compact
from storage.privacy.erasing import Erasure, erase, erasures_of
from storage.privacy.near import near_addresses
from storage.privacy.traces import Traces, find_traces

app = typer.Typer(add_completion=False, no_args_is_help=True)
"""Find, export or erase what is held of one person."""

Email = Annotated[str, typer.Argument(help="The person's address.", metavar="EMAIL")]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of tables.")]


@app.command()
def find(
    ctx: typer.Context, email: Email, as_json: Json = False, config: ConfigOption = None
) -> None:
    """Show where a person is found: their cases, what they wrote and were written, and what others
    wrote that names them. Every message and letter is read for it.

    Example: postroom person find amina@riverside.example
    """
    configuration = configuration_of(ctx, config)
    with App(configuration) as application:
        traces = _traces(application, _require_address(email))
        with application.database.reading() as session:
            held = holdings_of(session, traces)
            before = erasures_of(session, email, secret=configuration.secret)
    if as_json:
        print_json({**asdict(held), "erased_before": [asdict(one) for one in before]})
        return
    for one in before:
        typer.echo(f"Erased before: on {one.at:%Y-%m-%d} by {one.by}, receipt {one.id}.")
    if traces.is_nothing:
        typer.echo(f"Nothing is held of {plain(email)}.")
    else:
        console().print(holdings_table(held))


@app.command()
def export(
    ctx: typer.Context,
    email: Email,
    to: Annotated[Path, typer.Option(help="The .zip file to write.")],
    as_json: Json = False,
    config: ConfigOption = None,
) -> None:
    """Write everything that is held of a person to a .zip for them: what is known, as JSON, their
    messages and our letters, as files any mail program opens.

    Others' messages that name them are listed and not enclosed: they are others' data as well.

    Example: postroom person export amina@riverside.example --to amina.zip
    """
    configuration = configuration_of(ctx, config)
    address = _require_address(email)
    if to.suffix.lower() != ".zip":
        typer.echo(f"{plain(to)} must end in .zip.", err=True)
        raise typer.Exit(EXIT_USAGE)
    require_writable(to)
    with App(configuration) as application:
        traces = _traces(application, address)
        with refusals(to, "written"):
            names = write_parcel(to, application, traces)
    if as_json:
        print_json({"file": str(to), "holds": names})
    else:
        typer.echo(f"{plain(to)}: {len(names)} files.")


@app.command("erase")
def erase_person(
    ctx: typer.Context,
    email: Email,
    by: Annotated[str, typer.Option("--by", help="Who erases it; it stands in the receipt.")],
    reason: Annotated[str, typer.Option(help="Why; it stands in the receipt.")] = "asked for",
    funded: Annotated[
        bool, typer.Option("--funded", help="Erase records of funded work as well.")
    ] = False,
    even_if_unknown: Annotated[
        bool,
        typer.Option(
            "--even-if-unknown",
            help="Also where nothing is held: what lies in the mailbox unread is removed.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be erased.")
    ] = False,
    as_json: Json = False,
    config: ConfigOption = None,
) -> None:
    """Erase a person: from the ledger, the archive, the outbox and the mailbox, and from what
    others wrote and were told. The receipt says what was erased and what can't be reached.

    Records of funded work are only erased with --funded. An address of which nothing is held, and
    that was never erased, is taken for a slip of the pen.

    Example: postroom person erase amina@riverside.example --by "Rosalind Okoro" --dry-run
    """
    configuration = configuration_of(ctx, config)
    address = _require_address(email)
    who, why = require_words(by, "--by"), require_words(reason, "--reason")
    _require_outsider(configuration, address)
    with App(configuration) as application:
        traces = _traces(application, address)
        with application.database.reading() as session:
            held = holdings_of(session, traces)
            if not even_if_unknown:
                _require_known(session, traces, configuration.secret)
        _require_leave(held, may_erase_funded=funded)
        if dry_run:
            _show_plan(held, as_json=as_json)
            return
        done = _erase(application, traces, by=who, reason=why)
    wanted = Wanted(frozenset(held.hashes), held.message_ids, address)
    removed, unreached = remove_everywhere(configuration.mailboxes, wanted)
    is_compact = compact(configuration.database_url)
    print_receipt(
        done, removed=removed, unreached=unreached, is_compact=is_compact, as_json=as_json
    )
    if unreached:
        raise typer.Exit(EXIT_UNAVAILABLE)


def _require_address(email: str) -> str:
    address = email.strip().lower()
    if "@" not in address.strip("@"):
        typer.echo(f"{plain(email)} is no address: a person is found by one.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return address


def _require_outsider(configuration: Configuration, address: str) -> None:
    """Every letter names those who run a programme: none of them is erased while they do."""
    for programme in configuration.programmes:
        if address == programme.inbox:
            told = f"{address} is the inbox of {programme.slug}, and nobody's own address"
        elif address in {
            programme.person.email,
            *(organiser.address.email for organiser in programme.organisers),
            *(member.address.email for member in programme.panel),
        }:
            told = f"{address} stands in the configuration of {programme.slug}: take it out first"
        else:
            continue
        typer.echo(f"Nothing was erased: {plain(told)}.", err=True)
        raise typer.Exit(1)


def _require_known(session: Session, traces: Traces, secret: bytes) -> None:
    """A mistyped address must not end with a receipt. One that was erased before may be erased
    again, as its mailbox may not have been reached."""
    email = traces.names.email
    is_known = not traces.is_nothing or len(traces.names.all) > 1
    if is_known or erasures_of(session, email, secret=secret):
        return
    near = near_addresses(session, email)
    meant = f" Did you mean {' or '.join(map(plain, near))}?" if near else ""
    told = "To remove what the mailbox alone may hold of them, say --even-if-unknown."
    typer.echo(
        f"Nothing was erased: nothing is held of {plain(email)}.{meant or f' {told}'}", err=True
    )
    raise typer.Exit(1)


def _require_leave(held: Holdings, *, may_erase_funded: bool) -> None:
    if held.funded and not may_erase_funded:
        names = ", ".join(held.funded)
        typer.echo(
            f"Nothing was erased: {names} is funded work, whose records have to be answered for. "
            "Where they may go all the same, say --funded.",
            err=True,
        )
        raise typer.Exit(1)


def _show_plan(held: Holdings, *, as_json: bool) -> None:
    if as_json:
        print_json({**asdict(held), "dry_run": True})
    else:
        console().print(holdings_table(held))
        typer.echo("Nothing was erased.")


def _traces(application: App, address: str) -> Traces:
    with (
        Progress(console=Console(stderr=True), transient=True) as progress,
        application.database.reading() as session,
    ):
        task = progress.add_task("reading", total=None)
        return find_traces(
            session,
            address,
            archive=application.archive,
            text_of=text_of,
            progress=lambda done, of: progress.update(task, completed=done, total=of),
        )


def _erase(application: App, traces: Traces, *, by: str, reason: str) -> Erasure:
    with application.database.writing() as session:
        return erase(
            session,
            traces,
            archive=application.archive,
            secret=application.configuration.secret,
            by=by,
            reason=reason,
            now=datetime.now(UTC),
        )

"""`postroom reconcile`: the mailboxes held against the ledger, now instead of within the hour."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import (
    EXIT_UNAVAILABLE,
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_programme,
)
from intake.commands.printing import Json, console, plain, print_json
from intake.mailboxes.base import MailboxError
from intake.reconciling import Healed
from storage.domain.reconciling import Reconciliation

app = typer.Typer(add_completion=False)


@app.command()
def reconcile(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    take_in: Annotated[
        bool,
        typer.Option(
            "--take-in",
            help="Read what lies where messages are filed and was never read; it is answered.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how they stand; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of text.")] = False,
    config: ConfigOption = None,
) -> None:
    """Hold each mailbox against the ledger: inbox, processed and quarantine folders.

    What waits in the inbox is read, what was not filed is filed, bytes that are lost from the
    archive are stored again. Ends with 1 where a difference is left, 69 where a mailbox can't be
    read.

    Example: postroom reconcile --dry-run
    """
    configuration = configuration_of(ctx, config)
    if programme is not None:
        require_programme(configuration, programme)
    slugs = [slug for slug in configuration.mailboxes if programme in (None, slug)]
    now, status = datetime.now(UTC), 0
    told: list[Json] = []
    with App(configuration) as application:
        for slug in slugs:
            try:
                mailbox, healed = application.mailbox(slug), Healed()
                if dry_run:
                    found = application.reconciler.look(mailbox, slug, now)
                else:
                    found, healed = application.reconciler.reconcile(
                        mailbox, slug, now, takes_in=take_in
                    )
            except MailboxError as error:
                typer.echo(f"{slug}: {plain(str(error), limit=600)}", err=True)
                status = EXIT_UNAVAILABLE
                continue
            status = status or int(not found.agrees)
            told.append({**asdict(found), "agrees": found.agrees, "healed": asdict(healed)})
            if not as_json:
                console().print("\n".join(_lines(found, healed)), soft_wrap=True)
    if as_json:
        print_json(told)
    elif not slugs:
        typer.echo("No programme has a mailbox.")
    raise typer.Exit(status)


def _lines(found: Reconciliation, healed: Healed) -> Iterator[str]:
    verdict = "they agree" if found.agrees else "they differ"
    yield (
        f"{found.programme}: {found.in_mailbox} messages in the mailbox, "
        f"{found.in_ledger} of it in the ledger: {verdict}."
    )
    for number, what in (
        (healed.read, "read from the inbox; they are understood with the next tick"),
        (healed.filed, "filed where they belong"),
        (healed.restored, "stored again from the mailbox"),
        (healed.taken_in, "taken in; they are answered with the next tick"),
    ):
        if number:
            yield f"  ✓ {number} {what}"
    for number, what, todo in (
        (found.unread, "wait in the inbox", "`postroom tick` reads them"),
        (found.unfiled, "are read and lie in the inbox still", "may the account move messages?"),
        (
            len(found.strays),
            "lie where messages are filed and were never read",
            "move them into the inbox, or give --take-in; both answer them",
        ),
        (
            found.gone,
            "were filed and are no longer in the mailbox",
            "somebody moved or deleted them; the ledger keeps what it had",
        ),
        (
            found.lost_bytes,
            "have lost their bytes, and the mailbox has them no more",
            "restore the archive from a backup",
        ),
    ):
        if number:
            yield f"  ✗ {number} {what}\n    → {todo}"

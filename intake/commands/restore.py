"""`postroom restore`: a backup put back where no ledger is, and the time afterwards in which no
letter leaves unasked."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from intake.app import App
from intake.commands.context import EXIT_USAGE, ConfigOption, configuration_of
from intake.commands.files import refusals
from intake.commands.printing import plain, print_json
from intake.config import Configuration
from intake.configuration.credentials import replace_secret
from storage import restorations
from storage.archive import Archive
from storage.backups import BackupRefused, Contents, opened, require_fitting, restore_ledger
from storage.database import Database
from storage.errors import ArchiveUnavailable, LedgerUnavailable, NotFound
from storage.ledger_copies import (
    CopyFailed,
    LeftStanding,
    NoPlace,
    engine_of,
    or_taken_away,
    placing,
)

app = typer.Typer(add_completion=False)

AFTERWARDS = """\
What left since then is not in it, so no letter leaves now unless you release it:
  1. run `postroom reconcile --take-in`: it takes in what came since the backup and was filed;
  2. run `postroom tick`, then look at `postroom outbox --held`: release what never left, and say
     `postroom letter arrived` of what your Sent folder shows;
  3. when that is done: postroom restore --finish"""

NO_PLACE = "That is where it was to go; no fault was found in the backup. Make room and try again."

LEFT_STANDING = (
    "The ledger was put back, but its letters are not held, and {told}. Don't start Postroom: what "
    "left since the backup would leave again. Drop the database and make it anew, empty; then put "
    "the backup back again."
)

ELSEWHERE = (
    "The secret in the backup is another one than the configuration gives: threads and sheets that "
    "left before are only known again with the old one. It stands in the backup as `secret`."
)


@app.command()
def restore(
    ctx: typer.Context,
    backup: Annotated[
        Path | None,
        typer.Argument(help="The file that `postroom backup` wrote.", show_default=False),
    ] = None,
    finish: Annotated[
        bool, typer.Option("--finish", help="Let new letters leave by themselves again.")
    ] = False,
    by: Annotated[
        str | None, typer.Option("--by", help="Who does it; else the user's name.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only check the backup and whether it fits.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What was done, as JSON.")] = False,
    config: ConfigOption = None,
) -> None:
    """Put a backup back, into the data folder and database of the configuration, where no ledger
    is yet. Its own configuration and templates lie in it under `settings/`.

    Every byte is checked first. Afterwards every letter is held until a person releases it or
    says --finish, as nobody knows which ones left after the backup.

    Example: postroom restore /srv/backups/postroom-2021-08-20-060000.tar.gz
    """
    configuration = configuration_of(ctx, config)
    who = by or getpass.getuser()
    if (backup is None) is not finish:
        typer.echo("Name a backup to put back, or say --finish: one of the two.", err=True)
        raise typer.Exit(EXIT_USAGE)
    if backup is None:
        _finish(configuration, who, as_json=as_json)
        return
    try:
        with refusals(backup, "read"):
            _restore(configuration, backup, who, dry_run=dry_run, as_json=as_json)
    except LeftStanding as error:
        typer.echo(LEFT_STANDING.format(told=plain(error)), err=True)
        raise typer.Exit(1) from error
    except (BackupRefused, CopyFailed) as error:
        typer.echo(f"Nothing was put back: {plain(error)}", err=True)
        raise typer.Exit(1) from error
    except (NoPlace, ArchiveUnavailable, LedgerUnavailable) as error:
        typer.echo(f"Nothing was put back: {plain(error)}. {NO_PLACE}", err=True)
        raise typer.Exit(1) from error


def _restore(
    configuration: Configuration, backup: Path, who: str, *, dry_run: bool, as_json: bool
) -> None:
    with _read(backup, "checking") as contents:
        manifest = contents.manifest
        require_fitting(manifest, configuration.database_url)
    if dry_run:
        held = 0
    else:
        archive = Archive(configuration.data_folder / "archive")
        with _read(backup, "putting back", archive) as contents:
            with placing(configuration.data_folder):
                is_ours = replace_secret(configuration.data_folder, contents.secret)
            held = _put_back(contents, configuration.database_url, who)
        if not is_ours and contents.secret != configuration.secret:
            typer.echo(ELSEWHERE, err=True)
    if as_json:
        print_json({**asdict(manifest), "dry_run": dry_run, "letters_held": held})
        return
    told = f"the ledger of {manifest.taken_at:%Y-%m-%d %H:%M} UTC, {manifest.archived:,} files"
    if dry_run:
        typer.echo(f"{plain(backup)} is sound and fits here: {told}. Nothing was changed.")
    else:
        typer.echo(f"Put back: {told}; {held} letters that were about to leave are held.")
        typer.echo(AFTERWARDS)


@contextmanager
def _read(backup: Path, doing: str, archive: Archive | None = None) -> Iterator[Contents]:
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=None)
        told = partial(_tell, progress, task)
        with opened(backup, archive=archive, progress=told) as contents:
            yield contents


def _tell(progress: Progress, task: TaskID, done: int, of: int) -> None:
    progress.update(task, completed=done, total=of)


def _put_back(contents: Contents, url: str, who: str) -> int:
    """Put the ledger back with its letters held; how many. On SQLite they are held in the copy
    already, so that no ledger ever stands there whose letters would leave; on PostgreSQL it is
    taken away again where they can't be held."""
    if engine_of(url) == "sqlite":
        held = _begin(f"sqlite:///{contents.ledger}", contents.manifest.taken_at, who)
        restore_ledger(contents, url)
        return held
    restore_ledger(contents, url)
    with or_taken_away(url):
        return _begin(url, contents.manifest.taken_at, who)


def _begin(url: str, taken_at: datetime, who: str) -> int:
    """Bring the ledger up to this version and hold what was about to leave; how many."""
    database = Database(url)
    try:
        database.migrate()
        with database.writing() as session:
            return restorations.begin(session, taken_at=taken_at, by=who, now=datetime.now(UTC))
    finally:
        database.close()


def _finish(configuration: Configuration, who: str, *, as_json: bool) -> None:
    with App(configuration) as application:
        try:
            with application.database.writing() as session:
                ended = restorations.end(session, by=who, now=datetime.now(UTC))
        except NotFound as error:
            typer.echo(f"Nothing to finish: {plain(error)}.", err=True)
            raise typer.Exit(1) from error
    if as_json:
        print_json(asdict(ended))
    else:
        typer.echo(
            "New letters leave by themselves again; `postroom outbox --held` lists those that "
            "still wait for a person."
        )

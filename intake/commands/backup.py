"""`postroom backup`: everything in one file, while Postroom runs."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from intake.app import App
from intake.commands.context import EXIT_USAGE, ConfigOption, configuration_of
from intake.commands.files import refusals, require_writable
from intake.commands.printing import plain, print_json
from intake.config import Configuration
from storage.backups import Manifest, write_backup
from storage.ledger_copies import CopyFailed

app = typer.Typer(add_completion=False)


@app.command()
def backup(
    ctx: typer.Context,
    to: Annotated[Path, typer.Argument(help="The .tar.gz to write, or a folder to write it into.")],
    as_json: Annotated[bool, typer.Option("--json", help="What it holds, as JSON.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write the ledger, the archive, the secret, the configuration and your templates to a file.

    Postroom may go on running meanwhile. The file holds what people sent, and the secret that
    keys the threads: keep it as carefully as the ledger. `postroom restore` puts it back.

    Example: postroom backup /srv/backups
    """
    configuration = configuration_of(ctx, config)
    now = datetime.now(UTC)
    target = _target(to, now)
    require_writable(target)
    manifest = _write(configuration, target, now)
    size = target.stat().st_size
    if as_json:
        print_json({"file": str(target), "bytes": size, **asdict(manifest)})
        return
    held = f"the ledger and {manifest.archived:,} archived files, {size / 1e6:.1f} MB"
    typer.echo(f"{plain(target)}: {held}. Put it back with: postroom restore {plain(target)}")


def _target(to: Path, now: datetime) -> Path:
    """The file to write; ends the command for one that is there, and for a folder that is not."""
    if to.is_dir():
        return to / f"postroom-{now:%Y-%m-%d-%H%M%S}.tar.gz"
    if not to.name.endswith(".tar.gz"):
        told = "is no folder: make it first, or name a file that ends in .tar.gz."
        typer.echo(f"{plain(to)} {told}", err=True)
        raise typer.Exit(EXIT_USAGE)
    if to.exists():
        told = "is there already, and no backup is written over: name another file, or a folder."
        typer.echo(f"{plain(to)} {told}", err=True)
        raise typer.Exit(1)
    return to


def _write(configuration: Configuration, target: Path, now: datetime) -> Manifest:
    with (
        App(configuration) as application,
        refusals(target, "written"),
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        application.database.check()
        task = progress.add_task("writing", total=None)
        try:
            return write_backup(
                target,
                database_url=configuration.database_url,
                archive=application.archive,
                secret=configuration.secret,
                settings=dict(_settings(configuration)),
                now=now,
                progress=lambda done, of: progress.update(task, completed=done, total=of),
            )
        except CopyFailed as error:
            typer.echo(f"No backup was written: {plain(error)}", err=True)
            raise typer.Exit(1) from error


def _settings(configuration: Configuration) -> Iterator[tuple[str, Path]]:
    """The files that admins wrote, by the name they get; no password's file is among them."""
    yield configuration.path.name, configuration.path
    folder = configuration.templates_folder
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"templates/{path.relative_to(folder).as_posix()}", path

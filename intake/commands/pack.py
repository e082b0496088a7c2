"""`postroom pack`: the application pack as an applicant gets it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of, require_programme
from intake.commands.files import refusals
from intake.commands.pack_versions import reissue, status
from intake.commands.printing import console, make_table
from responders.packs import build_pack
from storage import extensions

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def pack() -> None:
    """Build the application pack, see who holds which version, send a new one."""


@app.command()
def build(
    ctx: typer.Context,
    programme: Annotated[str, typer.Argument(help="The programme's slug.")],
    into: Annotated[Path, typer.Option(help="Write the files here.")] = Path("pack"),
    config: ConfigOption = None,
) -> None:
    """Build a programme's pack from the configuration and write its files to a folder.

    Example: postroom pack build ace --into pack/
    """
    configuration = configuration_of(ctx, config)
    built_of = require_programme(configuration, programme)
    with refusals(into, "written"):
        into.mkdir(parents=True, exist_ok=True)
    with App(configuration) as application:
        with application.database.reading() as session:
            standing = extensions.as_extended(session, built_of)
        built = build_pack(standing, configuration.templates_folder)
        published = application.renderer(datetime.now(UTC)).packs[programme]
    version = published.version if published else "unpublished"
    title = f"Pack of {programme}, version {version}"
    with refusals(into, "written"):
        for file in built.files:
            (into / file.name).write_bytes(file.content)
    rows = [(file.name, file.media_type, f"{len(file.content):,} bytes") for file in built.files]
    console().print(make_table(title, ("file", "type", "size"), rows))


app.command()(status)
app.command()(reissue)

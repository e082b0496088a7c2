"""`postroom digest`: what an organiser would be told now; nothing is written down or sent."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import EXIT_USAGE, ConfigOption, configuration_of, require_only
from intake.commands.deciders import name_organisers
from intake.commands.files import refusals, require_writable
from intake.commands.printing import plain, plain_lines, print_json
from responders.kinds.digest import digest_to, files, values
from responders.rendering import Renderer
from storage import situations
from storage.domain.calendar import local_date
from storage.domain.programme import DigestRhythm, Organiser, Programme

app = typer.Typer(add_completion=False)


@app.command()
def digest(
    ctx: typer.Context,
    programme: Annotated[
        str | None,
        typer.Option(help="The programme's slug; else the only one.", show_default=False),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(help="The organiser's address; else the first one.", show_default=False),
    ] = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="The digest of a week.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(help="Write the letter to this file as HTML.", show_default=False),
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option(help="Write the workbook to this file.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of the letter.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show the digest that an organiser would get now: what is new since they were last told.

    Nothing is written down or sent, and the next digest tells the same again.

    Example: postroom digest --programme ace --to rosalind.okoro@leadership.nhs.example
    """
    configuration = configuration_of(ctx, config)
    rhythm = DigestRhythm.WEEKLY if weekly else DigestRhythm.DAILY
    ours = require_only(configuration, programme)
    organiser = replace(_require_reader(ours, to), digest=rhythm)
    for path in (html, xlsx):
        require_writable(path)
    now = datetime.now(UTC)
    with App(configuration) as application, application.database.reading() as session:
        asked = replace(ours, organisers=(organiser,))
        s = situations.situation_of_programme(session, asked, now)
        renderer = Renderer(
            configuration.templates_folder,
            archive=application.archive,
            secret=configuration.secret,
            packs={},
        )
        due = digest_to(s, organiser, rhythm, local_date(now, ours.zone))
        letter = renderer.preview(s, due)
        attached = files(s, due)
    if html is not None:
        _write(html, letter.html.encode())
    if xlsx is not None and attached:
        _write(xlsx, attached[0].content)
    elif xlsx is not None:
        typer.echo("Nothing new, so there is no workbook.", err=True)
    if as_json:
        told = {"to": organiser.address.email, "subject": letter.subject, "text": letter.text}
        print_json({**told, "attached": [file.name for file in attached], **values(s, due)})
        return
    typer.echo(f"To:      {organiser.address.email}")
    typer.echo(f"Subject: {plain(letter.subject)}\n")
    typer.echo(plain_lines(letter.text))
    for file in attached:
        typer.echo(f"\nAttached: {file.name}, {len(file.content):,} bytes")


def _require_reader(programme: Programme, email: str | None) -> Organiser:
    """The organiser with this address, None: the first one. Where there is none, the command ends
    with status 2 and says who there are."""
    for organiser in programme.organisers:
        if email is None or organiser.address.email == email.lower():
            return organiser
    who = f"{plain(email)} is no organiser" if email else "There is no organiser"
    typer.echo(f"{who} of {programme.slug}: {name_organisers(programme)}.", err=True)
    raise typer.Exit(EXIT_USAGE)


def _write(path: Path, content: bytes) -> None:
    with refusals(path, "written"):
        path.write_bytes(content)

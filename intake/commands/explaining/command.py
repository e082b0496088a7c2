"""`postroom explain`: one message as it was understood, and why. Nothing is stored or sent."""

from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import ConfigOption, configuration_or_example, require_programme
from intake.commands.explaining.account import Explanation, account_for
from intake.commands.explaining.machine import fields_of
from intake.commands.explaining.page import render_page
from intake.commands.explaining.terminal import show
from intake.commands.files import read_message, refusals, require_writable
from intake.commands.printing import console, plain, print_json
from intake.commands.reading import open_reader
from intake.config import Configuration
from intake.isolation import Failure

app = typer.Typer(add_completion=False)


@app.command()
def explain(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A saved message (.eml).", exists=True)],
    html: Annotated[
        Path | None,
        typer.Option(help="Write a page that shows it here.", show_default=False, dir_okay=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of text.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show one message as it was understood: its pieces, the values taken from it, and why.

    Nothing is stored, nothing is sent. Where no configuration is found, the example programmes
    read it.

    Example: postroom explain message.eml --html message.html
    """
    configuration = configuration_or_example(ctx, config)
    require_writable(html)
    explanation = explain_file(configuration, file)
    if html is not None:
        with refusals(html, "written"):
            html.write_text(render_page(explanation), encoding="utf-8")
    if as_json:
        print_json(fields_of(explanation))
    elif html is not None:
        typer.echo(f"{plain(html)} shows it.", err=True)
    else:
        show(explanation, console())


def explain_file(configuration: Configuration, file: Path) -> Explanation:
    """Understand one message in a child process; one that can't be understood ends the command
    with status 1 and the reason."""
    with open_reader(configuration, lays_out=True, workers=1) as reader:
        (result,) = reader.read([(read_message(file), None)])
    if isinstance(result, Failure) or result.layout is None:
        reason = result.reason if isinstance(result, Failure) else "it was not laid out"
        typer.echo(f"{plain(file)} can't be understood: {plain(reason)}.", err=True)
        raise typer.Exit(1)
    return Explanation(
        file=str(file),
        programme=require_programme(configuration, result.programme),
        understanding=result.understanding,
        layout=result.layout,
        fields=account_for(result.understanding, result.layout),
    )

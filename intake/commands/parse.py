"""`postroom parse`: what single messages say. Nothing is stored, nothing is sent."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import configuration_or_example
from intake.commands.predictions import Prediction, predict, refuse
from intake.commands.printing import as_line, console, make_table
from intake.config import Configuration
from intake.isolation import Failure, Reader

app = typer.Typer(add_completion=False)


@app.command()
def parse(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Saved messages (.eml).", exists=True)],
    config: Annotated[
        Path | None, typer.Option("--config", "-c", help="The configuration.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of tables.")] = False,
    jsonl: Annotated[Path | None, typer.Option(help="Write the JSON lines here.")] = None,
) -> None:
    """Understand single messages and show what they say. Nothing is stored, nothing is sent.

    Example: postroom parse message.eml --json
    """
    configuration = configuration_or_example(ctx, config)
    predictions = list(parse_files(configuration, files))
    if jsonl:
        jsonl.write_text("".join(as_line(p) + "\n" for p in predictions), encoding="utf-8")
    for prediction in predictions:
        if as_json:
            typer.echo(as_line(prediction))
        elif not jsonl:
            console().print(
                make_table(str(prediction["file"]), ("field", "value"), _rows(prediction))
            )


def parse_files(configuration: Configuration, files: Sequence[Path]) -> Iterator[Prediction]:
    """Understand each file in a child process; a hostile one is refused, never fatal."""
    with tempfile.TemporaryDirectory(prefix="postroom-parse-") as folder:
        reader = Reader(
            configuration.programmes,
            archive_folder=Path(folder),
            trusted_authserv_ids=configuration.trusted_authserv_ids,
        )
        try:
            results = reader.read([(path.read_bytes(), None) for path in files])
        finally:
            reader.close()
    for path, result in zip(files, results, strict=True):
        if isinstance(result, Failure):
            yield refuse(str(path), result.reason)
        else:
            yield predict(str(path), result.understanding, programme=result.programme)


def _rows(prediction: Prediction) -> Iterator[tuple[str, object]]:
    for name, value in prediction.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", told) for inner, told in value.items())
        elif isinstance(value, list):
            yield name, "; ".join(map(str, value))
        else:
            yield name, value

"""`postroom parse`: what single messages say. Nothing is stored, nothing is sent."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from intake.commands.context import EXIT_USAGE, ConfigOption, configuration_or_example
from intake.commands.files import (
    find_messages,
    read_message,
    require_writable,
    write_lines,
)
from intake.commands.predictions import (
    NO_PIECES,
    Prediction,
    predict,
    refuse,
    tell_pieces,
)
from intake.commands.printing import as_line, console, make_table
from intake.commands.reading import open_reader
from intake.config import Configuration
from intake.isolation import Failure, Result
from intake.understanding.mime.bodies import message_of_body

app = typer.Typer(add_completion=False)

COLUMNS = ("field", "value", "found by", "sure", "where")
WHOLE = ("field", "sure")

NOT_SHOWN = frozenset({"file", "case", "cases", "letters", "findings"})
"""What only the ledger knows, the table's own title, and what stands in columns of its own."""

ROW_NAMES = {"partners": "partner", "nominees": "nominee"}
"""Lists with a row for each item, by the name of one."""


READ_AT_ONCE = 100
"""Messages that are held in memory together."""


@app.command()
def parse(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(help="Messages (.eml) or folders of them.", exists=True)
    ],
    config: ConfigOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of tables.")] = False,
    jsonl: Annotated[Path | None, typer.Option(help="Write the JSON lines here.")] = None,
    pieces: Annotated[
        bool, typer.Option("--pieces", help="Add the pieces of each message to its JSON line.")
    ] = False,
    body: Annotated[
        bool, typer.Option("--body", help="The files are texts, not whole messages.")
    ] = False,
) -> None:
    """Understand single messages and show what they say. Nothing is stored, nothing is sent.

    Where no configuration is found, the example programmes read them.

    Example: postroom parse message.eml --json
    """
    if pieces and not (as_json or jsonl):
        typer.echo(
            "--pieces tells more than a table can show: add --json or --jsonl FILE.", err=True
        )
        raise typer.Exit(EXIT_USAGE)
    configuration = configuration_or_example(ctx, config)
    messages = find_messages(files)
    require_writable(jsonl)
    predictions = parse_files(configuration, messages, pieces=pieces, body=body)
    if jsonl and not as_json:
        write_lines(jsonl, predictions)
        return
    shown = list(predictions)
    if jsonl:
        write_lines(jsonl, shown)
    for prediction in shown:
        if as_json:
            typer.echo(as_line(prediction))
        else:
            table = make_table(str(prediction["file"]), COLUMNS, _rows(prediction), whole=WHOLE)
            console().print(table)


def parse_files(
    configuration: Configuration,
    files: Sequence[Path],
    *,
    pieces: bool = False,
    body: bool = False,
) -> Iterator[Prediction]:
    """Understand each file in a child process; a hostile one is refused, never fatal. With
    `pieces`, each line has those of the message too; with `body`, each file is a bare text."""
    with open_reader(configuration, dissects=pieces) as reader:
        for start in range(0, len(files), READ_AT_ONCE):
            some = files[start : start + READ_AT_ONCE]
            results = reader.read([(_read(path, body=body), None) for path in some])
            for path, result in zip(some, results, strict=True):
                yield _predict(str(path), result, pieces=pieces)


def _read(path: Path, *, body: bool) -> bytes:
    content = read_message(path)
    return message_of_body(content) if body else content


def _predict(file: str, result: Result, *, pieces: bool) -> Prediction:
    if isinstance(result, Failure):
        return refuse(file, result.reason) | (NO_PIECES if pieces else {})
    line = predict(file, result.understanding, programme=result.programme)
    return line | (tell_pieces(result.anatomy) if result.anatomy else {})


def _rows(prediction: Prediction) -> Iterator[Sequence[object]]:
    """A row for each value that there is, with the surest finding that gave it."""
    findings = _by_value(prediction.get("findings"))
    for name, value in prediction.items():
        if name in NOT_SHOWN:
            continue
        for shown, told in _told(name, value):
            if told in (None, "", False):
                continue
            field = shown.rpartition(".")[2]
            yield shown, told, *_source(findings.get((field, str(told))))


def _told(name: str, value: object) -> Iterator[tuple[str, object]]:
    """The rows of one field of the prediction: several for a contact or a list."""
    if isinstance(value, dict):
        yield from ((f"{name}.{inner}", told) for inner, told in value.items())
    elif isinstance(value, list) and value:
        row = ROW_NAMES.get(name, name)
        for item in value:
            told = filter(None, item.values()) if isinstance(item, dict) else (item,)
            yield row, ", ".join(map(str, told))
    else:
        yield name, value or None


def _by_value(findings: object) -> dict[tuple[str, str], dict[str, object]]:
    """The surest finding of each field and value."""
    found = [f for f in findings if isinstance(f, dict)] if isinstance(findings, list) else []
    found.sort(key=lambda finding: float(finding["confidence"]))
    return {(str(f["field"]), str(f["value"]).strip()): f for f in found}


def _source(finding: dict[str, object] | None) -> tuple[object, object, object]:
    """By which method, how sure in per cent, and where: the source and its characters."""
    if finding is None:
        return "", "", ""
    span = finding["span"]
    where = f"{span['source']} {span['start']}–{span['end']}" if isinstance(span, dict) else ""
    return finding["method"], f"{float(str(finding['confidence'])):.0%}", where

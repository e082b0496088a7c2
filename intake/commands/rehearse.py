"""`postroom rehearse`: a folder of messages through the whole pipeline, with sending off.

The clock of a rehearsal is each message's time of receipt; the ledger is thrown away.
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from intake.app import App
from intake.commands.context import ConfigOption, configuration_or_example
from intake.commands.files import require_messages, require_writable, write_lines
from intake.commands.predictions import Prediction, predict, refuse
from intake.commands.printing import console, make_table, print_json
from intake.config import Configuration
from intake.mailboxes import FolderAccount, open_mailbox
from storage import cases, messages, outbox
from storage.domain.letter import Letter, LetterState
from storage.domain.message import RecordedMessage

app = typer.Typer(add_completion=False)

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""The instant of what has no receipt of its own: nothing in a rehearsal happens today."""

MANY = 1000
"""Letters of one message are few; this bounds the claim."""


@app.command()
def rehearse(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="A folder of .eml files.", exists=True, file_okay=False)
    ],
    config: ConfigOption = None,
    jsonl: Annotated[Path | None, typer.Option(help="Write a JSON line a message here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """Replay a folder of messages in order of receipt and report what would happen.

    Where no configuration is found, the example programmes answer.

    Example: postroom rehearse last-year/ --config config.toml --jsonl report.jsonl
    """
    configuration = configuration_or_example(ctx, config)
    require_messages(folder)
    require_writable(jsonl)
    predictions = rehearse_folder(configuration, folder)
    if jsonl:
        write_lines(jsonl, predictions)
    if as_json:
        print_json(predictions)
        return
    columns = ("message", "verdict", "rule", "case", "letters")
    console().print(make_table("Rehearsal", columns, map(_row, predictions)))
    console().print(_count(predictions))


def rehearse_folder(configuration: Configuration, folder: Path) -> list[Prediction]:
    """A prediction for each `.eml` below `folder`, in order of receipt, named relative to it."""
    with tempfile.TemporaryDirectory(prefix="postroom-rehearsal-") as scratch:
        throwaway = replace(
            configuration,
            data_folder=Path(scratch),
            database_url=f"sqlite:///{scratch}/ledger.db",
        )
        with App(throwaway, sends=False) as application:
            _replay(application, folder)
            predictions = [
                _outcome(application, hashlib.sha256(path.read_bytes()).hexdigest(), name)
                for name, path in _files(folder)
            ]
    return [prediction for _, prediction in sorted(predictions, key=lambda pair: pair[0])]


def _files(folder: Path) -> list[tuple[str, Path]]:
    return [(path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*.eml"))]


def _replay(application: App, folder: Path) -> None:
    """Take everything in, then understand message by message, each at its own instant."""
    mailbox = open_mailbox(FolderAccount(name="rehearsal", path=folder))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("rehearsing", total=len(_files(folder)))

        def answer(message: RecordedMessage) -> None:
            _post(application, message.received_at)
            progress.advance(task)

        application.pipeline.collect(mailbox, None, LONG_AGO)
        application.pipeline.understand_all(LONG_AGO, recorded=answer, at_receipt=True)


def _post(application: App, now: datetime) -> None:
    """Plan at this instant and take the letters for sent, so that what follows finds them so."""
    application.plan(now)
    with application.database.writing() as session:
        for letter in outbox.claim(session, now, MANY, worker="rehearsal"):
            outbox.mark_sent(session, letter.id, now, "rehearsed")


def _outcome(application: App, sha256: str, name: str) -> tuple[datetime, Prediction]:
    """What became of one file, with the instant it was received at."""
    with application.database.reading() as session:
        message = messages.find_by_sha256(session, sha256)
        if message is None:
            return LONG_AGO, refuse(name, messages.find_reason(session, sha256) or "not read")
        references = [cases.get(session, case_id).reference for case_id in message.case_ids]
        letters = outbox.list_answers(session, message.id)
    prediction = predict(
        name,
        message.understanding,
        programme=message.programme,
        references=references,
        letters=[_letter(letter) for letter in letters],
    )
    return message.received_at, prediction


def _letter(letter: Letter) -> str:
    return (
        f"{letter.kind} (held: {letter.rule})" if letter.state is LetterState.HELD else letter.kind
    )


def _row(prediction: Prediction) -> Sequence[object]:
    letters = prediction.get("letters")
    return (
        prediction["file"],
        prediction["kind"] or "quarantined",
        prediction["rule"],
        prediction.get("case"),
        ", ".join(letters) if isinstance(letters, list) else prediction.get("reason"),
    )


def _count(predictions: Sequence[Prediction]) -> str:
    kinds = Counter(str(prediction["kind"] or "quarantined") for prediction in predictions)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return f"{len(predictions)} messages: {told}. Nothing was sent."

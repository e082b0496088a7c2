"""`postroom rehearse`: a folder of messages through the whole pipeline, with sending off.

The clock of a rehearsal is each message's time of receipt, as it was or moved into the round; the
ledger is thrown away.
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
from intake.commands.files import (
    refusals,
    require_empty,
    require_messages,
    require_writable,
    write_lines,
)
from intake.commands.predictions import Prediction, predict, refuse
from intake.commands.printing import console, local, make_table, plain, print_json
from intake.config import Configuration
from intake.mailboxes.base import FolderAccount, Mailbox
from intake.mailboxes.folder import FolderMailbox
from storage import cases, letters, messages, outbox
from storage.domain.letter import Letter, LetterState
from storage.domain.message import RecordedMessage
from storage.domain.programme import Programme, Window

app = typer.Typer(add_completion=False)

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""The instant of what has no receipt of its own: nothing in a rehearsal happens today."""

MANY = 1000
"""Letters of one message are few; this bounds the claim."""

MOST_LETTERS = 100_000
"""More letters than a folder of saved messages can call for."""


ShiftOption = Annotated[
    bool,
    typer.Option(
        "--shift-to-opening",
        help="Move all times of receipt alike, so that the first message comes at the opening: "
        "for mail of another year.",
    ),
]
LettersOption = Annotated[
    Path | None,
    typer.Option(
        "--letters",
        help="Write each letter here as .eml; a new or empty folder.",
        show_default=False,
    ),
]


@app.command()
def rehearse(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="A folder of .eml files.", exists=True, file_okay=False)
    ],
    config: ConfigOption = None,
    shift_to_opening: ShiftOption = False,
    letters_folder: LettersOption = None,
    jsonl: Annotated[Path | None, typer.Option(help="Write a JSON line a message here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """Replay a folder of messages in order of receipt and report what would happen.

    Where no configuration is found, the example programmes answer. Mail that came before the
    opening or after the closing is answered so; the report says how much of it there is.

    Example: postroom rehearse last-year/ --shift-to-opening --letters letters/
    """
    configuration = configuration_or_example(ctx, config)
    require_messages(folder)
    require_writable(jsonl)
    require_empty(letters_folder)
    predictions, written = rehearse_folder(
        configuration, folder, is_shifted=shift_to_opening, letters_folder=letters_folder
    )
    if jsonl:
        write_lines(jsonl, predictions)
    if as_json:
        print_json(predictions)
    else:
        columns = ("message", "verdict", "rule", "case", "letters")
        console().print(make_table("Rehearsal", columns, map(_row, predictions)))
        console().print(_count(predictions))
    told = _outside(configuration.programmes, predictions, is_shifted=shift_to_opening)
    if letters_folder:
        told.append(f"{written} letter{'' if written == 1 else 's'} in {plain(letters_folder)}.")
    for sentence in told:
        typer.echo(sentence, err=as_json)


def rehearse_folder(
    configuration: Configuration,
    folder: Path,
    *,
    is_shifted: bool = False,
    letters_folder: Path | None = None,
) -> tuple[list[Prediction], int]:
    """A prediction for each `.eml` below `folder`, in order of receipt, named relative to it; and
    how many letters were written into `letters_folder`. With `is_shifted` the first message comes
    at the earliest opening of a programme, the others as long after it as they did."""
    with tempfile.TemporaryDirectory(prefix="postroom-rehearsal-") as scratch:
        throwaway = replace(
            configuration,
            data_folder=Path(scratch),
            database_url=f"sqlite:///{scratch}/ledger.db",
        )
        with App(throwaway, sends=False) as application:
            _replay(application, _mailbox(configuration, folder, is_shifted=is_shifted), folder)
            predictions = [
                _outcome(application, hashlib.sha256(path.read_bytes()).hexdigest(), name)
                for name, path in _files(folder)
            ]
            written = _write_letters(application, letters_folder) if letters_folder else 0
    predictions.sort(key=lambda pair: pair[0])
    return [prediction for _, prediction in predictions], written


def _files(folder: Path) -> list[tuple[str, Path]]:
    return [(path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*.eml"))]


def _mailbox(configuration: Configuration, folder: Path, *, is_shifted: bool) -> Mailbox:
    """The folder as it is, or as if its first message had come at the opening."""
    account = FolderAccount(name="rehearsal", path=folder)
    as_it_was = FolderMailbox(account)
    if not is_shifted:
        return as_it_was
    opens_at = min(programme.round.opens_at for programme in configuration.programmes)
    first_at = min(resting.received_at for resting in as_it_was.survey())
    return FolderMailbox(account, moved_by=opens_at - first_at)


def _replay(application: App, mailbox: Mailbox, folder: Path) -> None:
    """Take everything in, then understand message by message, each at its own instant."""
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
        answers = outbox.list_answers(session, message.id)
    prediction = predict(
        name,
        message.understanding,
        programme=message.programme,
        references=references,
        letters=[_letter(letter) for letter in answers],
    )
    window = application.programmes[message.programme].round.window(message.received_at)
    told = {"received_at": message.received_at, "window": str(window)}
    return message.received_at, prediction | told


def _write_letters(application: App, folder: Path) -> int:
    """Each letter that was written, in its order, named by its kind; how many there are."""
    with application.database.reading() as session:
        found = letters.list_letters(session, limit=MOST_LETTERS)
        written = [letter for letter in reversed(found) if not letter.is_left_out]
        for number, letter in enumerate(written, 1):
            content, enclosure = outbox.wire_parts(session, letter.id)
            wire = content + (application.archive.get(enclosure) if enclosure else b"")
            held = "-held" if letter.state is LetterState.HELD else ""
            path = folder / f"{number:04}-{letter.kind}{held}.eml"
            with refusals(path, "written"):
                folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(wire)
    return len(written)


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


def _outside(
    programmes: Sequence[Programme], predictions: Sequence[Prediction], *, is_shifted: bool
) -> list[str]:
    """A sentence for each programme and side of its round on which messages came, with what moves
    them into it."""
    sides = (
        (Window.BEFORE, "before the opening"),
        (Window.AFTER, "after the closing"),
    )
    told = []
    for programme in programmes:
        theirs = [
            one.get("window") for one in predictions if one.get("programme") == programme.slug
        ]
        days = (programme.round.opens_at, programme.round.closes_at)
        for (window, where), instant in zip(sides, days, strict=True):
            if count := theirs.count(window):
                came = f"{count} of {len(theirs)} messages to {programme.slug} came {where}"
                told.append(f"{came} on {local(instant, programme.zone)}")
    hint = "." if is_shifted else "; add --shift-to-opening to move all of them into the round."
    return [sentence + hint for sentence in told]

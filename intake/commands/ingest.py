"""`postroom ingest`: saved messages into the ledger, as if they had just been read."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of
from intake.commands.files import require_mail
from intake.commands.printing import console
from intake.commands.wording import spaced
from intake.mailboxes import FolderAccount, open_mailbox
from intake.pipeline import Intake
from storage.domain.message import RecordedMessage

app = typer.Typer(add_completion=False)


@app.command()
def ingest(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(help="Messages (.eml), folders of them, or an mbox.", exists=True),
    ],
    config: ConfigOption = None,
) -> None:
    """Take saved messages into the ledger. Their answers leave with the next tick.

    A message that is known already is not stored again. Example: postroom ingest lost.eml
    """
    now = datetime.now(UTC)
    require_mail(files)
    with App(configuration_of(ctx, config)) as application:
        taken, shown = Intake(), 0
        recorded: list[RecordedMessage] = []
        for path in files:
            mailbox = open_mailbox(FolderAccount(name="ingested", path=path.resolve()))
            shown += len(mailbox.keys())
            taken += application.pipeline.collect(mailbox, None, now)
        taken += application.pipeline.understand_all(now, recorded=recorded.append)
    console().print(
        f"{shown} read, {taken.new} new, {shown - taken.new} known already, "
        f"{taken.recorded} recorded{_kinds(recorded)}, {taken.quarantined} quarantined. "
        "Letters that are due leave with the next tick; `postroom messages` shows what each is."
    )


def _kinds(recorded: list[RecordedMessage]) -> str:
    """What the messages became: ` (2 expression, 1 question)`."""
    counts = Counter(message.understanding.verdict.kind for message in recorded)
    told = ", ".join(f"{count} {spaced(kind)}" for kind, count in counts.most_common())
    return f" ({told})" if told else ""

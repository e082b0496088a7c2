"""What was erased, and what only people can erase, for whoever asked for it."""

from collections.abc import Mapping
from dataclasses import asdict

import typer

from intake.commands.printing import plain, print_json
from storage.privacy.erasing import Erasure

OUT_OF_REACH = (
    "copies in the mailboxes of organisers and the panel: digests, sheets, their own replies",
    "the person's own mail, and whatever server carried it",
    "backups that were taken before: erase again after one is put back",
    "files that somebody exported or saved",
)
"""Where Postroom can't erase."""


def print_receipt(
    done: Erasure,
    *,
    removed: int,
    unreached: Mapping[str, str],
    is_compact: bool,
    as_json: bool,
) -> None:
    """The receipt of an erasure: numbers, never a name."""
    if as_json:
        print_json(
            {
                **asdict(done),
                "removed_from_mailboxes": removed,
                "mailboxes_not_reached": dict(unreached),
                "is_compact": is_compact,
                "out_of_reach": OUT_OF_REACH,
            }
        )
        return
    typer.echo(f"Receipt {done.id}: erased on {done.at:%Y-%m-%d %H:%M} UTC by {plain(done.by)}.")
    counts = asdict(done.counts)
    for name, count in counts.items():
        typer.echo(f"  {count:>6,}  {name.replace('_', ' ')}")
    typer.echo(f"  {removed:>6,}  messages in the mailbox")
    for slug, why in unreached.items():
        typer.echo(f"The mailbox of {plain(slug)} was not reached, run it again: {plain(why)}")
    if not is_compact:
        typer.echo("The database keeps what was removed in free space until it uses that again.")
    typer.echo("Not in our reach, and for you to see to:")
    for place in OUT_OF_REACH:
        typer.echo(f"  - {place}")

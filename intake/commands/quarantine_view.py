"""What `postroom quarantine` says of a message that could not be understood."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from intake.commands.printing import Json, local, plain
from intake.commands.wording import event_in_words, spaced
from storage.domain.message import MessageKind
from storage.events import Event
from storage.quarantine import Quarantined


@dataclass(frozen=True, slots=True)
class Retried:
    """What came of reading a message again; `reason` says why it can't be read, None where it was
    left waiting."""

    id: int
    is_read: bool
    reason: str | None = None
    kind: MessageKind | None = None
    references: tuple[str, ...] = ()


def held_fields(held: Quarantined, file: Path) -> Json:
    """A message in quarantine as plain values, for machines."""
    return {**asdict(held), "file": str(file)}


def held_lines(
    held: Quarantined, file: Path, history: Iterable[Event], zone: ZoneInfo
) -> Iterator[str]:
    """A message in quarantine as lines for a terminal; times by `zone`."""
    tries = "once" if held.attempts == 1 else f"{held.attempts} times"
    part = " (only its headers are kept)" if held.too_big else ""
    yield f"Message {held.id}, received {local(held.received_at, zone)}"
    yield f"Reason:  {plain(held.reason)}"
    yield f"Tried:   {tries} since it last began to wait"
    yield f"Size:    {held.size:,} bytes{part}"
    yield f"File:    {file}"
    for event in history:
        what, told = event_in_words(event)
        actor = f" by {plain(event.actor)}" if event.actor != "postroom" else ""
        yield f"  {local(event.at, zone)}  {what}{actor}{f': {plain(told)}' if told else ''}"
    yield f"To do:   read the file with care, then `postroom quarantine retry {held.id}`, or answer"
    yield f"         its writer by hand and tick it off: `postroom settle {held.id}`."


def retried_fields(retried: Retried, *, dry_run: bool) -> Json:
    """What came of a try as plain values, for machines."""
    return {**asdict(retried), "dry_run": dry_run}


def retried_line(retried: Retried, *, dry_run: bool) -> str:
    """`Message 12: read as expression, ACE-0042; its letters leave with the next tick.`"""
    if not retried.is_read:
        if retried.reason is None:
            return f"Message {retried.id}: not recorded yet; it is tried again with the next tick."
        return f"Message {retried.id}: still not read: {plain(retried.reason)}."
    kind = spaced(retried.kind) if retried.kind else "message"
    if dry_run:
        return f"Message {retried.id}: would be read as {kind}."
    told = ", ".join((kind, *retried.references))
    return f"Message {retried.id}: read as {told}; its letters leave with the next tick."

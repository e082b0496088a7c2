"""What a stored message says newly, read in a child process as when it came."""

from dataclasses import dataclass

from intake.app import App
from intake.commands.printing import plain, plain_lines
from intake.commands.reading import open_reader
from intake.config import Configuration
from intake.isolation import Failure
from intake.understanding.layout import Layout
from intake.understanding.texts.pieces import PieceKind
from storage.domain.message import TOO_BIG
from storage.errors import ArchiveDamaged
from storage.received import Received

MOST_LINES = 40
"""Lines of a message that are shown; `--save` writes all of it."""

WRITTEN = (PieceKind.NEW, PieceKind.CLOSING, PieceKind.SIGNATURE)
"""The pieces that its writer wrote."""


@dataclass(frozen=True, slots=True)
class NewText:
    """The first lines of what a message says newly, without control characters, and how many
    more there are. `problem` says why there is nothing to show."""

    lines: tuple[str, ...] = ()
    more: int = 0
    problem: str | None = None


def read_new_text(configuration: Configuration, application: App, came: Received) -> NewText:
    """The new text of a message; of one that quotes and adds nothing, the whole text."""
    if came.erased_at is not None:
        return NewText(problem="It has been erased.")
    if came.message is None:
        return NewText(problem="It has not been understood.")
    try:
        raw = application.archive.get(came.sha256)
    except ArchiveDamaged as error:
        return NewText(problem=f"{plain(str(error).capitalize())}.")
    is_head = came.message.understanding.verdict.rule == TOO_BIG
    with open_reader(configuration, lays_out=True, workers=1) as reader:
        (result,) = reader.read([(raw, came.programme)], heads={0} if is_head else ())
    if isinstance(result, Failure):
        return NewText(problem=f"It can't be read: {plain(result.reason)}.")
    return _shortened(_written(result.layout)) if result.layout else NewText()


def _written(layout: Layout) -> str:
    text = layout.text("body")
    pieces = [text[p.start : p.end].strip("\n") for p in layout.pieces if p.kind in WRITTEN]
    return "\n\n".join(filter(str.strip, pieces)) or text


def _shortened(text: str) -> NewText:
    lines = plain_lines(text).split("\n")
    if not any(lines):
        return NewText(problem="There is no text in it.")
    return NewText(tuple(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES))

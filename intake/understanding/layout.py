"""Pure: where everything stands in one message, for showing a person what was read of it.

Nothing decides on it. The texts are the ones that the spans of findings point into.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.understanding.mime.message import Message
from intake.understanding.texts.lines import part_read, split_lines
from intake.understanding.texts.pieces import Piece, PieceKind, kinds_of, merge
from intake.understanding.texts.writing import Writing

SHOWN_HEADERS = ("From", "To", "Cc", "Reply-To")


@dataclass(frozen=True, slots=True)
class Layout:
    """The texts of one message, by source (`body`, `subject`, `header:From`, `attachment:0`);
    files that could not be read have none.

    `pieces` cover the body as far as it was read. `forward_start` is where the forwarded message
    begins that counts, None where nothing is forwarded.
    """

    texts: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]
    forward_start: int | None = None

    def text(self, source: str) -> str:
        """The text of a source, empty where it has none."""
        return dict(self.texts).get(source, "")


def lay_out(message: Message, writing: Writing, documents: Sequence[str | None]) -> Layout:
    """What stands where in `message`; `documents` are the texts of its attached files."""
    text = part_read(message.text)
    lines = split_lines(text)
    kinds = kinds_of(lines)
    body, tail = writing.author.body, writing.author.tail
    forward_start = None
    if writing.is_forwarded and (body or tail):
        forward_start = min(line.start for line in (*body, *tail))
        own = {line.end: PieceKind.NEW for line in body}
        own |= {line.end: PieceKind.SIGNATURE for line in tail}
        kinds = [
            own.get(line.end, kind) if line.end >= forward_start else kind
            for line, kind in zip(lines, kinds, strict=True)
        ]
        first = next(at for at, line in enumerate(lines) if line.end >= forward_start)
        forward_start = lines[first].start
    shown = ((f"header:{name}", message.headers.get(name)) for name in SHOWN_HEADERS)
    files = ((f"attachment:{index}", text) for index, text in enumerate(documents))
    return Layout(
        texts=(
            ("subject", message.head.subject),
            *((source, value) for source, value in shown if value),
            ("body", message.text),
            *((source, value) for source, value in files if value),
        ),
        pieces=merge(lines, kinds, len(text)),
        forward_start=forward_start,
    )

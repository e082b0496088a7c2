"""Pure: the lines of plain texts and of tables as plain text, in whatever encoding they came."""

import codecs
import csv
import io
from collections.abc import Iterator

from intake.understanding.files.sheets import MAX_ROWS, cell_text
from intake.understanding.texts.rows import CELL_BREAK

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 2_000
_ENOUGH_ZEROS = 0.3
"""Share of zeros in every other byte from which Western text is UTF-16 without a mark."""


def read_csv(content: bytes) -> Iterator[str]:
    """The rows of a table, by the separator that its first line has most of."""
    text = decode_text(content)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        text, delimiter = rest, first.strip()[-1]  # what Excel is told of the separator
    else:
        delimiter = max(",;\t|", key=first.count)
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
        if number > MAX_ROWS:
            return
        yield CELL_BREAK.join(cell_text(cell) for cell in row)


def read_text(content: bytes) -> Iterator[str]:
    """The lines of a plain text."""
    yield from decode_text(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def decode_text(content: bytes) -> str:
    """The text of these bytes, which say of their encoding at most a mark in front: UTF-8 or
    UTF-16, else Windows-1252. Without zeros: no text has any."""
    return content.decode(_encoding(content), "replace").replace("\x00", "")


def _encoding(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:_SAMPLE]
    if head[1::2].count(0) > len(head) / 2 * _ENOUGH_ZEROS:
        return "utf-16-le"
    if head[::2].count(0) > len(head) / 2 * _ENOUGH_ZEROS:
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"

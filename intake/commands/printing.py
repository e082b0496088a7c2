"""Tables and lines for the terminal, and JSON for machines.

What applicants wrote is only ever text here: no markup, no control or direction characters.
"""

import json
import sys
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

Json = Mapping[str, object]
Item = TypeVar("Item")

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def console() -> Console:
    """The terminal on standard output, at its own width."""
    return Console(markup=False, highlight=False, emoji=False)


def plain(value: object, *, limit: int = 200) -> str:
    """`value` as one line of visible characters, at most `limit` of them; None is a dash."""
    if value is None or value == "":
        return "–"
    text = str(value)[: limit * 2]
    shown = "".join(" " if unicodedata.category(c) in _HIDDEN else c for c in text)
    line = " ".join(shown.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def plain_lines(text: str) -> str:
    """`text` with its lines and its indentation, without any other control or direction
    character."""
    lines = text.expandtabs().splitlines()
    return "\n".join(neutral(line).rstrip() for line in lines).strip("\n")


def neutral(text: str) -> str:
    """`text`, as long as it was, with a blank for every control and direction character but line
    ends, so that places in it stay true."""
    return "".join(" " if c != "\n" and unicodedata.category(c) in _HIDDEN else c for c in text)


def local(instant: datetime | None, zone: ZoneInfo) -> str:
    """An instant as organisers read it, in the programme's zone."""
    return instant.astimezone(zone).strftime("%a %d %b %Y %H:%M") if instant else "–"


def brief(instant: datetime | None, zone: ZoneInfo) -> str:
    """The same in a column of a table."""
    return instant.astimezone(zone).strftime("%d %b %Y %H:%M") if instant else "–"


def day(instant: datetime, zone: ZoneInfo) -> str:
    """The day of an instant by the programme's clock, for lists."""
    return instant.astimezone(zone).strftime("%d %b %Y")


def make_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    whole: Collection[str] = (),
) -> Table:
    """A table that fits the terminal; every cell is plain text, None a dash, "" nothing. The
    columns named in `whole` are never folded, and no heading is; other words only where they are
    too long for all of them to fit."""
    cells = [["" if cell == "" else plain(cell) for cell in row] for row in rows]
    told = [[column, *(row[place] for row in cells)] for place, column in enumerate(columns)]
    most = [max(map(cell_len, column)) for column in told]
    room = console().width + 1 - _BETWEEN * len(columns)
    words = [
        most[place] if column in whole else _longest_word(told[place])
        for place, column in enumerate(columns)
    ]
    headings = [
        most[place] if column in whole else _longest_word([column])
        for place, column in enumerate(columns)
    ]
    widths = _widths(_widths(headings, words, room), most, room)
    table = Table(title=plain(title), title_justify="left", show_edge=False, pad_edge=False)
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column, overflow="fold", width=width, no_wrap=column in whole)
    for row in cells:
        table.add_row(*map(Text, row))
    return table


_BETWEEN = 3
"""Columns of the terminal that a column of a table takes beside its text."""


def _longest_word(cells: Iterable[str]) -> int:
    return max((cell_len(word) for cell in cells for word in cell.split()), default=1)


def _widths(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Widths between `least` and `most` that use the room: all that need more get as much."""
    for level in range(max(most, default=0), 0, -1):
        widths = [min(high, max(low, level)) for low, high in zip(least, most, strict=True)]
        if sum(widths) <= room:
            return widths
    return list(least)


def cut(found: tuple[Item, ...], limit: int) -> tuple[Item, ...]:
    """The first `limit` of what was asked for with one more; that there are more is said on
    standard error, where no machine takes it for an answer."""
    if len(found) > limit:
        told = f"These are the newest {limit}, and there are more: --limit {10 * limit} shows more."
        sys.stderr.write(told + "\n")
    return found[:limit]


def print_json(value: object) -> None:
    """One JSON document on standard output. ASCII only: applicants' hidden and direction
    characters reach neither a terminal nor whatever reads the file as text."""
    sys.stdout.write(_dump(value, indent=2) + "\n")


def as_line(value: Json) -> str:
    """One JSON object as one line of ASCII."""
    return _dump(value)


def _dump(value: object, indent: int | None = None) -> str:
    """JSON leaves DEL alone among the control characters of ASCII (RFC 8259 section 7)."""
    text = json.dumps(value, ensure_ascii=True, indent=indent, default=_as_json)
    return text.replace("\x7f", "\\u007f")


def _as_json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)

"""The ledger as a file: an Excel workbook, a table of comma-separated values, or JSON. Row by row,
so that the size of the ledger costs time and no memory."""

import csv
import json
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from intake.commands.exporting.tables import Flat, FlatTable
from intake.commands.printing import as_line
from responders.sheets.stream import StreamedBook
from storage.domain.cells import cell_text
from storage.domain.programme import Programme
from storage.exports import EXPORTS

Counts = dict[str, int]
"""Table → how many rows were written."""

_LIVE = re.compile(r"(^|[;\n])((?:(?!\n)[\s\u200b\ufeff])*[=+\-@＝＋－＠|%])")
"""What a program that opens the file might take for a formula: at the start of a value, and where
a program that parts values by semicolons or ignores quotes would see a start."""


def write_book(path: Path, session: Session, programme: Programme, names: Sequence[str]) -> Counts:
    """These tables as a sheet each, as .xlsx. Times are by the programme's clock."""
    counts = {}
    with StreamedBook(path, programme.zone) as book:
        for name in names:
            table = FlatTable(programme, name)
            rows = (table.flat(row) for row in EXPORTS[name](session, programme))
            counts[name] = book.write_table(name.capitalize(), table.columns, rows)
    return counts


def write_table(path: Path, session: Session, programme: Programme, name: str) -> Counts:
    """One table, as RFC 4180 has it, in UTF-8 with the mark that Excel needs to see it. Where a
    program might take a value for a formula, an apostrophe stands before it."""
    table = FlatTable(programme, name)
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow([inert(heading) for heading, _ in table.columns])
        for row in EXPORTS[name](session, programme):
            writer.writerow([_as_csv(cell, programme.zone) for cell in table.flat(row)])
            count += 1
    return {name: count}


def write_json(
    path: Path, session: Session, programme: Programme, names: Sequence[str], *, now: datetime
) -> Counts:
    """These tables as a list of objects each, one a line, in ASCII; instants in UTC (RFC 3339)."""
    counts = {}
    head = {"programme": programme.slug, "round": programme.round.key, "exported_at": now}
    with path.open("w", encoding="ascii") as file:
        file.write(as_line(head).removesuffix("}"))
        for name in names:
            file.write(f",\n{json.dumps(name)}: [")
            counts[name] = 0
            for line in (as_line(row) for row in EXPORTS[name](session, programme)):
                file.write(",\n" if counts[name] else "\n")
                file.write(line)
                counts[name] += 1
            file.write("]")
        file.write("}\n")
    return counts


def inert(text: str) -> str:
    """`text` as a value of a table that no program takes for a formula."""
    if text.isascii() and text.isprintable() and text[:1].isalnum() and ";" not in text:
        return text
    return _LIVE.sub(r"\1'\2", cell_text(text))


def _as_csv(cell: Flat, zone: ZoneInfo) -> str | int:
    if isinstance(cell, str):
        return inert(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(zone).replace(tzinfo=None).isoformat(" ", "seconds")
    return "" if cell is None else cell

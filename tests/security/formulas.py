"""S5: texts that some program takes for a formula, in every kind of workbook that is written."""

import io
import re
import tempfile
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

from responders.sheets.book import Column, Table, write_book
from responders.sheets.stream import StreamedBook
from storage.domain.cells import cell_text
from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.decisions import EXPORTED, hostile_sheet
from tests.support.payloads import PAYLOADS
from tests.support.sheets import tables_of

LONDON = ZoneInfo("Europe/London")
LIVE = re.compile(rb'<f\b|<hyperlink|<oleObject|<ddeLink|<externalReference|TargetMode="External"')
"""What makes a cell, or the book that it stands in, do something."""


def measure(size: Size) -> Measured:
    del size  # the whole takes a second
    books = {
        "a table": _book(Table("Cases", (Column("Case"), Column("Text")), _rows())),
        "headings": _book(Table("Cases", tuple(map(Column, PAYLOADS)), [PAYLOADS])),
        "a long export": _streamed(),
        "a decision sheet": hostile_sheet(),
    }
    live = {name: found for name, content in books.items() if (found := _live_parts(content))}
    changed = _changed(books["a table"]) + _changed(books["a long export"])
    return Measured(
        (
            Figure("payloads", len(set(PAYLOADS)), least=40),
            Figure("kinds of workbook", len(books), least=3),
            none_of("formulas, links and outside sources", sum(map(len, live.values()))),
            none_of("texts that read as something else", changed),
        ),
        tuple(f"{name}: {', '.join(parts)}" for name, parts in live.items()),
    )


def _book(table: Table) -> bytes:
    return write_book([table], made_at=EXPORTED, zone=LONDON)


def _rows() -> list[tuple[str, str]]:
    return [(f"ACE-{number:04d}", payload) for number, payload in enumerate(PAYLOADS)]


def _streamed() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.xlsx"
        with StreamedBook(path, LONDON) as written:
            written.write_table("Cases", (("Case", 10), ("Text", 40)), _rows())
        return path.read_bytes()


def _live_parts(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [name for name in archive.namelist() if LIVE.search(archive.read(name))]


def _changed(content: bytes) -> int:
    """Cells that a reader takes for anything but their text."""
    rows = tables_of(content)["Cases"][1:]
    told = [str(row[1]).lstrip() if isinstance(row[1], str) else None for row in rows]
    return sum(t != cell_text(p).lstrip() for t, p in zip(told, PAYLOADS, strict=True))

"""A workbook of long tables to read, as .xlsx (ISO/IEC 29500), written row by row.

Whatever its length, it takes no more memory than a row, and a tenth of the time that
`responders.sheets.book` takes. A cell is an inline text, a number or nothing, never a formula.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from zoneinfo import ZoneInfo

from responders.sheets.book import MOST_ROWS
from storage.domain.cells import cell_text

Value = str | int | datetime | None
"""What a cell may hold; an instant is shown by the clock of the workbook's zone."""

MOST_BYTES = 2**30
"""Of one sheet unpacked; beyond, the table goes on in a further one."""

_FLUSH = 2**18
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  day 0 of a sheet, which knows no zones
_DAY = timedelta(days=1)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MOMENT, _HEADING = 1, 2
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="ddd d mmm yyyy hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    "</styleSheet>"
)
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a reader of ST_Xstring (ISO/IEC 29500-1, section 22.9.2.19) would take for a character."""


class StreamedBook:
    """A workbook on its way to a file, as a context manager: the same bytes for the same tables.
    Times are shown by `zone`'s clock."""

    def __init__(self, file: Path | IO[bytes], zone: ZoneInfo) -> None:
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._zone = zone
        self._names: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._archive:
            if kind is None:
                self._write_frame()

    def write_table(
        self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]
    ) -> int:
        """A sheet of these rows below the headings of `columns`, each with its width in
        characters. A table too long for one sheet goes on in `name 2`. Returns the number of rows.
        """
        waiting = iter(rows)
        written = part = 0
        first = next(waiting, None)
        while first is not None or not part:
            part += 1
            sheet = f"{name} {part}" if part > 1 else name
            left = chain([first], waiting) if first is not None else waiting
            written += self._write_sheet(sheet, columns, left)
            first = next(waiting, None)
        return written

    def _write_sheet(
        self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]
    ) -> int:
        """How many of the rows went into this sheet: all, or as many as there is room for."""
        self._names.append(name)
        with self._archive.open(f"xl/worksheets/sheet{len(self._names)}.xml", "w") as file:
            sheet = _Sheet(file, columns)
            for row in rows:
                sheet.add("".join([self._cell(value) for value in row]))
                if sheet.is_full:
                    break
            sheet.close()
        return sheet.rows - 1

    def _cell(self, value: Value) -> str:
        if value is None or value == "":
            return "<c/>"
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, datetime):
            return f'<c s="{_MOMENT}"><v>{_serial(value, self._zone)}</v></c>'
        return f"<c><v>{value}</v></c>"

    def _write_frame(self) -> None:
        """What makes an archive of sheets a workbook."""
        numbers = range(1, len(self._names) + 1)
        sheet_types = "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
            f' ContentType="{_TYPES}.worksheet+xml"/>'
            for number in numbers
        )
        sheets = "".join(
            f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in enumerate(self._names, start=1)
        )
        related = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        parts = {
            "[Content_Types].xml": (
                f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
                ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Override PartName="/xl/workbook.xml"'
                f' ContentType="{_TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml"'
                f' ContentType="{_TYPES}.styles+xml"/>{sheet_types}</Types>'
            ),
            "_rels/.rels": _relationships([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": (
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
                f"<sheets>{sheets}</sheets></workbook>"
            ),
            "xl/_rels/workbook.xml.rels": _relationships([*related, ("styles", "styles.xml")]),
        }
        parts = {name: _HEAD + xml for name, xml in parts.items()} | {"xl/styles.xml": _STYLES}
        for name, xml in parts.items():
            with self._archive.open(name, "w") as file:  # unlike writestr, it asks no clock
                file.write(xml.encode())


class _Sheet:
    """The XML of one sheet on its way into a file."""

    def __init__(self, file: IO[bytes], columns: Sequence[tuple[str, int]]) -> None:
        self._file, self._width = file, len(columns)
        self.rows = 0
        self._size = self._waiting_size = 0
        self._waiting: list[str] = []
        widths = "".join(
            f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
            for place, (_, width) in enumerate(columns, start=1)
        )
        self._put(
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
        )
        self.add("".join(_text(heading, style=_HEADING) for heading, _ in columns))

    @property
    def is_full(self) -> bool:
        return self.rows >= MOST_ROWS or self._size >= MOST_BYTES

    def add(self, cells: str) -> None:
        self.rows += 1
        self._put(f"<row>{cells}</row>")

    def close(self) -> None:
        last = f"{_letters(self._width)}{self.rows}"
        self._put(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>')
        self._flush()

    def _put(self, xml: str) -> None:
        self._waiting.append(xml)
        self._waiting_size += len(xml)
        if self._waiting_size > _FLUSH:
            self._flush()

    def _flush(self) -> None:
        data = "".join(self._waiting).encode()
        self._file.write(data)
        self._size += len(data)
        self._waiting, self._waiting_size = [], 0


def _text(text: str, *, style: int = 0) -> str:
    shown = escape(cell_text(text), quote=False)
    if "_x" in shown:
        shown = _ESCAPED.sub("_x005F_", shown)
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _serial(instant: datetime, zone: ZoneInfo) -> float:
    """An instant by the zone's clock as days since day 0."""
    shown = instant.astimezone(zone).replace(tzinfo=None, microsecond=0)
    return (shown - _EPOCH) / _DAY


def _letters(column: int) -> str:
    """What a sheet calls a column: A for 1, AA for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _relationships(targets: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'

"""Pure: the text of documents that people attach, as lines; a table row is one line, ` | ` between
its cells, like the rows of a table in a message. Nothing is opened before its size is checked."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from python_calamine import CalamineError, CalamineWorkbook

from intake.understanding.opendocument import read_odt
from intake.understanding.refusals import UnreadableDocument
from intake.understanding.richtext import read_rtf
from intake.understanding.rows import CELL_BREAK, lay_row
from intake.understanding.word import MAX_PARAGRAPHS, read_docx

MAX_ENTRIES = 1_000
MAX_UNPACKED = 100 * 2**20
MAX_RATIO = 100
MAX_PAGES = 60
MAX_ROWS = 5_000
MAX_CHARACTERS = 400_000


def read_document(extension: str, content: bytes) -> str:
    """The text of a document of this type: docx, pdf, xlsx, ods, odt, rtf, csv or txt.

    Raises UnreadableDocument where it is broken, encrypted, too big, or of another type.
    """
    reader = _READERS.get(extension)
    if reader is None:
        raise UnreadableDocument("a type we cannot read")
    if extension in ("docx", "xlsx", "ods", "odt"):
        check_zip(content)
    lines: list[str] = []
    size = 0
    for line in reader(content):
        size += len(line) + 1
        if size > MAX_CHARACTERS or len(lines) > MAX_PARAGRAPHS:
            raise UnreadableDocument("it is too long")
        lines.append(line)
    return "\n".join(lines)


def check_zip(content: bytes) -> None:
    """Refuse an archive that is broken, or declares to grow too much. Raises UnreadableDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument("it is damaged") from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise UnreadableDocument("it is too big when unpacked")
    if unpacked > 2**20 and unpacked > MAX_RATIO * max(1, len(content)):
        raise UnreadableDocument("it is too big when unpacked")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableDocument("it is protected by a password")


def _read_pdf(content: bytes) -> Iterator[str]:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("it is protected by a password")
        fields = reader.get_fields() or {}
        texts = [page.extract_text() for page in reader.pages[:MAX_PAGES]]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
        NotImplementedError,
    ) as error:
        raise UnreadableDocument("it is damaged") from error
    for text in texts:
        yield from text.replace("\x00", "").split("\n")
    for name, field in fields.items():
        value = field.get("/V")
        label = field.get("/TU") or name
        if isinstance(value, str) and value.strip() and not value.startswith("/"):
            yield from lay_row(
                [[str(label)], [line for line in value.splitlines() if line.strip()]]
            )


def _read_sheets(content: bytes) -> Iterator[str]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names[:10]]
        tables = [
            sheet.to_python(nrows=MAX_ROWS)
            for sheet in sheets
            if sheet.total_height and sheet.total_width < 200
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableDocument("it is damaged or protected by a password") from error
    for table in tables:
        for row in table:
            cells = [_cell_text(cell) for cell in row]
            yield CELL_BREAK.join(cells).rstrip(" |") if any(cells) else ""
        yield ""


def _cell_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).replace("|", "/").split())[:4000]


def _read_csv(content: bytes) -> Iterator[str]:
    text = _decode(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
            if number > MAX_ROWS:
                return
            yield CELL_BREAK.join(_cell_text(cell) for cell in row)
    except csv.Error as error:
        raise UnreadableDocument("it is damaged") from error


def _read_text(content: bytes) -> Iterator[str]:
    yield from _decode(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _decode(content: bytes) -> str:
    for encoding in (
        ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",)
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "docx": read_docx,
    "pdf": _read_pdf,
    "xlsx": _read_sheets,
    "ods": _read_sheets,
    "odt": read_odt,
    "rtf": read_rtf,
    "csv": _read_csv,
    "txt": _read_text,
}

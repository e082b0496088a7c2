"""Pure: the text of documents that people attach, as lines; a table row is one line, ` | ` between
its cells, like the rows of a table in a message. Nothing is opened before its size is checked."""

import csv
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from python_calamine import CalamineError, PasswordError

from intake.understanding.files.opendocument import read_odt
from intake.understanding.files.refusals import UnreadableDocument
from intake.understanding.files.richtext import read_rtf
from intake.understanding.files.sheets import MAX_ROWS, cell_text, read_sheets
from intake.understanding.files.word import MAX_PARAGRAPHS, read_docx
from intake.understanding.texts.rows import CELL_BREAK, lay_row

MAX_ENTRIES = 1_000
MAX_UNPACKED = 100 * 2**20
MAX_RATIO = 100
MAX_XML = 20 * 2**20
"""Of one part of a document: its tree takes ten times that in memory."""
MAX_PAGES = 60
MAX_CHARACTERS = 400_000
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    csv.Error,
    etree.LxmlError,
    PythonDocxError,
    OpcError,
    PyPdfError,
    CalamineError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
)
"""What the parsers raise of damaged files: none of them promises a type of its own."""


def read_document(extension: str, content: bytes) -> str:
    """The text of a document of this type: docx, pdf, xlsx, ods, odt, rtf, csv or txt.

    Raises UnreadableDocument where it is broken, encrypted, too big, or of another type.
    """
    reader = _READERS.get(extension)
    if reader is None:
        raise UnreadableDocument("a type we cannot read")
    if extension in ("docx", "xlsx", "ods", "odt"):
        check_zip(content)
    try:
        return "\n".join(_limited(reader(content)))
    except PasswordError as error:
        raise UnreadableDocument("it is protected by a password") from error
    except MemoryError as error:
        raise UnreadableDocument("it is too big when unpacked") from error
    except _DAMAGE as error:
        raise UnreadableDocument("it is damaged") from error


def _limited(lines: Iterator[str]) -> Iterator[str]:
    """The same lines, as long as they are of a document that somebody wrote."""
    size = 0
    for count, line in enumerate(lines):
        size += len(line) + 1
        if size > MAX_CHARACTERS or count > MAX_PARAGRAPHS:
            raise UnreadableDocument("it is too long")
        yield line


def check_zip(content: bytes) -> None:
    """Refuse an archive that is broken, or declares to grow too much. Raises UnreadableDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except _DAMAGE as error:
        raise UnreadableDocument("it is damaged") from error
    unpacked = sum(entry.file_size for entry in entries)
    longest = max((e.file_size for e in entries if e.filename.endswith("xml")), default=0)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or longest > MAX_XML:
        raise UnreadableDocument("it is too big when unpacked")
    if unpacked > 2**20 and unpacked > MAX_RATIO * max(1, len(content)):
        raise UnreadableDocument("it is too big when unpacked")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableDocument("it is protected by a password")


def _read_pdf(content: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableDocument("it is protected by a password")
    fields = reader.get_fields() or {}
    texts = [page.extract_text() for page in reader.pages[:MAX_PAGES]]
    for text in texts:
        yield from text.replace("\x00", "").split("\n")
    for name, field in fields.items():
        value = field.get("/V")
        label = field.get("/TU") or name
        if isinstance(value, str) and value.strip() and not value.startswith("/"):
            yield from lay_row(
                [[str(label)], [line for line in value.splitlines() if line.strip()]]
            )


def _read_csv(content: bytes) -> Iterator[str]:
    text = _decode(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
        if number > MAX_ROWS:
            return
        yield CELL_BREAK.join(cell_text(cell) for cell in row)


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
    "xlsx": read_sheets,
    "ods": read_sheets,
    "odt": read_odt,
    "rtf": read_rtf,
    "csv": _read_csv,
    "txt": _read_text,
}

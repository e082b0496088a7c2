"""Pure: the text of documents that people attach, as lines; a table row is one line, ` | ` between
its cells, like the rows of a table in a message. Nothing is opened before its size is checked."""

import csv
from collections.abc import Callable, Iterator

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml import etree
from pypdf.errors import PyPdfError
from python_calamine import CalamineError, PasswordError

from intake.understanding.files.opendocument import read_odt
from intake.understanding.files.packages import ZIP_DAMAGE, check_package, holds_pictures
from intake.understanding.files.pdf import read_pdf
from intake.understanding.files.plaintexts import read_csv, read_text
from intake.understanding.files.refusals import Refusal, UnreadableDocument
from intake.understanding.files.richtext import read_rtf
from intake.understanding.files.sheets import read_sheets
from intake.understanding.files.word import MAX_PARAGRAPHS, read_docx

MAX_CHARACTERS = 400_000
_PACKAGES = ("docx", "xlsx", "ods", "odt")
DAMAGE = (
    *ZIP_DAMAGE,
    csv.Error,
    etree.LxmlError,
    PythonDocxError,
    OpcError,
    PyPdfError,
    CalamineError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
)
"""What the parsers raise of damaged files: none of them promises a type of its own."""


def read_document(extension: str, content: bytes) -> str:
    """The text of a document of this type: docx, pdf, xlsx, ods, odt, rtf, csv or txt.

    Raises UnreadableDocument where it is broken, encrypted, too big, of another type, or where a
    person would see no text or only pictures of it.
    """
    reader = _READERS.get(extension)
    if reader is None:
        raise UnreadableDocument(Refusal.UNKNOWN_TYPE)
    if extension in _PACKAGES:
        check_package(content)
    try:
        text = "\n".join(_limited(reader(content)))
        if not text.strip():
            raise UnreadableDocument(_of_no_text(extension, content))
    except PasswordError as error:
        raise UnreadableDocument(Refusal.PASSWORD) from error
    except MemoryError as error:
        raise UnreadableDocument(Refusal.TOO_BIG) from error
    except DAMAGE as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    return text


def _limited(lines: Iterator[str]) -> Iterator[str]:
    """The same lines, as long as they are of a document that somebody wrote."""
    size = 0
    for count, line in enumerate(lines):
        size += len(line) + 1
        if size > MAX_CHARACTERS or count > MAX_PARAGRAPHS:
            raise UnreadableDocument(Refusal.TOO_LONG)
        yield line


def _of_no_text(extension: str, content: bytes) -> Refusal:
    has_pictures = holds_pictures(content) if extension in _PACKAGES else b"\\pict" in content
    return Refusal.PICTURES if has_pictures else Refusal.EMPTY


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "docx": read_docx,
    "pdf": read_pdf,
    "xlsx": read_sheets,
    "ods": read_sheets,
    "odt": read_odt,
    "rtf": read_rtf,
    "csv": read_csv,
    "txt": read_text,
}

"""Pure: the text of documents that people attach, as lines; a table row is one line, ` | ` between
its cells, like the rows of a table in a message. Nothing is opened before its size is checked."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator

from docx import Document as open_docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from python_calamine import CalamineError, CalamineWorkbook

CELL_BREAK = " | "
MAX_ENTRIES = 1_000
MAX_UNPACKED = 100 * 2**20
MAX_RATIO = 100
MAX_PARAGRAPHS = 20_000
MAX_PAGES = 60
MAX_ROWS = 5_000
MAX_CHARACTERS = 400_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PLACEHOLDER = re.compile(
    r"(?:click|tap)(?: or tap| here|ing)?.{0,30}\b(?:enter|choose|select)\b.{0,40}$", re.I
)
_RTF_SKIPPED = frozenset(
    {
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "themedata",
        "latentstyles",
        "datastore",
        "generator",
    }
)


class UnreadableDocument(Exception):
    """The document can't be read; `reason` is for the person who sent it: please resend."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_document(extension: str, content: bytes) -> str:
    """The text of a document of this type (`docx`, `pdf`, `xlsx`, `ods`, `odt`, `rtf`, `csv`, `txt`).

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


def _read_docx(content: bytes) -> Iterator[str]:
    try:
        document = open_docx(io.BytesIO(content))
        body = document.element.body
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        OSError,
        etree.LxmlError,
        zipfile.BadZipFile,
    ) as error:
        raise UnreadableDocument("it is damaged") from error
    if sum(1 for _ in body.iter(f"{_W}p")) > MAX_PARAGRAPHS:
        raise UnreadableDocument("it is too long")
    yield from _docx_blocks(body)


def _docx_blocks(parent: etree._Element) -> Iterator[str]:
    """Paragraphs and table rows in order, those within content controls included."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _docx_paragraph(child)
            yield ""
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield from lay_row([_docx_cell(cell) for cell in _children(row, "tc")])
            yield ""
        elif child.tag in (
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}customXml",
            f"{_W}ins",
            f"{_W}smartTag",
        ):
            yield from _docx_blocks(child)


def _children(row: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _children(child, name)


def _docx_cell(cell: etree._Element) -> list[str]:
    return [line.strip() for line in _docx_blocks(cell) if line.strip()]


def _docx_paragraph(paragraph: etree._Element) -> list[str]:
    """The lines of a paragraph; a placeholder that nobody replaced is no text."""
    parts: list[str] = []
    hidden = {
        run
        for control in paragraph.iter(f"{_W}sdt")
        if control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
        for run in control.iter(f"{_W}r")
    }
    outer = paragraph.getparent()
    is_placeholder = (
        outer is not None
        and outer.tag == f"{_W}sdtContent"
        and outer.getparent().find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
    )
    if is_placeholder:
        return []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if node.getparent() in hidden:
            continue
        parts.append({f"{_W}t": node.text or "", f"{_W}tab": "\t"}.get(node.tag, "\n"))
    text = "".join(parts)
    is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None and text.strip()
    lines = [line for line in text.split("\n") if not _PLACEHOLDER.match(line.strip())]
    return [f"- {line}" if is_item and at == 0 else line for at, line in enumerate(lines)]


def lay_row(cells: list[list[str]]) -> Iterator[str]:
    """A table row: a label with the paragraphs of its value below one another, a row of many cells
    on one line."""
    flat = [" / ".join(cell).replace("|", "/") for cell in cells]
    deduplicated = [
        cell for at, cell in enumerate(cells) if at == 0 or cell != cells[at - 1] or not cell
    ]
    if len(deduplicated) == 2 and len(deduplicated[1]) > 1:
        label, value = " ".join(deduplicated[0]), deduplicated[1]
        yield f"{label}{CELL_BREAK}{value[0]}"
        is_prose = any(len(line) > 100 for line in value)
        for line in value[1:]:
            if is_prose:
                yield ""
            yield line
    elif len(deduplicated) == 1:
        yield from deduplicated[0]
    elif any(flat):
        yield CELL_BREAK.join(flat)


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


def _read_odt(content: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            root = etree.fromstring(archive.read("content.xml"), parser)
    except (KeyError, etree.LxmlError, zipfile.BadZipFile, ValueError) as error:
        raise UnreadableDocument("it is damaged") from error
    for node in root.iter(f"{_ODF_TEXT}p", f"{_ODF_TEXT}h", f"{_ODF_TABLE}table-row"):
        if node.tag == f"{_ODF_TABLE}table-row":
            yield from lay_row(
                [
                    [_odf_text(p) for p in cell.iter(f"{_ODF_TEXT}p")]
                    for cell in node.iter(f"{_ODF_TABLE}table-cell")
                ]
            )
        elif not any(True for _ in node.iterancestors(f"{_ODF_TABLE}table-row")):
            yield _odf_text(node)
            yield ""


def _odf_text(node: etree._Element) -> str:
    return "".join(str(text) for text in node.itertext())


def _read_rtf(content: bytes) -> Iterator[str]:
    """A plain reading of RTF 1.9: control words for breaks and characters, groups of settings left out."""
    text = content.decode("ascii", "replace")
    pieces: list[str] = []
    skip_depth, depth, unicode_skip = 0, 0, 0
    for match in re.finditer(
        r"\\u(-?\d{1,6}) ?|\\'([0-9a-fA-F]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z])|([{}])|([^\\{}]+)",
        text,
    ):
        code, byte, word, _, symbol, brace, plain = match.groups()
        if brace == "{":
            depth += 1
        elif brace == "}":
            depth -= 1
            skip_depth = 0 if depth < skip_depth else skip_depth
        elif (word in _RTF_SKIPPED or symbol == "*") and not skip_depth:
            skip_depth = depth
        elif skip_depth:
            continue
        elif code is not None:
            pieces.append(chr(int(code) % 0x10000))
            unicode_skip = 1
        elif unicode_skip and (byte or plain):
            unicode_skip = 0
            pieces.append("" if byte else (plain or "")[1:])
        else:
            pieces.append(_rtf_piece(byte, word, symbol, plain))
    for line in "".join(pieces).split("\n"):
        yield line
        yield ""


def _rtf_piece(byte: str | None, word: str | None, symbol: str | None, plain: str | None) -> str:
    if byte:
        return bytes([int(byte, 16)]).decode("cp1252", "replace")
    if word:
        return {
            "par": "\n",
            "line": "\n",
            "row": "\n",
            "cell": CELL_BREAK,
            "tab": "\t",
            "emdash": "—",
            "endash": "–",
            "rquote": "’",
            "lquote": "‘",
            "rdblquote": "”",
            "ldblquote": "“",
            "bullet": "- ",
        }.get(word, "")
    if symbol:
        return {"~": " ", "_": "-", "\n": "\n"}.get(symbol, symbol if symbol in "\\{}" else "")
    return (plain or "").replace("\r", "").replace("\n", "")


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "docx": _read_docx,
    "pdf": _read_pdf,
    "xlsx": _read_sheets,
    "ods": _read_sheets,
    "odt": _read_odt,
    "rtf": _read_rtf,
    "csv": _read_csv,
    "txt": _read_text,
}

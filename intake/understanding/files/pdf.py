"""Pure: the text of PDF files (ISO 32000): of their pages, of their form, of what people wrote on
them. What costs too much to be read is left out, so that no file holds up the others."""

import io
from collections.abc import Iterator, Mapping

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import Field, NameObject

from intake.understanding.files.refusals import Refusal, UnreadableDocument
from intake.understanding.texts.rows import lay_row

MAX_PAGES = 60
MAX_PAGE_CONTENT = 2 * 2**20
"""Bytes of drawing instructions of all pages that are read: a second and a half each MiB."""
_MAX_FIELDS = 500
_MAX_NOTES = 200
_UNPACKED = 20 * 2**20
_LIMITS = Configuration(
    zlib_maximum_output_length=_UNPACKED,
    lzw_maximum_output_length=_UNPACKED,
    run_length_maximum_output_length=_UNPACKED,
    array_based_stream_maximum_output_length=_UNPACKED,
    stream_parsing_work_maximum_count=500_000,
    xform_maximum_invocations_per_extraction=200,
    form_fields_maximum_entries=2_000,
    form_fields_maximum_depth=20,
    page_tree_maximum_entries=10_000,
    jbig2dec_binary=None,
)
_FEWEST_WORDS = 5
"""On a page of text; a scanner's own line at the foot of its pages has fewer."""
_CHECKED = frozenset({"yes", "on", "1", "true", "x"})
_OFF = frozenset({"off", "no", "0", "false"})


def read_pdf(content: bytes) -> Iterator[str]:
    """The lines of a PDF's pages, then a row for each filled field of its form. Raises
    UnreadableDocument, and what its parser raises of a damaged one."""
    with apply_configuration(_LIMITS):
        yield from _read(content)


def _read(content: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableDocument(Refusal.PASSWORD)
    rows = list(_form_rows(_fields(reader)))
    pages = list(_pages(reader))
    lines = [line for page in pages for line in _page_lines(page)]
    words = sum(len(line.split()) for line in lines)
    if not rows and words < _FEWEST_WORDS * max(1, len(pages)):
        raise UnreadableDocument(Refusal.PICTURES)
    return lines + rows


def _pages(reader: PdfReader) -> Iterator[PageObject]:
    """The pages that may be read: the first ones, until they draw too much."""
    left = MAX_PAGE_CONTENT
    for page in reader.pages[:MAX_PAGES]:
        try:
            contents = page.get_contents()
            left -= len(contents.get_data()) if contents is not None else 0
        except LimitReachedError:
            continue
        if left < 0:
            return
        yield page


def _page_lines(page: PageObject) -> list[str]:
    try:
        text = page.extract_text()
    except LimitReachedError:
        text = ""
    return [*text.replace("\x00", "").split("\n"), *_notes(page)]


def _notes(page: PageObject) -> Iterator[str]:
    """What somebody typed onto a page that is no form."""
    found = page.get("/Annots")
    annotations = found.get_object() if found is not None else []
    for annotation in annotations[:_MAX_NOTES]:
        note = annotation.get_object()
        if note.get("/Subtype") == "/FreeText" and isinstance(note.get("/Contents"), str):
            yield from str(note["/Contents"]).replace("\r", "\n").split("\n")


def _fields(reader: PdfReader) -> Mapping[str, Field]:
    try:
        return reader.get_fields() or {}
    except LimitReachedError:
        return {}


def _form_rows(fields: Mapping[str, Field]) -> Iterator[str]:
    """`label | value` of each field that was filled in: text, choices, boxes that were ticked."""
    for name, field in list(fields.items())[:_MAX_FIELDS]:
        label = str(field.get("/TU") or name).strip()
        lines = [line.strip() for line in _value(field).splitlines() if line.strip()]
        if lines:
            yield from lay_row([[label], lines])


def _value(field: Field) -> str:
    """What a field shows; empty for one that was left as it was, and for signatures."""
    value = field.get("/V")
    if isinstance(value, list):
        return ", ".join(_shown(field, chosen) for chosen in value if isinstance(chosen, str))
    if isinstance(value, bytes):
        return value.decode("cp1252", "replace").replace("\r", "\n").strip()
    if isinstance(value, NameObject):
        return _ticked(value.removeprefix("/"))
    return _shown(field, value) if isinstance(value, str) else ""


def _ticked(state: str) -> str:
    """The state of a box or the choice among several, as a word."""
    if state.casefold() in _OFF or not state:
        return ""
    return "yes" if state.casefold() in _CHECKED else state


def _shown(field: Field, value: str) -> str:
    """The text that stands for a choice whose value may be a mere key."""
    for option in field.get("/Opt", ()):
        if isinstance(option, list) and len(option) == 2 and option[0] == value:
            return str(option[1]).strip()
    return value.replace("\r", "\n").strip()

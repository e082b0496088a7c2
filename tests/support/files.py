"""Files as people and their programs make them, built by hand: documents, packages, PDFs."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from docx import Document
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_zip(entries: Mapping[str, bytes | str]) -> bytes:
    """An archive of these entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_entries(content: bytes, entries: Mapping[str, bytes | str]) -> bytes:
    """The same package with these entries added or in place of others."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return make_zip({**old, **entries})


def locked(content: bytes) -> bytes:
    """The same archive with the mark of encrypted entries."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = content.find(signature, at + 1)
    return bytes(changed)


def make_docx(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_of(body: str) -> bytes:
    """A Word document with this XML as its body; `w:`, `mc:` and `w14:` are declared."""
    xml = (
        f'<w:document xmlns:w="{WORD}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        f' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>{body}'
        "</w:body></w:document>"
    )
    return with_entries(make_docx(), {"word/document.xml": xml})


def make_ole(*streams: str) -> bytes:
    """The beginning of an old Office file whose directory names these streams."""
    names = b"".join(name.encode("utf-16-le") + bytes(64 - 2 * len(name)) for name in streams)
    return OLE + bytes(504) + names


def make_pdf(
    *pages: bytes,
    fields: Sequence[Mapping[str, object]] = (),
    notes: Sequence[str] = (),
    password: str | None = None,
) -> bytes:
    """A PDF whose pages draw these instructions in Helvetica (`/F1`)."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for content in pages:
        page = writer.add_blank_page(600, 800)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(content)
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
        page[NameObject("/Annots")] = ArrayObject(
            _plain({"/Type": "/Annot", "/Subtype": "/FreeText", "/Contents": (note,)})
            for note in notes
        )
    if fields:
        kept = ArrayObject(writer._add_object(_plain(field)) for field in fields)
        form = DictionaryObject({NameObject("/Fields"): kept})
        writer.root_object[NameObject("/AcroForm")] = form
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def show(*lines: str) -> bytes:
    """Instructions that show these lines on a page."""
    shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
    return f"BT /F1 12 Tf 50 750 Td {shown} ET".encode("latin-1")


def _plain(value: object) -> PdfObject:
    """Names begin with a slash; a text stands in a tuple of its own, or has no slash."""
    if isinstance(value, Mapping):
        return DictionaryObject({NameObject(k): _plain(v) for k, v in value.items()})
    if isinstance(value, list):
        return ArrayObject(map(_plain, value))
    if isinstance(value, tuple):
        return TextStringObject(value[0])
    text = str(value)
    return NameObject(text) if text.startswith("/") else TextStringObject(text)

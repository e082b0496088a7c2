"""Messages and documents made to cost: each small to send, and long to read for whoever reads it
without limits."""

import io
import zipfile
from collections.abc import Callable

from tests.support.files import docx_of, make_docx, make_pdf, make_zip, show, with_entries

_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_ENTITIES = f'<!DOCTYPE a [<!ENTITY a0 "ha">{_LAUGHS}]>'
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def pdf_of_much_text() -> bytes:
    return make_pdf(*[b"BT /F1 12 Tf 10 700 Td (Hello there) Tj ET\n" * 40_000] * 10)


def pdf_of_many_pages() -> bytes:
    return make_pdf(*[show("a page with some words on it")] * 400)


def pdf_that_unpacks() -> bytes:
    return make_pdf(b" " * 60_000_000)


def pdf_of_many_fields() -> bytes:
    return make_pdf(
        show("five words on a page"),
        fields=[{"/FT": "/Tx", "/T": f"f{n}", "/V": "x"} for n in range(3_000)],
    )


def word_of_entities() -> bytes:
    return with_entries(make_docx(), {"word/document.xml": f"{_ENTITIES}<document>&a9;</document>"})


def open_of_entities() -> bytes:
    return make_zip({"content.xml": f"{_ENTITIES}<a>&a9;</a>"})


def sheet_of_entities() -> bytes:
    rows = '<row r="1"><c r="A1"><v>&a9;</v></c></row>'
    sheet = f'{_ENTITIES}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    return make_zip({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet})


def word_of_deep_runs() -> bytes:
    return docx_of(f"<w:p>{'<w:smartTag>' * 200}<w:r/>{'</w:smartTag>' * 200}</w:p>")


def word_of_deep_boxes() -> bytes:
    opened, closed = "<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"
    return docx_of(f"{opened * 60}{closed * 60}")


def word_of_many_controls() -> bytes:
    control = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"
    return docx_of(f"<w:p>{control * 30_000}</w:p>")


def open_of_deep_spans() -> bytes:
    names = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    spans = f"{'<text:span>' * 200}x{'</text:span>' * 200}"
    return make_zip({"content.xml": f"<a {names}><text:p>{spans}</text:p></a>"})


def word_of_a_million_paragraphs() -> bytes:
    return docx_of("<w:p/>" * 1_000_000)


def many_entries() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(2_000):
            archive.writestr(f"word/{number}.xml", "")
    return stream.getvalue()


def word_that_unpacks() -> bytes:
    """A hundred megabytes of one letter, in a hundred kilobytes."""
    return with_entries(make_docx(), {"word/document.xml": "x" * 100_000_000})


DOCUMENTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pdf of much text": ("pdf", pdf_of_much_text),
    "pdf of many pages": ("pdf", pdf_of_many_pages),
    "pdf that unpacks": ("pdf", pdf_that_unpacks),
    "pdf of many fields": ("pdf", pdf_of_many_fields),
    "docx of entities": ("docx", word_of_entities),
    "odt of entities": ("odt", open_of_entities),
    "xlsx of entities": ("xlsx", sheet_of_entities),
    "docx of deep runs": ("docx", word_of_deep_runs),
    "docx of deep boxes": ("docx", word_of_deep_boxes),
    "docx of many controls": ("docx", word_of_many_controls),
    "odt of deep spans": ("odt", open_of_deep_spans),
    "rtf of deep groups": ("rtf", lambda: b"{\\rtf1 " + b"{" * 300_000),
    "csv of empty cells": ("csv", lambda: b";" * 3_000_000),
    "text of empty lines": ("txt", lambda: b"\n" * 3_000_000),
}
"""Name → its extension, and what builds it."""

PACKAGES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "docx of a million paragraphs": ("docx", word_of_a_million_paragraphs),
    "docx of many entries": ("docx", many_entries),
    "docx that unpacks": ("docx", word_that_unpacks),
}
"""More of them, which a reader must refuse before it opens them."""

HEAD = b"From: Sam Hill <sam@actonadvice.example>\r\nTo: ace@leadership.nhs.example\r\n"


def nested(depth: int) -> bytes:
    """A message of `depth` multiparts within each other."""
    parts = [b'Content-Type: multipart/mixed; boundary="b0"\r\n\r\n']
    for number in range(1, depth):
        parts.append(b"--b%d\r\n" % (number - 1))
        parts.append(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % number)
    return HEAD + b"".join(parts) + b"hello"


def in_parts(count: int) -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * count + b"--b--\r\n"


def with_attachments(count: int) -> bytes:
    part = b'--b\r\nContent-Type: application/pdf; name="a.pdf"\r\n\r\nx\r\n'
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * count + b"--b--"


REFUSED: dict[str, Callable[[int], bytes]] = {
    "lines": lambda n: HEAD + b"\r\n" + b"\n" * (500_001 + n),
    "header block": lambda n: HEAD + (b"X: " + b"y" * (60_000 + n) + b"\r\n") * 5 + b"\r\nx",
    "header lines": lambda n: HEAD + b"X: y\r\n" * (1_000 + n) + b"\r\nx",
    "one header": lambda n: HEAD + b"X: " + b" y\r\n" * 300 + b"z" * (66_000 + n) + b"\r\n\r\nx",
    "references": lambda n: (
        HEAD + b"References:" + b"\r\n <1@x.example>" * 900 + b" " * (60_000 + n) + b"\r\n\r\nx"
    ),
    "sender": lambda n: b"From: " + b"a" * (8_200 + n) + b"\r\n\r\nx",
    "subject": lambda n: HEAD + b"Subject: " + b"a" * (8_200 + n) + b"\r\n\r\nx",
    "encoded words": lambda n: HEAD + b"Subject: " + b"=?utf-8?q?a?= " * (9_000 + n) + b"\r\n\r\nx",
    "depth": lambda n: nested(21 + n),
    "great depth": lambda n: nested(3_000 + n),
    "letters in letters": lambda n: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * (30 + n),
    "parts": lambda n: in_parts(201 + n),
    "many parts": lambda n: in_parts(100_000 + n),
    "attachments": lambda n: with_attachments(26 + n),
}
"""Name → a message of this kind that is refused whole, a little larger with each number."""

SHAPES = {
    "dots behind a valediction": ("Regards,\n", ".", "x"),
    "names in one labelled value": ("Name: ", "Ada Okafor, ", ""),
    "companies in one labelled value": ("Name: ", "Aa CIC, ", ""),
    "signatures one below another": ("Name: ", "Ada Okafor\nDirector\n07700 900123\n", ""),
    "one-letter lines": ("", "a\n", ""),
    "runs of capitals": ("We would work with partners such as the ", "North East ", "x"),
    "attributions": ("Yes.\n\n", "On Mon, 2 Aug 2021 at 11:12, ACE wrote:\n", ""),
    "header blocks": ("Fwd\n\n", "From: a\nSent: b\nTo: c\nSubject: d\n", "x"),
    "labels of no list": ("Fwd\n\n", "a: b@c.example\n", "x"),
    "separators without headers": ("Fwd\n\n", "----- Forwarded by\n", "x"),
    "headers on one line": ("Fwd\n\n", f"----- Forwarded message ----- {'De: ' * 300}\n", "x"),
    "nominees on one line": ("We nominate ", "Ada Okafor, Chair at ", "x"),
    "opened brackets": ("Kind regards\n", "(", "Ada"),
}
"""Name → what stands before, what is repeated, and what stands behind: text that makes a reader try
every way to read it."""

"""Pure: the text of OpenDocument texts (ISO/IEC 26300)."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from intake.understanding.refusals import UnreadableDocument
from intake.understanding.rows import lay_row

_ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_odt(content: bytes) -> Iterator[str]:
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

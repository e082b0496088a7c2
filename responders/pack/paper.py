"""The house style of the pack's Word documents, and how they become the same bytes each time.

Arial, one column, heading styles, table heads that repeat: readable by people and screen readers.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from lxml.etree import _Element

from responders.pack.entries import deflate, join_entries

FONT = "Arial"
ACCENT, TINT, LINE, QUIET = "0B5559", "E4EFEC", "B9CCC7", "49605D"


def new_paper(title: str, *, author: str, at: datetime) -> WordDocument:
    """An empty document in the house style; `at` is the date in its properties."""
    paper = Document()
    _leave_out(paper)
    properties = paper.core_properties
    properties.title, properties.author, properties.language = title, author, "en-GB"
    properties.comments, properties.last_modified_by = "", author
    properties.created = properties.modified = at.replace(tzinfo=None, microsecond=0)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(1.8)
    _style(paper, "Normal", size=11, after=7)
    _style(paper, "Title", size=25, colour=ACCENT, bold=True, after=6)
    _style(paper, "Heading 1", size=16, colour=ACCENT, bold=True, before=20, after=6)
    _style(paper, "Heading 2", size=13, colour=ACCENT, bold=True, before=12, after=4)
    _style(paper, "List Number", size=11, after=4)
    _style(paper, "List Bullet", size=11, after=4)
    _style(paper, "Footer", size=9, colour=QUIET, after=0)
    _underline_no_title(paper)
    _speak_english(paper)
    return paper


def add_title(paper: WordDocument, above: str, title: str) -> None:
    """The programme's name, small, and the document's title below it."""
    small = paper.add_paragraph()
    small.paragraph_format.space_after = Pt(0)
    run = small.add_run(above)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(12), RGBColor.from_string(QUIET)
    paper.add_paragraph(title, style="Title")


def add_table(paper: WordDocument, widths: Sequence[float], *, head: Sequence[str] = ()) -> Table:
    """A table with columns of these widths in cm; a head repeats on every page it reaches."""
    table: Table = paper.add_table(rows=0, cols=len(widths))
    table.autofit = False
    _border(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    if head:
        cells = add_row(table, widths, head, bold=range(len(head)))
        for cell in cells:
            shade(cell, TINT)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def add_row(
    table: Table, widths: Sequence[float], texts: Sequence[str], *, bold: Sequence[int] = (0,)
) -> tuple[_Cell, ...]:
    """A row that is not broken across pages; the cells at the places in `bold` are bold."""
    row = table.add_row()  # type: ignore[no-untyped-call]  # in python-docx
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for place, (cell, width, text) in enumerate(zip(row.cells, widths, texts, strict=True)):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
        paragraph.add_run(text).bold = place in bold
    return tuple(row.cells)


def add_footer(paper: WordDocument, text: str) -> None:
    """`text` and the number of the page, at the foot of each."""
    paragraph = paper.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{text} Page ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    paragraph._p.append(number)


def keep_together(table: Table) -> None:
    """A small table that moves to the next page whole, with the heading above it."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def save_paper(paper: WordDocument) -> bytes:
    """The document's bytes: the same for the same content."""
    buffer = io.BytesIO()
    paper.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return join_entries(deflate(name, archive.read(name)) for name in archive.namelist())


def _leave_out(paper: WordDocument) -> None:
    """Parts of the library's own template that no reader of ours needs."""
    for relations in (paper.part.rels, paper.part.package.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in ("stylesWithEffects", "thumbnail"):
                del relations[name]


def _style(
    paper: WordDocument,
    name: str,
    *,
    size: float,
    after: float,
    before: float = 0,
    colour: str | None = None,
    bold: bool = False,
) -> None:
    style = paper.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a style of paragraphs")
    font = style.font
    font.name, font.size, font.bold = FONT, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    if colour:
        font.color.rgb = RGBColor.from_string(colour)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.15


def _underline_no_title(paper: WordDocument) -> None:
    for border in list(paper.styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _speak_english(paper: WordDocument) -> None:
    """British English for spelling and for screen readers."""
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _border(table: Table) -> None:
    borders: _Element = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "108")
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.append(indent)
    table._tbl.tblPr.append(borders)

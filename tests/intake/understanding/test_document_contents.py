"""What people write into documents, and where: forms of PDF, corners of Word, odd encodings."""

import io
import zipfile

import pytest
from docx import Document

from intake.understanding.files.documents import read_document
from intake.understanding.files.forms import read_form
from intake.understanding.texts.lines import split_lines
from responders.pack.form import FormTemplate, build_form
from storage.domain.form import detail_tag
from tests.support.files import WORD, docx_of, make_docx, make_pdf, make_zip, show, with_entries
from tests.support.programmes import ACE

_PAGE = show("Application form of the programme")
_TAG = detail_tag("phone")


def _lines(extension: str, content: bytes) -> list[str]:
    return [line for line in read_document(extension, content).split("\n") if line.strip()]


def _paragraph(text: str, before: str = "", behind: str = "") -> str:
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r>{behind}</w:p>"


def _control(text: str, *, marked: bool = False, tag: str = _TAG) -> str:
    mark = "<w:showingPlcHdr/>" if marked else ""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{mark}</w:sdtPr><w:sdtContent><w:r><w:t>{text}'
        "</w:t></w:r></w:sdtContent></w:sdt>"
    )


def test_fields_of_a_pdf_are_rows_of_a_table() -> None:
    fields = [
        {"/FT": "/Tx", "/T": "lead", "/TU": "Project lead", "/V": "Ada Bell"},
        {"/FT": "/Tx", "/T": "Telephone", "/V": "07700 900123"},
        {"/FT": "/Tx", "/T": "idea", "/V": "One.\rTwo."},
        {"/FT": "/Tx", "/T": "slash", "/V": ("/dev/null",)},
        {"/FT": "/Tx", "/T": "left empty", "/V": " "},
        {"/FT": "/Btn", "/T": "Agreed", "/V": "/Yes"},
        {"/FT": "/Btn", "/T": "Not agreed", "/V": "/Off"},
        {"/FT": "/Btn", "/T": "Area", "/V": "/North East London"},
        {"/FT": "/Ch", "/T": "Size", "/V": "s", "/Opt": [["s", "Small"], ["l", "Large"]]},
        {"/FT": "/Ch", "/T": "Days", "/V": ["Mon", "Tue"], "/Opt": ["Mon", "Tue", "Wed"]},
        {"/FT": "/Sig", "/T": "Signed", "/V": {"/Type": "/Sig"}},
    ]

    assert _lines("pdf", make_pdf(_PAGE, fields=fields)) == [
        "Application form of the programme",
        "Project lead | Ada Bell",
        "Telephone | 07700 900123",
        "idea | One.",
        "Two.",
        "slash | /dev/null",
        "Agreed | yes",
        "Area | North East London",
        "Size | Small",
        "Days | Mon, Tue",
    ]


def test_a_form_without_page_text_is_no_scan() -> None:
    fields = [{"/FT": "/Tx", "/T": "Project lead", "/V": "Ada Bell"}]

    assert _lines("pdf", make_pdf(b"", fields=fields)) == ["Project lead | Ada Bell"]


def test_notes_that_were_typed_onto_a_pdf_are_read() -> None:
    assert _lines("pdf", make_pdf(_PAGE, notes=["Lead: Ada Bell"]))[1:] == ["Lead: Ada Bell"]


@pytest.mark.parametrize(
    ("paragraph", "told"),
    [
        (_paragraph("Seen ", behind=_control("First")), "Seen First"),
        (_paragraph("typed behind", before=_control("Click here", marked=True, tag="x")), None),
        (_paragraph("07700 900123", before=_control("Click here and write", marked=True)), None),
        (f"<w:p>{_control('Click here and write 07700 900123')}</w:p>", None),
        (f"<w:p>{_control('07700 900123', marked=True)}</w:p>", None),
        (_paragraph("07700 900123", behind=_control("Choose one")), None),
    ],
)
def test_what_stands_in_a_control_or_beside_it_is_read(paragraph: str, told: str | None) -> None:
    expected = told or ("typed behind" if "typed" in paragraph else "07700 900123")

    assert [line.strip() for line in _lines("docx", docx_of(paragraph))] == [expected]


def test_our_prompts_are_no_answers() -> None:
    blank = FormTemplate(build_form(ACE, "1")).fill({})
    unmarked = docx_of(f"<w:p><w:r><w:t>Hello</w:t></w:r></w:p><w:p>{_control('none yet')}</w:p>")

    assert "Click here" not in read_document("docx", blank)
    assert _lines("docx", unmarked) == ["Hello"]


def test_the_form_is_read_when_people_typed_beside_its_controls() -> None:
    blank = FormTemplate(build_form(ACE, "1")).fill({detail_tag("title"): "Seen First"})
    with_typed = _with_typed(blank, {"name": "Ada Bell", "phone": "07700 900123"})

    form = read_form(split_lines(read_document("docx", with_typed)), ACE, source="attachment:0")
    told = {labelled.field: labelled.value for labelled in form.labels}

    assert (told["title"], told["name"], told["phone"]) == (
        "Seen First",
        "Ada Bell",
        "07700 900123",
    )


def _with_typed(content: bytes, values: dict[str, str]) -> bytes:
    """The form with a run typed behind the controls of these details, their prompts left."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    for field, value in values.items():
        at = xml.index(f'w:val="{detail_tag(field)}"')
        end = xml.index("</w:sdt>", at) + len("</w:sdt>")
        xml = f"{xml[:end]}<w:r><w:t>{value}</w:t></w:r>{xml[end:]}"
    return with_entries(content, {"word/document.xml": xml})


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["Lead", "", "Ada Bell"], ["Area", "", "Barnet"]], ["Lead | Ada Bell", "Area | Barnet"]),
        ([["Lead\nAda Bell", ""], ["Area\nBarnet", ""]], ["Lead", "Ada Bell", "Area", "Barnet"]),
        ([["Lead", ""], ["Area", ""]], ["Lead | ", "Area | "]),
        ([["Name", "Role", "E-mail"], ["Ada", "", "a@b.example"]], None),
    ],
)
def test_tables_that_people_rebuilt(rows: list[list[str]], lines: list[str] | None) -> None:
    document = Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)

    assert _lines("docx", stream.getvalue()) == (lines or [" | ".join(row) for row in rows])


def test_tracked_changes_are_read_as_accepted() -> None:
    changes = (
        "<w:ins><w:r><w:t>seven</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>six</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> nurses</w:t></w:r></w:moveTo>"
    )
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    table = row.format("<w:trPr><w:del/></w:trPr>", "struck") + row.format("", "kept")
    body = f"{_paragraph('About ', behind=changes)}<w:tbl>{table}</w:tbl>"

    assert _lines("docx", docx_of(body)) == ["About seven nurses", "kept"]


def test_hidden_text_is_not_read_and_old_form_fields_are() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>{}'
        "</w:checkBox></w:ffData></w:fldChar></w:r>"
    )
    choice = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="Hackney"/><w:listEntry w:val="Newham"/></w:ddList></w:ffData>'
        "</w:fldChar></w:r>"
    )
    body = (
        _paragraph(" yes", before=hidden + box.format("<w:checked/>"))
        + _paragraph(" no", before=box.format(""))
        + f"<w:p>{choice}</w:p>"
    )

    assert _lines("docx", docx_of(body)) == ["☒ yes", "☐ no", "Newham"]


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    inner = f"<w:txbxContent>{_paragraph('Ada Bell')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    nested = f"<w:txbxContent>{_paragraph('outer', behind=f'<w:r>{inner}</w:r>')}</w:txbxContent>"

    assert _lines("docx", docx_of(_paragraph("Lead:", behind=box))) == ["Lead:", "Ada Bell"]
    assert _lines("docx", docx_of(f"<w:p><w:r>{nested}</w:r></w:p>")) == ["outer", "Ada Bell"]


def test_headers_and_footnotes_of_word_are_read_in_their_places() -> None:
    kinds = {"header": "word/header1.xml", "footnotes": "word/footnotes.xml"}
    content = make_docx("We would like a place.")
    content = with_entries(content, _related(content, kinds))
    footnotes = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator">{_paragraph("---")}'
        f"</w:footnote><w:footnote>{_paragraph('Of the north.')}</w:footnote></w:footnotes>"
    )
    header = f'<w:hdr xmlns:w="{WORD}">{_paragraph("Bell Trust")}</w:hdr>'
    content = with_entries(content, {"word/header1.xml": header, "word/footnotes.xml": footnotes})

    assert _lines("docx", content) == ["Bell Trust", "We would like a place.", "Of the north."]


def _related(content: bytes, kinds: dict[str, str]) -> dict[str, bytes | str]:
    """The list of relationships of a Word document with these parts in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = "word/_rels/document.xml.rels"
        listed = archive.read(name).decode()
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    added = "".join(
        f'<Relationship Id="x{kind}" Type="{base}/{kind}" Target="{part.removeprefix("word/")}"/>'
        for kind, part in kinds.items()
    )
    return {name: listed.replace("</Relationships>", f"{added}</Relationships>")}


def test_an_opendocument_text_keeps_its_spaces_and_leaves_remarks_out() -> None:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
        )
    )
    xml = (
        f"<office:document-content {names}>"
        '<text:p>Lead:<text:tab/>Ada<text:s text:c="2"/>Bell<text:line-break/>Hackney'
        "<office:annotation><text:p>is that so?</text:p></office:annotation> Trust"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Founded "
        "1987.</text:p></text:note-body></text:note>"
        "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
        "</text:p></office:document-content>"
    )

    assert _lines("odt", make_zip({"content.xml": xml})) == [
        "Lead:\tAda  Bell",
        "Hackney Trust",
        "Founded 1987.",
        "In a box.",
    ]


def test_rich_text_in_another_encoding() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1250{\deleted gone} Zo\'eb \trowd Lead\cell Ada\cell\row end}"

    assert [line.strip() for line in _lines("rtf", rtf)] == ["Zoë Lead | Ada", "end"]
    assert _lines("rtf", rb"{\rtf1\ansicpg99999 caf\'e9}") == ["café"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_texts_and_tables_in_any_encoding(encoding: str) -> None:
    assert _lines("txt", "Zoë’s idea: a café".encode(encoding)) == ["Zoë’s idea: a café"]
    assert _lines("csv", "Name;Role\r\nZoë’s;Cook".encode(encoding)) == [
        "Name | Role",
        "Zoë’s | Cook",
    ]


def test_tables_say_their_separator() -> None:
    assert _lines("csv", b"sep=;\r\nName, first;Role\r\nAda;Cook") == [
        "Name, first | Role",
        "Ada | Cook",
    ]
    assert _lines("csv", b"Name\tRole\nAda\tCook") == ["Name | Role", "Ada | Cook"]

"""Attached documents: their text, their tables, and the ones that are refused."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from intake.understanding.files.attachments import open_attachments
from intake.understanding.files.documents import read_document
from intake.understanding.files.forms import read_form
from intake.understanding.files.refusals import UnreadableDocument
from intake.understanding.mime.parts import Part
from intake.understanding.texts.lines import split_lines
from responders.pack.form import FormTemplate, build_form
from storage.domain.form import detail_tag
from storage.domain.programme import Question
from tests.support.programmes import ACE


def _docx(*paragraphs: str, rows: tuple[tuple[str, str], ...] = ()) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _part(name: str, content: bytes, media_type: str = "application/octet-stream") -> Part:
    return Part(0, media_type, name, content, "attachment")


def test_read_document_lays_out_the_table_of_a_word_file() -> None:
    text = read_document("docx", _docx("Hello", rows=(("Lead", "Ada Bell"), ("Agencies", "A\nB"))))

    assert [line for line in text.split("\n") if line] == [
        "Hello",
        "Lead | Ada Bell",
        "Agencies | A",
        "B",
    ]


def test_read_document_reads_content_controls_but_no_placeholders() -> None:
    document = Document()
    for text, is_placeholder in (("Seen First", False), ("Click here to enter text", True)):
        control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
        content, run, written = (OxmlElement(f"w:{name}") for name in ("sdtContent", "r", "t"))
        written.text = text
        run.append(written)
        content.append(run)
        if is_placeholder:
            properties.append(OxmlElement("w:showingPlcHdr"))
        control.append(properties)
        control.append(content)
        document.add_paragraph("Title: ")._p.append(control)
    stream = io.BytesIO()
    document.save(stream)

    lines = [line for line in read_document("docx", stream.getvalue()).split("\n") if line]

    assert lines == ["Title: Seen First", "Title: "]
    assert qn("w:sdt")


def test_the_form_of_the_pack_is_read_back() -> None:
    values = {
        detail_tag("title"): "Seen First",
        detail_tag("name"): "Ada Bell",
        detail_tag("phone"): "07700 900123",
        detail_tag("area"): "North East London",
    }
    content = FormTemplate(build_form(ACE, "1")).fill(values)

    form = read_form(split_lines(read_document("docx", content)), ACE, source="attachment:0")
    told = {labelled.field: labelled.value for labelled in form.labels}

    assert form.is_application
    assert (told["title"], told["name"], told["phone"]) == (
        "Seen First",
        "Ada Bell",
        "07700 900123",
    )
    assert form.summary is None


def test_hints_and_numbers_of_a_printed_form_are_told_apart_from_answers() -> None:
    """A PDF of the form has no columns, and breaks hints anywhere."""
    question = Question(
        "issue", "What is the issue?", "Who meets it, how do you know, and what do you want?", 400
    )
    text = (
        "Application form\n1. Your details\nProject title Seen First\nProject lead Ada Bell\n"
        "Organisation Weir Hub\nTelephone 07700 900123\nE-mail ada@weirhub.example\n"
        "2. What is the issue?\nWho meets it, how do you know, and what do\nyou want? Up to 400 "
        "words.\nNobody asks the fathers whether they are tired, and we would like to ask them.\n"
    )
    form = read_form(split_lines(text), replace(ACE, questions=(question,)), source="attachment:0")
    told = {labelled.field: labelled.value for labelled in form.labels}

    assert told["phone"] == "07700 900123"
    assert form.summary is not None
    assert form.summary.text.startswith("Nobody asks the fathers")


def test_read_document_of_tables_and_texts() -> None:
    assert read_document("csv", b"Name;Role\r\nAda Bell;Cook\r\n") == "Name | Role\nAda Bell | Cook"
    assert read_document("txt", "Ada’s\r\nline".encode("cp1252")) == "Ada’s\nline"
    rtf = rb"{\rtf1{\fonttbl{\f0 Arial;}}Lead\'27s name\par Si\u243?n \b Bell\par}"
    assert "Siún" not in read_document("rtf", rtf)
    assert [line for line in read_document("rtf", rtf).split("\n") if line] == [
        "Lead's name",
        "Sión Bell",
    ]


def test_read_document_of_an_opendocument_text() -> None:
    xml = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
        "<text:p>Hello</text:p><table:table><table:table-row><table:table-cell><text:p>Lead</text:p>"
        "</table:table-cell><table:table-cell><text:p>Ada Bell</text:p></table:table-cell>"
        "</table:table-row></table:table></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", xml)

    lines = [line for line in read_document("odt", stream.getvalue()).split("\n") if line]

    assert lines == ["Hello", "Lead | Ada Bell"]


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pdf", "odt", "exe"])
def test_read_document_refuses_what_it_cannot_read(extension: str) -> None:
    with pytest.raises(UnreadableDocument):
        read_document(extension, b"PK\x03\x04 not a document at all")


def test_read_document_refuses_a_bomb_before_opening_it() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)

    with pytest.raises(UnreadableDocument, match="too big"):
        read_document("docx", stream.getvalue())


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("form.docm", b"PK\x03\x04", "macros"),
        ("winmail.dat", b"\x78\x9f\x3e\x22", "Outlook"),
        ("form.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx"),
        ("form.pdf", b"MZ\x90", "program"),
        ("form.pdf", b"Hello", "not what its name says"),
        ("form.zip", b"PK\x03\x04", "packed"),
        ("form.docx", b"", "empty"),
        ("form.docx", b"PK\x03\x04broken", "damaged"),
    ],
)
def test_open_attachments_names_what_is_wrong(name: str, content: bytes, problem: str) -> None:
    (opened,) = open_attachments([_part(name, content)])

    assert opened.attachment.problem is not None
    assert problem in opened.attachment.problem
    assert opened.text is None


def test_open_attachments_reads_a_misnamed_pdf_by_its_content_and_skips_logos() -> None:
    logo = Part(1, "image/png", "image001.png", b"\x89PNG", "inline", None, "image001")
    photo = _part("IMG_1.jpg", b"\xff\xd8\xff\xe0")
    (opened,) = open_attachments([logo, photo])

    assert opened.attachment.name == "IMG_1.jpg"
    assert opened.attachment.problem is None

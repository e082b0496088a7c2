"""The agreement: filled in as text and nothing else, and checked before anybody gets one."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from docx import Document

from responders.errors import PackError, TemplateProblem
from responders.kinds.mou import words
from responders.pack.agreement import (
    fill_agreement,
    known_words,
    load_agreement,
    write_agreement,
)
from responders.proofreading import check_templates
from tests.support.awarding import ACE, AWARD, DETAILS, told_all

TEMPLATES = Path(__file__).parents[2] / "templates"
PAYLOADS = (
    '=HYPERLINK("https://evil.example","x")',
    "</w:t></w:r><w:r><w:t>bold",
    "{{ amount }} {% for x in y %}",
    "<script>alert(1)</script> & more",
    "a\x00b\u202ec\x1b[31m",
    "x" * 5_000,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TEMPLATES / "default", tmp_path / "default")
    (tmp_path / "ace" / "award").mkdir(parents=True)
    return tmp_path


def texts(content: bytes) -> str:
    paper = Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def own(folder: Path, *paragraphs: str) -> None:
    paper = Document()
    for paragraph in paragraphs:
        paper.add_paragraph(paragraph)
    paper.save(str(folder / "ace" / "award" / "mou.docx"))


def test_agreement_says_what_is_known_and_the_same_each_time() -> None:
    s = told_all()
    file = write_agreement(ACE, "ACE-0042", words(s), TEMPLATES)
    read = texts(file.content)

    assert "{{" not in read
    for value in (*DETAILS.values(), "£18,500", "Ask Dad", "North Central London"):
        assert value.replace("+442079460188", "020 7946 0188") in read
    for value in ("Friday 1 October 2021", "Thursday 31 March 2022", "Programme Director"):
        assert value in read
    assert write_agreement(ACE, "ACE-0042", words(s), TEMPLATES) == file


@pytest.mark.parametrize("payload", PAYLOADS)
def test_value_becomes_text_and_nothing_else(payload: str) -> None:
    blank = load_agreement(ACE, AWARD, TEMPLATES)
    values = dict.fromkeys(known_words(AWARD), "v") | {"project": payload, "lead": payload}
    filled = fill_agreement(blank, values)

    assert len(Document(io.BytesIO(filled)).element.body.xpath(".//w:p")) == len(
        Document(io.BytesIO(blank)).element.body.xpath(".//w:p")
    )
    document = zipfile.ZipFile(io.BytesIO(filled)).read("word/document.xml")
    assert not any(mark in document for mark in (b"fldSimple", b"instrText", b"<script", b"\x1b"))
    assert "x" * 301 not in texts(filled)


def test_placeholder_spread_over_runs_is_filled_in_the_look_of_the_first(folder: Path) -> None:
    paper = Document()
    paragraph = paper.add_paragraph("For ")
    for part in ("{", "{ pro", "ject }", "} of {{ reference }}"):
        paragraph.add_run(part).bold = part == "{"
    paper.save(str(folder / "ace" / "award" / "mou.docx"))
    file = write_agreement(ACE, "ACE-0042", words(told_all()), folder)
    (filled,) = Document(io.BytesIO(file.content)).paragraphs

    assert filled.text == "For Ask Dad of ACE-0042"
    assert [run.text for run in filled.runs if run.bold] == ["Ask Dad"]


def test_word_that_is_not_known_stays_a_dash() -> None:
    blank = load_agreement(ACE, AWARD, TEMPLATES)
    filled = fill_agreement(blank, dict.fromkeys(known_words(AWARD), ""))

    assert "from – to –" in texts(filled)


def test_check_names_what_is_wrong_in_an_agreement_of_ones_own(folder: Path) -> None:
    own(folder, "To {{ organisaton }} {{ details.emial }}", "{% if x %}", "{{ amount")
    found = [p for p in check_templates(folder, ACE) if p.file == "ace/award/mou.docx"]

    assert found == [
        TemplateProblem(
            "ace/award/mou.docx", 0, "there is no placeholder organisaton.", "organisation"
        ),
        TemplateProblem(
            "ace/award/mou.docx", 0, "there is no placeholder details.emial.", "details.email"
        ),
        TemplateProblem(
            "ace/award/mou.docx",
            0,
            "a brace stands alone: write {{ word }}, and nothing else in braces.",
        ),
        TemplateProblem(
            "ace/award/mou.docx",
            0,
            "it has to name the case: a signed copy is known by it. Put in {{ reference }}.",
        ),
    ]
    with pytest.raises(PackError, match="emial"):
        write_agreement(ACE, "ACE-0042", words(told_all()), folder)


def test_check_is_content_with_a_sound_agreement_and_names_a_file_that_is_none(
    folder: Path,
) -> None:
    own(folder, "{{reference}}: {{ details.contact }} gets {{ amount }}")
    assert check_templates(folder, ACE) == ()

    (folder / "ace" / "award" / "mou.docx").write_bytes(b"PK\x03\x04 no zip")
    (problem,) = check_templates(folder, ACE)
    assert problem.problem == "it is no Word document (.docx), or a damaged one."

"""The documents that the people of a simulated year send: letters, the programme's own form as they
got it, filled in through its content controls, and the organisers' sheets as Excel saves them."""

import io
from collections.abc import Mapping
from random import Random
from typing import TypeVar

import xlsxwriter
from docx import Document
from python_calamine import CalamineWorkbook

from intake.commands.simulating.parts import Parts
from responders.pack.form import FormTemplate
from responders.packs import MEDIA_TYPES
from storage.domain.decision_sheet import SHEET
from storage.domain.form import detail_tag, question_tag

EXCEL = MEDIA_TYPES[".xlsx"]

BROKEN = b"PK\x03\x04" + bytes(range(256)) * 8
"""What is left of a .docx whose upload broke off."""


def letter_document(text: str) -> bytes:
    """A letter as a .docx, a paragraph for each line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def fill_form(blank: bytes, parts: Parts, *, chance: Random, leader: str) -> bytes:
    """The form that came with a pack, answered as somebody would who has an evening for it: each
    answer of two or three sentences, one of them now and then left blank."""
    values = {detail_tag("senior_leader"): leader}
    for key, sentences in parts.answers.items():
        if chance.random() > 0.08:
            told = chance.sample(sentences, chance.randint(2, len(sentences)))
            values[question_tag(key)] = " ".join(told)
    return FormTemplate(blank).fill(values)


Column = TypeVar("Column", bound=str)


def fill_sheet(
    exported: bytes,
    rows: Mapping[str, Mapping[Column, str | int]],
    *,
    table_name: str = SHEET,
) -> bytes:
    """The decision sheet, or another, with these cells of one table filled in, by the reference of
    the case and the heading, and everything else as it was exported."""
    with CalamineWorkbook.from_filelike(io.BytesIO(exported)) as book:
        tables = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as saved:
        for name, table in tables.items():
            heading = table[0]
            sheet = saved.add_worksheet(name)
            for number, row in enumerate(table):
                filled = rows.get(str(row[0]), {}) if name == table_name else {}
                told = {str(column): words for column, words in filled.items()}
                for place, cell in enumerate(row):
                    sheet.write(number, place, told.get(str(heading[place]), cell))
    return stream.getvalue()


def read_sheet(content: bytes, table_name: str) -> list[str]:
    """What stands in the first column of a table of a workbook, without its heading."""
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        rows = book.get_sheet_by_name(table_name).to_python()
    return [str(row[0]) for row in rows[1:]]

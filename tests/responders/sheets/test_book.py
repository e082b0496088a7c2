"""Workbooks: text stays text whatever it says, and only what is to be filled in can be."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies
from python_calamine import CalamineWorkbook

from responders.sheets.book import Column, Table, write_book
from storage.domain.cells import CUT, LONGEST, cell_text
from tests.support.payloads import PAYLOADS

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2021, 9, 20, 11, 0, tzinfo=UTC)


def book(*tables: Table) -> bytes:
    return write_book(tables, made_at=NOON, zone=LONDON)


def read(content: bytes, sheet: int = 0) -> list[list[object]]:
    opened = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet)
    return [list(row) for row in opened.to_python()]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_there_are_forty_payloads_and_more() -> None:
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_payload_is_live(payload: str) -> None:
    content = book(Table("Cases", (Column("Case"), Column(payload)), [("ACE-0001", payload)]))

    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert not re.search(r"<f\b|<hyperlink", sheet)
    assert re.search(r'<c r="B2"[^>]* t="s">', sheet)
    told = read(content)[1][1]
    assert isinstance(told, str)
    assert told.lstrip() == cell_text(payload).lstrip()


@given(strategies.text())
def test_a_cell_says_the_same_when_it_is_written_again(text: str) -> None:
    told = cell_text(text)

    assert cell_text(told) == told
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", told)


@given(strategies.text(strategies.characters(exclude_categories=["Cs"]), max_size=50))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    rows = [("ACE-0001", cell_text(text) or "-")]

    assert read(book(Table("Cases", (Column("Case"), Column("Text")), rows)))[1] == list(rows[0])


def test_what_is_too_long_is_cut_with_a_mark() -> None:
    cut = cell_text("\N{GRINNING FACE}" * 20_000)

    assert len(cut.encode("utf-16-le")) // 2 in (LONGEST - 1, LONGEST)
    assert cut.endswith(f"\N{GRINNING FACE}{CUT}")
    assert cell_text("a" * LONGEST) == "a" * LONGEST


def test_numbers_days_and_instants_are_what_they_are() -> None:
    rows = [("ACE-0001", 20_000, 0.5, date(2021, 9, 27), NOON, None)]
    columns = tuple(map(Column, ("Case", "Amount", "Share", "Day", "Moment", "Nothing")))

    told = read(book(Table("Cases", columns, rows)))

    moment = datetime(2021, 9, 20, 12, 0)  # noqa: DTZ001  a cell has no zone
    assert told[1] == ["ACE-0001", 20_000, 0.5, date(2021, 9, 27), moment, ""]


def test_only_open_columns_can_be_typed_in() -> None:
    columns = (Column("Case"), Column("Decision", is_open=True, choices=("funded", "reserve")))
    content = book(Table("Decisions", columns, [("ACE-0001", None)]))

    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert '<sheetProtection sheet="1"' in sheet
    assert "password" not in sheet
    assert 'sqref="B2"' in sheet
    assert '"funded,reserve"' in sheet
    assert 'protection locked="0"' in part(content, "xl/styles.xml")


def test_a_table_to_read_is_not_protected_and_keeps_its_heading_in_sight() -> None:
    sheet = part(book(Table("Cases", (Column("Case"),), [("A",)])), "xl/worksheets/sheet1.xml")

    assert "sheetProtection" not in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:A2"' in sheet


def test_an_empty_table_has_its_heading() -> None:
    table = Table("Cases", (Column("Case"), Column("Amount", is_open=True, most=3)), [])

    assert read(book(table)) == [["Case", "Amount"]]


def test_the_same_tables_give_the_same_bytes() -> None:
    table = Table("Cases", (Column("Case"),), [("A",)])

    assert book(table) == book(table)


def test_what_excel_has_no_room_for_is_refused() -> None:
    choices = tuple(f"choice number {number}" for number in range(20))
    column = Column("Decision", is_open=True, choices=choices)

    with pytest.raises(ValueError, match="too long for a drop-down"):
        book(Table("Decisions", (column,), [("A",)]))

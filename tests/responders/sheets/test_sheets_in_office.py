"""Our workbooks as LibreOffice opens them and saves them again. Skipped where it is missing."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from responders.sheets.book import Column, Table, write_book
from responders.sheets.stream import StreamedBook
from storage.domain.cells import cell_text
from tests.support.decisions import hostile_sheet
from tests.support.office import Office
from tests.support.payloads import PAYLOADS

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2021, 9, 20, 11, 0, tzinfo=UTC)
ROWS = [(f"ACE-{number:04d}", payload) for number, payload in enumerate(PAYLOADS)]
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"


def short_book(_folder: Path) -> bytes:
    table = Table("Cases", (Column("Case"), Column("Text", is_open=True)), ROWS)
    return write_book([table], made_at=NOON, zone=LONDON)


def long_book(folder: Path) -> bytes:
    path = folder / "long.xlsx"
    with StreamedBook(path, LONDON) as book:
        book.write_table("Cases", (("Case", 10), ("Text", 40)), ROWS)
    return path.read_bytes()


def decision_sheet(_folder: Path) -> bytes:
    return hostile_sheet()


TEXT_COLUMNS = {short_book: 1, long_book: 1, decision_sheet: 2}


@pytest.mark.slow
@pytest.mark.parametrize("make", TEXT_COLUMNS)
def test_libreoffice_finds_no_payload_live(make, office: Office, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    content = make(tmp_path)

    shown = office.save_as(content, AS_CSV).decode("utf-8-sig")
    told = [row[TEXT_COLUMNS[make]].lstrip() for row in csv.reader(io.StringIO(shown, newline=""))][
        1:
    ]
    assert told == [cell_text(text).lstrip() for _, text in ROWS]
    with zipfile.ZipFile(io.BytesIO(office.save_as(content, "xlsx"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert not re.search(r"<(?:\w+:)?f\b|<hyperlink\b", sheet)

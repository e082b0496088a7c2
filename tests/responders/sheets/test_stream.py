"""Long workbooks: the same safety as short ones, in little time and memory."""

import io
import re
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from responders.sheets import stream
from responders.sheets.stream import StreamedBook
from storage.domain.cells import cell_text
from tests.support.payloads import PAYLOADS

LONDON = ZoneInfo("Europe/London")
COLUMNS = (("Case", 10), ("Text", 40))


def read(path: Path) -> dict[str, list[list[object]]]:
    with CalamineWorkbook.from_path(str(path)) as book:
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: [list(row) for row in rows] for name, rows in sheets.items()}


def test_no_payload_is_live(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    rows = [(f"ACE-{number:04d}", payload) for number, payload in enumerate(PAYLOADS)]

    with StreamedBook(path, LONDON) as book:
        book.write_table("Cases", COLUMNS, rows)

    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert not re.search(r"<f\b|<hyperlink", xml)
    assert read(path)["Cases"][1:] == [[case, cell_text(text)] for case, text in rows]


def test_tables_are_sheets_with_numbers_and_instants(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    noon = datetime(2021, 9, 20, 11, 0, 30, 999, tzinfo=UTC)

    with StreamedBook(path, LONDON) as book:
        assert book.write_table("Cases & more", COLUMNS, [("ACE-0001", 20_000)]) == 1
        assert book.write_table("Letters", COLUMNS, [(noon, None)]) == 1
        assert book.write_table("Nothing", COLUMNS, []) == 0

    moment = datetime(2021, 9, 20, 12, 0, 30)  # noqa: DTZ001  a cell has no zone
    assert read(path) == {
        "Cases & more": [["Case", "Text"], ["ACE-0001", 20_000]],
        "Letters": [["Case", "Text"], [moment, ""]],
        "Nothing": [["Case", "Text"]],
    }


def test_a_table_too_long_for_a_sheet_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "MOST_ROWS", 3)
    path = tmp_path / "all.xlsx"

    with StreamedBook(path, LONDON) as book:
        assert book.write_table("History", COLUMNS, [(str(n), "x") for n in range(4)]) == 4

    told = {name: [row[0] for row in rows] for name, rows in read(path).items()}
    assert told == {"History": ["Case", "0", "1"], "History 2": ["Case", "2", "3"]}


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        tracemalloc.start()
        with StreamedBook(tmp_path / "all.xlsx", LONDON) as book:
            book.write_table("Cases", COLUMNS, ((str(n), "x" * 50) for n in range(rows)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(20_000) < 2 * peak(5_000)


def test_an_error_leaves_no_workbook_behind(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"

    with pytest.raises(ZeroDivisionError), StreamedBook(path, LONDON) as book:
        book.write_table("Cases", COLUMNS, ((str(1 // n), "x") for n in (1, 0)))

    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert "xl/workbook.xml" not in archive.namelist()

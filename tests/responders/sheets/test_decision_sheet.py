"""The decision sheet as it goes out: applicants' words are words, and few columns are open."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from responders.sheets.decisions import write_decision_sheet
from storage.domain.cells import cell_text
from storage.domain.decision_sheet import ORIGIN_SHEET, SHEET, SheetColumn
from tests.support.decisions import EXPORTED, SECRET, applied, hostile_sheet, stands
from tests.support.payloads import PAYLOADS
from tests.support.sheets import tables_of

OPEN = {"Merit", "Decision", "Amount", "Feedback to the applicant", "Reason, for ourselves"}


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_no_payload_is_live() -> None:
    content = hostile_sheet()

    assert not re.search(r"<f\b|<hyperlink", part(content, "xl/worksheets/sheet1.xml"))
    rows = tables_of(content)[SHEET][1:]
    for row, payload in zip(rows, PAYLOADS, strict=True):
        shown = [str(row[place]).lstrip() for place in (2, 3, 4, 11, 12)]
        assert shown == [cell_text(payload).lstrip()] * 5


def test_only_what_is_to_be_filled_in_can_be_typed_in() -> None:
    content = write_decision_sheet(stands(), (), secret=SECRET, now=EXPORTED)

    sheet = part(content, "xl/worksheets/sheet1.xml")
    styles = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", part(content, "xl/styles.xml"))[1:]
    cells = dict(re.findall(r'<c r="([A-Z]+)2" s="(\d+)"', sheet))
    unlocked = {place for place, style in cells.items() if 'locked="0"' in styles[int(style)]}
    headings = list(SheetColumn)
    assert {headings[ord(place) - ord("A")] for place in unlocked} == OPEN
    assert "<sheetProtection" in sheet
    assert '"funded,reserve,not funded"' in sheet


def test_the_sheet_for_postroom_is_hidden_and_says_nothing_of_people() -> None:
    content = write_decision_sheet(stands(), (), secret=SECRET, now=EXPORTED)

    assert f'name="{ORIGIN_SHEET}" sheetId="2" state="hidden"' in part(content, "xl/workbook.xml")
    rows = tables_of(content)[ORIGIN_SHEET]
    assert [row[0] for row in rows[1:5]] == ["Programme", "Round", "Exported", "Token"]
    assert SECRET.decode() not in str(rows)
    assert rows[5] == ["ACE-0001", "v1-d0"]


@pytest.mark.parametrize("count", [0, 1])
def test_a_round_with_few_cases_has_a_sheet(count: int) -> None:
    standing = replace(stands(), cases=tuple(applied(n + 1) for n in range(count)))

    content = write_decision_sheet(standing, (), secret=SECRET, now=EXPORTED)

    assert len(tables_of(content)[SHEET]) == 1 + count

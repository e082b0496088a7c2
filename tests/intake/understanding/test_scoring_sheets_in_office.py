"""The scoring sheet as LibreOffice fills it in and saves it. Skipped where it is missing."""

from dataclasses import replace

import pytest

from intake.understanding.files.scoring_sheets import read_scoring_sheet
from responders.sheets.scoring import write_scoring_sheet
from storage.domain.scoring import refuse_scoring_origin
from tests.support.decisions import applied
from tests.support.office import Office
from tests.support.panelling import BEATRICE, CONFLICT, PANEL, SEPTEMBER, scored, scoring_stands

SECRET = b"a test's own secret"
EMAIL = BEATRICE.address.email


@pytest.mark.slow
def test_libreoffice_fills_in_the_sheet(office: Office) -> None:
    cases = [replace(applied(number), title="=HYPERLINK(1+1)") for number in (1, 2, 3)]
    sheet = write_scoring_sheet(scoring_stands(cases=cases), EMAIL, secret=SECRET, now=SEPTEMBER)
    scores = {
        f"{column}2": str(score) for column, score in zip("FGHIJK", (4, 3, 5, 4, 2, 4), strict=True)
    }
    conflict = {"L3": "yes", "N3": "my sister works there"}
    locked = {"A4": "ACE-0001", "B4": "r1", "C4": "another title"}
    formula = {"F4": "=2+2", "G4": "4"}

    filled = office.fill_in(sheet, {**scores, **conflict, **locked, **formula})
    for content in (filled, office.save_as(filled, "xlsx")):
        read = read_scoring_sheet(content, PANEL)

        assert read.origin is not None
        assert refuse_scoring_origin(read.origin, PANEL, EMAIL, SECRET) is None
        assert [(row.reference, row.scoring) for row in read.rows] == [
            ("ACE-0001", scored(4, 3, 5, 4, 2, 4)),
            ("ACE-0002", CONFLICT),
            ("ACE-0003", None),
        ]
        assert read.rows[2].problems == ("“1 The issue” holds a formula: type what it shows",)

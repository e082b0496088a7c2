"""No column of any table is forgotten when a person is erased."""

import pytest
from sqlalchemy import inspect

from storage import panel_rows, watch_rows  # noqa: F401  for the list of all tables
from storage.columns import PlainText
from storage.deed_rows import LetterDeedRow
from storage.privacy.personal import (
    ACCOUNTABLE,
    CASE,
    CONTENT,
    DEED,
    LETTER,
    MESSAGE,
    OF_A_CASE,
    PLAIN,
    Blanks,
)
from storage.rows import (
    CaseMarkRow,
    CaseRow,
    EventRow,
    LetterContentRow,
    LetterRow,
    MessageCaseRow,
    MessageRow,
    PersonRow,
    Row,
)

BLANKED: dict[type[Row], Blanks] = {
    CaseRow: CASE,
    MessageRow: MESSAGE,
    LetterRow: LETTER,
    LetterContentRow: CONTENT,
    LetterDeedRow: DEED,
    **OF_A_CASE,
}
REMOVED = {PersonRow, CaseMarkRow}
"""Tables whose rows go as a whole."""
NEVER_PERSONAL = {EventRow, MessageCaseRow}
"""The history names things by their numbers; the other is two numbers."""


def test_every_table_about_a_case_or_letter_is_seen_to() -> None:
    about = {
        table
        for table in Row.__subclasses__()
        if {"case_id", "letter_id"} & set(inspect(table).columns.keys())
    }

    assert about - REMOVED - NEVER_PERSONAL <= set(BLANKED)


@pytest.mark.parametrize("table", BLANKED, ids=lambda table: table.__tablename__)
def test_every_text_of_such_a_table_is_blanked_or_known_to_be_plain(table: type[Row]) -> None:
    texts = {column.name for column in inspect(table).columns if isinstance(column.type, PlainText)}

    assert texts - set(BLANKED[table]) - ACCOUNTABLE == PLAIN[table] & texts
    assert set(BLANKED[table]) <= set(inspect(table).columns.keys())

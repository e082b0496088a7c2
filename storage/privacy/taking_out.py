"""Everything that the ledger holds of a person, table by table, to be given to them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, inspect
from sqlmodel import Session, col, select

from storage.privacy.personal import OF_A_CASE
from storage.privacy.traces import Traces
from storage.rows import (
    CaseRow,
    EventRow,
    LetterContentRow,
    LetterRow,
    MessageRow,
    PersonRow,
    Row,
)
from storage.upserts import chunks

Held = Mapping[str, list[dict[str, Any]]]
"""The name of a table → its rows: texts, numbers, instants as ISO 8601, lists and mappings."""


def take_out(session: Session, traces: Traces) -> Held:
    """Every row about the person. What others wrote is not in it: it is theirs as well."""
    cases, messages, letters = traces.cases, traces.messages, traces.letters
    held = {
        "cases": _rows(session, CaseRow, "id", cases),
        "messages": _rows(session, MessageRow, "id", messages),
        "letters": _rows(session, LetterRow, "id", letters),
        "history": _rows(session, EventRow, "case_id", cases),
        "belongs_to": _rows(session, PersonRow, "case_id", (*cases, *traces.helped)),
    }
    for table in OF_A_CASE:
        held[str(table.__tablename__)] = _rows(session, table, "case_id", cases)
    held["belongs_to"] = [row for row in held["belongs_to"] if row["email"] == traces.names.email]
    return {name: rows for name, rows in held.items() if rows}


def bytes_of_letters(session: Session, traces: Traces) -> Iterator[tuple[int, bytes, str | None]]:
    """The number of each letter that has bytes, those bytes, and the SHA-256 of what is enclosed
    behind them."""
    for some in chunks(traces.letters):
        which = col(LetterContentRow.letter_id).in_(some)
        for row in session.exec(select(LetterContentRow).where(which)):
            yield row.letter_id, row.content, row.enclosure_sha256


def _rows(
    session: Session, table: type[Row], column: str, ids: Sequence[int]
) -> list[dict[str, Any]]:
    columns = inspect(table).columns
    key: ColumnElement[int] = columns[column]
    return [
        {name: _plain(getattr(row, name)) for name in columns.keys()}  # noqa: SIM118
        for some in chunks(ids)
        for row in session.exec(select(table).where(key.in_(some)).order_by(key))
    ]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value

"""INSERT … ON CONFLICT, spoken alike by both databases."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, col

from storage.rows import CounterRow, Row

Item = TypeVar("Item")

_CHUNK = 5_000
"""Values an IN: SQLite takes 32,766 parameters a statement, PostgreSQL 65,535."""


def insert_into(session: Session, table: type[Row]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return insert_for(dialect_of(session), table)


def insert_for(dialect: str, table: type[Row]) -> sqlite.Insert | postgresql.Insert:
    """The same by the name of the dialect, for statements that are kept."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def dialect_of(session: Session) -> str:
    """`sqlite` or `postgresql`."""
    return session.get_bind().dialect.name


def next_number(session: Session, name: str) -> int:
    """The next number of a counter, from 1. Others who ask for it wait for this transaction, so
    that no number is given twice and none is left out."""
    grown = _growing(dialect_of(session))
    return session.connection().execute(grown, {"name": name, "value": 1}).scalar_one()


@cache
def _growing(dialect: str) -> ReturningInsert[int]:
    """The statement that begins a counter or lets it grow."""
    return (
        insert_for(dialect, CounterRow)
        .on_conflict_do_update(index_elements=["name"], set_={"value": col(CounterRow.value) + 1})
        .returning(col(CounterRow.value))
    )


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Pieces of `items` that fit into one statement."""
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))

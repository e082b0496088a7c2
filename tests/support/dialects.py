"""SQLAlchemy's dialects as they are, but that a statement is compiled once in a process and not
once for each ledger: that took half the time of the tests that open one of their own."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_COMPILED: dict[Any, Any] = {}


class _Alike:
    """Dialects of one class are alike here, so that what one has compiled is found by the next."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_COMPILED)


class Sqlite(_Alike, SQLiteDialect_pysqlite):
    """SQLite by the driver of the standard library."""

    supports_statement_cache = True


class Postgresql(_Alike, PGDialect_psycopg):
    """PostgreSQL by psycopg."""

    supports_statement_cache = True


def compile_once() -> None:
    """From here on, for every engine of this process."""
    registry.register("sqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.psycopg", __name__, Postgresql.__name__)

"""Column types that give the same values back on SQLite and on PostgreSQL."""

import re
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database (SQLite drops the offset). A naive
    datetime is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone can't be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text of any origin. What neither database can hold, NUL and lone surrogates (bytes that
    no charset explained), becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value) if value else value


class ShortText(PlainText):
    """Text that is searched for, cut at 500 characters, in the question as in the answer: an
    entry of a PostgreSQL index holds 2,704 bytes, and senders invent longer Message-IDs."""

    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return super().process_bind_param(value[:500] if value else value, _dialect)


class OpaqueKey(TypeDecorator[str]):
    """A key that must come back exactly, a file name of any bytes for instance: what no database
    can hold is written as a backslash and hex digits, and read back."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return _TO_ESCAPE.sub(_escaped, value) if value else value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), value) if value else value


def _escaped(match: re.Match[str]) -> str:
    return f"\\{ord(match[0]):04x}"


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TO_ESCAPE = re.compile("[\x00\\\\\ud800-\udfff]")
_ESCAPED = re.compile(r"\\([0-9a-f]{4})")

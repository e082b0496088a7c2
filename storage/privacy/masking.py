"""A person's names taken out of texts that are about others as well."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, inspect
from sqlmodel import Session, func, or_, select

from storage import settings_rows, watch_rows  # noqa: F401  for the list of all tables
from storage.columns import PlainText
from storage.keeping_rows import ErasureRow, SealRow
from storage.privacy.personal import ACCOUNTABLE
from storage.privacy.traces import Finder, Names
from storage.rows import EventRow, Row

_LEFT_ALONE = (EventRow, SealRow, ErasureRow)
"""The history names things and never people's values, and can't be changed; so do tombstones."""


def mask_everywhere(session: Session, names: Names, mask: str) -> int:
    """Put `mask` where the person is named in any text of any table; in how many rows."""
    finder = Finder(names)
    return sum(
        _mask_table(session, table, finder, _asked_for(names), mask)
        for table in _tables()
        if table not in _LEFT_ALONE
    )


def masked(text: str, finder: Finder, mask: str) -> str:
    """`text`, which may be JSON, with `mask` in the place of the person."""
    if text[:1] not in "[{":
        return finder.pattern.sub(mask, text)
    try:
        value = json.loads(text)
    except ValueError:
        return finder.pattern.sub(mask, text)
    return json.dumps(_masked_value(value, finder, mask))


def _masked_value(value: Any, finder: Finder, mask: str) -> Any:
    if isinstance(value, str):
        return finder.pattern.sub(mask, value)
    if isinstance(value, list):
        return [_masked_value(one, finder, mask) for one in value]
    if isinstance(value, dict):
        return {
            finder.pattern.sub(mask, key): _masked_value(one, finder, mask)
            for key, one in value.items()
        }
    return value


def _mask_table(
    session: Session, table: type[Row], finder: Finder, asked: Iterable[str], mask: str
) -> int:
    columns = [
        column
        for column in inspect(table).columns
        if isinstance(column.type, PlainText) and column.name not in ACCOUNTABLE
    ]
    conditions: list[ColumnElement[bool]] = [
        func.lower(column).contains(text, autoescape=True) for column in columns for text in asked
    ]
    if not conditions:
        return 0
    changed = 0
    for row in session.exec(select(table).where(or_(*conditions))).all():
        changed += _mask_row(row, [column.name for column in columns], finder, mask)
    session.flush()
    return changed


def _mask_row(row: Row, columns: Iterable[str], finder: Finder, mask: str) -> bool:
    is_changed = False
    for name in columns:
        text = getattr(row, name)
        if text and (told := masked(text, finder, mask)) != text and finder.is_in(_plain(text)):
            setattr(row, name, told)
            is_changed = True
    return is_changed


def _plain(text: str) -> str:
    """The texts within JSON, or the text itself."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return "\n".join(_strings(value)) if isinstance(value, list | dict) else text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _strings(one)


def _asked_for(names: Names) -> tuple[str, ...]:
    """What the database is asked for: lower case, plain and as JSON escapes it; any word of a name
    will do, as spaces vary."""
    words = {name.lower() for name in (names.email, *names.phones)}
    words |= {max(name.lower().split(), key=len) for name in names.names}
    return tuple(sorted(words | {json.dumps(word)[1:-1] for word in words}))


def _tables() -> Sequence[type[Row]]:
    """Every table there is; the imports above see to it that all are known."""
    return Row.__subclasses__()

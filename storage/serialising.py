"""Frozen facts to JSON text and back. ASCII only, so that any text of any sender survives both
databases: NUL and lone surrogates travel as escapes."""

import json
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from storage.domain.acting import Acted
from storage.domain.assessment import Scoring
from storage.domain.letter import Task
from storage.domain.message import Understanding
from storage.domain.people import Contact
from storage.domain.returned_sheet import ScoringResult, SheetResult
from storage.errors import LedgerMismatch

Fact = TypeVar("Fact")

NOTHING, NO_DETAIL = "[]", "{}"
"""An empty list and an empty table: most messages bring no sheet, most cases no partners."""


def dump_understanding(understanding: Understanding) -> str:
    return _dump(_understandings().dump_python(understanding, mode="json"))


def load_understanding(text: str) -> Understanding:
    """Raises LedgerMismatch when a newer version wrote what this one does not know."""
    return _load(_understandings(), text)


def dump_contact(contact: Contact | None) -> str | None:
    return None if contact is None else _dump(_contacts().dump_python(contact, mode="json"))


def load_contact(text: str | None) -> Contact | None:
    """Raises LedgerMismatch when it is no contact."""
    return None if text is None else _load(_contacts(), text)


def dump_texts(texts: tuple[str, ...]) -> str:
    return _dump(texts)


def load_texts(text: str) -> tuple[str, ...]:
    """Raises LedgerMismatch when it is no list of texts."""
    return _load(_texts(), text) if text != NOTHING else ()


def dump_results(results: tuple[SheetResult, ...]) -> str:
    return _dump(_results().dump_python(results, mode="json"))


def load_results(text: str) -> tuple[SheetResult, ...]:
    """Raises LedgerMismatch when it is no list of results."""
    return _load(_results(), text) if text != NOTHING else ()


def dump_scores(results: tuple[ScoringResult, ...]) -> str:
    return _dump(_scores().dump_python(results, mode="json"))


def load_scores(text: str) -> tuple[ScoringResult, ...]:
    """Raises LedgerMismatch when it is no list of what came of scores."""
    return _load(_scores(), text) if text != NOTHING else ()


def dump_acted(acted: Acted | None) -> str:
    return NOTHING if acted is None else _dump(_acted().dump_python(acted, mode="json"))


def load_acted(text: str) -> Acted | None:
    """Raises LedgerMismatch when it is not what a message did."""
    return _load(_acted(), text) if text != NOTHING else None


def dump_tasks(tasks: tuple[Task, ...]) -> str:
    return _dump(_tasks().dump_python(tasks, mode="json")) if tasks else NOTHING


def load_tasks(text: str) -> tuple[Task, ...]:
    """Raises LedgerMismatch when it is no list of tasks."""
    return _load(_tasks(), text) if text != NOTHING else ()


def dump_scoring(scoring: Scoring) -> str:
    return _dump(_scorings().dump_python(scoring, mode="json"))


def load_scoring(text: str) -> Scoring:
    """Raises LedgerMismatch when it is none."""
    return _load(_scorings(), text)


def dump_detail(detail: Mapping[str, str]) -> str:
    return _dump(dict(detail))


def load_detail(text: str) -> Mapping[str, str]:
    """Raises LedgerMismatch when it is no table of texts."""
    if text == NO_DETAIL:
        return {}
    return _load(_details(), text)


def _dump(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=True, separators=(",", ":"))


def _load(adapter: TypeAdapter[Fact], text: str) -> Fact:
    try:
        return adapter.validate_python(json.loads(text))
    except (ValidationError, ValueError) as error:
        raise LedgerMismatch("a stored fact can't be read by this version") from error


@cache
def _understandings() -> TypeAdapter[Understanding]:
    return TypeAdapter(Understanding)


@cache
def _contacts() -> TypeAdapter[Contact]:
    return TypeAdapter(Contact)


@cache
def _texts() -> TypeAdapter[tuple[str, ...]]:
    return TypeAdapter(tuple[str, ...])


@cache
def _results() -> TypeAdapter[tuple[SheetResult, ...]]:
    return TypeAdapter(tuple[SheetResult, ...])


@cache
def _scores() -> TypeAdapter[tuple[ScoringResult, ...]]:
    return TypeAdapter(tuple[ScoringResult, ...])


@cache
def _acted() -> TypeAdapter[Acted]:
    return TypeAdapter(Acted)


@cache
def _tasks() -> TypeAdapter[tuple[Task, ...]]:
    return TypeAdapter(tuple[Task, ...])


@cache
def _scorings() -> TypeAdapter[Scoring]:
    return TypeAdapter(Scoring)


@cache
def _details() -> TypeAdapter[dict[str, str]]:
    return TypeAdapter(dict[str, str])

"""What pydantic says about a configuration → problems that say what to write. Pure."""

import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from intake.configuration.problems import Problem

SECRET_KEYS = frozenset({"password", "secret", "token", "database_url"})

_NOT_SHOWN = "(not shown: it may be a secret)"

Place = tuple[tuple[str | int, ...], type, str]
"""A path, the type that belongs there, and the text that stands there instead."""

Origin = Callable[[Sequence[str | int]], tuple[str, int | None]]
"""Where the setting at a path was read: the file or environment variable, and the line."""


def explain(error: ErrorDetails, model: type[BaseModel], origin: Origin) -> Problem:
    """The problem that `error` of validating `model` stands for."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    file, line = origin(path)
    return Problem(file, dotted(path), _found(error, path), _advice(error, path, model), line)


def dotted(path: Sequence[str | int]) -> str:
    """A path as people write it; the places of lists count from 1: `areas[#2].key`."""
    text = ""
    for part in path:
        text += f"[#{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def show(value: object, path: Sequence[str | int] = ()) -> str:
    """A value as it would stand in the file, short, and never a secret."""
    if any(part in SECRET_KEYS for part in path):
        return _NOT_SHOWN
    if isinstance(value, dict):
        return f"a table with {_listed(value)}" if value else "an empty table"
    text = as_toml(value)
    return text if len(text) <= 80 else text[:77] + "…"


def as_toml(value: object) -> str:
    """A plain value in TOML's own form."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(map(_escaped, value)) + '"'
        case datetime():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(as_toml(item) for item in value)}]"
        case dict():
            return "{ " + ", ".join(f"{k} = {as_toml(v)}" for k, v in value.items()) + " }"
        case _:
            return str(value)


def _escaped(character: str) -> str:
    """A character as it stands in a TOML basic string."""
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def find_field(
    model: type[BaseModel], path: Sequence[str | int]
) -> tuple[FieldInfo | None, type[BaseModel] | None]:
    """The field at `path` below `model`, and the table it stands in; None where there is none."""
    field: FieldInfo | None = None
    table: type[BaseModel] | None = model
    current: object = model
    for part in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            table, field = current, current.model_fields.get(str(part))
            current = plain_annotation(field.annotation) if field else None
        else:
            current = _element(current)
    return field, table


def plain_annotation(annotation: object) -> object:
    """An annotation without `| None` and without its validators."""
    while get_origin(annotation) in (typing.Annotated, typing.Union, types.UnionType):
        annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that `word` is most likely meant to be, None where none is near."""
    return next(iter(get_close_matches(word.lower(), known, n=1, cutoff=0.6)), None)


def find_quoted(model: type[BaseModel], tables: Mapping[str, object]) -> Iterator[Place]:
    """Where in `tables` a number, or true or false, stands in quotes: the library would take it,
    as it must where it comes from the environment."""
    return _quoted(model, tables, ())


def explain_quoted(place: Place, origin: Origin) -> Problem:
    """The problem of a value that ought not to stand in quotes."""
    path, kind, value = place
    file, line = origin(path)
    return Problem(file, dotted(path), show(value, path), _UNQUOTED[kind], line)


def _quoted(annotation: object, value: object, path: tuple[str | int, ...]) -> Iterator[Place]:
    match value:
        case str() if isinstance(annotation, type) and annotation in _UNQUOTED:
            yield path, annotation, value
        case dict():
            for key, inner in value.items():
                yield from _quoted(_inner(annotation, key), inner, (*path, key))
        case list():
            for at, inner in enumerate(value):
                yield from _quoted(_element(annotation), inner, (*path, at))


def _inner(annotation: object, key: str) -> object:
    """What stands under `key` of a table, None where nothing is known of it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = annotation.model_fields.get(key)
        return plain_annotation(field.annotation) if field else None
    return _element(annotation)


def _found(error: ErrorDetails, path: Sequence[str | int]) -> str:
    if error["type"] == "missing":
        return "nothing"
    if error["type"] == "extra_forbidden" and nearest(str(path[-1]), tuple(SECRET_KEYS)):
        return _NOT_SHOWN
    return show(error["input"], path)


def _advice(error: ErrorDetails, path: Sequence[str | int], model: type[BaseModel]) -> str:
    field, table = find_field(model, path)
    if error["type"] == "extra_forbidden":
        return _advice_for_unknown(str(path[-1]), table)
    if error["type"] == "postroom":
        return error["msg"]
    expected = _expected(error, field)
    if field is None or not field.examples:
        return expected
    example = as_toml(field.examples[0])
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    if table is not None and name not in table.model_fields:  # a key of a table of any keys
        return expected
    return f"{expected}, for example: {name} = {example}"


def _advice_for_unknown(name: str, table: type[BaseModel] | None) -> str:
    known = list(table.model_fields) if table else []
    if near := nearest(name, known):
        return f"{near}, if that is what is meant; else take it out"
    return f"one of {', '.join(sorted(known))}; or take it out"


def _expected(error: ErrorDetails, field: FieldInfo | None) -> str:
    """What kind of value belongs there."""
    kind = error["type"]
    context: Mapping[str, object] = error.get("ctx", {})
    if kind == "literal_error":
        return _choice(field, error["input"])
    if kind == "missing":
        return _described(field)
    for beginning, words in _WORDS:
        if kind.startswith(beginning):
            return words.format(**context)
    return error["msg"]


_UNQUOTED: Mapping[type, str] = {
    int: "a whole number, without quotes or a comma",
    float: "a number, without quotes",
    bool: "true or false, without quotes",
}

_WORDS = (
    ("int", _UNQUOTED[int]),
    ("float", _UNQUOTED[float]),
    ("string_too_short", "at least {min_length} characters"),
    ("string", "text in double quotes"),
    ("path", "a path in double quotes"),
    ("bool", _UNQUOTED[bool]),
    ("greater_than_equal", "{ge:g} or more"),
    ("greater_than", "more than {gt:g}"),
    ("less_than_equal", "{le:g} or less"),
    ("less_than", "less than {lt:g}"),
    ("too_short", "at least one"),
    ("tuple", "a list in square brackets"),
    ("list", "a list in square brackets"),
    ("model", "a table"),
    ("dict", "a table"),
    ("datetime", "a date with its clock time"),
)


def _choice(field: FieldInfo | None, found: object) -> str:
    allowed = [
        str(value) for value in get_args(plain_annotation(field.annotation) if field else None)
    ]
    near = nearest(str(found), allowed)
    ordered = sorted(allowed, key=lambda value: value != near)
    return "one of " + ", ".join(f'"{value}"' for value in ordered)


def _described(field: FieldInfo | None) -> str:
    """What a field that is missing is for."""
    if field is None or not field.description:
        return "this setting, which can't be left out"
    choices = get_args(plain_annotation(field.annotation)) if _is_choice(field) else ()
    listed = f" (one of {', '.join(map(as_toml, choices))})" if choices else ""
    meaning = field.description.rstrip(".")
    return f"this setting, which can't be left out{listed}. It means: {meaning}"


def _is_choice(field: FieldInfo) -> bool:
    return get_origin(plain_annotation(field.annotation)) is Literal


def _element(annotation: object) -> object:
    """What a list or a table of tables holds, None for anything else."""
    arguments = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is dict and arguments:
            return plain_annotation(arguments[1])
        case origin if origin is tuple and arguments:
            return plain_annotation(arguments[0])
        case _:
            return None


def _listed(value: Mapping[str, object]) -> str:
    names = list(value)
    return ", ".join(names[:4]) + (" …" if len(names) > 4 else "")

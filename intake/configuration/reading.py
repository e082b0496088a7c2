"""A file and the environment → settings, with every problem of both reported at once."""

import copy
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

from intake.configuration.checking import check_settings
from intake.configuration.explaining import explain, explain_quoted, find_quoted, nearest
from intake.configuration.locating import find_line
from intake.configuration.look import Key
from intake.configuration.problems import ConfigError, Problem
from intake.configuration.sections import ENVIRONMENT_PREFIX, NESTED, FileSettings, Settings
from intake.configuration.slips import explain_slip, find_slips, is_of_slip
from intake.configuration.standing_in import doubtful, is_doubtful, stand_in

LARGEST_FILE = 4 * 2**20

_ROUNDS = 4
"""How often what is wrong is set aside to look at the rest; two are enough for most files."""


class Source:
    """Where each setting was read: an environment variable, or a line of the file."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text

    def __call__(self, key: Sequence[str | int]) -> tuple[str, int | None]:
        if name := _find_variable(key):
            return f"environment variable {name}", None
        return str(self._path), find_line(self._text, key)


def read_settings(path: Path) -> Settings:
    """The settings of the file at `path` and of the environment. Raises ConfigError."""
    text = _read_text(path)
    tables = _parse(path, text)
    source = Source(path, text)
    problems = [*_unknown_variables(), *_reserved_keys(tables, source)]
    settings, found, set_aside = _validate(tables, source)
    problems += found
    told = {problem.key for problem in problems}
    quoted = [explain_quoted(place, source) for place in find_quoted(Settings, tables)]
    problems += [problem for problem in quoted if problem.key not in told]
    if settings is not None:
        told = {problem.key for problem in problems}
        places = doubtful(set_aside)
        checked = check_settings(settings, folder=path.parent, origin=source)
        problems += [p for p in checked if p.key not in told and not is_doubtful(p.key, places)]
    if problems or settings is None:
        raise ConfigError(*sorted(dict.fromkeys(problems), key=lambda problem: problem.line or 0))
    return settings


def holds_secrets(settings: Settings) -> bool:
    """True when the file itself has a password or the secret in it."""
    held: list[tuple[tuple[str, ...], SecretStr | None]] = [(("secret",), settings.secret)]
    for slug, programme in settings.programmes.items():
        for table in (programme.mailbox, programme.transport):
            if table is not None:
                name = "mailbox" if table is programme.mailbox else "transport"
                held.append((("programmes", slug, name, "password"), table.password))
    return any(value is not None and _find_variable(key) is None for key, value in held)


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            Problem(
                str(path),
                "",
                f"a file that can't be read ({error.strerror})",
                "the path of a configuration, or make one with: postroom init DIR",
            )
        ) from error
    try:
        return content[:LARGEST_FILE].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            Problem(str(path), "", "a character that is not UTF-8", "the file as UTF-8 text", line)
        ) from error


def _parse(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).rpartition(" (at ")
        digits = "".join(c for c in place.partition(",")[0] if c.isdigit())
        line = int(digits) if digits else text.count("\n") + 1
        raise ConfigError(
            Problem(
                str(path),
                "",
                f"what is not TOML: {reason or error}",
                "settings as key = value; text stands in double quotes, a list in [ ], "
                "and each key only once",
                line,
            )
        ) from error


def _variables() -> Mapping[str, str]:
    """The environment's variables that are meant for Postroom, upper case, and their values."""
    return {
        name.upper(): value
        for name, value in os.environ.items()
        if name.upper().startswith(ENVIRONMENT_PREFIX)
    }


def _find_variable(key: Sequence[str | int]) -> str | None:
    """The environment variable that gives the setting at `key`, or a table around it."""
    given = _variables()
    for length in range(len(key), 0, -1):
        name = ENVIRONMENT_PREFIX + NESTED.join(map(str, key[:length])).upper()
        if name in given:
            return name
    return None


def _unknown_variables() -> Iterator[Problem]:
    """Variables with our prefix whose first word is no setting: the library ignores these."""
    known = [*Settings.model_fields, "config"]
    for name in sorted(_variables()):
        first = name.removeprefix(ENVIRONMENT_PREFIX).lower().split(NESTED)[0]
        if first not in known:
            near = nearest(first, known)
            write = (
                f"{ENVIRONMENT_PREFIX}{near.upper()}, if that is what is meant; else unset it"
                if near
                else f"unset it, or use {ENVIRONMENT_PREFIX} and the path of a setting, "
                f"its parts joined by {NESTED}"
            )
            yield Problem(f"environment variable {name}", "", "no setting of this name", write)


def _reserved_keys(tables: dict[str, object], source: Source) -> list[Problem]:
    """Takes keys that begin with `_` out of `tables`: the library would take them for its own."""
    found = [key for key in tables if key.startswith("_")]
    for key in found:
        del tables[key]
    return [
        Problem(
            source((key,))[0], key, "a key that is no setting", "take it out", source((key,))[1]
        )
        for key in found
    ]


def _validate(
    tables: dict[str, object], source: Source
) -> tuple[Settings | None, list[Problem], list[Key]]:
    """The settings, what is wrong with them, and what was set aside for it. Where something is
    wrong, the settings are those of what is left without it, for further checks, with values that
    stand in for what is needed; None where too little is left."""
    problems: list[Problem] = []
    set_aside: list[Key] = []
    rest = copy.deepcopy(tables)
    for attempt in range(_ROUNDS):
        kind = FileSettings if attempt else Settings
        try:
            return kind(**rest), problems, set_aside  # type: ignore[arg-type]
        except SettingsError as error:
            return None, [_not_json(error)], []
        except ValidationError as error:
            details = error.errors(include_url=False)
            # What is wrong in a later round is only missing because it was set aside.
            problems = problems or _explain_all(details, tables, source)
            for detail in _deepest_last_first(details):
                set_aside += _set_aside(rest, detail, number=len(set_aside))
    return None, problems, []


def _explain_all(
    details: Sequence[ErrorDetails], tables: Mapping[str, object], source: Source
) -> list[Problem]:
    """Each error as a problem; those of a slip in a programme's short name are one."""
    found = tables.get("programmes")
    programmes = found if isinstance(found, dict) else {}
    slips = find_slips(details, list(programmes))
    told = [explain_slip(slug, meant, programmes[slug], source) for slug, meant in slips.items()]
    return told + [
        explain(detail, Settings, source)
        for detail in details
        if not is_of_slip(detail, slips, programmes)
    ]


def _not_json(error: SettingsError) -> Problem:
    field = str(error).partition('field "')[2].partition('"')[0]
    return Problem(
        f"environment variable {ENVIRONMENT_PREFIX}{field.upper()}",
        field,
        "a value that is no JSON",
        'lists and tables as JSON, for example ["@leadership.nhs.example"]',
    )


def _deepest_last_first(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Later places of a list first, so that taking one out moves no other."""
    return sorted(details, key=lambda d: [str(part).zfill(6) for part in d["loc"]], reverse=True)


def _set_aside(tables: dict[str, object], detail: ErrorDetails, *, number: int) -> Iterator[Key]:
    """Take the setting of an error out of `tables`, or put in what stands in for a missing one;
    tell where, but of keys that are unknown, for nothing rests on those."""
    path = tuple(part for part in detail["loc"] if part != "[key]")
    parent: object = tables
    for part in path[:-1]:
        parent = _child(parent, part)
    match parent, path[-1:]:
        case dict(), [str(key)] if detail["type"] == "missing":
            if (value := stand_in(path, FileSettings, number)) is not None:
                parent[key] = value
        case dict(), [str(key)]:
            parent.pop(key, None)
        case list(), [int(place)] if place < len(parent):
            del parent[place]
        case _:
            pass
    if detail["type"] != "extra_forbidden":
        yield path


def _child(parent: object, part: str | int) -> object:
    match parent, part:
        case dict(), str():
            return parent.get(part)
        case list(), int() if part < len(parent):
            return parent[part]
        case _:
            return None

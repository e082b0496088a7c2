"""The reference of every key, written from the tables themselves.

`python -m intake.configuration.reference` prints what `docs/configuration.md` must hold.
"""

import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from intake.configuration.explaining import as_toml, plain_annotation
from intake.configuration.sections import Settings

HEAD = """\
# The configuration

Written by `make docs` from the settings themselves; a test keeps it so.

One file in [TOML](https://toml.io), and the environment over it. `config.example.toml` shows two
whole programmes; `postroom init DIR` writes a file for a new one by asking a few questions;
`postroom check` tests it. Whatever is wrong is told at once, each problem with its file and line,
what was found and what to write; only what can't be judged beside a wrong setting waits until that
one is mended. The exit status is then 78.

**Which file**: `--config FILE`, else the one `POSTROOM_CONFIG` names, else
`postroom/config.toml` in the user's configuration folder (`$XDG_CONFIG_HOME`, `~/.config`), else
`/etc/postroom/config.toml`. Relative paths in it start from its folder.

**From the environment**: any setting, as `POSTROOM_` and its path in capitals, joined by two
underscores: `POSTROOM_DATA_FOLDER`, `POSTROOM_LOG__LEVEL`,
`POSTROOM_PROGRAMMES__ACE__MAILBOX__HOST`. Lists and tables are written as JSON. The environment
comes before the file. A variable that begins with `POSTROOM_` and is no setting is an error.

**Secrets** come from the first place that has one:

| secret | setting (environment) | file of one line | systemd credential |
| --- | --- | --- | --- |
| a mailbox's password | `mailbox.password` | `mailbox.password_file` | `<slug>-mailbox-password` |
| a transport's | `transport.password` | `transport.password_file` | `<slug>-transport-password` |
| what Message-IDs are keyed with | `secret` | `secret_file` | `postroom-secret` |

`<slug>` is the programme's short name: `LoadCredential=ace-mailbox-password:/etc/postroom/…`. A
password may be missing as long as nothing logs in. Without a `secret`, one is made once and kept
in the data folder, readable by its owner only. No secret is ever shown in a message or in the log.

**Dates** have a clock time, `2021-08-20T17:00:00`, by the programme's `zone`; a time that the
clock skips in spring is refused. An offset, `2021-08-20T17:00:00+01:00`, comes before the zone.
"""


def write_reference() -> str:
    """The whole document as Markdown."""
    return "\n".join([HEAD, *(_section(title, model) for title, model in _tables(Settings, ""))])


def _tables(model: type[BaseModel], path: str) -> Iterator[tuple[str, type[BaseModel]]]:
    """Each table with its title, depth first, in the order of the keys."""
    yield f"`{path}`" if path else "At the top of the file", model
    above = path.strip("[]")
    for name, field in model.model_fields.items():
        inner, form = _inner(field.annotation)
        if inner is not None:
            yield from _tables(inner, form.format(f"{above}.{name}".removeprefix(".")))


def _section(title: str, model: type[BaseModel]) -> str:
    lines = [f"## {title}", "", " ".join((model.__doc__ or "").split()), ""]
    lines += ["| key | value | without it | what it is |", "| --- | --- | --- | --- |"]
    lines += [_row(name, field) for name, field in model.model_fields.items()]
    return "\n".join(lines) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    cells = (f"`{name}`", _kind(field), _default(field), f"{field.description}{_example(field)}")
    return "| " + " | ".join(cells) + " |"


def _example(field: FieldInfo) -> str:
    """A value to go by, where the column beside it does not show the same."""
    shown = f"`{as_toml(field.examples[0])}`" if field.examples else ""
    return f" For example {shown}." if shown not in ("", _default(field)) else ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    value = field.default
    if value in (None, ()) or field.default_factory or isinstance(value, BaseModel):
        return ""
    return f"`{as_toml(str(value) if isinstance(value, Path) else value)}`"


def _kind(field: FieldInfo) -> str:
    """What stands right of the equals sign, in words."""
    annotation = plain_annotation(field.annotation)
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{as_toml(choice)}`" for choice in get_args(annotation))
    if get_origin(annotation) is dict:
        return "table of text" if _inner(annotation)[0] is None else "tables by name"
    inner, form = _inner(annotation)
    if inner is not None:
        return "table" if form == _TABLE else "list of tables"
    if get_origin(annotation) is tuple:
        return f"list of {_PLURALS.get(plain_annotation(get_args(annotation)[0]), 'text')}"
    return _WORDS[annotation]


_WORDS: dict[object, str] = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    float: "number",
    datetime: "date and time",
    date: "date",
    time: "clock time",
    Path: "path",
    SecretStr: "text, secret",
}

_PLURALS: dict[object, str] = {int: "whole numbers", date: "dates"}

_TABLE, _LIST, _BY_SLUG, _BY_AREA = "[{}]", "[[{}]]", "[{}.<slug>]", "[{}.<area>]"


def _inner(annotation: object) -> tuple[type[BaseModel] | None, str]:
    """The table that a setting holds and how its title is made; None where it holds none."""
    annotation = plain_annotation(annotation)
    arguments = get_args(annotation)
    form = _TABLE
    if get_origin(annotation) is tuple:
        annotation, form = plain_annotation(arguments[0]), _LIST
    elif get_origin(annotation) is dict:
        form = _BY_SLUG if get_origin(arguments[0]) is Annotated else _BY_AREA
        annotation = plain_annotation(arguments[1])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, form
    return None, form


if __name__ == "__main__":
    sys.stdout.write(write_reference())

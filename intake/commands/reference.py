"""The command reference, written from the commands themselves.

`python -m intake.commands.reference` prints what `docs/commands.md` must hold.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperArgument, TyperGroup

from intake.cli import COMMANDS

HEAD = """\
# The commands

Written by `make docs` from the commands themselves; a test keeps it so.

`postroom --config FILE COMMAND` names the configuration for all of them, and `-c FILE` behind the
command does the same where it uses one. Without it, the file is the one that `POSTROOM_CONFIG`
names, else `postroom/config.toml` in the user's configuration folder, else
`/etc/postroom/config.toml`. What a command finds goes to standard output, what it is doing to
standard error.

| exit status | meaning |
| --- | --- |
| 0 | done |
| 1 | something is wrong with what was looked at |
| 2 | the command was called wrongly |
| 69 | a server can't be reached |
| 75 | try again later |
| 78 | the configuration is wrong |
"""


def write_reference() -> str:
    """The whole reference as Markdown."""
    index = ["| command | what it does |", "| --- | --- |"]
    index += [f"| [`{name}`](#postroom-{name}) | {line} |" for name, (_, line) in COMMANDS.items()]
    sections = [section for name in COMMANDS for section in _sections(f"postroom {name}", name)]
    return "\n".join([HEAD, *index, "", *sections]).rstrip() + "\n"


def _sections(title: str, name: str) -> Iterator[str]:
    module, summary = COMMANDS[name]
    command = typer.main.get_command(import_module(module).app)
    if isinstance(command, TyperGroup):
        yield f"## {title}\n\n{summary}\n"
        for inner, subcommand in command.commands.items():
            yield _section(f"### {title} {inner}", f"{title} {inner}", subcommand)
    else:
        yield _section(f"## {title}", title, command)


def _section(heading: str, title: str, command: Any) -> str:
    told, examples = _help(command.help or "")
    shown = [parameter for parameter in command.params if _is_shown(parameter)]
    rows = [_row(parameter) for parameter in shown]
    table = ["| argument or option | meaning |", "| --- | --- |", *rows] if rows else []
    usage = " ".join((title, *(_usage(p) for p in shown if isinstance(p, TyperArgument))))
    usage += " [OPTIONS]" if len(shown) > usage.count(" ") - title.count(" ") else ""
    lines = [heading, "", told, "", "```text", usage, *examples, "```", "", *table]
    return "\n".join(lines).rstrip() + "\n"


def _help(text: str) -> tuple[str, list[str]]:
    """The words of a help text, and its examples as lines of their own."""
    told, *examples = text.split("Example: ")
    paragraphs = (" ".join(part.split()) for part in told.split("\n\n"))
    return "\n\n".join(filter(None, paragraphs)), [" ".join(e.split()) for e in examples]


def _is_shown(parameter: Any) -> bool:
    return not getattr(parameter, "hidden", False) and parameter.name != "help"


def _usage(argument: Any) -> str:
    name = _metavar(argument) + ("..." if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _metavar(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _row(parameter: Any) -> str:
    is_argument = isinstance(parameter, TyperArgument)
    name = (
        _metavar(parameter)
        if is_argument
        else ", ".join((*parameter.opts, *parameter.secondary_opts))
    )
    takes_value = not is_argument and not parameter.is_flag
    value = f" {parameter.metavar or _kind(parameter)}" if takes_value else ""
    meaning = (parameter.help or "").rstrip(".")
    default = parameter.default
    is_told = default not in (None, "") and not isinstance(default, bool)
    told = f" (`{default}` unless given)" if is_told else ""
    return f"| `{name}{value}` | {meaning}{told} |"


def _kind(option: Any) -> str:
    annotation = option.type_descriptor.annotation
    return {int: "NUMBER", float: "NUMBER", Path: "PATH"}.get(annotation, "TEXT")


if __name__ == "__main__":
    sys.stdout.write(write_reference())

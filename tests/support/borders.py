"""The borders between the rooms, read from the syntax trees: who imports whom, and what is pure."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("intake", "responders", "storage")

MAY_IMPORT = {
    "storage": {"storage"},
    "responders": {"responders", "storage"},
    "intake": {"intake", "storage"},
    "root": {"root", "intake", "responders", "storage"},
}
"""Room → the rooms it may import. The root may import all; nobody imports the root."""

ROOT_MODULES = {"__main__", "cli", "app", "config", "configuration", "scheduler", "commands"}
ROOT_MODULES |= {"console", "logging"}

ADAPTERS = frozenset(
    {"aiosmtpd", "http", "imap_tools", "imaplib", "poplib", "pymap", "requests", "select"}
    | {"selectors", "smtplib", "socket", "ssl", "urllib.request"}
    | {"alembic", "psycopg", "sqlalchemy", "sqlite3", "sqlmodel"}
    | {"asyncio", "concurrent", "multiprocessing", "pebble", "subprocess", "threading"}
    | {"apscheduler", "logging", "os", "shutil", "structlog", "tempfile", "typer"}
    | {"random", "secrets", "time"}
)
"""What reaches a disk, a network, a database, another process, chance or the clock."""

CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
FILES = {"read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir"}
"""Methods of a path that touch the disk; a path as a value is pure."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module of ours: its dotted name and its syntax tree."""

    name: str
    tree: ast.Module

    @property
    def room(self) -> str:
        package, _, rest = self.name.partition(".")
        is_root = package == "intake" and rest.partition(".")[0] in ROOT_MODULES
        return "root" if is_root else package

    @property
    def is_marked_pure(self) -> bool:
        docstring = ast.get_docstring(self.tree) or ""
        return self.name.startswith("storage.domain") or bool(re.search(r"\bPure\b", docstring))


Modules = Mapping[str, Module]


def read_modules(folder: Path) -> dict[str, Module]:
    """Every module of our packages below `folder`, by its dotted name."""
    paths = (path for package in PACKAGES for path in (folder / package).rglob("*.py"))
    sources = {_dotted(path.relative_to(folder)): path.read_text("utf-8") for path in paths}
    return parse_modules(sources)


def parse_modules(sources: Mapping[str, str]) -> dict[str, Module]:
    """Modules from their sources, by dotted name."""
    return {name: Module(name, ast.parse(source)) for name, source in sources.items()}


def imported(module: Module, modules: Modules) -> Iterator[str]:
    """The dotted names that a module imports anywhere, submodules told by their own names."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield f"relative import in line {node.lineno}"
                continue
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in modules else str(node.module)


def crossings(modules: Modules) -> list[str]:
    """Imports that cross a border the wrong way, as sentences."""
    return [
        f"{module.name} ({module.room}) imports {name} ({room})"
        for module in modules.values()
        for name in dict.fromkeys(imported(module, modules))
        if (room := _room(name, modules)) and room not in MAY_IMPORT[module.room]
    ]


def impurities(modules: Modules) -> list[str]:
    """How modules that are marked pure reach an adapter or a clock, through whatever of ours they
    import, as sentences."""
    imports = {name: tuple(imported(module, modules)) for name, module in modules.items()}
    clocks = {name: _clocks(module) for name, module in modules.items()}
    found = []
    for module in modules.values():
        if module.is_marked_pure:
            reached = _reached(module.name, imports)
            found += [f"{module.name}: {stain}" for name in reached for stain in _stains(name)]
            found += [f"{module.name}: {told}" for name in reached for told in clocks.get(name, ())]
    return found


def _reached(start: str, imports: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Every name that importing `start` imports, following our own modules."""
    reached: dict[str, None] = {start: None}
    waiting = [start]
    while waiting:
        for name in imports.get(waiting.pop(), ()):
            if name not in reached:
                reached[name] = None
                waiting.append(name)
    return list(reached)


def _stains(name: str) -> list[str]:
    parts = name.split(".")
    heads = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    return [f"imports {name}"] if heads & ADAPTERS else []


def _clocks(module: Module) -> list[str]:
    """Calls in a module that ask the clock or touch the disk."""
    told = []
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)) if (
                owner,
                name,
            ) in CLOCKS:
                told.append(f"asks the clock in line {node.lineno}")
            case ast.Call(func=ast.Name(id="open")):
                told.append(f"opens a file in line {node.lineno}")
            case ast.Call(func=ast.Attribute(attr=name)) if name in FILES:
                told.append(f"touches the disk in line {node.lineno}")
    return told


def _room(name: str, modules: Modules) -> str | None:
    if name.startswith("relative import"):
        return name
    if name.partition(".")[0] not in PACKAGES:
        return None
    return modules[name].room if name in modules else Module(name, ast.Module([], [])).room


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

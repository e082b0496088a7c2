"""In which line of a TOML file a setting stands. Pure: text → number.

tomllib gives no positions, so this reads table headers and keys by their shape. It may fail to
find a line, and then says None; what the file means is tomllib's alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

Path = tuple[str | int, ...]

_BARE = r"[A-Za-z0-9_-]+"
_NAME = rf"(?:{_BARE}|\"[^\"\n]*\"|'[^'\n]*')"
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_TRIPLE = re.compile(r'"""|\'\'\'')


def find_line(text: str, path: Sequence[str | int]) -> int | None:
    """The line, from 1, of the setting at `path` (list places from 0), or of the nearest table
    around it that has a line of its own; None where neither is found."""
    lines = dict(_positions(text))
    wanted = tuple(path)
    while wanted:
        if wanted in lines:
            return lines[wanted]
        wanted = wanted[:-1]
    return None


def _positions(text: str) -> Iterator[tuple[Path, int]]:
    """Each table header and key with its line."""
    table: Path = ()
    seen: Counter[Path] = Counter()
    inside: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if inside is None:
            if header := _HEADER.match(line):
                table = _resolve(_names(header[2]), seen, is_list=header[1] == "[[")
                yield table, number
            elif key := _KEY.match(line):
                yield (*table, *_names(key[1])), number
        inside = _string_after(line, inside)


def _resolve(names: Path, seen: Counter[Path], *, is_list: bool) -> Path:
    """The path of a table header, with the place of each list of tables on the way."""
    path: Path = ()
    for name in names:
        path = (*path, name)
        is_last = len([part for part in path if isinstance(part, str)]) == len(names)
        if is_last and is_list:
            seen[path] += 1
        if seen[path]:
            path = (*path, seen[path] - 1)
    return path


def _names(dotted: str) -> Path:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))


def _string_after(line: str, inside: str | None) -> str | None:
    """The quotes of the multi-line string that is open after `line`, None outside of one."""
    for quotes in _TRIPLE.findall(line):
        if inside is None:
            inside = quotes
        elif quotes == inside:
            inside = None
    return inside

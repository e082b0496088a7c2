"""Pure: text as lines that know where they stand. Every finder reads lines, never loose text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_QUOTE_MARKS = re.compile(r"[ \t]?(?:>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*(?:[-*•·‣▪●○◦–—]|\uf0b7|o(?=\t| {2}))[ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*(?:\(?\d{1,2}[.)]|\(?[a-h]\))[ \t]+(?=\S)")


LONGEST_TEXT = 60_000
"""Characters of a message that are read; nobody writes more by hand, and the whole is kept."""
MOST_LINES = 10_000
"""Lines that are read, for the same reason: each costs about as much as a longer one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line end. `start` is the offset of its first character in the source;
    marks stripped from its front are counted in, so that offsets stay true."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def part_read(text: str) -> str:
    """As much of a message's text as is read."""
    return "\n".join(text[:LONGEST_TEXT].split("\n", MOST_LINES)[:MOST_LINES])


def split_lines(text: str, offset: int = 0) -> tuple[Line, ...]:
    """The lines of `text`, ended by LF only, which stands at `offset` in its source."""
    lines = []
    for line in text.split("\n"):
        lines.append(Line(line, offset))
        offset += len(line) + 1
    return tuple(lines)


def strip_front(line: Line, length: int) -> Line:
    """The line without its first `length` characters."""
    return Line(line.text[length:], line.start + length)


def strip_line(line: Line) -> Line:
    """The line without white space at its ends."""
    shorter = line.text.lstrip()
    return Line(shorter.rstrip(), line.start + len(line.text) - len(shorter))


def quote_depth(text: str) -> int:
    """How many `>` open a line of quoted mail; 0 for a line that is not quoted."""
    marks = _QUOTE_MARKS.match(text)
    return marks.group().count(">") if marks else 0


def strip_quote(line: Line) -> Line:
    """The line without the outermost `>` and the blank behind it."""
    marks = re.match(r"[ \t]?>[ \t]?", line.text)
    return strip_front(line, marks.end()) if marks else line


def strip_all_quotes(line: Line) -> Line:
    """The line without any `>` at its front."""
    marks = _QUOTE_MARKS.match(line.text)
    return strip_front(line, marks.end()) if marks else line


def bullet_length(text: str) -> int:
    """The length of the bullet or number that opens a line of a list, 0 where none does."""
    mark = _BULLET.match(text) or _NUMBER.match(text)
    return mark.end() if mark else 0


def is_bullet(text: str) -> bool:
    """Whether a line opens with a bullet sign (a number does not count)."""
    return _BULLET.match(text) is not None


def groups(lines: Iterable[Line]) -> tuple[tuple[Line, ...], ...]:
    """Runs of lines between blank ones."""
    found: list[tuple[Line, ...]] = []
    current: list[Line] = []
    for line in lines:
        if not line.is_blank:
            current.append(line)
        elif current:
            found.append(tuple(current))
            current = []
    if current:
        found.append(tuple(current))
    return tuple(found)


def join_text(lines: Sequence[Line]) -> str:
    """The lines as one text again, LF between them."""
    return "\n".join(line.text for line in lines)


def place_of(lines: Sequence[Line], at: int) -> int:
    """Where in the source the character `at` of `join_text(lines)` stands."""
    for line in lines:
        if at <= len(line.text):
            return line.start + at
        at -= len(line.text) + 1
    return lines[-1].end if lines else at

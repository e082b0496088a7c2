"""Pure: contact blocks in running text: lines that open with a name, and what follows it."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.names import (
    clean_name,
    fold,
    is_initials,
    is_person,
    is_same_person,
)
from intake.understanding.finders.organisations import is_organisation, is_role
from intake.understanding.texts.lines import Line, is_bullet, strip_line

_BLOCK_LINES = 8
_WORDS_OF_PROSE = 26
"""Words from which a line is no part of a block."""
_LONGEST_HEAD = 120
_INITIALS = 1
_LONGEST_INITIALS = 10
_BEHIND_HEAD = re.compile(r",|[|•·;\t]|\s[-–—]+\s|\s{3,}|\s/\s(?=[^/]{2,60}\s/\s)")


def blocks_of(lines: Sequence[Line], name: str) -> Iterator[tuple[Line, ...]]:
    """Contact blocks in the body: a line that opens with the name of a person, and what follows
    it, up to the next person or to running text."""
    known = [word for word in re.split(r"[\s.-]+", fold(name)) if len(word) > _INITIALS]
    for at, line in enumerate(lines):
        text = fold(line.text[:_LONGEST_HEAD])
        if len(text) > _LONGEST_INITIALS and not any(word in text for word in known):
            continue
        signs = is_initials(line.text, name)
        if not signs and not is_same_person(_name_in_front(line) or "", name):
            continue
        end = at + 1
        while (
            end < len(lines)
            and end < at + _BLOCK_LINES
            and 0 < len(lines[end].text.split()) < _WORDS_OF_PROSE
            and _name_in_front(lines[end]) is None
            and not is_bullet(line.text)
        ):
            end += 1
        yield tuple(lines[at + signs : end])


def names_in_front(lines: Sequence[Line]) -> Iterator[str]:
    """The whole names of people that open a line, where details of theirs may follow."""
    for line in lines:
        name = _name_in_front(line)
        if name is not None:
            yield name


def last_block(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """The block that closes a letter of somebody whose name is not known beforehand."""
    for line in reversed(lines[-_BLOCK_LINES:]):
        name = _name_in_front(line)
        if name is not None:
            return list(blocks_of(lines[-_BLOCK_LINES:], name))[-1:]
    return []


def _name_in_front(line: Line) -> str | None:
    """The whole name of a person that opens a line; None for running text, a role, a place."""
    head = _BEHIND_HEAD.split(strip_line(line).text[:_LONGEST_HEAD], maxsplit=1)[0]
    if len(head.split()) > 8 or not is_person(head) or is_organisation(head):
        return None
    name = clean_name(head)
    return None if name is None or is_role(name) else name

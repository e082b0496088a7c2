"""Pure: a text and the marks in it → pieces of text between openings and closings of marks.

Marks may stand within each other and may cross; openings and closings always nest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters of a text from `start` to `end`, from which value `number` was taken."""

    number: int
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Here a mark begins; not `is_first`: it goes on."""

    mark: Mark
    is_first: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """Here a mark ends; not `is_last`: it goes on behind."""

    mark: Mark
    is_last: bool


Token = str | Opening | Closing


def tokens(text: str, marks: Iterable[Mark], start: int, end: int) -> Iterator[Token]:
    """The characters of `text` from `start` to `end`, with the marks that stand there. A mark
    that reaches beyond is cut."""
    inside = [m for m in marks if m.start < end and m.end > start and m.start < m.end]
    places = {start, end, *(m.start for m in inside), *(m.end for m in inside)}
    bounds = sorted(place for place in places if start <= place <= end)
    opened: list[Mark] = []
    for at, following in zip(bounds, [*bounds[1:], end], strict=True):
        yield from _close(opened, at, is_end=at == end)
        if at < end:
            yield from _open(opened, inside, at)
            yield text[at:following]


def _close(opened: list[Mark], at: int, *, is_end: bool) -> Iterator[Token]:
    """Close what ends here, and what stands within it and goes on."""
    while opened and (is_end or any(mark.end <= at for mark in opened)):
        mark = opened.pop()
        yield Closing(mark, is_last=mark.end <= at)


def _open(opened: list[Mark], marks: Iterable[Mark], at: int) -> Iterator[Token]:
    """Open what begins or goes on here, the longest first."""
    due = [m for m in marks if m.start <= at < m.end and m not in opened]
    for mark in sorted(due, key=lambda m: (-m.end, m.number)):
        opened.append(mark)
        yield Opening(mark, is_first=mark.start == at)

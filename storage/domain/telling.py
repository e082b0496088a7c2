"""Which lines of the history somebody has been told, by digests that may have come to nothing.

A digest tells everything up to its mark that no digest before it has told. One that fails, or that
a person discards, has told nothing: what stood in it stands in the next one, and only that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from storage.domain.letter import Letter, LetterState

_GONE = (LetterState.FAILED, LetterState.DISCARDED)


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines that are still to be told: those behind `after`, up to and including `until`."""

    after: int
    until: int

    def __contains__(self, line: int) -> bool:
        return self.after < line <= self.until


def untold(
    digests: Iterable[Letter], withdrawn: Mapping[int, int], last_event: int
) -> tuple[Gap, ...]:
    """What one organiser has not been told in one rhythm, in order; `digests` are the letters to
    them. `withdrawn` says at which line each that came to nothing did so, by its id."""
    told = [(letter, mark) for letter in digests if (mark := letter.told_until) is not None]
    if all(letter.state not in _GONE for letter, _ in told):
        newest = max((mark for _, mark in told), default=0)
        return tuple(_gaps([Gap(newest, last_event)]))
    marks = sorted({0, *(mark for _, mark in told), last_event})
    parts = [Gap(after, until) for after, until in pairwise(marks)]
    return tuple(_gaps([part for part in parts if not _is_told(part, told, withdrawn)]))


def _is_told(part: Gap, told: Sequence[tuple[Letter, int]], withdrawn: Mapping[int, int]) -> bool:
    """Whether the digest that told of these lines last reached its reader. A later one told of
    them again only if it was known by then that the earlier had come to nothing."""
    teller: Letter | None = None
    for letter, mark in sorted(told, key=lambda one: one[0].id):
        was_told = teller is not None and withdrawn.get(teller.id, mark + 1) > mark
        if mark >= part.until and not was_told:
            teller = letter
    return teller is not None and teller.state not in _GONE


def _gaps(parts: Sequence[Gap]) -> list[Gap]:
    """Parts that follow each other as one, empty ones left out."""
    joined: list[Gap] = []
    for part in parts:
        if part.after >= part.until:
            continue
        if joined and joined[-1].until == part.after:
            part = Gap(joined.pop().after, part.until)
        joined.append(part)
    return joined

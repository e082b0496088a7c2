"""Pure: how vocabularies are written down: one cue a string, compiled into one pattern.

A cue has only bounded repetition and is searched in bounded text, so that reading stays linear.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

LONGEST_READ = 4000
"""Characters of a paragraph that cues are searched in."""
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.S)
"""An escape, a set of characters, or one character of a pattern."""


def cues(*patterns: str) -> re.Pattern[str]:
    """One case-insensitive pattern that finds any of these."""
    return re.compile(_joined(patterns), re.IGNORECASE)


def low_cues(*patterns: str) -> re.Pattern[str]:
    """The same for text that is in lower case already, which is searched three times as fast."""
    return re.compile(_joined(patterns))


def vocabulary(text: str) -> frozenset[str]:
    """A vocabulary written as running text."""
    return frozenset(text.split())


def _joined(patterns: Sequence[str]) -> str:
    """The patterns as one, in their order. Where several in a row open at the edge of a word, the
    edge is looked for once, so that most places of a text are passed by at a glance."""
    every = (one for pattern in patterns for one in _alternatives(pattern))
    runs: list[str] = []
    for opens_word, run in groupby(every, key=lambda one: one.startswith(r"\b")):
        joined = "|".join(one.removeprefix(r"\b") if opens_word else one for one in run)
        runs.append(rf"\b(?:{joined})" if opens_word else joined)
    return "|".join(runs)


def _alternatives(pattern: str) -> Iterator[str]:
    """A pattern cut at its outermost `|`."""
    depth, start = 0, 0
    for token in _TOKEN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if token.group() == "|" and depth == 0:
            yield pattern[start : token.start()]
            start = token.end()
    yield pattern[start:]

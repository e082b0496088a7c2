"""Pure: which line breaks of a message its writer meant, and which a mail program made."""

import re
from itertools import pairwise

WIDEST_WRAP = 80
"""Characters; longer lines were not broken by a mail program."""
NARROWEST_WRAP = 50
"""Characters; programs break no lines as short as these, people do."""
_ITEM = re.compile(r"(?:[-*+•–—>]|\(?\d{1,3}[.)]) ")
"""How an item of a list begins, which has a line of its own."""


def find_wraps(text: str) -> frozenset[int]:
    """Where in `text` the line breaks stand that a mail program made: behind lines that end where
    the next word would no longer have fitted. None in quoted lines, before the items of a list, or
    in a text that was never broken. A line of one word, like a link, says nothing of the width."""
    lines = text.split("\n")
    width = max((len(line) for line in lines if " " in line and line[0] != ">"), default=0)
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return frozenset()
    wraps: set[int] = set()
    end = -1
    for before, line in pairwise(lines):
        end += len(before) + 1
        is_long = len(before) * 2 > width and not before.startswith(">")
        word = line.partition(" ")[0]
        if is_long and word and not _ITEM.match(line) and len(before) + 1 + len(word) > width:
            wraps.add(end)
    return frozenset(wraps)


def unwrap(text: str) -> str:
    """`text` with a space for each line break that a mail program made."""
    wraps = find_wraps(text)
    return "".join(" " if at in wraps else char for at, char in enumerate(text))

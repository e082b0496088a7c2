"""Pure: whether a line goes on with the one above it. Mail programs break a long line in two; what
somebody wrote into a line of its own is another matter."""

import re
from enum import StrEnum

from intake.understanding.texts.courtesies import greets

WRAPPED_AT = 60
"""Characters from which a line may have been broken by a mail program; most do it at 72 or later,
some at 65, and the word that did not fit may have been long."""

_ENDED = re.compile(r"[.!?][)\"'”’]?$")


class Follows(StrEnum):
    """A line is the REST of the one above, it is APART from it, or nobody can tell: IN_DOUBT."""

    REST = "rest"
    APART = "apart"
    IN_DOUBT = "in_doubt"


def may_be_broken(line: str) -> bool:
    """Whether a mail program may have broken the line where it ends."""
    text = line.strip()
    return len(text) >= WRAPPED_AT and _ENDED.search(text[-2:]) is None


def how_it_follows(line: str, above: str) -> Follows:
    """`line` stands right below `above`. A capital may begin a sentence, or be a name's."""
    text = line.strip()
    if not may_be_broken(above) or greets(text):
        return Follows.APART
    return Follows.REST if text[:1].islower() else Follows.IN_DOUBT

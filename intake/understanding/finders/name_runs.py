"""Pure: the name of an organisation in running text: a run of capitalised words, and its end."""

import re
from dataclasses import dataclass

from intake.understanding.finders.organisations import (
    affinity,
    is_brand,
    is_certain,
    is_kind_word,
    is_organisation,
    is_role,
    is_surely_organisation,
)
from intake.understanding.texts.patterns import vocabulary

_LONGEST_NAME = 240

_WORD = r"(?!I\b|I['’])(?:[dl]['’])?[A-ZÀ-Þ0-9&][\w'’.&-]*"
_SMALL = (
    r"of|for|and|the|in|on|with|to|at|upon|by|from|against|a|an|de|du|des|la|le|les|del|y|\+"
    r"|que|do|da|das|dos|di|et|und|für|w|i"
)
NAME_RUN = rf"{_WORD}(?:(?: (?:{_SMALL})){{0,2}} {_WORD}){{0,9}}"
"""A run of capitalised words as names of organisations are, small words between them."""
_NAME = re.compile(NAME_RUN)
_POST_AT = re.compile(r" (?:at|of|for|with) (?:the )?")
_ENDS_NAME = re.compile(r" (?:in|and|with|to|from|by|at|on) (?:the )?")
_SMALL_WORDS = frozenset(re.sub(r"\\", "", _SMALL).split("|")) | {"&"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, from `start` to `end`."""

    text: str
    start: int
    end: int


def organisation_at(text: str, start: int, *, email: str = "") -> Piece | None:
    """The name that opens at `start`: a run of capitalised words up to where a new thought begins
    (`Hollow Lane Surgery` of `Hollow Lane Surgery in Cranleigh and I'd …`); `the Academy` alone
    names none."""
    found = _NAME.match(text, start, start + _LONGEST_NAME)
    if found is None:
        return None
    name = end_of_name(found.group(), email)
    for post in _POST_AT.finditer(name):
        place = name[post.end() :]
        if is_role(name[: post.start()]) and len(place.split()) > 1 and is_certain(place, email):
            return Piece(place, start + post.end(), start + len(name))
    is_bare = is_kind_word(name) and not is_brand(name) and affinity(name, email) < 2
    return Piece(name, start, start + len(name)) if len(name) > 2 and not is_bare else None


def end_of_name(run: str, email: str = "") -> str:
    """A run of words cut where the name of the organisation ends."""
    run = _bare(run)
    for cut in _ENDS_NAME.finditer(run):
        before, behind = _bare(run[: cut.start()]), run[cut.end() :]
        by = cut.group().split()[0]
        if affinity(run, email) > max(affinity(before, email), 1):
            continue
        if by == "in" and _is_no_place(behind):
            continue
        if by == "in" and len(before.split()) > 2 and _IS_TOWN.fullmatch(behind):
            return run if _JOINED_IN.search(before) else before
        is_whole = len(before.split()) > 1 or (is_brand(before) and by != "in")
        is_pair = by == "and" and " " not in behind
        is_named = is_surely_organisation(before) or (
            by in ("in", "and")
            and (is_organisation(before) or (affinity(before, email) > 1 and not is_pair))
        )
        goes_on = any(map(is_kind_word, behind.split())) and by == "and"
        if is_whole and is_named and not goes_on:
            return before
    return run


def _is_no_place(text: str) -> bool:
    """`Churches in Action`: what follows `in` is no place but what the name is about."""
    words = text.lower().split()
    return bool(words) and (words[0] in _NO_PLACES or is_kind_word(words[-1]))


_IS_TOWN = re.compile(r"[A-Z][a-z]{3,}")
_JOINED_IN = re.compile(r"\b(?:Together|Action|Women|Men|Girls|Mothers|Families|Carers|People)$")
"""What is joined with a place by `in` to make one name: `Churches Together in Barnet`."""
_NO_PLACES = vocabulary(
    """
    action need partnership crisis prison prisons recovery mind unity community communities care
    transition hospital hospitals medicine health industry business faith bloom touch education
    schools residence common practice motion society nature sport later conversation harmony
    """
)


def _bare(run: str) -> str:
    """A run without the small words, numbers and the genitive it ends in."""
    words = run.strip(" .,;:").split()
    while len(words) > 1 and (words[-1] in _SMALL_WORDS or words[-1].isdigit()):
        words.pop()
    name = " ".join(words)
    is_saint = len(words) > 1 and words[-2] in ("St", "St.", "Saint")
    return name if is_saint else re.sub(r"['’]s$", "", name)

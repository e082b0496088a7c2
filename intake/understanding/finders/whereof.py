"""Pure: what the writer is of a place, told in a clause about it: `…, of which I am chair`."""

import re
from collections.abc import Iterator

from intake.understanding.finders.name_runs import NAME_RUN, Piece, end_of_name
from intake.understanding.finders.organisations import (
    affinity,
    is_brand,
    is_organisation,
    is_role,
)
from intake.understanding.finders.posts import read_post
from intake.understanding.finders.said import finding_of
from intake.understanding.finders.sentences import Sentence
from storage.domain.message import Finding

_CLAUSE = re.compile(
    r",? (?:(?:of|for|at|in) which|where|whose)"
    r" (?:I(?:['’]m| am|['’]ve been| have been)|I have the honour (?:to be|of being)"
    r"|I (?:(?:now|also|currently) )?(?:serve|act|work|volunteer) as)\s"
)
_RUNS = re.compile(r",? (?:which|that) I (?:chair|run|founded|lead|manage|direct|set up|started)\b")
_NAME = re.compile(NAME_RUN)
_APPOSED = re.compile(
    r"(?:,? (?:is|are|was)|,) (?:an?|the|our) (?:[\w'’-]+ ){0,5}[a-z][\w'’-]+"
    r"(?: in [A-Z][\w'’ -]{2,30})?$"
)
"""What may stand between a name and such a clause: `Last Bread is a small charity, of which …`."""
_LONGEST_BEFORE = 200


def find_whereof(sentence: Sentence, email: str, source: str) -> Iterator[Finding]:
    """Role and organisation of the writer; the organisation is the name before the clause."""
    text = sentence.text
    for match in _CLAUSE.finditer(text):
        post = read_post(text, match.end(), email=email)
        if post.role is None:
            continue
        yield finding_of("role", post.role, "prose", 0.74, sentence, source)
        place = _place_before(sentence, match.start(), email)
        if place is not None and post.organisation is None:
            yield finding_of("organisation", place, "prose", 0.8, sentence, source)
    for match in _RUNS.finditer(text):
        place = _place_before(sentence, match.start(), email)
        if place is not None:
            yield finding_of("organisation", place, "prose", 0.7, sentence, source)


def _place_before(sentence: Sentence, end: int, email: str) -> Piece | None:
    """The name of a body that ends where a clause about it begins, a person's left out."""
    start = max(0, end - _LONGEST_BEFORE)
    before = sentence.text[start:end]
    apposed = _APPOSED.search(before)
    front = before[: apposed.start()] if apposed else before
    names = [m for m in _NAME.finditer(front) if m.end() >= len(front) - 1]
    if not names:
        return None
    text = end_of_name(names[-1].group(), email)
    at = start + names[-1].start()
    if text.startswith("The "):
        text, at = text[4:], at + 4
    has_article = sentence.text[max(0, at - 4) : at].lower() == "the "
    is_named = is_organisation(text) or is_brand(text) or affinity(text, email) > 1
    is_person = not has_article and any(p.start <= at < p.end for p in sentence.people)
    is_body = len(text.split()) > 1 and not is_role(text) and not is_person
    return Piece(text, at, at + len(text)) if is_named or is_body else None

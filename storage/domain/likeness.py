"""Which known cases a new one is like: the same person or the same project told twice.

An organisation alone makes nobody alike, and one person may have two projects: where both cases
tell of theirs and the two differ, the person does not count.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz

from storage.domain.case import Case, CaseState
from storage.domain.people import Contact

SAME_SUMMARY = 75.0
"""Token-set similarity from which two summaries are one project told twice, of 100. Those of
different projects reach 59 at most in ten thousand pairs."""
OTHER_SUMMARY = 60.0
"""Similarity below which they tell of two projects."""
SAME_TITLE = 88.0
SAME_NAME = 94.0
SAME_ORGANISATION = 88.0
FEWEST_WORDS = 8
"""Words of a summary that tell something; a shorter one is like too many."""

_WORD = re.compile(r"[^\W_]{4,}")
_PLAIN = re.compile(r"[^\W_]+")
_FILLING_WORDS = """
about also been could during from have into local more most other ours over people project should
some such than that their them then there these they this those through were what when where which
while will with who whose would your
"""
_FILLING = frozenset(_FILLING_WORDS.split())
_JOINING = frozenset(("the", "a", "an", "of", "and", "for", "in", "to"))
_COMPANY = frozenset(("the", "ltd", "limited", "cic", "cio", "nhs", "foundation", "plc", "and"))
_LONGEST = 4_000
_SKETCH = 16
_MARK_BYTES = 7
_STEM = 5
"""Letters of a word that stay when its ending is spelt another way."""


class Reason(StrEnum):
    """Why two cases are alike."""

    EMAIL = "same_email"
    PHONE = "same_phone"
    NAME = "same_name_and_organisation"
    TITLE = "same_title"
    SUMMARY = "same_summary"


_OF_PERSON = (Reason.EMAIL, Reason.PHONE, Reason.NAME)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A case that another one is like, by its reference, and why."""

    reference: str
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        """`ACE-0001 (same phone, same title)`: as a person reads it."""
        told = ", ".join(reason.replace("_", " ") for reason in self.reasons)
        return f"{self.reference} ({told})"


def find_alike(new: Case, known: Iterable[Case]) -> tuple[tuple[Case, tuple[Reason, ...]], ...]:
    """Of the `known` cases those of the same programme, round and sort that `new` is like, each
    with the reasons, in their order. Withdrawn ones are like nothing."""
    ours = _project(new)
    found = ((case, _reasons(new, case, ours)) for case in known if _comparable(new, case))
    return tuple((case, reasons) for case, reasons in found if reasons)


def is_same_organisation(one: str | None, other: str | None) -> bool:
    """True for two names that are one organisation's, as far as names tell; False without both."""
    return bool(_alike(_without_company(one), _without_company(other), SAME_ORGANISATION))


def marks_of(case: Case) -> frozenset[int]:
    """Numbers below 2⁵⁶ of which two cases that are alike share at least two, and others few:
    so that candidates are found without reading every case. A sketch of the summary is the same
    part of the same pairs of words (Broder's min-wise hashing)."""
    contact = case.contact
    kept = {
        "email": (contact.email or "").lower(),
        "phone": contact.phone or "",
        "name": " ".join(sorted(_plain_words(contact.name))),
    }
    keys = [f"{kind}{turn}:{value}" for kind, value in kept.items() if value for turn in (1, 2)]
    if not _is_nomination(case):
        title = sorted({word[:_STEM] for word in _title_words(case)})
        keys += [f"title:{part}" for part in (*title, "+".join((*title, ""))) if len(part) > 3]
    return frozenset(_mark(case, key) for key in keys) | _sketch(case)


def _sketch(case: Case) -> frozenset[int]:
    words = [] if _is_nomination(case) else _words(case.summary)
    pairs = {_mark(case, f"{one} {two}") for one, two in pairwise(words)}
    return frozenset(sorted(pairs)[:_SKETCH])


def _mark(case: Case, key: str) -> int:
    whole = f"{case.programme}/{case.round}/{key}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(whole, digest_size=_MARK_BYTES).digest())


def _comparable(new: Case, case: Case) -> bool:
    is_same_call = (new.programme, new.round) == (case.programme, case.round)
    is_other = case.id != new.id and case.state is not CaseState.WITHDRAWN
    return is_same_call and is_other and _is_nomination(new) == _is_nomination(case)


def _is_nomination(case: Case) -> bool:
    """Nominees of one message share its summary and team: only the person tells them apart."""
    return case.is_nominee


@dataclass(frozen=True, slots=True)
class _Project:
    """What a case tells of its project, in words that can be compared; `summary` is None where
    they are too few."""

    title: list[str]
    numbers: list[str]
    summary: list[str] | None


def _project(case: Case) -> _Project:
    summary = _words(case.summary)
    title = _title_words(case)
    return _Project(
        title=title,
        numbers=[word for word in title if word.isdecimal()],
        summary=summary if len(set(summary)) >= FEWEST_WORDS else None,
    )


def _reasons(new: Case, known: Case, ours: _Project) -> tuple[Reason, ...]:
    person = tuple(_of_person(new.contact, known.contact))
    if _is_nomination(new):
        return person
    theirs = _project(known)
    similarity = _similarity(ours.summary, theirs.summary)
    project: tuple[Reason, ...] = ()
    if ours.numbers == theirs.numbers and _alike(ours.title, theirs.title, SAME_TITLE):
        project += (Reason.TITLE,)
    if similarity is not None and similarity >= SAME_SUMMARY:
        project += (Reason.SUMMARY,)
    are_two = similarity is not None and similarity < OTHER_SUMMARY
    return person + project if project or not are_two else ()


def _similarity(ours: list[str] | None, theirs: list[str] | None) -> float | None:
    """How alike two summaries are, of 100; None where one tells too little."""
    if ours is None or theirs is None:
        return None
    return fuzz.token_set_ratio(" ".join(ours), " ".join(theirs))


def _of_person(one: Contact, other: Contact) -> Iterator[Reason]:
    if one.email and other.email and one.email.lower() == other.email.lower():
        yield Reason.EMAIL
    names = _alike(_plain_words(one.name), _plain_words(other.name), SAME_NAME)
    if one.phone and one.phone == other.phone and names is not False:  # no mere switchboard
        yield Reason.PHONE
    if names and is_same_organisation(one.organisation, other.organisation):
        yield Reason.NAME


def _alike(one: Sequence[str], other: Sequence[str], least: float) -> bool | None:
    """Whether two short texts have about the same words; None where one has none."""
    if not one or not other:
        return None
    return fuzz.token_sort_ratio(" ".join(one), " ".join(other)) >= least


def _title_words(case: Case) -> list[str]:
    return [word for word in _plain_words(case.title) if word not in _JOINING]


def _words(text: str | None) -> list[str]:
    """The words that tell something, in order, without letter case and accents."""
    return [word for word in _WORD.findall(_folded(text)) if word not in _FILLING]


def _plain_words(text: str | None) -> list[str]:
    return _PLAIN.findall(_folded(text))


def _without_company(organisation: str | None) -> list[str]:
    words = _plain_words(organisation)
    return [word for word in words if word not in _COMPANY] or words


def _folded(text: str | None) -> str:
    if text is None or text.isascii():
        return (text or "")[:_LONGEST].casefold()
    apart = unicodedata.normalize("NFKD", text[:_LONGEST]).casefold()
    return "".join(char for char in apart if not unicodedata.combining(char))

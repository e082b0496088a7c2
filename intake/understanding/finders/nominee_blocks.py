"""Pure: nominees in labelled blocks: `Nominee: …` or `Name: …`, then what they do and where."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.understanding.finders.names import clean_name, is_same_person
from intake.understanding.finders.organisations import read_person, split_post
from intake.understanding.finders.signature import EMAIL
from intake.understanding.texts.labels import Labelled, is_labelled
from intake.understanding.texts.lines import Line
from intake.understanding.texts.patterns import cues
from storage.domain.people import Nominee

_DETAILS = ("role", "organisation", "email", "phone", "contact")
_LONGEST_HEADING = 10
"""Words of a line above a block that says whose details they are."""
_LONGEST_LINE = 200
_PLAIN = re.compile(
    r"\W*(?:(?:full|their|his|her|staff|first|whole) )?(?:names?|who|person|colleague)\W*", re.I
)
_NOMINATORS = cues(
    r"\bnominating\b|\bnominators?\b|\b(?:nominat|propos|submitt|complet)ed by\b|\bproposers?\b"
    r"|\b(?:your|my|our|about you|lead|applicant|contact)\b"
)
_OTHERS = cues(
    r"\b(?:manager|consent|approv\w*|authoris\w*|referee|reference|supporter|supported by|budget"
    r"|release|countersign\w*|emergency|next of kin|finance)\b"
)
_NOMINEES = cues(r"\bnomin(?:ee|at)\w*\b|\bcandidates?\b|\bput(?:ting)? forward\b|\bmembers?\b")


class _Whose(StrEnum):
    """Whose details a block gives."""

    NOMINEE = "nominee"
    NOMINATOR = "nominator"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Headings:
    """The line above each line that opens no labelled detail: whose block it is, if that says."""

    starts: Sequence[int] = ()
    above: Sequence[str] = ()

    def over(self, labelled: Labelled) -> str:
        at = bisect_right(self.starts, labelled.start) - 1
        return self.above[at] if at >= 0 else ""


def read_blocks(
    labels: Sequence[Labelled], names: Sequence[str], texts: Mapping[str, Sequence[Line]]
) -> tuple[list[Nominee], tuple[Labelled, ...]]:
    """The nominees of labelled blocks, and the labels that tell nothing of the nominator: theirs,
    and those of managers who consent. `names` are the writer's; `texts` are the lines of each
    source, for the headings above blocks."""
    found: list[Nominee] = []
    consumed: list[Labelled] = []
    block, source, headings = _Whose.NOMINATOR, "", _Headings()
    for labelled in labels:
        if labelled.source != source:
            block, source = _Whose.NOMINATOR, labelled.source
            headings = _headings(texts.get(source, ()))
        if labelled.field in ("name", "nominee"):
            block = _whose(labelled, names, headings)
            nominee = _nominee(labelled) if block is _Whose.NOMINEE else None
            found += [nominee] if nominee else []
            if nominee is None and block is _Whose.NOMINEE:
                block = _Whose.NOMINATOR
            consumed += [labelled] if block is not _Whose.NOMINATOR else []
        elif block is not _Whose.NOMINATOR and labelled.field in _DETAILS:
            if block is _Whose.NOMINEE:
                found[-1] = _with_label(found[-1], labelled)
            consumed.append(labelled)
        elif labelled.field in ("nominator", "summary"):
            block = _Whose.NOMINATOR
    return found, tuple(consumed)


def _whose(labelled: Labelled, names: Sequence[str], headings: _Headings) -> _Whose:
    """As the label says itself, else as the heading of its block does, else anybody's who does
    not write."""
    if labelled.field == "nominee":
        return _Whose.NOMINEE
    is_plain = _PLAIN.fullmatch(labelled.label) is not None
    told = headings.over(labelled) if is_plain else labelled.label
    if _NOMINATORS.search(told):
        return _Whose.NOMINATOR
    if _OTHERS.search(told):
        return _Whose.OTHER
    if _NOMINEES.search(told):
        return _Whose.NOMINEE
    name = clean_name(labelled.value.split("\n")[0].split(",")[0])
    is_writer = name is None or any(is_same_person(name, known) for known in names)
    return _Whose.NOMINATOR if is_writer or not is_plain else _Whose.NOMINEE


def _headings(lines: Sequence[Line]) -> _Headings:
    above: list[str] = []
    heading = ""
    for line in lines:
        above.append(heading)
        if not line.is_blank and not is_labelled(line.text):
            is_short = len(line.text[:_LONGEST_LINE].split()) <= _LONGEST_HEADING
            heading = line.text[:_LONGEST_LINE] if is_short else ""
    return _Headings([line.start for line in lines], above)


def _nominee(labelled: Labelled) -> Nominee | None:
    person = read_person(labelled.value)
    name = person.name if person else clean_name(labelled.value.split("\n")[0])
    if name is None:
        return None
    address = EMAIL.search(labelled.value)
    email = address.group().lower() if address else None
    role, organisation = (person.role, person.organisation) if person else (None, None)
    return Nominee(name, email, role, organisation)


def _with_label(nominee: Nominee, labelled: Labelled) -> Nominee:
    value = labelled.value.split("\n")[0].strip()
    match labelled.field:
        case "role" if nominee.role is None:
            post = split_post(value)
            return replace(
                nominee,
                role=post.role or value,
                organisation=nominee.organisation or (post.organisation if post.role else None),
            )
        case "organisation" if nominee.organisation is None:
            return replace(nominee, organisation=value)
        case "email" | "contact" if nominee.email is None:
            found = EMAIL.search(value)
            return replace(nominee, email=found.group().lower() if found else None)
        case _:
            return nominee

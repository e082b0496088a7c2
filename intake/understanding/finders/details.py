"""Pure: the contact as labelled details give it: `Project lead: …`, a row of a table, a form."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import clean_name, is_cased, is_person, turned_by_address
from intake.understanding.finders.organisations import (
    is_detail,
    is_surely_organisation,
    read_person,
    split_post,
)
from intake.understanding.finders.people import find_people
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.signature import EMAIL, without_contact
from intake.understanding.finders.signature_phones import phone_confidence
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.paragraphs import sentences
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding, Span

_LONGEST_POST = 160
_LONGEST_NAME = 6
_OF_ONESELF = re.compile(r"\s\((?:i|we|it['’]s|that['’]s) [^()]{0,60}\)$", re.I)
_NO_PROSE = re.compile(r"[<>{};=|]")
_BEHIND_PERSON = re.compile(r",|\s[-–—|]\s|\s?[(;]")
_TELLS_NOTHING = cues(
    r"^(?:n/?a|none|tb[ca]|-|as (?:above|below)|(?:same|see) .*|unknown|to follow|nil"
    r"|not (?:yet|sure|applicable)\b.*)$",
    r"^(?:(?:the )?undersigned|myself|me|yours truly)\W*$",
    r"^(?:i|we|still|sorry|no one|nobody)\b|\b(?:haven'?t|don'?t|not got|no longer)\b",
    r"[!?]$",
)


def of_labels(labels: Sequence[Labelled], email: str) -> Iterator[Finding]:
    """Candidates for the contact out of labelled details; `email` is the writer's."""
    for labelled in labels:
        match labelled.field:
            case "name" | "nominator":
                yield from _person(labelled, email)
            case "contact" if _opens_with_person(labelled):
                yield from _person(labelled, email)
            case "contact":
                yield from _reach(labelled)
            case "phone" | "email":
                yield from _reach(labelled)
            case "role" | "organisation":
                yield from _post(labelled, email)


def _person(labelled: Labelled, email: str) -> Iterator[Finding]:
    value = " ".join(labelled.value.split("\n")) if labelled.is_wrapped else labelled.value
    value = without_contact(value.replace(" @ ", " at ")) or value
    if _TELLS_NOTHING.search(value) or _TELLS_NOTHING.search(sentences(value)[0]):
        return
    body = _BEHIND_PERSON.split(value, maxsplit=1)[0].strip()
    if is_surely_organisation(body) and len(body.split()) > 1:
        yield make_finding("organisation", body, "label", 0.85, at=_where(labelled, body))
        return
    person = read_person(value, email)
    name = person.name if person else _loose_name(value)
    if name is None:
        return
    turned = turned_by_address(name, email)
    yield make_finding("name", turned, "label", 0.95, at=_where(labelled, name))
    if person and person.role:
        yield make_finding("role", person.role, "label", 0.85, at=_where(labelled, person.role))
    if person and person.organisation and is_detail(person.organisation):
        at = _where(labelled, person.organisation)
        yield make_finding("organisation", person.organisation, "label", 0.8, at=at)
    yield from _reach(labelled)


def _loose_name(value: str) -> str | None:
    """A name that is no whole one (`Bashir`), or one in a sentence (`that's me, Ada Bell`)."""
    name = clean_name(value.split("\n")[0].split(",")[0])
    if name is not None and is_cased(name) and len(name.split()) < _LONGEST_NAME:
        return name
    if _NO_PROSE.search(value):
        return None
    return next((p.name for p in find_people(value[:300]) if p.is_whole), None)


def _where(labelled: Labelled, value: str) -> Span:
    """Where a value stands in a labelled detail; the whole of it where it was cleaned."""
    at = labelled.value.find(value)
    return labelled.span_of(at, at + len(value)) if at >= 0 else labelled.span


def _opens_with_person(labelled: Labelled) -> bool:
    """`Contact: Ada Bell, Chief Nurse, 07700 …`; the rest of the value is read with the name."""
    return is_person(_BEHIND_PERSON.split(labelled.value.split("\n")[0], maxsplit=1)[0])


def _reach(labelled: Labelled) -> Iterator[Finding]:
    """Telephones and addresses in a labelled value; the label says what kind of number it is."""
    prefix = f"{labelled.label}: "
    text = prefix + labelled.value
    for phone in find_phones(text):
        yield make_finding(
            "phone",
            phone.number,
            "label",
            phone_confidence(phone, 0.96),
            at=_place(labelled, phone.start - len(prefix), phone.end - len(prefix)),
        )
    for match in EMAIL.finditer(text):
        yield make_finding(
            "email",
            match.group().lower().rstrip("."),
            "label",
            0.97,
            at=_place(labelled, match.start() - len(prefix), match.end() - len(prefix)),
        )


def _place(labelled: Labelled, start: int, end: int) -> Span | None:
    """Where in the source a part of the value stands; one that begins in the label, the whole;
    None for what is the label's own."""
    if end <= 0:
        return None
    return labelled.span_of(start, end) if start >= 0 else labelled.span


def _post(labelled: Labelled, email: str) -> Iterator[Finding]:
    lines = labelled.value.split("\n")
    value = " ".join(lines if labelled.is_wrapped else lines[:1]).strip(" .,;")
    value = sentences(value)[0].strip(" .,;") if value else ""
    value = _OF_ONESELF.sub("", value)
    if not value or len(value) > _LONGEST_POST or _TELLS_NOTHING.search(value):
        return
    person = read_person(value, email)
    if labelled.field == "role" and person is not None and person.role:
        yield from _person(labelled, email)
        return
    post = split_post(value, email)
    if labelled.field == "role" and post.role and post.organisation:
        at = _where(labelled, post.role)
        yield make_finding("role", post.role, "label", 0.94, at=at)
        at = _where(labelled, post.organisation)
        yield make_finding("organisation", post.organisation, "label", 0.85, at=at)
        return
    yield make_finding(labelled.field, value, "label", 0.94, at=_where(labelled, value))

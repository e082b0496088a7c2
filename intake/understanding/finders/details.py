"""Pure: the contact as labelled details give it: `Project lead: …`, a row of a table, a form."""

from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import clean_name, is_person, turned_by_address
from intake.understanding.finders.organisations import is_detail, read_person, split_post
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.signature import EMAIL, phone_confidence
from intake.understanding.texts.labels import Labelled
from storage.domain.message import Finding, Span


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
    value = labelled.value
    person = read_person(value, email)
    name = person.name if person else clean_name(value.split("\n")[0].split(",")[0])
    if name is None:
        return
    name = turned_by_address(name, email)
    yield make_finding("name", name, "label", 0.95, at=labelled.span)
    if person and person.role:
        yield make_finding("role", person.role, "label", 0.85, at=labelled.span)
    if person and person.organisation and is_detail(person.organisation):
        yield make_finding("organisation", person.organisation, "label", 0.8, at=labelled.span)
    yield from _reach(labelled)


def _opens_with_person(labelled: Labelled) -> bool:
    """`Contact: Ada Bell, Chief Nurse, 07700 …`; the rest of the value is read with the name."""
    return is_person(labelled.value.split("\n")[0].split(",")[0])


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


def _place(labelled: Labelled, start: int, end: int) -> Span:
    """Where in the source a part of the value stands; one that begins in the label, the whole."""
    return labelled.span_of(start, end) if start >= 0 else labelled.span


def _post(labelled: Labelled, email: str) -> Iterator[Finding]:
    value = " ".join(labelled.value.split("\n")[:1]).strip(" .,;")
    if not value or len(value) > 160 or value.lower() in ("n/a", "none", "tbc", "-", "as above"):
        return
    post = split_post(value, email)
    if labelled.field == "role" and post.role and post.organisation:
        yield make_finding("role", post.role, "label", 0.94, at=labelled.span)
        yield make_finding("organisation", post.organisation, "label", 0.85, at=labelled.span)
        return
    yield make_finding(labelled.field, value, "label", 0.94, at=labelled.span)

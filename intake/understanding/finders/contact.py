"""Pure: the contact of a message: the lead, who need not be the one who writes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.finders.behalf import (
    MOST_BLOCKS,
    find_other_lead,
    lent_address,
    of_other,
    shared,
    whole_name,
)
from intake.understanding.finders.beside import find_own_name
from intake.understanding.finders.blocks import blocks_of, last_block
from intake.understanding.finders.corrections import find_corrections, without_old
from intake.understanding.finders.details import of_labels
from intake.understanding.finders.domains import (
    find_by_domain,
    find_named_in_passing,
    find_stood_for,
)
from intake.understanding.finders.findings import chosen_value, make_finding, weaken
from intake.understanding.finders.header import display_name, of_header
from intake.understanding.finders.lead import says_i_lead
from intake.understanding.finders.letterheads import read_letterhead
from intake.understanding.finders.names import (
    fuller,
    is_same_person,
    is_whole,
    matches_address,
    turned_by_address,
)
from intake.understanding.finders.prose import find_self
from intake.understanding.finders.sentences import Sentence, sentences_of
from intake.understanding.finders.signature import read_block
from intake.understanding.finders.writer import Writer as Writer
from intake.understanding.texts.paragraphs import paragraphs
from storage.domain.message import Finding
from storage.domain.people import Contact

_SAYS_I = re.compile(r"\W{0,3}I(?:['’]m| am|['’]ve)? [a-z]")
_OUR_OWN = re.compile(r"(?:the )?(?:ace|surrey 500) (?:team|office|programme)", re.I)
_FIELDS = ("name", "email", "phone", "role", "organisation")


@dataclass(frozen=True, slots=True)
class ContactReading:
    """The contact with all candidates it was chosen from. `is_writer`: it is who wrote."""

    contact: Contact
    findings: tuple[Finding, ...]
    is_writer: bool = True


def find_contact(writer: Writer, *, places: frozenset[str] = frozenset()) -> ContactReading:
    """The lead's details: of labels first, then of what the text says of the lead, then, where
    the writer is the lead, of the signature, the prose and the From header. `places` are names
    in lower case that alone are no organisation."""
    sentences = sentences_of(writer.paragraphs)
    own = tuple(own_findings(writer))
    own_name = _best_name(own, writer)
    labelled = tuple(of_labels(writer.labels, writer.email))
    if says_i_lead(sentences):
        labelled = _without_others(labelled, own_name, writer)
    other = find_other_lead(writer, sentences, labelled, own_name)
    if other is None:
        found = _elsewhere((*labelled, *own, *_writers_address(writer)), places)
        name = _best_name(found, writer)
        return ContactReading(_contact(found, name, sentences), found)
    told = (*labelled, *of_other(writer, sentences, other), *shared(own))
    if not any(finding.field == "email" for finding in told):
        told = (*told, *lent_address(writer, sentences))
    found = _elsewhere(told, places)
    name = whole_name(other.name, found, writer)
    return ContactReading(_contact(found, name, sentences), found, is_writer=False)


def own_findings(writer: Writer) -> Iterator[Finding]:
    """What the writer's signature, header and running text say of the writer."""
    yield from _of_blocks(writer)
    yield from _of_header(writer)
    yield from _of_prose(writer, sentences_of(writer.paragraphs))


def own_name_of(writer: Writer) -> str | None:
    """The writer's own name, whoever the lead is."""
    return of_writer(writer).contact.name


def _without_others(
    labelled: Sequence[Finding], own_name: str | None, writer: Writer
) -> tuple[Finding, ...]:
    """Labelled details without those of somebody else whom a document still calls the lead: the
    writer says that they lead themselves."""
    others = {
        f.span.source
        for f in labelled
        if f.field == "name"
        and f.span is not None
        and f.span.source != writer.source
        and not (own_name and is_same_person(f.value, own_name))
    }
    return tuple(
        f
        for f in labelled
        if f.field == "organisation" or f.span is None or f.span.source not in others
    )


def _elsewhere(findings: Sequence[Finding], places: frozenset[str]) -> tuple[Finding, ...]:
    """Without places that were taken for organisations, and without what was corrected."""
    emails = {f.value for f in findings if f.field == "email"}
    return tuple(
        f
        for f in without_old(findings)
        if not (f.field == "organisation" and f.value.casefold() in places)
        and not (f.field == "organisation" and _OUR_OWN.fullmatch(f.value))
        and not (f.field == "email" and any(_is_end_of(f.value, email) for email in emails))
    )


def _is_end_of(email: str, other: str) -> bool:
    """`hope@…` of `k.mlynarska-hope@…` that a line break cut in two."""
    return other.endswith(("-" + email, "." + email, "_" + email))


def of_writer(writer: Writer, *, places: frozenset[str] = frozenset()) -> ContactReading:
    """The writer's own details, whoever the lead is: for questions and withdrawals."""
    told = (
        *of_labels(writer.labels, writer.email),
        *own_findings(writer),
    )
    found = _elsewhere((*told, *_writers_address(writer)), places)
    return ContactReading(_contact(found, _best_name(found, writer), ()), found)


def _contact(
    findings: Sequence[Finding], name: str | None, sentences: Sequence[Sentence]
) -> Contact:
    """The surest values; of addresses, none that is made of the name of somebody else whom the
    text names, where another is made of this one."""
    if name and any(f.field == "email" and matches_address(name, f.value) for f in findings):
        others = {p.name for s in sentences for p in s.people if p.is_whole}
        others = {other for other in others if not is_same_person(other, name)}
        findings = [
            f
            for f in findings
            if f.field != "email"
            or matches_address(name, f.value)
            or not any(matches_address(other, f.value) for other in others)
        ]
    values = {field: chosen_value(findings, field) for field in _FIELDS[1:]}
    organisation = values["organisation"]
    if organisation and name and set(_words(organisation)) <= set(_words(name)):
        organisation = None
    return Contact(name, values["email"], values["phone"], values["role"], organisation)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _of_blocks(writer: Writer) -> Iterator[Finding]:
    """The signature, and blocks in the text that open with the writer's name, as letterheads and
    signatures above a last remark do."""
    block = read_block(writer.tail, names=writer.names, email=writer.email, source=writer.source)
    yield from block.findings
    yield from read_letterhead(writer.body, email=writer.email, source=writer.source)
    blocks = [b for name in writer.names[:1] for b in blocks_of(writer.body, name)]
    if not writer.names and not writer.tail:
        blocks = last_block(writer.body)
    for lines in blocks[:MOST_BLOCKS]:
        other = read_block(lines, names=writer.names, email=writer.email, source=writer.source)
        yield from weaken(other.findings, 0.95)


def _of_header(writer: Writer) -> Iterator[Finding]:
    if writer.address is not None:
        yield from of_header(writer.address)


def _writers_address(writer: Writer) -> Iterator[Finding]:
    if writer.email:
        sureness = 0.85 if writer.names else 0.75
        yield make_finding("email", writer.email, "header", sureness)


def _of_prose(writer: Writer, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    names, email, source = writer.names, writer.email, writer.source
    signed = tuple(line for line in writer.tail if _SAYS_I.match(line.text))
    sentences = (*sentences, *sentences_of(paragraphs(signed)))
    yield from _fuller_names(writer, sentences)
    yield from find_self(sentences, email=email, source=source, names=names)
    yield from find_named_in_passing(writer.paragraphs, email=email, source=source)
    yield from find_corrections(sentences, names=names, email=email, source=source)
    yield from find_own_name(sentences, names, email=email, source=source)
    yield from find_by_domain(sentences, email=email, source=source)
    yield from find_stood_for(sentences, email=email, source=source)


def _fuller_names(writer: Writer, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """`Aurelie Mbemba` in the text of one whose From says `Aurelie M`."""
    display = display_name(writer.address)
    if display is None or is_whole(display):
        return
    for sentence in sentences:
        for person in sentence.people:
            if is_whole(person.name) and is_same_person(person.name, display):
                at = sentence.span(person.start, person.end, source=writer.source)
                yield make_finding("name", person.name, "prose", 0.6, at=at)


def _best_name(findings: Sequence[Finding], writer: Writer) -> str | None:
    """The chosen name, in the fullest form that agrees with it."""
    chosen = chosen_value(findings, "name")
    if chosen is None:
        return None
    chosen = turned_by_address(chosen, writer.email)
    if is_whole(chosen) and _is_labelled(findings, chosen):
        return chosen
    for finding in findings:
        if finding.field != "name" or finding.confidence < 0.4:
            continue
        candidate = turned_by_address(finding.value, writer.email)
        if is_same_person(candidate, chosen) and _is_fuller(candidate, chosen):
            chosen = candidate
    return chosen


def _is_labelled(findings: Sequence[Finding], name: str) -> bool:
    return any(f.field == "name" and f.method == "label" and f.value == name for f in findings)


def _is_fuller(candidate: str, chosen: str) -> bool:
    if is_whole(candidate) != is_whole(chosen):
        return is_whole(candidate)
    return fuller(candidate, chosen) == candidate and candidate != chosen

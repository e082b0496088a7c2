"""Pure: the contact of a message: the lead, who need not be the one who writes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from intake.understanding.finders.beside import find_of_person, find_own_name
from intake.understanding.finders.blocks import blocks_of, last_block
from intake.understanding.finders.corrections import find_corrections, without_old
from intake.understanding.finders.details import of_labels
from intake.understanding.finders.domains import (
    find_by_domain,
    find_named_in_passing,
    find_stood_for,
)
from intake.understanding.finders.findings import choose, chosen_value, make_finding, weaken
from intake.understanding.finders.header import display_name, of_header
from intake.understanding.finders.lead import Lead, find_lead, find_served
from intake.understanding.finders.letterheads import read_letterhead
from intake.understanding.finders.names import (
    clean_name,
    fuller,
    is_same_person,
    is_whole,
    matches_address,
    name_from_address,
    turned_by_address,
)
from intake.understanding.finders.prose import find_self
from intake.understanding.finders.sentences import Sentence, sentences_of
from intake.understanding.finders.signature import read_block
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.lines import Line
from intake.understanding.texts.paragraphs import Paragraph, paragraphs
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding
from storage.domain.people import Address, Contact

_MOST_BLOCKS = 5
_SAYS_I = re.compile(r"\W{0,3}I(?:['’]m| am|['’]ve)? [a-z]")
_NICKNAME = re.compile(r"[\"“(‘']([\w-]{2,20})[\"”)’']\s")
_LENDS = cues(
    r"\b(?:write|writing|e-?mail|reply|answer)\b.{0,20}\b(?:to )?me\b|\buse mine\b|\b(?:use|via"
    r"|through) my (?:e-?mail|address|account|inbox)\b",
)
"""What a writer says who takes the letters of somebody else."""
_FIELDS = ("name", "email", "phone", "role", "organisation")


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes and what of theirs is to be read.

    `others` are the people to whom the message went or was copied. `paragraphs` are the running
    text, `body` its lines, `tail` the lines of the sign-off, `labels` the labelled details.
    `source` names what the offsets count in. `reads_as_form`: the labels are a form's.
    """

    address: Address | None
    others: tuple[Address, ...]
    paragraphs: tuple[Paragraph, ...]
    body: tuple[Line, ...]
    tail: tuple[Line, ...]
    labels: tuple[Labelled, ...]
    source: str = "body"

    @property
    def email(self) -> str:
        return self.address.email if self.address else ""

    @property
    def names(self) -> tuple[str, ...]:
        """What is known of the writer's name from the header alone."""
        found = [
            name for name in (display_name(self.address), name_from_address(self.email)) if name
        ]
        return tuple(dict.fromkeys(found))


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
    own = (*_of_blocks(writer), *_of_header(writer), *_of_prose(writer, sentences))
    own_name = _best_name(own, writer)
    labelled = tuple(of_labels(writer.labels, writer.email))
    other = _other_lead(writer, sentences, labelled, own_name)
    if other is None:
        found = _elsewhere((*labelled, *own, *_writers_address(writer)), places)
        return ContactReading(_contact(found, _best_name(found, writer)), found)
    told = (*labelled, *_of_other(writer, sentences, other), *_shared(own))
    if not any(finding.field == "email" for finding in told):
        told = (*told, *_lent_address(writer, sentences))
    found = _elsewhere(told, places)
    name = _whole_name(other.name, found, writer)
    return ContactReading(_contact(found, name), found, is_writer=False)


def _elsewhere(findings: Sequence[Finding], places: frozenset[str]) -> tuple[Finding, ...]:
    """Without places that were taken for organisations, and without what was corrected."""
    emails = {f.value for f in findings if f.field == "email"}
    return tuple(
        f
        for f in without_old(findings)
        if not (f.field == "organisation" and f.value.casefold() in places)
        and not (f.field == "email" and any(_is_end_of(f.value, email) for email in emails))
    )


def _is_end_of(email: str, other: str) -> bool:
    """`hope@…` of `k.mlynarska-hope@…` that a line break cut in two."""
    return other.endswith(("-" + email, "." + email, "_" + email))


def of_writer(writer: Writer, *, places: frozenset[str] = frozenset()) -> ContactReading:
    """The writer's own details, whoever the lead is: for questions and withdrawals."""
    told = (
        *of_labels(writer.labels, writer.email),
        *_of_blocks(writer),
        *_of_header(writer),
        *_of_prose(writer, sentences_of(writer.paragraphs)),
    )
    found = _elsewhere((*told, *_writers_address(writer)), places)
    return ContactReading(_contact(found, _best_name(found, writer)), found)


def _contact(findings: Sequence[Finding], name: str | None) -> Contact:
    values = {field: chosen_value(findings, field) for field in _FIELDS[1:]}
    organisation = values["organisation"]
    if organisation and name and organisation.casefold() == name.casefold():
        organisation = None
    return Contact(name, values["email"], values["phone"], values["role"], organisation)


def _of_blocks(writer: Writer) -> Iterator[Finding]:
    """The signature, and blocks in the text that open with the writer's name, as letterheads and
    signatures above a last remark do."""
    block = read_block(writer.tail, names=writer.names, email=writer.email, source=writer.source)
    yield from block.findings
    yield from read_letterhead(writer.body, email=writer.email, source=writer.source)
    blocks = [b for name in writer.names[:1] for b in blocks_of(writer.body, name)]
    if not writer.names and not writer.tail:
        blocks = last_block(writer.body)
    for lines in blocks[:_MOST_BLOCKS]:
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


def _other_lead(
    writer: Writer,
    sentences: Sequence[Sentence],
    labelled: Sequence[Finding],
    own_name: str | None,
) -> Lead | None:
    """The lead where it is not the writer."""
    named = choose(labelled, "name")
    if named is not None and named.span is not None:
        is_writer = (
            own_name is None
            or is_same_person(named.value, own_name)
            or any(is_same_person(own_name, n) for n in _nicknames(writer, named.value))
            or matches_address(named.value, writer.email)
        )
        return None if is_writer else Lead(named.value, named.span)
    lead = find_lead(
        sentences, author=own_name, email=writer.email, source=writer.source
    ) or find_served(writer.tail, sentences, source=writer.source)
    if lead is None or (
        writer.email and matches_address(lead.name, writer.email) and own_name is None
    ):
        return None
    return lead


def _nicknames(writer: Writer, name: str) -> Iterator[str]:
    """What the lead is called for short where a label gives it: `Casimir "Caz" Loveday`."""
    for labelled in writer.labels:
        found = _NICKNAME.search(labelled.value[:200])
        if found and clean_name(labelled.value.split("\n")[0]) == name:
            yield found[1]


def _of_other(writer: Writer, sentences: Sequence[Sentence], lead: Lead) -> Iterator[Finding]:
    """What the message says of a lead who does not write it."""
    name = lead.name
    yield make_finding("name", name, "prose", 0.8, at=lead.span)
    yield from find_of_person(sentences, name, email=writer.email, source=writer.source)
    for block in islice(blocks_of((*writer.body, *writer.tail), name), _MOST_BLOCKS):
        yield from read_block(
            block, names=(name,), email=writer.email, source=writer.source, method="block"
        ).findings
    for other in writer.others:
        display = display_name(other)
        if matches_address(name, other.email) or (display and is_same_person(display, name)):
            yield make_finding("email", other.email, "copied", 0.85)
            if display and is_whole(display):
                yield make_finding("name", display, "copied", 0.85)


def _lent_address(writer: Writer, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """The writer's address where they say that it is to be used for the lead, who has none."""
    if writer.email and any(_LENDS.search(sentence.text) for sentence in sentences):
        yield make_finding("email", writer.email, "header", 0.6)


def _shared(own: Sequence[Finding]) -> tuple[Finding, ...]:
    """What the writer's own details say of the lead: the organisation, where they share one."""
    organisations = [finding for finding in own if finding.field == "organisation"]
    return weaken(organisations, 0.85)


def _whole_name(name: str, findings: Sequence[Finding], writer: Writer) -> str | None:
    """The lead's whole name: as a block, the people copied in or an address gives it where the
    text has a surname only."""
    known = [display_name(other) for other in writer.others]
    known += [f.value for f in findings if f.field == "name"]
    if not is_whole(name):
        known += [name_from_address(f.value) for f in findings if f.field == "email"]
    best = name
    for other in known:
        if other and is_same_person(other, name):
            best = fuller(best, other)
    return best


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

"""Pure: the lead whom a message names who does not write it, and what it says of them."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from intake.understanding.finders.beside import find_of_person
from intake.understanding.finders.blocks import blocks_of, names_in_front
from intake.understanding.finders.findings import choose, make_finding, weaken
from intake.understanding.finders.header import display_name
from intake.understanding.finders.lead import Lead, find_lead, find_served
from intake.understanding.finders.names import (
    clean_name,
    fuller,
    is_same_person,
    is_whole,
    matches_address,
    name_from_address,
)
from intake.understanding.finders.organisations import read_person
from intake.understanding.finders.people import find_people
from intake.understanding.finders.sentences import Sentence
from intake.understanding.finders.signature import read_block, serves
from intake.understanding.finders.writer import Writer
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding, Span

MOST_BLOCKS = 5
"""Blocks of details that are read of one person."""
_NICKNAME = re.compile(r"[\"“(‘']([\w-]{2,20})[\"”)’']\s")
_LENDS = cues(
    r"\b(?:write|writing|e-?mail|reply|answer)\b.{0,20}\b(?:to )?me\b|\buse mine\b|\b(?:use|via"
    r"|through) my (?:e-?mail|address|account|inbox)\b",
)
"""What a writer says who takes the letters of somebody else."""


def find_other_lead(
    writer: Writer,
    sentences: Sequence[Sentence],
    labelled: Sequence[Finding],
    own_name: str | None,
) -> Lead | None:
    """The lead where it is not the writer; `labelled` details say so before running text."""
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
        sentences,
        author=own_name,
        known=tuple(_known_names(writer)),
        email=writer.email,
        source=writer.source,
    ) or find_served(writer.tail, sentences, source=writer.source)
    if lead is None or (
        writer.email and matches_address(lead.name, writer.email) and own_name is None
    ):
        return None
    return lead


def _known_names(writer: Writer) -> Iterator[str]:
    """Whole names of the people copied in and of those who sign with the writer."""
    for other in writer.others:
        display = display_name(other)
        if display and is_whole(display):
            yield display
    yield from names_in_front((*writer.body, *writer.tail))


def _nicknames(writer: Writer, name: str) -> Iterator[str]:
    """What the lead is called for short where a label gives it: `Casimir "Caz" Loveday`."""
    for labelled in writer.labels:
        found = _NICKNAME.search(labelled.value[:200])
        if found and clean_name(labelled.value.split("\n")[0]) == name:
            yield found[1]


def of_other(writer: Writer, sentences: Sequence[Sentence], lead: Lead) -> Iterator[Finding]:
    """What the message says of a lead who does not write it."""
    name = lead.name
    yield make_finding("name", name, "prose", 0.8, at=lead.span)
    yield from find_of_person(sentences, name, email=writer.email, source=writer.source)
    yield from _of_served(writer, name)
    for block in islice(blocks_of((*writer.body, *writer.tail), name), MOST_BLOCKS):
        yield from read_block(
            block, names=(name,), email=writer.email, source=writer.source, method="block"
        ).findings
    for other in writer.others:
        display = display_name(other)
        if matches_address(name, other.email) or (display and is_same_person(display, name)):
            yield make_finding("email", other.email, "copied", 0.85)
            if display and is_whole(display):
                yield make_finding("name", display, "copied", 0.85)


def _of_served(writer: Writer, name: str) -> Iterator[Finding]:
    """What a signature says of the one its owner works for: `PA to Dr Ada Bell, Chair`."""
    for line in writer.tail:
        people = find_people(line.text) if serves(line.text) else ()
        for person in people:
            if not person.is_whole or not is_same_person(person.name, name):
                continue
            at = Span(writer.source, line.start + person.start, line.end)
            yield make_finding("name", person.name, "block", 0.7, at=at)
            behind = read_person(line.text[person.start :], writer.email)
            if len(people) == 1 and behind and behind.role:
                yield make_finding("role", behind.role, "block", 0.7, at=at)


def lent_address(writer: Writer, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """The writer's address where they say that it is to be used for the lead, who has none."""
    if writer.email and any(_LENDS.search(sentence.text) for sentence in sentences):
        yield make_finding("email", writer.email, "header", 0.6)


def shared(own: Sequence[Finding]) -> tuple[Finding, ...]:
    """What the writer's own details say of the lead: the organisation, where they share one."""
    organisations = [finding for finding in own if finding.field == "organisation"]
    return weaken(organisations, 0.85)


def whole_name(name: str, findings: Sequence[Finding], writer: Writer) -> str | None:
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

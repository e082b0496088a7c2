"""Pure: what others' words say of the contact: the note above a forward, an attached document."""

from dataclasses import replace

from intake.understanding.finders.beside import find_of_person
from intake.understanding.finders.contact import (
    ContactReading,
    Writer,
    find_contact,
    of_writer,
    own_findings,
    own_name_of,
)
from intake.understanding.finders.findings import chosen_value, make_finding
from intake.understanding.finders.lead import find_lead, says_i_lead
from intake.understanding.finders.names import is_same_person, is_whole, matches_address
from intake.understanding.finders.people import find_people
from intake.understanding.finders.sentences import sentences_of
from intake.understanding.texts.patterns import cues
from intake.understanding.texts.writing import Writing
from storage.domain.message import Span
from storage.domain.people import Address, Contact

_NOT_MINE = cues(
    r"\b(?:isn['’]t|is not|not) (?:(?:written|signed) )?(?:from|by) me\b|\bnot (?:mine|my own)\b",
    r"\b(?:signed|written|dictated) by\b|\bwho (?:signed|wrote|dictated) (?:it|this)\b",
    r"\b(?:letter|note|statement|paper|interest|eoi) (?:is )?(?:from|by|of) (?:my|our) \w"
    r"|\b(?:my|our) [\w ]{3,30}['’]s (?:letter|note|statement|paper|expression)\b",
)
"""What a note says that only passes on what somebody else has signed."""
_FIELDS = ("email", "phone", "role", "organisation")
_MOST_PARAGRAPHS = 60
_LONGEST_SUBJECT = 300


def find_forwarded_contact(
    writing: Writing, author: Writer, *, places: frozenset[str] = frozenset()
) -> ContactReading:
    """The contact of what `author` wrote: of a forwarded message, who sent it on, where they say
    that they lead themselves, or a third whom they say to lead."""
    cover = writing.sender
    if not writing.is_forwarded:
        return find_contact(author, places=places)
    sentences = sentences_of(cover.paragraphs)
    if says_i_lead(sentences):
        return of_writer(cover, places=places)
    sender = own_name_of(cover)
    lead = find_lead(sentences, author=sender, email=cover.email, source=cover.source)
    told = find_contact(author, places=places)
    name = told.contact.name
    if lead is None or (name and is_same_person(lead.name, name)):
        return _complete(told, cover, email=author.email)
    return find_contact(cover, places=places)


def find_signer(contact: ContactReading, letter: Writer, writing: Writing) -> Writer | None:
    """The letter as its signer's own, where that is not who sends it: the note above it says so,
    or gives their address; None where the sender's own name stands below it, or no whole one."""
    cover, sent_by = writing.author, contact.contact.name
    signed = [
        f.value
        for f in own_findings(replace(letter, address=None))
        if f.field == "name" and f.method == "signature" and is_whole(f.value)
    ]
    if not signed or not contact.is_writer or (sent_by and is_same_person(signed[-1], sent_by)):
        return None
    sentences = sentences_of(cover.paragraphs)
    told = [address.email for sentence in sentences for address in sentence.addresses]
    told += [other.email for other in cover.others]
    theirs = [email for email in told if matches_address(signed[-1], email)]
    if not theirs and not any(_NOT_MINE.search(sentence.text) for sentence in sentences):
        return None
    return replace(letter, address=Address(theirs[0], signed[-1]) if theirs else None)


def complete_from_subject(contact: ContactReading, subject: str) -> ContactReading:
    """The contact with their whole name, where the subject has it and the rest only a part."""
    name = contact.contact.name
    if name is None or is_whole(name):
        return contact
    for person in find_people(subject[:_LONGEST_SUBJECT]):
        if is_whole(person.name) and is_same_person(person.name, name):
            at = Span("subject", person.start, person.end)
            found = make_finding("name", person.name, "prose", 0.6, at=at)
            told = replace(contact.contact, name=person.name)
            return replace(contact, contact=told, findings=(*contact.findings, found))
    return contact


def complete_from_letter(contact: ContactReading, letter: Writer) -> ContactReading:
    """The contact, with their whole name and what else an attached document says beside it."""
    told = contact.contact
    if told.name is None:
        return contact
    people = [p.name for s in sentences_of(letter.paragraphs[:_MOST_PARAGRAPHS]) for p in s.people]
    whole = next((n for n in people if is_whole(n) and is_same_person(n, told.name)), None)
    is_short = len(told.name.split()) < 2 or len(told.name.split()[-1].strip(".")) < 2
    if whole and is_short:
        contact = replace(contact, contact=replace(told, name=whole))
    return _complete(contact, letter, email=told.email or "")


def _complete(contact: ContactReading, cover: Writer, *, email: str) -> ContactReading:
    """The contact, with what the text of `cover` says of them where the rest does not."""
    told = contact.contact
    missing = [field for field in _FIELDS if getattr(told, field) is None]
    if told.name is None or not missing:
        return contact
    sentences = sentences_of(cover.paragraphs)
    found = [
        finding
        for finding in find_of_person(sentences, told.name, email=email, source=cover.source)
        if finding.field in missing
    ]
    values = {field: chosen_value(found, field) for field in missing}
    merged = Contact(**values).merged(told)
    return replace(contact, contact=merged, findings=(*contact.findings, *found))

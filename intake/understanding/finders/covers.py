"""Pure: what others' words say of the contact: the note above a forward, an attached document."""

from dataclasses import replace

from intake.understanding.finders.beside import find_of_person
from intake.understanding.finders.contact import ContactReading, Writer
from intake.understanding.finders.findings import chosen_value
from intake.understanding.finders.names import is_same_person, is_whole
from intake.understanding.finders.sentences import sentences_of
from intake.understanding.texts.writing import Writing
from storage.domain.people import Contact

_FIELDS = ("email", "phone", "role", "organisation")
_MOST_PARAGRAPHS = 60


def complete_from_cover(contact: ContactReading, writing: Writing) -> ContactReading:
    """The contact of a forwarded message, with what who sent it on says of that person and the
    message itself does not."""
    if not writing.is_forwarded:
        return contact
    return _complete(contact, writing.sender, email=writing.author.email)


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

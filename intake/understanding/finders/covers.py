"""Pure: what the note above a forwarded message says of the one who wrote it."""

from dataclasses import replace

from intake.understanding.finders.beside import find_of_person
from intake.understanding.finders.contact import ContactReading
from intake.understanding.finders.findings import chosen_value
from intake.understanding.finders.sentences import sentences_of
from intake.understanding.texts.writing import Writing
from storage.domain.people import Contact

_FIELDS = ("email", "phone", "role", "organisation")


def complete_from_cover(contact: ContactReading, writing: Writing) -> ContactReading:
    """The contact of a forwarded message, with what who sent it on says of that person and the
    message itself does not."""
    told = contact.contact
    missing = [field for field in _FIELDS if getattr(told, field) is None]
    if not writing.is_forwarded or told.name is None or not missing:
        return contact
    cover = writing.sender
    sentences = sentences_of(cover.paragraphs)
    email = writing.author.email
    found = [
        finding
        for finding in find_of_person(sentences, told.name, email=email, source=cover.source)
        if finding.field in missing
    ]
    values = {field: chosen_value(found, field) for field in missing}
    merged = Contact(**values).merged(told)
    return replace(contact, contact=merged, findings=(*contact.findings, *found))

"""Pure: all that a message tells, gathered from text, forwarded text, answers and attachments.

What of it counts depends on what kind of message it is; that is decided afterwards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake.understanding.files.attachments import CARD, Opened
from intake.understanding.files.forms import Form, ReadDocument, read_form
from intake.understanding.finders.contact import ContactReading, Writer, find_contact
from intake.understanding.finders.covers import (
    complete_from_letter,
    complete_from_subject,
    find_forwarded_contact,
    find_signer,
)
from intake.understanding.finders.custom import choose_custom, find_anywhere, take_custom
from intake.understanding.finders.domains import find_named
from intake.understanding.finders.findings import chosen_value, of_field, weaken
from intake.understanding.finders.names import is_same_person
from intake.understanding.finders.nominated import find_nominees
from intake.understanding.finders.nominations import (
    Nominations,
    add_self,
    complete_contact,
    find_nominations,
    without,
)
from intake.understanding.finders.project import Told, find_project, read_letters
from intake.understanding.finders.whereabouts import find_areas
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.lines import Line, split_lines
from intake.understanding.texts.paragraphs import Paragraph, paragraphs
from intake.understanding.texts.writing import Writing
from storage.domain.message import Finding
from storage.domain.programme import Programme, ProgrammeKind

_IS_REPLY = re.compile(r"\s*(?:re|aw|sv|antw|fwd?)\s?:", re.I)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a message tells, whatever kind it turns out to be. `labels` counts its labelled
    details, `findings` are all candidates for all fields."""

    contact: ContactReading
    title: str | None = None
    summary: str | None = None
    area: str | None = None
    senior_leader: str | None = None
    partners: tuple[str, ...] = ()
    nominations: Nominations = field(default_factory=Nominations)
    has_form: bool = False
    labels: int = 0
    custom: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def particulars(self) -> int:
        """How many of the things are told that only belong to a project and its lead."""
        project = (self.title, self.senior_leader, self.partners, self.area)
        return sum(map(bool, (*project, self.contact.contact.phone)))


def find_facts(
    writing: Writing, files: Sequence[Opened], programme: Programme, *, subject: str
) -> Facts:
    """Everything that can be found, in the order in which one thing needs another."""
    documents = _read_documents(files, programme)
    writing, custom = take_custom(writing, programme.fields)
    pasted = read_form((*writing.author.body, *writing.author.tail), programme, source="body")
    forms = [document.form for document in documents if document.form.is_application]
    if pasted.is_application:
        forms.append(pasted)
    labels = _labels(writing, documents, pasted)
    nominations = _nominations(writing, labels, documents, files, programme, subject)
    labels = tuple(labelled for labelled in labels if labelled not in nominations.consumed)
    author = replace(writing.author, labels=labels)
    places = frozenset(
        name.casefold() for a in programme.areas for name in (a.name, *a.aliases, *a.places)
    )
    contact = find_forwarded_contact(writing, author, places=places)
    contact = _with_letters(contact, _read_cards(files, author), documents, writing)
    contact = complete_from_subject(contact, subject)
    contact = _with_mentions(contact, writing, documents, subject)
    letters = read_letters(documents, writing)
    contact = _with_letters(contact, letters, documents, writing)
    nominations = without(nominations, None if contact.is_writer else contact.contact.name)
    contact = replace(contact, contact=complete_contact(contact.contact, nominations))
    said = f"{subject}. {writing.new_text}"
    nominations = add_self(nominations, said, contact.contact, is_writer=contact.is_writer)
    told = Told(
        writing=writing,
        labels=labels,
        forms=tuple(forms),
        letters=letters,
        contact=contact.contact,
        nominees=tuple(nominee.name for nominee in nominations.nominees),
        team=nominations.team,
        programme=programme,
        subject=subject,
    )
    found = [*contact.findings, *find_project(told)]
    found += find_nominees(nominations, _texts(writing, documents))
    found += find_areas(writing, labels, documents, programme, found, subject)
    found += (*custom, *_custom_of(documents, programme))
    return _chosen(found, contact, nominations, labels, programme, has_form=bool(forms))


def _chosen(
    found: Sequence[Finding],
    contact: ContactReading,
    nominations: Nominations,
    labels: Sequence[Labelled],
    programme: Programme,
    *,
    has_form: bool,
) -> Facts:
    """The facts that the candidates amount to."""
    return Facts(
        contact=contact,
        title=chosen_value(found, "title"),
        summary=chosen_value(found, "summary"),
        area=chosen_value(found, "area"),
        senior_leader=chosen_value(found, "senior_leader"),
        partners=tuple(finding.value for finding in of_field(found, "partner")),
        nominations=nominations,
        has_form=has_form,
        labels=len({label.field for label in labels if label.field not in ("other", "contact")}),
        custom=choose_custom(found, programme.fields),
        findings=tuple(found),
    )


def ruled(facts: Facts, values: Mapping[str, str]) -> Facts:
    """The facts with what the organisers' own rules say: the area, and the programme's fields."""
    area = values.get("area", facts.area)
    own = {key: value for key, value in values.items() if key != "area"}
    return replace(facts, area=area, custom=tuple({**dict(facts.custom), **own}.items()))


def _custom_of(documents: Sequence[ReadDocument], programme: Programme) -> Iterator[Finding]:
    """The programme's own fields in documents."""
    for document in documents:
        yield from document.form.custom
        yield from find_anywhere(document.form.lines, programme.fields, source=document.source)


def _texts(
    writing: Writing, documents: Sequence[ReadDocument]
) -> list[tuple[tuple[Line, ...], str]]:
    """The lines of the message and of its documents, each with its source."""
    author = writing.author
    own = (*author.body, *author.tail)
    return [(own, author.source), *((tuple(d.form.lines), d.source) for d in documents)]


def _read_documents(files: Sequence[Opened], programme: Programme) -> list[ReadDocument]:
    found = []
    for index, opened in enumerate(files):
        if opened.text is not None and opened.text.strip() and opened.extension != CARD:
            source = f"attachment:{index}"
            form = read_form(split_lines(opened.text), programme, source=source)
            found.append(ReadDocument(form, source, opened.extension))
    return found


def _read_cards(files: Sequence[Opened], author: Writer) -> list[Writer]:
    """The contact cards among the files that are the writer's own."""
    found = []
    for index, opened in enumerate(files):
        lines = split_lines(opened.text or "")
        is_own = not author.names or any(is_same_person(lines[0].text, n) for n in author.names)
        if opened.extension == CARD and is_own:
            card = Writer(author.address, (), (), (), lines, (), source=f"attachment:{index}")
            found.append(card)
    return found


def _labels(
    writing: Writing, documents: Sequence[ReadDocument], pasted: Form
) -> tuple[Labelled, ...]:
    """Labelled details, those of the form first: they count before what the message says."""
    own = pasted.labels if pasted.is_application else writing.author.labels
    tables = ("xlsx", "ods", "csv")
    attached = [d for d in documents if d.form.is_application or d.extension not in tables]
    attached.sort(key=lambda document: not document.form.is_application)
    of_documents = [
        labelled for d in attached for labelled in d.form.labels if labelled.field != "other"
    ]
    return (*of_documents, *own)


def _nominations(
    writing: Writing,
    labels: Sequence[Labelled],
    documents: Sequence[ReadDocument],
    files: Sequence[Opened],
    programme: Programme,
    subject: str,
) -> Nominations:
    author = writing.author
    if programme.kind is not ProgrammeKind.COHORT:
        return Nominations()
    cards = [split_lines(opened.text or "") for opened in files if opened.extension == CARD]
    return find_nominations(
        author.body,
        author.paragraphs,
        labels,
        names=author.names,
        email=author.email,
        subject="" if _IS_REPLY.match(subject) else subject,
        documents={document.source: document.form.lines for document in documents},
        cards=[
            lines
            for lines in cards
            if not any(is_same_person(lines[0].text, name) for name in author.names)
        ],
    )


def _with_mentions(
    contact: ContactReading, writing: Writing, documents: Sequence[ReadDocument], subject: str
) -> ContactReading:
    """The contact, with its organisation out of the subject or a document's heading where the
    rest does not tell it."""
    if contact.contact.organisation is not None:
        return contact
    email = contact.contact.email or writing.author.email
    is_reply = _IS_REPLY.match(subject) is not None
    texts: list[tuple[tuple[Paragraph, ...], str]]
    texts = [] if is_reply else [((Paragraph(subject, 0, len(subject)),), "subject")]
    texts += [(paragraphs(d.form.lines), d.source) for d in documents]
    found = [f for text, source in texts for f in find_named(text, email=email, source=source)]
    organisation = chosen_value(found, "organisation")
    told = replace(contact.contact, organisation=organisation)
    return replace(contact, contact=told, findings=(*contact.findings, *found))


def _with_letters(
    contact: ContactReading,
    letters: Sequence[Writer],
    documents: Sequence[ReadDocument],
    writing: Writing,
) -> ContactReading:
    """The contact, with what a letter in an attached document or a contact card adds where
    nothing else told; nobody signs what an office sends but the one who signs its letter, who
    leads where the sender only passes it on."""
    labelled = {d.source for d in documents if len(d.form.labels) > 2}
    for letter in letters:
        signed = find_signer(contact, letter, writing)
        if signed is not None:
            told = find_contact(signed)
            contact = replace(told, is_writer=False)
            continue
        contact = complete_from_letter(contact, letter)
        if letter.source in labelled:
            continue
        told = find_contact(letter)
        if told.is_writer and contact.is_writer:
            merged = told.contact.merged(contact.contact)
            if contact.contact.name is None:
                merged = contact.contact.merged(told.contact)
            contact = replace(
                contact, contact=merged, findings=(*contact.findings, *weaken(told.findings, 0.9))
            )
    return contact

"""Pure: all that a message tells, gathered from text, forwarded text, answers and attachments.

What of it counts depends on what kind of message it is; that is decided afterwards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake.understanding.files.attachments import Opened
from intake.understanding.files.forms import LETTERS, Form, ReadDocument, read_form
from intake.understanding.finders.contact import ContactReading, find_contact
from intake.understanding.finders.custom import choose_custom, take_custom
from intake.understanding.finders.findings import chosen_value, make_finding, of_field, weaken
from intake.understanding.finders.nominations import (
    Nominations,
    add_self,
    complete_contact,
    find_nominations,
    without,
)
from intake.understanding.finders.organisations import read_person
from intake.understanding.finders.partners import find_partners
from intake.understanding.finders.people import find_senior_leader
from intake.understanding.finders.prose import find_named
from intake.understanding.finders.summary import Summary, find_summary, join_summaries, read_section
from intake.understanding.finders.title import find_titles
from intake.understanding.finders.whereabouts import find_areas
from intake.understanding.texts.labels import Labelled, is_labelled
from intake.understanding.texts.lines import split_lines
from intake.understanding.texts.paragraphs import Paragraph, paragraphs, sentences
from intake.understanding.texts.writing import Writing, make_writer
from storage.domain.message import Finding, Span
from storage.domain.programme import Programme, ProgrammeKind

_FEWEST_WORDS_OF_SECTION = 10
_FEWEST_WORDS_OF_LETTER = 40
_NOBODY = ("not yet", "none", "n/a", "tbc", "tba", "to be confirmed", "unknown", "no", "-", "?")


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


def find_facts(
    writing: Writing, files: Sequence[Opened], programme: Programme, *, subject: str
) -> Facts:
    """Everything that can be found, in the order in which one thing needs another."""
    documents = _read_documents(files, programme)
    writing, custom = take_custom(writing, documents, programme.fields)
    pasted = read_form((*writing.author.body, *writing.author.tail), programme, source="body")
    forms = [document.form for document in documents if document.form.is_application]
    if pasted.is_application:
        forms.append(pasted)
    labels = _labels(writing, documents, pasted)
    nominations = _nominations(writing, labels, documents, programme)
    labels = tuple(labelled for labelled in labels if labelled not in nominations.consumed)
    author = replace(writing.author, labels=labels)
    places = frozenset(
        name.casefold() for a in programme.areas for name in (a.name, *a.aliases, *a.places)
    )
    contact = find_contact(author, places=places)
    contact = _with_mentions(contact, writing, documents, subject)
    contact = _with_letters(contact, writing, documents)
    nominations = without(nominations, None if contact.is_writer else contact.contact.name)
    contact = replace(contact, contact=complete_contact(contact.contact, nominations))
    nominations = add_self(nominations, writing.new_text, contact.contact)
    found = [*contact.findings, *_summaries(writing, labels, documents, forms, nominations)]
    found += _leaders(author.paragraphs, labels)
    found += _titles(writing, labels, programme, contact, subject)
    found += _partners(author.paragraphs, labels, contact, programme, documents)
    found += find_areas(writing, labels, documents, programme, found, subject)
    found += custom
    return Facts(
        contact=contact,
        title=chosen_value(found, "title"),
        summary=chosen_value(found, "summary"),
        area=chosen_value(found, "area"),
        senior_leader=chosen_value(found, "senior_leader"),
        partners=tuple(finding.value for finding in of_field(found, "partner")),
        nominations=nominations,
        has_form=bool(forms),
        labels=len({label.field for label in labels if label.field not in ("other", "contact")}),
        custom=choose_custom(found, programme.fields),
        findings=tuple(found),
    )


def ruled(facts: Facts, values: Mapping[str, str]) -> Facts:
    """The facts with what the organisers' own rules say: the area, and the programme's fields."""
    area = values.get("area", facts.area)
    own = {key: value for key, value in values.items() if key != "area"}
    return replace(facts, area=area, custom=tuple({**dict(facts.custom), **own}.items()))


def _read_documents(files: Sequence[Opened], programme: Programme) -> list[ReadDocument]:
    found = []
    for index, opened in enumerate(files):
        if opened.text is not None and opened.text.strip():
            source = f"attachment:{index}"
            form = read_form(split_lines(opened.text), programme, source=source)
            found.append(ReadDocument(form, source, opened.extension))
    return found


def _labels(
    writing: Writing, documents: Sequence[ReadDocument], pasted: Form
) -> tuple[Labelled, ...]:
    """Labelled details, those of the form first: they count before what the message says."""
    own = pasted.labels if pasted.is_application else writing.author.labels
    attached = [d for d in documents if d.extension not in ("xlsx", "ods", "csv")]
    attached.sort(key=lambda document: not document.form.is_application)
    of_documents = [
        labelled for d in attached for labelled in d.form.labels if labelled.field != "other"
    ]
    return (*of_documents, *own)


def _nominations(
    writing: Writing,
    labels: Sequence[Labelled],
    documents: Sequence[ReadDocument],
    programme: Programme,
) -> Nominations:
    author = writing.author
    if programme.kind is not ProgrammeKind.COHORT:
        return Nominations()
    tables = [document.form.lines for document in documents]
    return find_nominations(
        author.body, author.paragraphs, labels, names=author.names, tables=tables
    )


def _with_mentions(
    contact: ContactReading, writing: Writing, documents: Sequence[ReadDocument], subject: str
) -> ContactReading:
    """The contact, with its organisation out of the subject or a document's heading where the
    rest does not tell it."""
    if contact.contact.organisation is not None:
        return contact
    email = contact.contact.email or writing.author.email
    is_reply = re.match(r"\s*(?:re|aw|sv|antw)\s?:", subject, re.I) is not None
    texts: list[tuple[tuple[Paragraph, ...], str]]
    texts = [] if is_reply else [((Paragraph(subject, 0, len(subject)),), "subject")]
    texts += [(paragraphs(d.form.lines), d.source) for d in documents]
    found = [f for text, source in texts for f in find_named(text, email=email, source=source)]
    organisation = chosen_value(found, "organisation")
    told = replace(contact.contact, organisation=organisation)
    return replace(contact, contact=told, findings=(*contact.findings, *found))


def _with_letters(
    contact: ContactReading, writing: Writing, documents: Sequence[ReadDocument]
) -> ContactReading:
    """The contact, with what a letter in an attached document adds where nothing else told."""
    for document in documents:
        if document.form.is_application or len(document.form.labels) > 2:
            continue
        letter = make_writer(
            document.form.lines, writing.author.address, labels=(), source=document.source
        )
        told = find_contact(letter)
        if told.is_writer and contact.is_writer:
            merged = told.contact.merged(contact.contact)
            contact = replace(
                contact, contact=merged, findings=(*contact.findings, *weaken(told.findings, 0.9))
            )
    return contact


def _summaries(
    writing: Writing,
    labels: Sequence[Labelled],
    documents: Sequence[ReadDocument],
    forms: Sequence[Form],
    nominations: Nominations,
) -> Iterator[Finding]:
    """Candidates: the form's section, a section under a heading, running text."""
    for form in forms:
        if form.summary is not None:
            yield _summary_finding(form.summary, "form", 0.97, form.labels[0].source)
    for section, source in _sections(labels):
        if section.words >= _FEWEST_WORDS_OF_SECTION:
            size = min(section.words, 400) / 10_000
            yield _summary_finding(section, "label", 0.9 + size, source)
    exclude = [nominee.name for nominee in nominations.nominees]
    body = find_summary(writing.author.body, stands_alone=is_labelled, exclude=exclude)
    if body is not None and not writing.answers:
        yield _summary_finding(body, "prose", 0.8, "body")
    for document in documents:
        letter = make_writer(
            document.form.lines, writing.author.address, labels=(), source=document.source
        )
        prose = find_summary(letter.body, stands_alone=is_labelled)
        if prose is not None and not document.form.is_application and document.extension in LETTERS:
            yield _summary_finding(prose, "document", 0.75, document.source)


def _sections(labels: Sequence[Labelled]) -> Iterator[tuple[Summary, str]]:
    """The sections under headings of the summary; those that follow one another (`The issue`,
    `Our idea`) are one."""
    run: list[Summary] = []
    source = ""
    for labelled in (*labels, None):
        section = read_section(labelled.lines) if labelled and labelled.field == "summary" else None
        if run and (labelled is None or section is None or labelled.source != source):
            yield join_summaries(run), source
            run = []
        if section is not None and labelled is not None:
            run.append(section)
            source = labelled.source


def _summary_finding(summary: Summary, method: str, confidence: float, source: str) -> Finding:
    return make_finding(
        "summary", summary.text, method, confidence, at=Span(source, summary.start, summary.end)
    )


def _leaders(text: Sequence[Paragraph], labels: Sequence[Labelled]) -> Iterator[Finding]:
    for labelled in labels:
        if labelled.field == "senior_leader" and not labelled.value.lower().startswith(_NOBODY):
            person = read_person(labelled.value)
            if person is not None:
                yield make_finding("senior_leader", person.name, "label", 0.95, at=labelled.span)
    for paragraph in text:
        for sentence in sentences(paragraph.text[:6000]):
            leader = find_senior_leader(sentence)
            if leader is not None and leader.is_whole:
                yield make_finding(
                    "senior_leader", leader.name, "prose", 0.8, at=paragraph.span("body")
                )


def _titles(
    writing: Writing,
    labels: Sequence[Labelled],
    programme: Programme,
    contact: ContactReading,
    subject: str,
) -> Iterator[Finding]:
    known = [programme.name, programme.slug, programme.reference_prefix, programme.team]
    known += [name for area in programme.areas for name in (area.name, *area.aliases, *area.places)]
    known += [value for value in (contact.contact.organisation, contact.contact.name) if value]
    if programme.kind is ProgrammeKind.COHORT:
        return
    yield from find_titles(
        writing.author.paragraphs,
        labels,
        subject=subject,
        not_titles=known,
        email=writing.author.email,
        source="body",
    )


def _partners(
    text: Sequence[Paragraph],
    labels: Sequence[Labelled],
    contact: ContactReading,
    programme: Programme,
    documents: Sequence[ReadDocument],
) -> tuple[Finding, ...]:
    has_list = any(labelled.field == "partners" for labelled in labels)
    in_prose = () if programme.kind is ProgrammeKind.COHORT or (has_list and documents) else text
    if not in_prose or sum(paragraph.words for paragraph in text) < _FEWEST_WORDS_OF_LETTER:
        letters = [d for d in documents if not d.form.is_application and d.extension in LETTERS]
        in_prose = (*in_prose, *(p for d in letters for p in paragraphs(d.form.lines)))
    return find_partners(in_prose, labels, own=contact.contact.organisation, source="body")

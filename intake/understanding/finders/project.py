"""Pure: what a message tells of the project: summary, title, senior leader, partners.

They are read in the message itself, in the form, and in letters that are attached.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.files.forms import LETTERS, Form, ReadDocument
from intake.understanding.finders.area import gazetteer_of
from intake.understanding.finders.contact import Writer
from intake.understanding.finders.findings import chosen_value, make_finding, of_field
from intake.understanding.finders.header import display_name
from intake.understanding.finders.leader import find_senior_leaders
from intake.understanding.finders.matter import Known
from intake.understanding.finders.names import is_same_person
from intake.understanding.finders.oddrows import read_odd_rows
from intake.understanding.finders.organisations import affinity, read_person
from intake.understanding.finders.partners import find_partners
from intake.understanding.finders.people import find_people
from intake.understanding.finders.summary import Summary, find_summary, join_summaries, read_section
from intake.understanding.finders.title import find_titles
from intake.understanding.texts.labels import Labelled, is_labelled
from intake.understanding.texts.lines import Line
from intake.understanding.texts.patterns import cues
from intake.understanding.texts.writing import Writing, make_writer
from storage.domain.message import Finding, Span
from storage.domain.people import Contact
from storage.domain.programme import Programme, ProgrammeKind

_FEWEST_WORDS_OF_SECTION = 10
_STORY = 30
"""Words of a summary beside answers to our questions."""
_SURELY_TITLE = 0.8
_SAME = 2
"""Above it, an address shows that an organisation is its owner's."""
_SYSTEM = re.compile(r" (?:ICS|ICB|STP|CCG|(?:Integrated )?Care (?:System|Board|Partnership))$")
_I_SPONSOR = cues(
    r"\bi(?:['’]m| am|['’]ll be| will be| shall be) (?:also )?(?:writing as )?"
    r"(?:the|its|your|their|her|his|our)"
    r" (?:senior (?:leader|sponsor)|sponsor)\b",
    r"\bi (?:will |shall |am happy to |would )?(?:sponsor|act as (?:the )?(?:senior leader"
    r"|sponsor))\b",
)
_OPEN = cues(
    r"\b(?:hope|hoping|ask|asked|approach\w*|yet|tbc|confirm\w*|looking|maybe|perhaps|possibly|not|no"
    r"|nobody|without|waiting|declined)\b",
)
"""What stands beside a name of which it is not settled that they will sponsor."""
_NOBODY = ("not yet", "none", "n/a", "tbc", "tba", "to be confirmed", "unknown", "no", "-", "?")


@dataclass(frozen=True, slots=True)
class Told:
    """What a project is read from: the writing, its labelled details and those of documents, the
    application forms, the letters attached; and who the contact, the nominees and the team are."""

    writing: Writing
    labels: tuple[Labelled, ...]
    forms: tuple[Form, ...]
    letters: tuple[Writer, ...]
    contact: Contact
    nominees: tuple[str, ...]
    team: str | None
    programme: Programme
    subject: str


def read_letters(documents: Sequence[ReadDocument], writing: Writing) -> tuple[Writer, ...]:
    """The letters among the documents, forms and tables left out."""
    return tuple(
        make_writer(document.form.lines, writing.author.address, labels=(), source=document.source)
        for document in documents
        if not document.form.is_application and document.extension in LETTERS
    )


def find_project(told: Told) -> list[Finding]:
    """Candidates for summary, title, senior leader and partners."""
    author = told.writing.author
    titles = [*_titles(told)]
    named = {_bare(finding.value) for finding in titles if finding.confidence >= _SURELY_TITLE}
    partners = [f for f in _partners(told) if f.method == "label" or _bare(f.value) not in named]
    found = [*_leaders(told), *titles, *partners]
    if told.programme.kind is not ProgrammeKind.COHORT:
        lead = told.contact.name
        found += read_odd_rows(author.body, told.labels, lead=lead, source=author.source)
    leader, title = chosen_value(found, "senior_leader"), chosen_value(found, "title")
    known = Known(
        gazetteer_of(told.programme.areas).names,
        people=_folded(told.contact.name, leader),
        partners=_folded(*(finding.value for finding in of_field(found, "partner"))),
        names=_folded(told.contact.organisation, told.team, title),
    )
    return [*found, *_summaries(told, known)]


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _folded(*names: str | None) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names if name)


def _summaries(told: Told, known: Known) -> Iterator[Finding]:
    """Candidates: the form's section, a section under a heading, running text."""
    for form in told.forms:
        if form.summary is not None:
            yield _summary_finding(form.summary, "form", 0.97, form.labels[0].source)
    for section, source in _sections(told.labels, known):
        if section.words >= _FEWEST_WORDS_OF_SECTION:
            size = min(section.words, 400) / 10_000
            yield _summary_finding(section, "label", 0.9 + size, source)
    if not any(answer.field == "summary" for answer in told.writing.answers):
        body = find_summary(
            _without_answers(told.writing),
            stands_alone=is_labelled,
            known=known,
            nominees=told.nominees,
        )
        if body is not None and (not told.writing.answers or body.words >= _STORY):
            yield _summary_finding(body, "prose", 0.8, "body")
    for letter in told.letters:
        prose = find_summary(letter.body, stands_alone=is_labelled, known=known)
        if prose is not None:
            yield _summary_finding(prose, "document", 0.75, letter.source)


def _without_answers(writing: Writing) -> Sequence[Line]:
    """The lines of the text but those that answer a quoted question each."""
    spans = [(answer.lines[0].start, answer.lines[-1].end) for answer in writing.answers]
    return [
        line
        for line in writing.author.body
        if not any(start <= line.start < end for start, end in spans)
    ]


def _sections(labels: Sequence[Labelled], known: Known) -> Iterator[tuple[Summary, str]]:
    """The sections under headings of the summary; those that follow one another (`The issue`,
    `Our idea`) are one."""
    run: list[Summary] = []
    source = ""
    for labelled in (*labels, None):
        section = None
        if labelled and labelled.field == "summary":
            section = read_section(labelled.lines, known)
            is_scrap = section is not None and run and section.words < _FEWEST_WORDS_OF_SECTION
            section = None if is_scrap else section
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


def _leaders(told: Told) -> Iterator[Finding]:
    for labelled in told.labels:
        if labelled.field == "senior_leader" and not labelled.value.lower().startswith(_NOBODY):
            person = read_person(labelled.value)
            named = (p.name for p in find_people(labelled.value[:300]) if p.is_whole)
            is_open = _OPEN.search(labelled.value[:300]) is not None
            name = person.name if person else None if is_open else next(named, None)
            if name is not None:
                yield make_finding("senior_leader", name, "label", 0.95, at=labelled.place_of(name))
    yield from _writer_as_leader(told)
    for text in (told.writing.author, *told.letters):
        yield from find_senior_leaders(
            text.paragraphs,
            source=text.source,
            not_leaders=(told.contact.name,) if told.contact.name else (),
        )


def _writer_as_leader(told: Told) -> Iterator[Finding]:
    """The one who writes, where they say that they sponsor what somebody else leads."""
    writer = told.writing.sender
    name = display_name(writer.address)
    if name is None or (told.contact.name and is_same_person(name, told.contact.name)):
        return
    for paragraph in writer.paragraphs:
        if _I_SPONSOR.search(paragraph.text[:4000]):
            at = paragraph.span(writer.source)
            yield make_finding("senior_leader", name, "prose", 0.75, at=at)


def _titles(told: Told) -> Iterator[Finding]:
    programme = told.programme
    if programme.kind is ProgrammeKind.COHORT:
        return
    known = [programme.name, programme.slug, programme.reference_prefix, programme.team]
    known += [name for area in programme.areas for name in (area.name, *area.aliases, *area.places)]
    known += [value for value in (told.contact.organisation, told.contact.name) if value]
    for text in (told.writing.author, *told.letters):
        yield from find_titles(
            text.paragraphs,
            told.labels if text is told.writing.author else (),
            subject=told.subject,
            not_titles=known,
            email=told.writing.author.email,
            source=text.source,
        )


def _partners(told: Told) -> Iterator[Finding]:
    if told.programme.kind is ProgrammeKind.COHORT:
        return
    areas = gazetteer_of(told.programme.areas).names
    has_list = any(label.field == "partners" for label in told.labels)
    for text in (told.writing.author, *told.letters):
        labels = told.labels if text is told.writing.author else ()
        paragraphs = () if has_list and told.letters else text.paragraphs
        for finding in find_partners(
            paragraphs, labels, own=told.contact.organisation, source=text.source
        ):
            is_own = affinity(finding.value, told.contact.email or "") > _SAME
            if not is_own and areas.fullmatch(_SYSTEM.sub("", finding.value)) is None:
                yield finding

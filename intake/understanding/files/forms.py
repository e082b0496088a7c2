"""Pure: the application form that comes back, attached or pasted, and letters in documents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.understanding.files.form_answers import bare_heading
from intake.understanding.finders.custom import read_custom
from intake.understanding.finders.summary import Summary, read_section
from intake.understanding.texts.labels import Labelled, read_labels
from intake.understanding.texts.lines import Line
from intake.understanding.texts.patterns import cues
from storage.domain.form import help_text
from storage.domain.message import Finding
from storage.domain.programme import Programme

_SAYS_FORM = cues(r"^.{0,60}\bapplication form\b", r"^.{0,40}\bform of application\b")
_SECTIONS = cues(r"^\(?1[.):]?\s+(?:your|contact|applicant) details\b", r"^your details$")
_LATER = cues(
    r"^\(?\d{1,2}[.):]?\s+(?:how will you|what will the money|declaration|who will take part"
    r"|the plan|budget|what you will do|what the money)\b",
    r"^declaration$",
)
_HELP = re.compile(
    r"^(?:up to|no more than|max(?:imum)?(?: of)?|about|in) \d{2,4} words\b.{0,80}$", re.I
)
_FEWEST_DETAILS = 3
_SHORTEST_HINT = 12
"""Characters of a line by which a part of a hint is known, which a PDF may break anywhere."""
MOST_LINES = 3000
"""Lines of a document that are read for details."""
LETTERS = ("docx", "pdf", "odt", "rtf", "txt")
"""Types of documents in which people write letters and forms; the others hold tables."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a document or a pasted text tells in labels. `is_application`: it is the programme's
    application form, filled in, not a letter with labelled details. `custom` are the programme's
    own fields, whose lines are not among `lines`."""

    labels: tuple[Labelled, ...]
    lines: tuple[Line, ...]
    is_application: bool
    custom: tuple[Finding, ...] = ()

    @property
    def summary(self) -> Summary | None:
        """The section about the issue: of several, the longest."""
        sections = [
            found
            for labelled in self.labels
            if labelled.field == "summary" and (found := read_section(labelled.lines)) is not None
        ]
        worthy = [section for section in sections if section.words >= 12]
        return max(worthy, key=lambda section: section.words, default=None)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """An attached document that could be read; `source` names it in spans."""

    form: Form
    source: str
    extension: str


def read_form(text: Sequence[Line], programme: Programme, *, source: str) -> Form:
    """The labelled details of a document, or of a message that may hold a pasted form."""
    kept = [line for line in text[:MOST_LINES] if not _is_help(line.text, programme)]
    own = read_custom(kept, programme.fields, source=source)
    labels = read_labels(own.rest, is_form=True, source=source)
    is_application = _is_application(own.rest, labels, programme)
    return Form(labels, own.rest, is_application, own.findings)


def _is_application(
    lines: tuple[Line, ...], labels: tuple[Labelled, ...], programme: Programme
) -> bool:
    """Whether these are the sections of the application form, with answers in them."""
    told = {labelled.field for labelled in labels if labelled.field not in ("other", "summary")}
    texts = [line.text.strip() for line in lines if not line.is_blank]
    has_title = any(_SAYS_FORM.search(text) for text in texts[:6])
    has_details = any(_SECTIONS.search(text) for text in texts)
    later = sum(1 for text in texts if _LATER.search(text) or _is_question(text, programme))
    is_form = (has_title and (has_details or later > 0)) or (has_details and later > 0) or later > 2
    return is_form and len(told) >= _FEWEST_DETAILS


def _is_question(text: str, programme: Programme) -> bool:
    bare = bare_heading(text)
    return any(bare == bare_heading(question.text) for question in programme.questions)


def _is_help(text: str, programme: Programme) -> bool:
    """The form's own words below a heading, which nobody wrote who filled it in."""
    bare = " ".join(text.split())
    if _HELP.match(bare):
        return True
    hints = [" ".join(help_text(question).split()) for question in programme.questions]
    is_broken = len(bare) >= _SHORTEST_HINT and any(bare in hint for hint in hints)
    return is_broken or any(q.help and bare.startswith(q.help) for q in programme.questions)

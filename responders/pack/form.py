"""The application form: a Word document whose answers sit in content controls that say which they
are. Built once a programme, filled in with what a case has told already once a letter."""

import io
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from responders.pack.entries import deflate, join_entries
from responders.pack.paper import (
    LINE,
    TINT,
    add_footer,
    add_row,
    add_table,
    add_title,
    new_paper,
    save_paper,
    shade,
)
from responders.wording import checked, dialled, local_moment, money, plain
from storage.domain.case import Case
from storage.domain.form import (
    CLOSING_HEADING,
    DETAILS,
    DETAILS_QUESTION,
    EDITION_TAG,
    FOOTER,
    PROMPT,
    REFERENCE_TAG,
    answered_questions,
    detail_tag,
    help_text,
    question_tag,
    summary_question,
)
from storage.domain.programme import Programme, Question

WIDTHS = (5.2, 11.4)
_DOCUMENT = "word/document.xml"
LONGEST_SUMMARY = 4000
"""Characters of a summary that are put into the form: about 600 words, more than it asks for."""


@lru_cache(maxsize=16)
def build_form(programme: Programme, edition: str) -> bytes:
    """The blank form as a .docx. The same programme and edition give the same bytes, made once."""
    paper = new_paper(
        f"Application form: {programme.name}",
        author=programme.team,
        at=programme.round.opens_at,
    )
    add_title(paper, programme.name, "Application form")
    _add_opening(paper, programme)
    _add_details(paper, programme)
    for number, question in enumerate(answered_questions(programme), start=2):
        _add_question(paper, number, question)
    _add_closing(paper, programme)
    _add_marks(paper, edition)
    add_footer(paper, f"{FOOTER.format(programme=programme.name)} {edition}.")
    return save_paper(paper)


class FormTemplate:
    """A blank form that can be filled in. `blank` are the bytes of the .docx."""

    def __init__(self, blank: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(blank)) as archive:
            self._entries = [deflate(name, archive.read(name)) for name in archive.namelist()]
            self._document = etree.fromstring(archive.read(_DOCUMENT))

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The form with these values in the controls with these tags; the others stay blank."""
        document = deepcopy(self._document)
        for control in document.iter(qn("w:sdt")):
            tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
            value = values.get(tag.get(qn("w:val"), "")) if tag is not None else None
            if value:
                _write(control, value)
        filled = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
        changed = deflate(_DOCUMENT, filled)
        return join_entries(changed if e.name == _DOCUMENT else e for e in self._entries)


def known_values(programme: Programme, case: Case) -> dict[str, str]:
    """What is known of a case already, by the tag of its control: short checked values, and the
    summary, as plain text, where the form asks for it."""
    area = programme.area(case.area)
    told = {
        "title": checked(case.title),
        "name": checked(case.contact.name),
        "role": checked(case.contact.role),
        "organisation": checked(case.contact.organisation),
        "phone": dialled(case.contact.phone),
        "email": case.contact.email,
        "area": area.name if area else None,
        "senior_leader": checked(case.senior_leader),
        "partners": ", ".join(filter(None, map(checked, case.partners))),
        **{key: checked(value) for key, value in case.custom},
    }
    details = {detail_tag(field): value for field, value in told.items() if value}
    return {REFERENCE_TAG: case.reference, **details, **_told_summary(programme, case)}


def _told_summary(programme: Programme, case: Case) -> dict[str, str]:
    question = summary_question(programme)
    if question is None or not case.summary:
        return {}
    return {question_tag(question.key): plain(case.summary, LONGEST_SUMMARY)}


def _add_opening(paper: WordDocument, programme: Programme) -> None:
    closes = local_moment(programme.round.closes_at, programme.zone)
    paragraph = paper.add_paragraph("Please send this form to ")
    paragraph.add_run(programme.inbox).bold = True
    paragraph.add_run(" by ")
    paragraph.add_run(closes).bold = True
    paragraph.add_run(". You can send a new one until then: the newest one counts.")
    if programme.amount:
        paper.add_paragraph(
            f"Up to {money(programme.amount, programme.currency)} is available for each project."
        )
    reference = paper.add_paragraph("Your reference: ")
    reference._p.append(make_control("Reference", REFERENCE_TAG, prompt="none yet"))


def _add_details(paper: WordDocument, programme: Programme) -> None:
    asked = {question.key: question for question in programme.questions}
    heading = asked.get(DETAILS_QUESTION, Question(DETAILS_QUESTION, "Your details"))
    paper.add_heading(f"1. {heading.text}", level=1)
    if heading.help:
        paper.add_paragraph(heading.help)
    table = add_table(paper, WIDTHS)
    for field, label in DETAILS.items():
        name, answer = add_row(table, WIDTHS, (label, ""))
        shade(name, TINT)
        choices = {a.key: a.name for a in programme.areas} if field == "area" else None
        prompt = "Choose one" if choices else PROMPT
        control = make_control(label, detail_tag(field), prompt=prompt, choices=choices)
        answer.paragraphs[0]._p.append(control)
    for own in programme.fields:
        name, answer = add_row(table, WIDTHS, (own.label, ""))
        shade(name, TINT)
        choices = {choice: choice for choice in own.choices}
        prompt = "Choose one" if choices else PROMPT
        control = make_control(own.label, detail_tag(own.key), prompt=prompt, choices=choices)
        answer.paragraphs[0]._p.append(control)


def _add_question(paper: WordDocument, number: int, question: Question) -> None:
    paper.add_heading(f"{number}. {question.text}", level=1)
    told = help_text(question)
    if told:
        paper.add_paragraph(told).paragraph_format.keep_with_next = True
    answer = paper.add_paragraph()
    _frame(answer)
    control = make_control(question.text, question_tag(question.key), prompt=PROMPT, is_block=True)
    answer._p.addprevious(control)
    content = control.find(qn("w:sdtContent"))
    answer._p.extend(content[:])
    content.append(answer._p)


def _add_closing(paper: WordDocument, programme: Programme) -> None:
    paper.add_heading(CLOSING_HEADING, level=1)
    for line in (
        "Is every question answered? A short answer is better than none.",
        "Has your senior leader read it?",
        f"Attach this form and send it to {programme.inbox}. We will confirm that it has arrived.",
    ):
        paper.add_paragraph(line, style="List Bullet")


def _add_marks(paper: WordDocument, edition: str) -> None:
    """Which edition this is, for whoever reads the form back."""
    paragraph = paper.add_paragraph("Edition of this form: ", style="Footer")
    control = make_control("Edition", EDITION_TAG, prompt="", text=edition)
    paragraph._p.append(control)


def make_control(
    label: str,
    tag: str,
    *,
    prompt: str,
    text: str = "",
    choices: Mapping[str, str] | None = None,
    is_block: bool = False,
) -> etree._Element:
    """A content control (ISO/IEC 29500-1 section 17.5.2): within a line, of plain text or of one
    of `choices`; or `is_block`, of paragraphs."""
    control = OxmlElement("w:sdt")
    properties = OxmlElement("w:sdtPr")
    for name, value in (("w:alias", label), ("w:tag", tag), ("w:id", str(_id_of(tag)))):
        properties.append(_element(name, value))
    if not text:
        properties.append(OxmlElement("w:showingPlcHdr"))
    if choices:
        listed = OxmlElement("w:dropDownList")
        for key, name in choices.items():
            item = OxmlElement("w:listItem")
            item.set(qn("w:displayText"), name)
            item.set(qn("w:value"), key)
            listed.append(item)
        properties.append(listed)
    elif not is_block:
        properties.append(OxmlElement("w:text"))
    content = OxmlElement("w:sdtContent")
    content.append(_run(text or prompt, quiet=not text))
    control.append(properties)
    control.append(content)
    return control


def _write(control: etree._Element, value: str) -> None:
    """Put `value` into a control in place of its prompt: each of its lines as a paragraph, or all
    of it on one line in a control that stands within a line."""
    prompt = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    if prompt is not None:
        prompt.getparent().remove(prompt)
    written = next(control.iter(qn("w:r")), None)
    if written is None:
        return
    paragraph = written.getparent()
    lines = list(filter(None, value.split("\n")))
    first, *others = lines if paragraph.tag == qn("w:p") else [" ".join(lines)]
    paragraph.replace(written, _run(first, quiet=False))
    for line in reversed(others):
        following = deepcopy(paragraph)
        following.replace(following.find(qn("w:r")), _run(line, quiet=False))
        paragraph.addnext(following)


def _run(text: str, *, quiet: bool) -> etree._Element:
    run = OxmlElement("w:r")
    if quiet:
        properties = OxmlElement("w:rPr")
        properties.append(_element("w:color", "5E7572"))
        run.append(properties)
    written = OxmlElement("w:t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(written)
    return run


def _frame(paragraph: Paragraph) -> None:
    """A box around an answer; paragraphs that are added to it share the box."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = _element(f"w:{side}", "single")
        for name, value in (("sz", "6"), ("space", "6"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(7)
    paragraph.paragraph_format.space_before = Pt(8)


def _element(name: str, value: str) -> etree._Element:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element


def _id_of(tag: str) -> int:
    """A number for the control, the same each time (Word wants a positive signed 32 bit one)."""
    return sum((place + 1) * 131 * byte for place, byte in enumerate(tag.encode())) % 2**31 or 1

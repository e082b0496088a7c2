"""The agreement as a Word document, the programme's own or a plain one, in which the words in
double braces are replaced by what is known of a case.

Values are put in as text and nothing else: no markup, no field and no formula comes of them. A
placeholder may be spread over several runs, as Word writes it.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree

from responders.errors import PackError, TemplateProblem
from responders.mime import PackFile
from responders.pack.entries import deflate, join_entries
from responders.pack.plain_agreement import plain_agreement
from responders.wording import plain
from storage.domain.award import Award
from storage.domain.programme import Programme

FOLDER, FILE = "award", "mou.docx"
"""Where a programme's own agreement stands: `templates/<programme>/award/mou.docx`."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

WORDS = {
    "reference": "The reference of the case",
    "programme": "The programme's name",
    "team": "Who signs the letters",
    "organisation": "Who receives the money, else the organisation of the lead",
    "project": "The project's title",
    "area": "The area in which it works",
    "lead": "The project lead's name and job title",
    "lead_email": "The project lead's e-mail address",
    "senior_leader": "The senior leader",
    "amount": "What the project gets",
    "starts_on": "The first day of the work",
    "ends_on": "The last day of the work",
    "date": "The day on which the agreement was made",
    "signatory": "Who signs for the programme",
    "signatory_post": "Their post",
}
"""Every word that an agreement may hold, beside `details.KEY` for each detail that is asked for."""

NEEDED = "reference"
"""The word that must be in an agreement: by it a signed copy is known when it comes back."""

NAME = "{reference} memorandum of understanding.docx"
NOT_TOLD = "–"
LONGEST_VALUE = 300
_PLACEHOLDER = re.compile(r"\{\{([^{}]{0,80})\}\}")
_BRACES = re.compile(r"\{\{|\}\}|\{%|\{#")
_PARTS = re.compile(r"word/(?:document|header\d{0,3}|footer\d{0,3}|footnotes|endnotes)\.xml")
_LARGEST_PART = 8 * 2**20


def known_words(award: Award) -> tuple[str, ...]:
    """Every word that an agreement of this programme may hold."""
    return (*WORDS, *(f"details.{one.key}" for one in award.details))


def write_agreement(
    programme: Programme, reference: str, values: Mapping[str, str], templates_folder: Path
) -> PackFile:
    """The agreement with a case that is to be signed. Raises PackError."""
    if programme.award is None:
        raise PackError(f"{programme.slug} makes no agreements: its configuration has no [award]")
    blank = load_agreement(programme, programme.award, templates_folder)
    return PackFile(NAME.format(reference=reference), WORD, fill_agreement(blank, values))


def load_agreement(programme: Programme, award: Award, templates_folder: Path) -> bytes:
    """The programme's own agreement, with its placeholders; else the plain one."""
    own = agreement_path(programme, templates_folder)
    return own.read_bytes() if own.is_file() else plain_agreement(programme, award)


def agreement_path(programme: Programme, templates_folder: Path) -> Path:
    return templates_folder / programme.slug / FOLDER / FILE


def check_agreement(programme: Programme, templates_folder: Path) -> Iterator[TemplateProblem]:
    """What is wrong in the programme's own agreement: words that nothing is known by, braces that
    belong to none, no reference. Nothing where the programme has none of its own."""
    path = agreement_path(programme, templates_folder)
    if programme.award is None or not path.is_file():
        return
    file, known = f"{programme.slug}/{FOLDER}/{FILE}", known_words(programme.award)
    try:
        texts = [text for root in _roots(path.read_bytes()).values() for text in _texts(root)]
    except PackError as error:
        yield TemplateProblem(file, 0, f"{error}.")
        return
    found = [match.group(1).strip() for text in texts for match in _PLACEHOLDER.finditer(text)]
    for word in dict.fromkeys(found):
        if word not in known:
            near = next(iter(get_close_matches(word, known, n=1)), None)
            yield TemplateProblem(file, 0, f"there is no placeholder {word}.", near)
    if any(_BRACES.search(_PLACEHOLDER.sub("", text)) for text in texts):
        problem = "a brace stands alone: write {{ word }}, and nothing else in braces."
        yield TemplateProblem(file, 0, problem)
    if NEEDED not in found:
        problem = "it has to name the case: a signed copy is known by it. Put in {{ reference }}."
        yield TemplateProblem(file, 0, problem)


def fill_agreement(content: bytes, values: Mapping[str, str]) -> bytes:
    """The agreement with these values; a word that has none stays a dash. The same values give the
    same bytes. Raises PackError for a document that is damaged or holds an unknown word."""
    roots = _roots(content)
    for root in roots.values():
        for paragraph in root.iter(qn("w:p")):
            _fill(paragraph, values)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return join_entries(
            deflate(name, _written(roots[name]) if name in roots else archive.read(name))
            for name in archive.namelist()
        )


def _roots(content: bytes) -> dict[str, etree._Element]:
    """The XML of the parts that hold text, by the part's name."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            held = [one for one in archive.infolist() if _PARTS.fullmatch(one.filename)]
            if not any(one.filename == "word/document.xml" for one in held):
                raise PackError("it is no Word document (.docx)")
            if any(one.file_size > _LARGEST_PART for one in held):
                raise PackError("it is too long for an agreement")
            return {one.filename: etree.fromstring(archive.read(one), parser) for one in held}
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, NotImplementedError) as error:
        raise PackError("it is no Word document (.docx), or a damaged one") from error


def _written(root: etree._Element) -> bytes:
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(written)


def _texts(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(qn("w:p")):
        yield "".join(run.text or "" for run in _runs(paragraph))


def _runs(paragraph: etree._Element) -> list[etree._Element]:
    """The pieces of text that belong to this paragraph itself."""
    return [
        text
        for text in paragraph.iter(qn("w:t"))
        if next(text.iterancestors(qn("w:p"))) is paragraph
    ]


def _fill(paragraph: etree._Element, values: Mapping[str, str]) -> None:
    """Put the values into a paragraph: each where its placeholder begins, in the look of the run
    that begins it."""
    runs = _runs(paragraph)
    whole = "".join(run.text or "" for run in runs)
    places = list(_PLACEHOLDER.finditer(whole))
    for match in reversed(places):
        word = match.group(1).strip()
        if word not in values:
            raise PackError(f"nothing is known by {{{{ {word} }}}}")
        value = " ".join(plain(values[word], LONGEST_VALUE).split()) or NOT_TOLD
        _replace(runs, match.start(), match.end(), value)


def _replace(runs: list[etree._Element], start: int, end: int, value: str) -> None:
    at = 0
    for run in runs:
        text = run.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            begins = at <= start < at + len(text)
            run.text = text[:first] + (value if begins else "") + text[last:]
            run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at += len(text)

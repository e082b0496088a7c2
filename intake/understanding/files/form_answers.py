"""Pure: the answers of an application form that came back, attached or pasted.

They stand between the form's own headings, whatever became of its content controls and tables, so
a PDF of the form, a copy of its text and fields of a PDF are read alike.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from intake.understanding.texts.lines import Line, split_lines, strip_line
from intake.understanding.texts.rows import CELL_BREAK
from storage.domain.answers import Answer
from storage.domain.form import (
    CLOSING_HEADING,
    DETAILS_QUESTION,
    FOOTER,
    PROMPT,
    answered_questions,
    help_text,
)
from storage.domain.programme import Programme, Question

_NUMBER = re.compile(r"^\W*(?:\d{1,2}|q\d{1,2}|question \d{1,2})\s?[.):]?\s+", re.I)
_MOST_LINES = 5_000
_MOST_CHARACTERS = 20_000
"""Of one answer: the ledger need not keep more of what the file keeps whole."""
_WRAPPED = 3
"""Lines over which a PDF breaks a heading."""


def read_answers(text: str, programme: Programme) -> tuple[Answer, ...]:
    """One answer for each question whose heading stands in `text`, in the order of the form; ()
    for what is not this programme's form."""
    lines = [strip_line(line) for line in split_lines(text)[:_MOST_LINES]]
    headings = _headings(programme)
    sections: dict[str, list[str]] = {}
    current: list[str] | None = None
    at = 0
    while at < len(lines):
        key, length, rest = _heading(lines, at, headings)
        if length:
            is_new = key is not None and key not in sections
            current = sections.setdefault(key, []) if key is not None and is_new else None
            if current is not None and rest:
                current.append(rest)
        elif current is not None:
            current.append(lines[at].text)
        at += length or 1
    questions = answered_questions(programme)
    return tuple(
        Answer(question.key, _answer(sections[question.key], question, programme))
        for question in questions
        if question.key in sections
    )


def fullest(readings: Sequence[tuple[Answer, ...]]) -> tuple[Answer, ...]:
    """Of several readings the one with most answers, then with most questions; the first of
    equals."""
    return max(readings, key=lambda told: (sum(bool(a.text) for a in told), len(told)), default=())


def _headings(programme: Programme) -> Mapping[str, str | None]:
    """What a heading says → the key of its question, None for one that only ends an answer."""
    found: dict[str, str | None] = {bare_heading(CLOSING_HEADING): None, "your details": None}
    for question in programme.questions:
        key = None if question.key == DETAILS_QUESTION else question.key
        found[bare_heading(question.text)] = key
    return found


def _heading(
    lines: Sequence[Line], at: int, headings: Mapping[str, str | None]
) -> tuple[str | None, int, str]:
    """The question that a heading at this line names, how many lines the heading takes (0: none
    stands here), and what stands behind it in a row of a table."""
    label, separator, rest = lines[at].text.partition(CELL_BREAK)
    if separator and bare_heading(label) in headings:
        return headings[bare_heading(label)], 1, rest.strip()
    if separator and label in headings.values():  # a field of a PDF, named by its question's key
        return label, 1, rest.strip()
    joined = ""
    for length in range(1, _WRAPPED + 1):
        if at + length > len(lines) or not lines[at + length - 1].text:
            break
        joined = f"{joined} {lines[at + length - 1].text}"
        if bare_heading(joined) in headings:
            return headings[bare_heading(joined)], length, ""
    return None, 0, ""


def bare_heading(heading: str) -> str:
    """A heading as it is compared with others: without number, marks and letter case."""
    text = " ".join(heading[:300].replace("’", "'").split())
    return _NUMBER.sub("", text).casefold().strip(" ?:.*_#-")


def _answer(lines: Sequence[str], question: Question, programme: Programme) -> str:
    """The paragraphs of an answer, without what the form itself says there."""
    footer = FOOTER.format(programme=programme.name)
    own = [line for line in lines if not line.startswith(footer) and line != PROMPT]
    return "\n\n".join(_paragraphs(_without_help(own, question)))[:_MOST_CHARACTERS]


def _without_help(lines: Sequence[str], question: Question) -> Sequence[str]:
    """The lines behind the hint below the heading, which a PDF may break anywhere."""
    hint = "".join(help_text(question).split())
    told = ""
    for at, line in enumerate(lines):
        told += "".join(line.split())
        if not hint.startswith(told):
            return lines
        if told == hint:
            return lines[at + 1 :]
    return lines


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    run: list[str] = []
    for line in (*lines, ""):
        if line:
            run.append(line)
        elif run:
            yield " ".join(run)
            run = []

"""Pure: labelled details, `Project lead: …` in a message, a table row or a form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from intake.understanding.texts.label_fields import HEADING_NUMBER, LONGEST_LABEL
from intake.understanding.texts.label_fields import field_of_label as field_of_label
from intake.understanding.texts.label_lists import rest_of_column, rest_of_list
from intake.understanding.texts.lines import Line, bullet_length, place_of, strip_line
from intake.understanding.texts.paragraphs import continues
from intake.understanding.texts.patterns import cues
from intake.understanding.texts.rows import CELL_BREAK
from storage.domain.message import Span

_SEPARATOR = re.compile(
    r"\s{0,4}(?::[-–—]?|(?<=\w)\?(?=\s{1,4}[\w+(])|\||\t|\s[-–—]\s|\s=\s|=>|->|>>+|→|»|\.{3,20}|…|_{3,20}|\s{3}(?=\s{0,40}\S))"
    r"\s*"
)
_NAMES_THE_LETTER = cues(
    r"^(?:expressions? of interest|eoi|nomination|the work|what is|reasons?)\W*$"
)
_WEAK_HEADING = cues(r"^\W*(?:what|why|how|tell|describe|in brief|in short|reasons?|grounds)\b")
_SEVERAL = 3
"""Labels above a heading from which a weak one is a heading too."""
_LONGEST_HEADING = 8
"""Words of a heading without a separator in a message; in a form it may be longer."""
_BETWEEN = re.compile(r"\s(?://|[|·•*/])\s+|;\s+|(?<=\w\w\.)\s+(?=[A-Z])")
_BETWEEN_END = re.compile(r"(?:\s(?://|[|·•*/])\s+|;\s+|(?<=\.)\s+)$")
_COLON = re.compile(r"[^:=|]{1,60}[:=]")
_LONGEST_ROW = 600
_NUMBER = re.compile(r"\d{3}")
"""What no label has, but a value that nothing parts from it: `Telephone 07700 900123`."""
_DIALS = re.compile(r"[+(]?\d{2}")
_MOST_WRAPPED = 3
_LIKE_LABEL = re.compile(r"\s{0,8}\w[\w '’/&-]{0,40}\s?(?::|=|>>|->|→)\s")
_MOST_BARE = 3
"""Words of a label that nothing parts from its value."""
_LISTS = frozenset({"summary", "partners"})
_HEADINGS = frozenset({"senior_leader", "partners", "contact"})
"""What stands as a heading in a message too; other labels might open a signature."""
_STRONG_ALONE = frozenset(
    {
        "title",
        "name",
        "role",
        "organisation",
        "area",
        "senior_leader",
        "partners",
        "phone",
        "email",
        "nominee",
    }
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A detail behind its label; `lines` hold the value (its first line cut behind the label).
    `is_wrapped`: they are one line that was too long."""

    field: str
    label: str
    lines: tuple[Line, ...]
    source: str = "body"
    is_wrapped: bool = False

    @property
    def value(self) -> str:
        return "\n".join(line.text.strip() for line in self.lines if not line.is_blank)

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def span(self) -> Span:
        told = [strip_line(line) for line in self.lines if not line.is_blank] or self.lines
        return Span(self.source, told[0].start, told[-1].end)

    def place_of(self, text: str) -> Span:
        """Where `text` stands in the value; the whole of it where it is not there as it is."""
        at = self.value.find(text)
        return self.span_of(at, at + len(text)) if at >= 0 else self.span

    def span_of(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` of the value stand."""
        told = [strip_line(line) for line in self.lines if not line.is_blank]
        return Span(self.source, place_of(told, start), place_of(told, end))


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that opens a labelled detail, with what of the value stands on it."""

    field: str
    label: str
    rest: Line
    is_row: bool = False
    line: Line | None = None

    @property
    def column(self) -> int:
        """Where the value begins on its line, of a label that is set in columns; else 0."""
        if self.line is None or self.rest.is_blank:
            return 0
        start = self.rest.start - self.line.start
        return start if self.line.text[:start].endswith("   ") else 0

    @property
    def is_weak(self) -> bool:
        """A heading that prose uses too (`What we propose to do:`)."""
        is_numbered = HEADING_NUMBER.match(self.label) is not None
        return (
            self.field == "summary"
            and not is_numbered
            and _WEAK_HEADING.match(self.label) is not None
        )


def is_labelled(text: str) -> bool:
    """Whether a line opens a labelled detail: a label that is known, then a value or nothing."""
    opening = _opening(Line(text, 0), is_form=False)
    return opening is not None and not opening.is_weak


def read_labels(
    lines: Sequence[Line], *, is_form: bool = False, source: str = "body"
) -> tuple[Labelled, ...]:
    """All labelled details of `lines` in order.

    In a form (`is_form`) a label may stand alone on its line, and a value goes on until the next
    label or numbered heading. In a message a value ends with its line, a summary goes on.
    """
    lines = [part for line in lines for part in _parts(line)]
    openings: list[tuple[int, _Opening]] = []
    bare = _bare_openings(lines) if is_form else {}
    for at, line in enumerate(lines):
        opening = _opening(line, is_form=is_form) or bare.get(at)
        is_after_summary = bool(openings) and (
            openings[-1][1].field == "summary" or len(openings) >= _SEVERAL
        )
        if opening is not None and (is_form or not opening.is_weak or is_after_summary):
            openings.append((at, opening))
    found: list[Labelled] = []
    for number, (at, opening) in enumerate(openings):
        end = openings[number + 1][0] if number + 1 < len(openings) else len(lines)
        value = _value(opening, lines[at + 1 : end], is_form=is_form)
        if any(not line.is_blank for line in value):
            is_wrapped = not is_form and len(value) > 1 and opening.field not in _LISTS
            found.append(Labelled(opening.field, opening.label, value, source, is_wrapped))
    return tuple(found)


def _opening(line: Line, *, is_form: bool) -> _Opening | None:
    bare = strip_line(Line(line.text[:2000], line.start))
    if not bare.text or len(bare.text) < 2:
        return None
    numbered = HEADING_NUMBER.match(bare.text)
    mark = 0 if numbered else bullet_length(bare.text)
    separator = _SEPARATOR.search(
        bare.text, numbered.end() if numbered else mark, mark + LONGEST_LABEL + 4
    )
    if separator is not None:
        label = bare.text[mark : separator.start()]
        field = field_of_label(label)
        is_weak = separator.group().strip() in ("-", "–", "—", "=") and field in (
            "email",
            "contact",
            "other",
            "summary",
        )
        is_asked = separator.group().strip() == "?"
        if is_asked and numbered is None and not label.isupper():
            return _alone(bare, is_form=is_form)
        is_weak = is_weak and not (field == "contact" and _DIALS.match(bare.text, separator.end()))
        if field is not None and not is_weak and not _is_prose_label(label, field, bare.text):
            start = line.text.index(bare.text) + separator.end()
            rest = Line(line.text[start:], bare.start + separator.end())
            is_row = "|" in separator.group()
            return _Opening(field, label.strip(), rest, is_row=is_row, line=line)
    return _alone(bare, is_form=is_form)


def _parts(line: Line) -> list[Line]:
    """A line cut before each label on it: `Name: Ada Bell // Tel: 07700 900123 // Area: NCL`."""
    starts = [
        match.end()
        for match in _BETWEEN.finditer(line.text[:_LONGEST_ROW])
        if _COLON.match(line.text, match.end())
        and is_labelled(line.text[match.end() : match.end() + LONGEST_LABEL])
    ]
    if not starts or not is_labelled(line.text):
        return [line]
    ends = [_BETWEEN_END.sub("", line.text[:start]) for start in starts]
    bounds = [0, *starts]
    return [
        Line(text[bound:], line.start + bound)
        for bound, text in zip(bounds, [*ends, line.text], strict=True)
    ]


def _bare_openings(lines: Sequence[Line]) -> dict[int, _Opening]:
    """Labels that nothing parts from their values, as columns become in the text of a document:
    `Position Clinical Director`; at least so many one below another."""
    found: dict[int, _Opening] = {}
    run: dict[int, _Opening] = {}
    for at, line in enumerate((*lines, Line("", 0))):
        opening = _bare(line)
        if opening is not None:
            run[at] = opening
        elif not run or at - max(run) > 1 or at == len(lines):
            if len({known.field for known in run.values()}) >= _SEVERAL:
                found.update(run)
            run = {}
    return found


def _bare(line: Line) -> _Opening | None:
    words = list(re.finditer(r"\S+", line.text[:LONGEST_LABEL]))
    for size in range(min(_MOST_BARE, len(words) - 1), 0, -1):
        value = words[size]
        label = line.text[words[0].start() : words[size - 1].end()]
        is_value = value.group()[0].isupper() or value.group()[0] in "0123456789+("
        if not label[0].isupper() or not (is_value or "@" in value.group()):
            continue
        if any(character.isdigit() for character in label):  # the value has begun already
            continue
        field = field_of_label(label)
        if size > 1 and words[size - 1].group().istitle() and words[1].group().islower():
            shorter = line.text[words[0].start() : words[size - 2].end()]
            if field is not None and field_of_label(shorter) == field:
                continue  # the value has begun already: `Senior leader Ada Bell`
        if field in _STRONG_ALONE:
            rest = Line(line.text[value.start() :], line.start + value.start())
            return _Opening(field, label, rest, line=line)
    return None


def _alone(line: Line, *, is_form: bool) -> _Opening | None:
    """A heading without a separator: `Summary`, in a form `Project title` or `3. The plan` too."""
    text = line.text
    if len(text) > LONGEST_LABEL or text.endswith((",", ";", "!")):
        return None
    field = None if _NAMES_THE_LETTER.match(text) else field_of_label(text)
    after = Line("", line.end)
    bare = HEADING_NUMBER.sub("", text)
    is_heading = bare[:1].isupper() and len(bare.split()) <= _LONGEST_HEADING
    if field is not None and (
        (field == "summary" and (is_form or is_heading))
        or (field == "other" and is_heading and len(text.split()) > 1)
        or (field in _HEADINGS and is_heading and not text.isupper())
    ):
        return _Opening(field, text, after)
    if is_form and field in _STRONG_ALONE and not _NUMBER.search(text):
        return _Opening(field, text, after)
    if is_form and HEADING_NUMBER.match(text):
        return _Opening(field or "other", text, after)
    return None


def _is_prose_label(label: str, field: str, text: str) -> bool:
    """`With: …` and `why …: …` inside prose are no labels."""
    return field in ("partners", "summary") and label[:1].islower() and len(text) > 60


def _value(opening: _Opening, following: Sequence[Line], *, is_form: bool) -> tuple[Line, ...]:
    first = () if opening.rest.is_blank else (opening.rest,)
    if opening.field == "summary" or is_form:
        return (*first, *(takewhile(_is_no_row, following) if opening.is_row else following))
    if first and opening.field != "partners":
        return (*first, *_wrapped(opening, following))
    if opening.field == "partners":
        if opening.column:
            return (*first, *rest_of_column(opening.column, following))
        return (*first, *rest_of_list(first, following, is_row=opening.is_row))
    return tuple(line for line in following if not line.is_blank)[:1]


def _is_no_row(line: Line) -> bool:
    """False for the next row of a table, whose label nobody knows."""
    return CELL_BREAK not in line.text


def _wrapped(opening: _Opening, following: Sequence[Line]) -> Iterator[Line]:
    """The lines below on which a value goes on that was too long for its own."""
    previous = opening.line or opening.rest
    width = max((len(line.text.rstrip()) for line in (previous, *following[:3])), default=0)
    for line in following[:_MOST_WRAPPED]:
        is_next = _LIKE_LABEL.match(line.text) is not None
        if opening.is_row or line.is_blank or is_next or not continues(previous, line, width):
            return
        yield line
        previous = line

"""Pure: the programme's own fields, behind their labels or, where it asks so, anywhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from intake.understanding.finders.findings import chosen_value, make_finding
from intake.understanding.finders.names import fold
from intake.understanding.texts.labels import is_labelled, read_labels
from intake.understanding.texts.lines import Line, bullet_length, strip_front, strip_line
from intake.understanding.texts.organisers_patterns import find_pattern
from intake.understanding.texts.paragraphs import paragraphs
from intake.understanding.texts.writing import Writing
from storage.domain.message import Finding, Span
from storage.domain.programme import CustomField

_SEPARATOR = re.compile(r"\s{0,4}(?::|\||\t|\s[-–—]\s|\s=\s|\?)\s*")
_LONGEST_LABEL = 100
_LONGEST_VALUE = 300
_LONGEST_LINE = 4000
_FEW_OTHERS = 2
"""Words beside a choice behind its label that leave it sure."""


@dataclass(frozen=True, slots=True)
class CustomReading:
    """What stands behind the labels of the programme's own fields, and the lines without it;
    `too_long` are the keys of fields behind whose label more stands than a value has."""

    findings: tuple[Finding, ...]
    rest: tuple[Line, ...]
    too_long: tuple[str, ...] = ()


def name_of(field: CustomField) -> str:
    """What a finding of this field is called."""
    return f"custom.{field.key}"


def read_custom(
    lines: Sequence[Line], fields: Sequence[CustomField], *, source: str
) -> CustomReading:
    """The labelled values of `fields` in `lines`."""
    findings: list[Finding] = []
    rest: list[Line] = []
    too_long: list[str] = []
    by_label = {_bare(label): field for field in fields for label in (field.label, *field.labels)}
    awaited: CustomField | None = None
    for line in lines:
        opened = _opened(line, by_label) if by_label else None
        if opened is not None:
            field, value = opened
            awaited = field if value.is_blank else None
        elif awaited is not None and not line.is_blank:
            field, value, awaited = awaited, strip_line(line), None
        else:
            rest.append(line)
            continue
        too_long += [field.key] if len(value.text) > _LONGEST_VALUE else []
        findings += _labelled(field, value, source)
    return CustomReading(tuple(findings), tuple(rest), tuple(too_long))


def find_anywhere(
    lines: Iterable[Line], fields: Sequence[CustomField], *, source: str
) -> Iterator[Finding]:
    """Values of the fields that count wherever they stand. Of several choices none is sure."""
    sought = [field for field in fields if field.anywhere]
    found: dict[str, dict[str, Finding]] = {field.key: {} for field in sought}
    for line in lines if sought else ():
        for field in sought:
            for finding in _in_line(field, line, source):
                found[field.key].setdefault(finding.value, finding)
    for field in sought:
        candidates = list(found[field.key].values())
        yield from candidates[:1] if field.pattern else candidates if len(candidates) == 1 else ()


def take_custom(
    writing: Writing, fields: Sequence[CustomField]
) -> tuple[Writing, tuple[Finding, ...]]:
    """The programme's own fields in what the author wrote, and the writing without the lines that
    tell them: they are no part of a summary."""
    if not fields:
        return writing, ()
    author = writing.author
    body = read_custom(author.body, fields, source=author.source)
    tail = read_custom(author.tail, fields, source=author.source)
    anywhere = find_anywhere(body.rest, fields, source=author.source)
    found = (*body.findings, *tail.findings, *anywhere)
    if not (body.findings or tail.findings):
        return writing, found
    told = replace(
        author,
        body=body.rest,
        tail=tail.rest,
        paragraphs=paragraphs(body.rest, stands_alone=is_labelled),
        labels=author.labels if writing.answers else read_labels(body.rest, source=author.source),
    )
    sender = told if writing.sender is author else writing.sender
    return replace(writing, sender=sender, author=told), found


def choose_custom(
    found: Iterable[Finding], fields: Sequence[CustomField]
) -> tuple[tuple[str, str], ...]:
    """Key and value of each field that was told, in the order of `fields`."""
    candidates = tuple(found)
    chosen = ((field.key, chosen_value(candidates, name_of(field))) for field in fields)
    return tuple((key, value) for key, value in chosen if value)


def _opened(line: Line, by_label: dict[str, CustomField]) -> tuple[CustomField, Line] | None:
    """The field whose label opens this line, with what stands behind the label."""
    bare = strip_line(Line(line.text[:_LONGEST_LINE], line.start))
    bare = strip_front(bare, bullet_length(bare.text))
    separator = _SEPARATOR.search(bare.text, 0, _LONGEST_LABEL)
    label = bare.text[: separator.start()] if separator else bare.text[:_LONGEST_LABEL]
    field = by_label.get(_bare(label))
    if field is None:
        return None
    return field, strip_line(strip_front(bare, separator.end() if separator else len(bare.text)))


def _bare(label: str) -> str:
    return " ".join(fold(label).strip(" *_#.:?").split())


def _labelled(field: CustomField, value: Line, source: str) -> Iterator[Finding]:
    """The value behind a label; of several choices none, and one among other words is less sure."""
    if value.is_blank or len(value.text) > _LONGEST_VALUE:
        return
    at = Span(source, value.start, value.end)
    if not (field.choices or field.pattern):
        yield make_finding(name_of(field), value.text, "label", 0.95, at=at)
        return
    found = list(_in_line(field, value, source))
    if len(found) == 1:
        others = len(value.text.split()) - len(found[0].value.split())
        confidence = 0.95 if others <= _FEW_OTHERS or field.pattern else 0.6
        yield replace(found[0], method="label", confidence=confidence)


def _in_line(field: CustomField, line: Line, source: str) -> Iterator[Finding]:
    """What of this line is a value of the field, wherever it stands."""
    text = line.text[:_LONGEST_LINE]
    start = 0
    if field.pattern:
        place = find_pattern(field.pattern, text)
        if place is None:
            return
        start, text = place[0], text[slice(*place)]
    for value, begin, end in _choices(field, text) if field.choices else ((text, 0, len(text)),):
        if len(value) <= _LONGEST_VALUE:
            at = Span(source, line.start + start + begin, line.start + start + end)
            yield make_finding(name_of(field), value, "pattern", 0.7, at=at)


def _choices(field: CustomField, text: str) -> tuple[tuple[str, int, int], ...]:
    """The choices that `text` names, with their places; one within another does not count."""
    found = [
        (choice, *match.span())
        for choice in field.choices
        if (match := re.search(rf"(?<!\w){re.escape(choice)}(?!\w)", text, re.IGNORECASE))
    ]
    return tuple(
        one
        for one in found
        if not any(o != one and o[1] <= one[1] and one[2] <= o[2] for o in found)
    )

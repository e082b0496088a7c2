"""Pure: to which area a message belongs: what it labels, what it says, what stands beside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.files.forms import LETTERS, ReadDocument
from intake.understanding.finders.area import (
    Gazetteer,
    Mention,
    find_area,
    gazetteer_of,
    has_two_areas,
    read_area,
    refers_to_list,
)
from intake.understanding.finders.findings import choose, make_finding
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.lines import Line, join_text, place_of
from intake.understanding.texts.writing import Writing
from intake.understanding.triage.context_words import IS_REPLY
from storage.domain.message import Finding, Span
from storage.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A text that is looked into; `locate` tells where a part of it stands, None: nowhere."""

    text: str
    locate: Callable[[int, int], Span | None]


def find_areas(
    writing: Writing,
    labels: Sequence[Labelled],
    documents: Sequence[ReadDocument],
    programme: Programme,
    found: Sequence[Finding],
    subject: str,
) -> Iterator[Finding]:
    """Candidates: a label, what the text says, then signature, organisation, subject and files."""
    gazetteer = gazetteer_of(programme.areas)
    for labelled in labels:
        if labelled.field == "area":
            area = read_area(gazetteer, labelled.value) or _referred(
                gazetteer, labelled.value, writing.quoted
            )
            if area is not None:
                yield make_finding("area", area, "label", 0.96, at=labelled.span)
    people = [f.value for f in found if f.field in ("name", "senior_leader") and " " in f.value]
    stretches = [_of_lines(writing.author.body, writing.author.source)]
    main = choose(found, "summary")
    if main is not None and main.span is not None and main.span.source.startswith("attachment"):
        stretches.append(_of_value(main))
    text = _join(stretches)
    told = find_area(gazetteer, text, without=people)
    if told is not None:
        yield _area_finding(told, "text", 1.0, stretches)
    elif not has_two_areas(gazetteer, text, without=people):
        own = "" if IS_REPLY.match(subject) else subject
        yield from _areas_beside(gazetteer, writing, documents, found, people, own)


def _areas_beside(
    gazetteer: Gazetteer,
    writing: Writing,
    documents: Sequence[ReadDocument],
    found: Sequence[Finding],
    people: Sequence[str],
    subject: str,
) -> Iterator[Finding]:
    """What stands beside the text; `subject` is empty where it is that of what is answered."""
    organisation = choose(found, "organisation")
    readable = [d for d in documents if d.extension in LETTERS]
    sheets = [d for d in documents if d.extension not in LETTERS]
    places = (
        ("signature", [_of_lines(writing.author.tail, writing.author.source)]),
        ("organisation", [_of_value(organisation)] if organisation else []),
        ("subject", [_of_lines((Line(subject, 0),), "subject")]),
        ("document", [_of_lines(d.form.lines, d.source) for d in readable]),
        ("document", [_of_lines(d.form.lines, d.source) for d in sheets]),
    )
    for method, stretches in places:
        told = find_area(gazetteer, _join(stretches)[:40_000], without=people)
        if told is not None:
            yield _area_finding(told, method, 0.85, stretches)
            return


def _referred(gazetteer: Gazetteer, value: str, quoted: str) -> str | None:
    """The area meant by `the last of those`, where areas were listed to the writer."""
    listed = dict.fromkeys(
        mention.area for mention in gazetteer.mentions(quoted) if mention.is_name
    )
    return refers_to_list(value, tuple(listed))


def _area_finding(
    told: tuple[str, float, Mention], method: str, factor: float, stretches: Sequence[_Stretch]
) -> Finding:
    area, confidence, mention = told
    at = _locate(stretches, mention.start, mention.end)
    return make_finding("area", area, method, confidence * factor, at=at)


def _of_lines(lines: Sequence[Line], source: str) -> _Stretch:
    def locate(start: int, end: int) -> Span:
        return Span(source, place_of(lines, start), place_of(lines, end))

    return _Stretch(join_text(lines), locate)


def _of_value(finding: Finding) -> _Stretch:
    return _Stretch(finding.value, lambda start, end: finding.span)  # noqa: ARG005  the whole


def _join(stretches: Sequence[_Stretch]) -> str:
    return "\n".join(stretch.text for stretch in stretches)


def _locate(stretches: Sequence[_Stretch], start: int, end: int) -> Span | None:
    """Where the characters from `start` to `end` of the joined stretches stand."""
    for stretch in stretches:
        if start < len(stretch.text):
            return stretch.locate(start, end)
        start, end = start - len(stretch.text) - 1, end - len(stretch.text) - 1
    return None

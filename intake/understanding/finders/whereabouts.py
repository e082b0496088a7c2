"""Pure: to which area a message belongs: what it labels, what it says, what stands beside."""

from collections.abc import Iterator, Sequence

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
from intake.understanding.finders.findings import choose, chosen_value, make_finding
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.lines import join_text
from intake.understanding.texts.writing import Writing
from storage.domain.message import Finding, Span
from storage.domain.programme import Programme


def find_areas(
    writing: Writing,
    labels: Sequence[Labelled],
    documents: Sequence[ReadDocument],
    programme: Programme,
    found: Sequence[Finding],
    subject: str,
) -> Iterator[Finding]:
    """Candidates: a label, what the text says, then signature, organisation and subject."""
    gazetteer = gazetteer_of(programme.areas)
    for labelled in labels:
        if labelled.field == "area":
            area = read_area(gazetteer, labelled.value) or _referred(
                gazetteer, labelled.value, writing.quoted
            )
            if area is not None:
                yield make_finding("area", area, "label", 0.96, at=labelled.span)
    people = [f.value for f in found if f.field in ("name", "senior_leader") and " " in f.value]
    text = join_text(writing.author.body)
    main = choose(found, "summary")
    if main is not None and main.span is not None and main.span.source.startswith("attachment"):
        text += "\n" + main.value
    told = find_area(gazetteer, text, without=people)
    if told is not None:
        yield _area_finding(told, "text", 1.0)
    elif not has_two_areas(gazetteer, text, without=people):
        yield from _areas_beside(gazetteer, writing, documents, found, subject, people)


def _areas_beside(
    gazetteer: Gazetteer,
    writing: Writing,
    documents: Sequence[ReadDocument],
    found: Sequence[Finding],
    subject: str,
    people: Sequence[str],
) -> Iterator[Finding]:
    organisation = chosen_value(found, "organisation") or ""
    readable = [d for d in documents if d.extension in LETTERS]
    places = (
        ("signature", join_text(writing.author.tail)),
        ("organisation", organisation),
        ("subject", subject),
        ("document", "\n".join(join_text(d.form.lines) for d in readable)),
    )
    for method, text in places:
        told = find_area(gazetteer, text[:40_000], without=people)
        if told is not None:
            yield _area_finding(told, method, 0.85)
            return


def _referred(gazetteer: Gazetteer, value: str, quoted: str) -> str | None:
    """The area meant by `the last of those`, where areas were listed to the writer."""
    listed = dict.fromkeys(
        mention.area for mention in gazetteer.mentions(quoted) if mention.is_name
    )
    return refers_to_list(value, tuple(listed))


def _area_finding(told: tuple[str, float, Mention], method: str, factor: float) -> Finding:
    area, confidence, mention = told
    return make_finding(
        "area", area, method, confidence * factor, at=Span("body", mention.start, mention.end)
    )

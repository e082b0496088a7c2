"""Where findings stand: what they point at holds the value, on every message of the corpus."""

import re
from pathlib import Path

import pytest

from intake.understanding.finders.names import fold
from intake.understanding.finders.phones import find_phones
from intake.understanding.layout import Layout
from intake.understanding.texts.pieces import PieceKind
from intake.understanding.understand import Understood, understand
from storage.domain.message import Finding, Understanding
from tests.support.corpus import MESSAGES, read_message
from tests.support.programmes import PROGRAMMES

PLACELESS = {"header", "address", "copied", "directory", "label"}
"""Methods of which a value may stand nowhere in one piece, or in its own label."""
PARTLY = {("name", "prose"), ("name", "address"), ("name", "header"), ("partner", "prose")}
"""What a place may show in part: a first name whose surname stands elsewhere, an address that
abbreviates, `the hospital` that was named before."""


def _layout(understood: Understood) -> Layout:
    assert understood.layout is not None
    return understood.layout


def _chosen(understanding: Understanding) -> list[Finding]:
    """The findings whose values count."""
    contact = understanding.contact
    values = {
        **{f: {getattr(contact, f)} for f in ("name", "email", "phone", "role", "organisation")},
        **{f: {getattr(understanding, f)} for f in ("title", "summary", "area", "senior_leader")},
        "partner": set(understanding.partners),
    }
    return [f for f in understanding.findings if f.value in values.get(f.field, ())]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def _is_there(finding: Finding, there: str) -> bool:
    """Whether a text holds a value, whatever its spacing, case and punctuation; numbers as they
    are dialled, areas by one of their names, names in any order of their words, summaries a
    sentence at a time."""
    match finding.field:
        case "phone":
            digits = re.sub(r"\D", "", there)
            spelt = {phone.number for phone in find_phones(there)}
            return finding.value[-9:] in digits or finding.value in spelt
        case "area":
            areas = [area for programme in PROGRAMMES for area in programme.areas]
            (area,) = [area for area in areas if area.key == finding.value]
            names = (area.key, area.name, *area.aliases, *area.places)
            spelt = there.casefold().replace("&", "and")
            begun = _bare(there.partition(",")[0]) in _bare(area.key)
            return begun or any(_bare(n) in _bare(spelt) for n in names)
        case "summary":
            sentences = re.split(r"(?<=[.!?])\s+|\n+", finding.value)
            return all(_bare(sentence) in _bare(there) for sentence in sentences)
        case "name" | "partner":
            words = [_bare(word) in _bare(there) for word in finding.value.split()]
            return any(words) if (finding.field, finding.method) in PARTLY else all(words)
        case "senior_leader" if finding.method == "prose" and re.search(r"\bI\b", there):
            return True  # the writer says it of themselves
        case _:
            return _bare(finding.value) in _bare(there)


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_a_finding_points_at_its_value(path: Path) -> None:
    understood = read_message(path)
    layout = _layout(understood)

    for finding in _chosen(understood.understanding):
        if finding.span is not None:
            text = layout.text(finding.span.source)
            assert 0 <= finding.span.start < finding.span.end <= len(text), finding
            assert _is_there(finding, text[finding.span.start : finding.span.end]), finding


def test_nearly_every_value_has_a_place() -> None:
    found = [finding for path in MESSAGES for finding in _chosen(read_message(path).understanding)]

    placeless = [finding for finding in found if finding.span is None]

    assert {finding.method for finding in placeless} <= PLACELESS
    assert len(placeless) < len(found) / 100


FORWARD = b"""From: Bev Attwater <bev@riverside.example>
To: ace@leadership.nhs.example
Subject: Fwd: our idea

For you, I think.

Bev

---------- Forwarded message ---------
From: Pettifer, Stanley <stan@allotments.example>
Date: Tue, 13 Jul 2021 at 23:50
Subject: our idea
To: <bev@riverside.example>

Dear all,

We would like to express our interest. The allotments of Tottenham are empty on weekdays and the
day centre is full. We want to put the two together, twice a week, for a year, and to see who
comes back.

Stanley Pettifer
07700 900123
"""


def test_the_author_of_a_forward_stands_in_its_headers() -> None:
    understood = understand(FORWARD, programmes=PROGRAMMES, lays_out=True)

    text = _layout(understood).text("body")
    (email,) = [f for f in understood.understanding.findings if f.method == "header"][-1:]
    assert email.span is not None
    assert (email.field, email.span.source) == ("email", "body")
    assert text[email.span.start : email.span.end] == "stan@allotments.example"


def test_a_layout_tells_the_cover_note_from_the_message_that_counts() -> None:
    layout = _layout(understand(FORWARD, programmes=PROGRAMMES, lays_out=True))

    text = layout.text("body")
    assert layout.forward_start is not None
    assert text[layout.forward_start :].lstrip().startswith("Dear all")
    kinds = [piece.kind for piece in layout.pieces]
    assert PieceKind.FORWARD_HEADER in kinds
    assert PieceKind.QUOTED not in kinds
    assert "".join(text[piece.start : piece.end] for piece in layout.pieces) == text

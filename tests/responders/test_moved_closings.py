"""Every letter tells the closing time that holds for its reader, before and after a move."""

import email
import io
from dataclasses import replace
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
from docx import Document

from responders.kinds import get_kind, letters_due
from responders.mime import encode_enclosure
from responders.pack.guidance import build_guidance
from responders.packs import build_pack
from responders.rendering import Renderer
from storage.archive import Archive
from storage.domain.case import CaseState
from storage.domain.letter import LetterKind
from storage.domain.message import MessageKind
from storage.packs import PackVersion
from tests.support.moves import LATER, an_extension, moved
from tests.support.situations import (
    ACE,
    BEFORE_OPENING,
    FORM,
    JULY,
    a_case,
    a_message,
    a_situation,
    after,
)

TEMPLATES = Path(__file__).parents[2] / "templates"
HOUR = timedelta(hours=1)
OLD = ACE.round.closes_at
NEW_LOCAL = "2021-08-27T17:00:00+01:00"


def arriving(kind, at, *, extensions=(), state=CaseState.EXPRESSED):
    """A message of this kind that comes at this instant, once the closing has moved."""
    message = a_message(kind, received_at=at, attachments=[FORM])
    situation = a_situation(message, case=a_case(opened_at=at, state=state))
    return replace(moved(situation, *extensions), now=at + HOUR) if extensions else situation


def letter_and_closing(situation):
    (due,) = letters_due(situation)
    return due.kind, get_kind(due.kind).values(situation, due)["round"]["closes_at"]


@pytest.mark.parametrize(
    ("at", "kind"),
    [
        (BEFORE_OPENING, LetterKind.NOT_YET_OPEN),
        (JULY, LetterKind.APPLICATION_PACK),
        (OLD + HOUR, LetterKind.APPLICATION_PACK),
        (LATER, LetterKind.APPLICATION_PACK),
        (LATER + HOUR, LetterKind.CLOSED),
    ],
)
def test_expression_is_answered_by_the_closing_that_holds(at, kind):
    situation = arriving(MessageKind.EXPRESSION, at, extensions=[an_extension(at=JULY)])
    if at == LATER:
        situation = replace(situation, now=LATER)

    assert letter_and_closing(situation) == (kind, NEW_LOCAL)


@pytest.mark.parametrize(
    ("at", "kind"),
    [
        (OLD, LetterKind.APPLICATION_RECEIPT),
        (OLD + HOUR, LetterKind.APPLICATION_RECEIPT),
        (LATER, LetterKind.APPLICATION_RECEIPT),
        (LATER + HOUR, LetterKind.LATE_RECEIPT),
    ],
)
def test_form_is_judged_by_the_closing_of_its_own_case(at, kind):
    own = an_extension(case_id=42, at=JULY)
    form = arriving(MessageKind.APPLICATION, at, extensions=[own], state=CaseState.APPLIED)

    assert letter_and_closing(form) == (kind, NEW_LOCAL)


def test_form_of_any_other_case_stays_late():
    form = arriving(MessageKind.APPLICATION, OLD + HOUR, state=CaseState.APPLIED)

    assert letter_and_closing(form) == (LetterKind.LATE_RECEIPT, "2021-08-20T17:00:00+01:00")


def test_expression_that_came_too_late_gets_its_pack_once_there_is_more_time():
    late = arriving(MessageKind.EXPRESSION, OLD + HOUR)
    (closed,) = letters_due(late)
    assert closed.kind is LetterKind.CLOSED

    again = moved(after(late, closed), an_extension(at=OLD + 2 * HOUR))

    assert [due.kind for due in letters_due(again)] == [
        LetterKind.EXTENSION_NOTICE,
        LetterKind.APPLICATION_PACK,
    ]


def test_each_form_tells_its_own_closing_whoever_is_written_to_first(tmp_path):
    archive = Archive(tmp_path)
    enclosure = encode_enclosure(build_pack(ACE, TEMPLATES).enclosed)
    pack = PackVersion("ace", 1, archive.put(enclosure), len(enclosure), (), JULY)
    renderer = Renderer(TEMPLATES, archive=archive, secret=b"secret", packs={"ace": pack})
    own = arriving(MessageKind.EXPRESSION, JULY, extensions=[an_extension(case_id=42, at=JULY)])
    common = arriving(MessageKind.EXPRESSION, JULY)

    told = [_closing_in_form(renderer, situation) for situation in (own, common, own)]

    assert told == [
        "5 pm on Friday 27 August 2021",
        "5 pm on Friday 20 August 2021",
        "5 pm on Friday 27 August 2021",
    ]


def test_guidance_tells_the_new_time_before_a_timeline_that_does_not_know_it():
    programme = moved(arriving(MessageKind.EXPRESSION, JULY), an_extension(at=JULY)).programme

    table = Document(io.BytesIO(build_guidance(programme, ""))).tables[-1]

    told = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert told[1:] == [
        ("5 pm on Friday 27 August 2021", "The new closing time, in place of the earlier one"),
        *((milestone.when, milestone.what) for milestone in ACE.round.timeline),
    ]


def _closing_in_form(renderer, situation):
    (due,) = letters_due(situation)
    content = renderer.render(situation, due).content + b"--=_postroom-pack--\r\n"
    parts = email.message_from_bytes(content, policy=default).iter_attachments()
    form = next(part for part in parts if "application form" in part.get_filename())
    texts = (paragraph.text for paragraph in Document(io.BytesIO(form.get_content())).paragraphs)
    found = next(text for text in texts if "August 2021" in text)
    return found[found.index("5 pm") : found.index("2021") + 4]

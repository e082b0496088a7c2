"""The guidance for applicants: how it works, what makes a proposal solid or strong, the dates."""

from functools import lru_cache

from docx.document import Document as WordDocument

from responders.pack.paper import (
    add_footer,
    add_row,
    add_table,
    add_title,
    keep_together,
    new_paper,
    save_paper,
)
from responders.wording import counted, dialled, joined, local_moment, money, percentages, week
from storage.domain.form import answered_questions
from storage.domain.programme import Programme

CRITERIA_WIDTHS = (3.6, 6.5, 6.5)
TIMELINE_WIDTHS = (6.4, 10.2)
QUESTION_WIDTHS = (11.6, 5.0)


@lru_cache(maxsize=16)
def build_guidance(programme: Programme, edition: str) -> bytes:
    """The guidance as a .docx. The same programme and edition give the same bytes, made once."""
    paper = new_paper(
        f"Guidance for applicants: {programme.name}",
        author=programme.team,
        at=programme.round.opens_at,
    )
    add_title(paper, programme.name, "Guidance for applicants")
    if programme.introduction:
        paper.add_paragraph(programme.introduction)
    _add_offer(paper, programme)
    _add_steps(paper, programme)
    _add_criteria(paper, programme)
    _add_questions(paper, programme)
    _add_timeline(paper, programme)
    _add_help(paper, programme)
    add_footer(paper, f"{programme.name}: guidance, edition {edition}.")
    return save_paper(paper)


def _add_offer(paper: WordDocument, programme: Programme) -> None:
    """What can be had, as far as the programme says it."""
    parts = []
    if programme.amount:
        parts.append(f"Each project can have up to {money(programme.amount, programme.currency)}.")
    if programme.awards:
        each = programme.awards_per_area
        shared = f", {counted(each, 'project', 'projects')} in each area" if each else ""
        parts.append(f"We can fund {counted(programme.awards, 'project', 'projects')}{shared}.")
    if programme.areas:
        parts.append(f"The areas are {joined([area.name for area in programme.areas])}.")
    if parts:
        paper.add_heading("What is on offer", level=1)
        paper.add_paragraph(" ".join(parts))


def _add_steps(paper: WordDocument, programme: Programme) -> None:
    closes = local_moment(programme.round.closes_at, programme.zone)
    paper.add_heading("How to apply", level=1)
    for step in (
        "Read this guidance, above all the table of what the panel looks for.",
        "Fill in the application form. What you have told us is already in it.",
        f"Send it to {programme.inbox} by {closes}. We will confirm that it has arrived.",
        "If you want to change something, send a new form until then. The newest one counts.",
    ):
        paper.add_paragraph(step, style="List Number")


def _add_criteria(paper: WordDocument, programme: Programme) -> None:
    if not programme.criteria:
        return
    paper.add_heading("What the panel looks for", level=1)
    paper.add_paragraph(
        "A solid proposal does what stands in the second column. A strong one does what stands in "
        "the third as well."
    ).paragraph_format.keep_with_next = True
    table = add_table(paper, CRITERIA_WIDTHS, head=("Criterion", "Solid", "Strong"))
    weights = [criterion.weight for criterion in programme.criteria]
    is_weighted = len(set(weights)) > 1
    for criterion, share in zip(programme.criteria, percentages(weights), strict=True):
        name = f"{criterion.name} ({share}%)" if is_weighted else criterion.name
        add_row(table, CRITERIA_WIDTHS, (name, criterion.solid, criterion.strong))


def _add_questions(paper: WordDocument, programme: Programme) -> None:
    questions = answered_questions(programme)
    if not questions:
        return
    paper.add_heading("What the form asks", level=1)
    table = add_table(paper, QUESTION_WIDTHS, head=("Question", "Length"))
    add_row(table, QUESTION_WIDTHS, ("1. Your details", ""), bold=())
    for number, question in enumerate(questions, start=2):
        length = f"up to {question.max_words} words" if question.max_words else "as you need"
        add_row(table, QUESTION_WIDTHS, (f"{number}. {question.text}", length), bold=())
    keep_together(table)


def _add_timeline(paper: WordDocument, programme: Programme) -> None:
    paper.add_heading("The dates", level=1)
    table = add_table(paper, TIMELINE_WIDTHS, head=("When", "What"))
    for when, what in _dates(programme):
        add_row(table, TIMELINE_WIDTHS, (when, what))
    keep_together(table)


def _dates(programme: Programme) -> list[tuple[str, str]]:
    """The organisers' own timeline; without one, what the round itself says. Their timeline knows
    nothing of a closing that was moved since, so that stands before it."""
    current = programme.round
    closes = local_moment(current.closes_at, programme.zone)
    if current.timeline:
        new = [(closes, "The new closing time, in place of the earlier one")]
        told = [(milestone.when, milestone.what) for milestone in current.timeline]
        return new + told if current.moves else told
    dates = [
        (local_moment(current.opens_at, programme.zone), "The programme opens"),
        (closes, "It closes"),
    ]
    if current.outcomes_at:
        outcomes = week(current.outcomes_at.astimezone(programme.zone).isoformat())
        dates.append((outcomes[0].upper() + outcomes[1:], "Applicants are told the outcome"))
    return dates


def _add_help(paper: WordDocument, programme: Programme) -> None:
    phone = dialled(programme.person_phone)
    call = f", or call {phone}" if phone else ""
    name = programme.person.name or programme.team
    paper.add_heading("If you would like help", level=1)
    paper.add_paragraph(
        f"Reply to our letter, or write to {name} at {programme.person.email}{call}. "
        "We are glad to help."
    )

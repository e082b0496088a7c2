"""Pure: an agreement for programmes that have none of their own, with its placeholders. It is there
to start from: what both sides promise is the organisers' to word."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.shared import Pt

from responders.pack.paper import (
    add_footer,
    add_row,
    add_table,
    add_title,
    keep_together,
    new_paper,
    save_paper,
)
from storage.domain.award import Award
from storage.domain.programme import Programme

WIDTHS = (5.2, 11.4)
HALVES = (8.3, 8.3)
PROMISES = (
    "The organisation spends the award on the project as its application describes it, keeps an "
    "account of it, and returns what is not spent.",
    "The project lead and the senior leader take part in the programme’s masterclasses and "
    "workshops as far as they can.",
    "The organisation tells the programme at once if the project changes or can’t go on.",
    "Both sides say in public what they achieve together, and each tells the other first.",
)


def plain_agreement(programme: Programme, award: Award) -> bytes:
    """The .docx with its placeholders. The same programme gives the same bytes."""
    paper = new_paper(
        f"Memorandum of understanding: {programme.name}",
        author=programme.team,
        at=programme.round.opens_at,
    )
    add_title(paper, "{{ programme }}, {{ reference }}", "Memorandum of understanding")
    paper.add_paragraph(
        "This memorandum is made on {{ date }} between {{ team }} (“the programme”) and "
        "{{ organisation }} (“the organisation”)."
    )
    _add_project(paper)
    paper.add_heading("2. The award", level=1)
    paper.add_paragraph("The programme awards {{ amount }} to the organisation for this project.")
    _add_receiver(paper, award)
    paper.add_heading("4. What both sides promise", level=1)
    for promise in PROMISES:
        paper.add_paragraph(promise, style="List Bullet")
    _add_signatures(paper, award)
    add_footer(paper, "Memorandum of understanding {{ reference }}.")
    return save_paper(paper)


def _add_project(paper: WordDocument) -> None:
    paper.add_heading("1. The project", level=1)
    _add_rows(
        paper,
        (
            ("Project", "{{ project }}"),
            ("Area", "{{ area }}"),
            ("Project lead", "{{ lead }}"),
            ("E-mail", "{{ lead_email }}"),
            ("Senior leader", "{{ senior_leader }}"),
            ("The work runs", "from {{ starts_on }} to {{ ends_on }}"),
        ),
    )


def _add_receiver(paper: WordDocument, award: Award) -> None:
    paper.add_heading("3. Who receives it", level=1)
    _add_rows(paper, [(one.label, f"{{{{ details.{one.key} }}}}") for one in award.details])
    told = paper.add_paragraph()
    told.paragraph_format.space_before = Pt(8)
    told.add_run(
        "The number of the account is never told by e-mail: the programme’s finance team asks for "
        "it by telephone."
    ).italic = True


def _add_signatures(paper: WordDocument, award: Award) -> None:
    paper.add_heading("5. Signatures", level=1).paragraph_format.keep_with_next = True
    has_signatory = any(one.key == "signatory" for one in award.details)
    signs = "{{ details.signatory }}" if has_signatory else "{{ organisation }}"
    table = add_table(paper, HALVES, head=("For the organisation", "For the programme"))
    rows = (
        (signs, "{{ signatory }}, {{ signatory_post }}"),
        ("Signature:\n\n", "Signature:\n\n"),
        ("Date:", "Date:"),
    )
    for row in rows:
        add_row(table, HALVES, row, bold=())
    keep_together(table)


def _add_rows(paper: WordDocument, rows: Sequence[tuple[str, str]]) -> None:
    table = add_table(paper, WIDTHS)
    for row in rows:
        add_row(table, WIDTHS, row)

"""Pure: a Word document to fill in with the details of whoever receives an award, for those who
would rather not write them into their reply."""

from collections.abc import Mapping

from responders.mime import PackFile
from responders.pack.form import make_control
from responders.pack.paper import (
    TINT,
    add_footer,
    add_row,
    add_table,
    add_title,
    new_paper,
    save_paper,
    shade,
)
from responders.wording import checked
from storage.domain.award import Award, DetailShape
from storage.domain.form import PROMPT, detail_tag
from storage.domain.programme import Programme

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTHS = (7.2, 9.4)
TITLE = "Who receives the money"


def details_form(
    programme: Programme, award: Award, reference: str, told: Mapping[str, str]
) -> PackFile:
    """The form with what is `told` already, by key. The same values give the same bytes."""
    paper = new_paper(
        f"{TITLE}: {programme.name}", author=programme.team, at=programme.round.opens_at
    )
    add_title(paper, f"{programme.name}, {reference}", TITLE)
    paper.add_paragraph(
        "Please fill this in with your finance department and attach it to your reply. Please do "
        "not write an account number or a sort code into it: nobody will ever ask you for them by "
        "e-mail."
    )
    table = add_table(paper, WIDTHS)
    for detail in award.asked:
        name, answer = add_row(table, WIDTHS, (detail.label, ""))
        shade(name, TINT)
        choices = {"yes": "Yes", "no": "No"} if detail.shape is DetailShape.YES_NO else None
        known = checked(told.get(detail.key)) or ""
        control = make_control(
            detail.label, detail_tag(detail.key), prompt=PROMPT, text=known, choices=choices
        )
        answer.paragraphs[0]._p.append(control)
    helped = [detail for detail in award.asked if detail.help]
    if helped:
        paper.add_heading("What is meant", level=1)
    for detail in helped:
        line = paper.add_paragraph(style="List Bullet")
        line.add_run(f"{detail.label}. ").bold = True
        line.add_run(detail.help)
    add_footer(paper, f"{programme.name}: {TITLE.lower()}, {reference}.")
    return PackFile(f"{reference} who receives the money.docx", WORD, save_paper(paper))

"""Pure: what a member of the panel writes to us: scores, by the sheet or in the text, or something
for a person. It is never an application of their own."""

from collections.abc import Sequence
from dataclasses import replace

from intake.understanding.files.attachments import Opened
from intake.understanding.files.returned_tables import UnusableTable
from intake.understanding.files.scoring_sheets import is_scoring_sheet, read_scoring_sheet
from intake.understanding.texts.short_scores import read_short_scores
from intake.understanding.texts.writing import Writing
from storage.domain.message import PANEL_MEMBER, SCORES, Head, MessageKind, Verdict
from storage.domain.programme import Programme
from storage.domain.scoring_sheet import ReturnedScores

_OF_APPLICANTS = (
    MessageKind.EXPRESSION,
    MessageKind.NOMINATION,
    MessageKind.APPLICATION,
    MessageKind.FOLLOW_UP,
    MessageKind.WITHDRAWAL,
)


def find_scores(
    head: Head, writing: Writing, files: Sequence[Opened], programme: Programme
) -> ReturnedScores | None:
    """What a member says of applications: by the first sheet that can be read, and in what they
    wrote themselves. Nothing that they quote or forward, and nothing of anybody else: None."""
    if not _is_of_panel(head, programme):
        return None
    told = () if writing.is_forwarded else read_short_scores(writing.new_text, programme)
    problem: str | None = None
    for book in files:
        if book.extension != "xlsx" or not is_scoring_sheet(book.content):
            continue
        try:
            sheet = read_scoring_sheet(book.content, programme)
        except UnusableTable as error:
            problem = problem or str(error)
            continue
        return replace(sheet, rows=(*sheet.rows, *told))
    return ReturnedScores(told, problem=problem) if told or problem else None


def judge_as_panel(
    verdict: Verdict, head: Head, programme: Programme, scores: ReturnedScores | None
) -> Verdict:
    """The verdict on a message of a member of the panel; that of anybody else stays. Who runs the
    programme as well may pass on what an applicant wrote."""
    if verdict.kind.is_machine or not _is_of_panel(head, programme):
        return verdict
    if scores is not None:
        return replace(verdict, kind=MessageKind.UNCLEAR, rule=SCORES)
    is_organiser = head.sender is not None and programme.organiser(head.sender.email) is not None
    if verdict.kind in _OF_APPLICANTS and not is_organiser:
        return replace(verdict, kind=MessageKind.UNCLEAR, rule=PANEL_MEMBER)
    return verdict


def _is_of_panel(head: Head, programme: Programme) -> bool:
    return head.sender is not None and programme.panel_member(head.sender.email) is not None

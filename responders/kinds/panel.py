"""Pure: what the letters to the panel have in common: the files that go with them, and what a
member is asked to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from responders.kinds.base import KeptFile, Value, Values
from responders.kinds.basics import local
from responders.mime import PackFile
from responders.sheets.scoring import write_scoring_sheet
from responders.wording import checked
from storage.domain.case import Case, make_reference
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.message import Attachment
from storage.domain.scoring import PanelFacts
from storage.domain.situation import Situation

MOST_ROWS = 200
"""Applications that a letter tells one by one; the workbook has them all."""

LONGEST_TITLE = 80

SHEET_NAME = "Scores.xlsx"

_OFFICE = "application/vnd.openxmlformats-officedocument"
_EXCEL = f"{_OFFICE}.spreadsheetml.sheet"
_PASSED_ON = {
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": _EXCEL,
    ".pdf": "application/pdf",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
"""What of an application goes on to the panel, by the ending of its name. Nothing that runs."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The files of the applications that fit into a letter, and the references of those that come
    without all of theirs."""

    files: tuple[KeptFile, ...]
    without: tuple[str, ...]


def facts_of(s: Situation) -> PanelFacts:
    """Raises LookupError in a situation without a panel."""
    if s.panel is None:
        raise LookupError("the situation knows of no panel")
    return s.panel


def enclosed(s: Situation, member: str) -> Enclosed:
    """The newest forms of what this member is asked to read, as they came: as many as fit."""
    facts = facts_of(s)
    files: list[KeptFile] = []
    without: list[str] = []
    room = s.programme.most_enclosed
    for case, assignment in facts.standing.assigned_to(member):
        came = facts.files.get(assignment.form, ())
        own = [file for file in came if not file.is_lost and _ending(file) in _PASSED_ON]
        size = sum(file.size for file in own)
        if not own or len(own) < len(came) or size > room:
            without.append(case.reference)
        if size <= room:
            files += _named(case, own)
            room -= size
    return Enclosed(tuple(files), tuple(without))


def sheet_of(s: Situation, member: str, secret: bytes) -> PackFile:
    """The workbook that this member is to fill in."""
    content = write_scoring_sheet(facts_of(s).standing, member, secret=secret, now=s.now)
    return PackFile(SHEET_NAME, _EXCEL, content)


def panel_values(s: Situation, member: str, cases: Iterable[Case]) -> Values:
    """What every letter to the panel may say, about these applications."""
    programme, listed = s.programme, list(cases)
    scores_by = programme.round.scores_by
    asked = s.panel.standing.assigned_to(member) if s.panel is not None else ()
    references = [case.reference for case in (*listed, *(case for case, _ in asked))]
    first = next(iter(references), make_reference(programme.reference_prefix, 1))
    scores = " ".join("434542"[place % 6] for place in range(len(programme.criteria)))
    return {
        "applications": [_application(case) for case in listed[:MOST_ROWS]],
        "applications_more": len(listed[MOST_ROWS:]),
        "scores_by": local(s, scores_by) if scores_by is not None else None,
        "criteria": len(programme.criteria),
        "example": {"scores": f"{first}: {scores}", "conflict": f"{first} conflict"},
    }


def sheets_to(s: Situation, member: str) -> tuple[Letter, ...]:
    """The letters with a scoring sheet of this round that this member was written."""
    begins = sheet_key(s, member, "")
    return tuple(letter for letter in s.letters if letter.key.startswith(begins))


def sheet_key(s: Situation, member: str, rest: object) -> str:
    """`scoring_sheet/<email>/<round>/<newest assignment>`."""
    return f"{LetterKind.SCORING_SHEET}/{member}/{s.programme.round.key}/{rest}"


def sheet_left_at(s: Situation, member: str) -> datetime | None:
    """When the member's first sheet was sent; None: none was."""
    sent = (x for x in sheets_to(s, member) if x.state is LetterState.SENT)
    return min((letter.sent_at or letter.created_at for letter in sent), default=None)


def letter_to(s: Situation, kind: LetterKind, member: str, key: str) -> Due:
    """A letter to somebody who is on the panel. Raises LookupError for anybody else."""
    found = s.programme.panel_member(member)
    if found is None:
        raise LookupError(f"{key} goes to nobody on the panel")
    return Due(kind=kind, key=key, recipient=found.address)


def _application(case: Case) -> Value:
    return {"reference": case.reference, "title": checked(case.title, LONGEST_TITLE)}


def _named(case: Case, files: list[Attachment]) -> list[KeptFile]:
    """By the reference alone: what applicants call their files stays with us."""
    return [
        KeptFile(
            name=f"{case.reference}{f' ({number})' if len(files) > 1 else ''}{_ending(file)}",
            media_type=_PASSED_ON[_ending(file)],
            sha256=file.sha256,
        )
        for number, file in enumerate(files, start=1)
    ]


def _ending(file: Attachment) -> str:
    return PurePath(file.name).suffix.lower()

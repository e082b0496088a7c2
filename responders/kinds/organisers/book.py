"""Pure: everything of a round as a workbook: its cases, the letters that did not leave and the
messages that a person must deal with. No names of people, and nothing that they wrote but the
titles of projects and the names of organisations."""

import io
from collections.abc import Iterator, Sequence

from responders.kinds.organisers.view import View
from responders.mime import PackFile
from responders.reasons import why_not_sent
from responders.sheets.stream import StreamedBook, Value
from storage.domain.overview import CaseLine, PersonsMessage, WaitingLetter
from storage.domain.placement import Reply

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CASE_COLUMNS = (
    ("Case", 11),
    ("State", 11),
    ("Area", 24),
    ("Organisation", 32),
    ("Title", 36),
    ("Opened", 22),
    ("Pack sent", 22),
    ("First form", 22),
    ("In time", 9),
    ("Own closing", 22),
    ("Decision", 12),
    ("Approved", 12),
    ("Told", 22),
    ("Answered", 10),
)
LETTER_COLUMNS = (
    ("Letter", 8),
    ("Case", 11),
    ("To", 36),
    ("Kind", 22),
    ("State", 10),
    ("Why", 60),
    ("Written", 22),
)
MESSAGE_COLUMNS = (
    ("Message", 9),
    ("Case", 11),
    ("From", 36),
    ("Received", 22),
    ("Kind", 14),
    ("Why", 60),
)


def overview_file(view: View) -> PackFile:
    """The workbook of this organiser, `ace-2021-07-14.xlsx`."""
    buffer = io.BytesIO()
    with StreamedBook(buffer, view.programme.zone) as book:
        cases, overview = view.overview.cases, view.overview
        book.write_table("Cases", CASE_COLUMNS, (_case(view, case) for case in cases))
        book.write_table("Letters with trouble", LETTER_COLUMNS, _letters(view, overview.letters))
        book.write_table("Messages for a person", MESSAGE_COLUMNS, _messages(view))
    day = view.now.astimezone(view.programme.zone).date()
    return PackFile(f"{view.programme.slug}-{day.isoformat()}.xlsx", EXCEL, buffer.getvalue())


def _case(view: View, case: CaseLine) -> Sequence[Value]:
    area = view.programme.area(case.area)
    return (
        case.reference,
        case.state.value,
        area.name if area else case.area,
        case.organisation,
        case.title,
        case.opened_at,
        case.pack_sent_at,
        case.form_at,
        _in_time(case),
        case.closes_at if case.closes_at != view.programme.round.closes_at else None,
        _spaced(case.decision),
        _spaced(case.outcome),
        case.told_at,
        _ANSWERS[case.reply] if case.reply else "yes" if case.has_answered else None,
    )


_ANSWERS = {Reply.YES: "accepted", Reply.NO: "declined", Reply.UNCLEAR: "not clear"}


def _in_time(case: CaseLine) -> str | None:
    if case.form_at is None:
        return None
    return "late" if case.is_late else "yes"


def _letters(view: View, letters: Sequence[WaitingLetter]) -> Iterator[Sequence[Value]]:
    for letter in letters:
        yield (
            letter.id,
            _reference(view, letter.case_id),
            letter.recipient,
            _spaced(letter.kind),
            letter.state.value,
            why_not_sent(letter.rule) if letter.rule else "it has waited too long to leave",
            letter.created_at,
        )


def _messages(view: View) -> Iterator[Sequence[Value]]:
    for message in view.overview.messages:
        yield (
            message.id,
            _reference(view, message.case_id),
            message.sender,
            message.received_at,
            _spaced(message.kind),
            _why(message),
        )


def _why(message: PersonsMessage) -> str | None:
    if message.kind is None:
        return f"it could not be read: {message.reason}"
    return why_not_sent(message.hold) if message.hold else None


def _reference(view: View, case_id: int | None) -> str | None:
    case = view.cases.get(case_id or 0)
    return case.reference if case is not None else None


def _spaced(name: str | None) -> str | None:
    return name.replace("_", " ") if name else None

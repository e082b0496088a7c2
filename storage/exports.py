"""The whole ledger of a programme, row by row, for those who take it elsewhere.

Each function gives one plain mapping a row, in the order of the ledger, and holds no more than a
thousand rows at a time. All within one reading transaction, they show one moment.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select
from sqlmodel import Session, SQLModel, col

from storage import lateness
from storage.award_rows import AgreementRow, AwardDetailsRow, EventAnswerRow
from storage.domain.letter import LetterState
from storage.domain.programme import Programme
from storage.exported_columns import (
    AGREEMENT,
    AWARD,
    CASE,
    DECISION,
    EVENT,
    EVENT_ANSWER,
    EXTENSION,
    LETTER,
    MESSAGE,
    OUTCOME,
    Columns,
)
from storage.round_rows import DecisionRow, ExtensionRow, ReleasedOutcomeRow
from storage.rows import CaseRow, EventRow, LetterRow, MessageCaseRow, MessageRow, PersonRow
from storage.serialising import load_detail

Exported = Mapping[str, Any]
"""A row: texts, numbers, instants, None, lists of texts and mappings of texts."""

Span = tuple[int, int]
"""The first and the last id of the rows in hand. Rows between them of another programme do no
harm to what is looked up by it."""

CHUNK = 1_000

_HEAD = '{"head":'
_DECODER = json.JSONDecoder()


def export_cases(session: Session, programme: Programme) -> Iterator[Exported]:
    """Every case with all its details, the letters that were sent to it and what is decided."""
    is_ours = _is(CaseRow.programme, programme)
    for rows in _chunks(session, CASE, CaseRow, is_ours):
        beside = _beside(session, programme, rows)
        for row, more in zip(rows, beside, strict=True):
            del row["id"]
            row["partners"] = json.loads(row["partners"])
            row["custom"] = json.loads(row["custom"])
            row["nominated_by"] = _nominator(row["nominated_by"])
            yield {**row, **more}


def export_messages(session: Session, programme: Programme) -> Iterator[Exported]:
    """Every message that belongs to the programme, as far as it is understood."""
    is_ours = _is(MessageRow.programme, programme)
    for rows in _chunks(session, MESSAGE, MessageRow, is_ours):
        cases = _cases_of_messages(session, _ids(rows))
        for row in rows:
            row["subject"] = _subject(row["subject"])
            row["changed"] = json.loads(row["changed"])
            row["cases"] = cases.get(row["id"], [])
            yield row


def export_letters(session: Session, programme: Programme) -> Iterator[Exported]:
    """Every letter, whatever has become of it."""
    yield from _with_case(session, LETTER, LetterRow, _is(LetterRow.programme, programme))


def export_decisions(session: Session, programme: Programme) -> Iterator[Exported]:
    """Every decision that was recorded, also those in whose place a later one stands."""
    yield from _with_case(session, DECISION, DecisionRow, _is(CaseRow.programme, programme))


def export_outcomes(session: Session, programme: Programme) -> Iterator[Exported]:
    """Every outcome that was released to an applicant."""
    yield from _with_case(session, OUTCOME, ReleasedOutcomeRow, _is(CaseRow.programme, programme))


def export_extensions(session: Session, programme: Programme) -> Iterator[Exported]:
    """Every later closing; `case` is None where it is for everybody."""
    yield from _with_case(session, EXTENSION, ExtensionRow, _is(ExtensionRow.programme, programme))


def export_awards(session: Session, programme: Programme) -> Iterator[Exported]:
    """All that was told of whoever receives an award, each time it was told."""
    is_ours = _is(CaseRow.programme, programme)
    for row in _with_case(session, AWARD, AwardDetailsRow, is_ours):
        yield {**row, "told": load_detail(row["told"])}


def export_agreements(session: Session, programme: Programme) -> Iterator[Exported]:
    """Every file of a signed agreement."""
    is_ours = _is(CaseRow.programme, programme)
    yield from _with_case(session, AGREEMENT, AgreementRow, is_ours)


def export_attendance(session: Session, programme: Programme) -> Iterator[Exported]:
    """Every answer to an invitation to an event."""
    is_ours = _is(CaseRow.programme, programme)
    yield from _with_case(session, EVENT_ANSWER, EventAnswerRow, is_ours)


def export_history(session: Session, programme: Programme) -> Iterator[Exported]:
    """Every line of the history about the programme, its cases, messages and letters."""
    of_message = exists().where(
        col(EventRow.programme).is_(None),
        col(MessageRow.id) == col(EventRow.message_id),
        col(MessageRow.programme) == programme.slug,
    )
    is_ours = _is(EventRow.programme, programme) | of_message
    for row in _with_case(session, EVENT, EventRow, is_ours):
        row["detail"] = _detail(row["detail"])
        yield row


EXPORTS: Mapping[str, Callable[[Session, Programme], Iterator[Exported]]] = {
    "cases": export_cases,
    "messages": export_messages,
    "letters": export_letters,
    "decisions": export_decisions,
    "outcomes": export_outcomes,
    "extensions": export_extensions,
    "awards": export_awards,
    "agreements": export_agreements,
    "attendance": export_attendance,
    "history": export_history,
}
"""All there is, by name."""


def _beside(
    session: Session, programme: Programme, rows: Sequence[Exported]
) -> Iterator[dict[str, object]]:
    """What other tables tell of each of these cases."""
    span = _ids(rows)
    people = _grouped(session, _between(PersonRow.case_id, span, PersonRow.email))
    letters = _letters_sent(session, span)
    decided = {row.case_id: row for row in _of_cases(session, DecisionRow, span)}
    told = {row.case_id: row for row in _of_cases(session, ReleasedOutcomeRow, span)}
    forms = lateness.first_forms(session, programme.slug, span)
    late = lateness.late_among(session, programme, forms)
    for row in rows:
        id, is_current = row["id"], row["round"] == programme.round.key
        yield {
            "people": sorted(people.get(id, ())),
            "first_form_at": forms.get(id),
            "is_late": id in late if is_current and id in forms else None,
            "letters_sent": letters.get(id, []),
            **_decision_of_case(decided.get(id), told.get(id)),
        }


def _decision_of_case(decided: Row[Any] | None, told: Row[Any] | None) -> dict[str, object]:
    return {
        "decision": decided.outcome if decided else None,
        "amount": decided.amount if decided else None,
        "feedback": decided.feedback if decided else None,
        "reason": decided.reason if decided else None,
        "decided_by": decided.actor if decided else None,
        "decided_at": decided.at if decided else None,
        "outcome": told.outcome if told else None,
        "outcome_from": told.not_before if told else None,
    }


def _nominator(contact: str | None) -> str | None:
    """Who nominated, as name and address."""
    told = json.loads(contact) if contact else {}
    return ", ".join(filter(None, (told.get("name"), told.get("email")))) or None


@lru_cache(maxsize=CHUNK)
def _detail(text: str) -> Mapping[str, str]:
    """A detail of the history; most say one of a few things."""
    return load_detail(text)


def _subject(understanding: str | None) -> str | None:
    """The subject of an understood message: its head alone is read, the rest may be long."""
    if understanding is None or not understanding.startswith(_HEAD):
        return None
    head, _ = _DECODER.raw_decode(understanding, len(_HEAD))
    return str(head["subject"])


def _with_case(
    session: Session, columns: Columns, model: type[SQLModel], condition: ColumnElement[bool]
) -> Iterator[dict[str, Any]]:
    """The rows that meet the condition, beside the case that each is about."""
    for rows in _chunks(session, columns, model, condition, with_case=True):
        yield from rows


def _chunks(
    session: Session,
    columns: Columns,
    model: type[SQLModel],
    condition: ColumnElement[bool],
    *,
    with_case: bool = False,
) -> Iterator[list[dict[str, Any]]]:
    """The rows that meet the condition, by id, at most a thousand at a time."""
    key, last = col(columns["id"]), 0
    found = select(*columns.values()).select_from(model)
    if with_case:
        case_id = col(model.case_id)  # type: ignore[attr-defined]
        found = found.outerjoin(CaseRow, col(CaseRow.id) == case_id)
    found = found.where(condition).order_by(key).limit(CHUNK)
    while rows := session.connection().execute(found.where(key > last)).all():
        yield [dict(zip(columns, row, strict=True)) for row in rows]
        last = rows[-1][0]


def _is(column: str | None, programme: Programme) -> ColumnElement[bool]:
    """That a row is of the programme, so put that no index on the column is used: the rows are
    wanted by id, and sorting all of them for each thousand would take hours."""
    return func.coalesce(column, "") == programme.slug


def _ids(rows: Sequence[Exported]) -> Span:
    return rows[0]["id"], rows[-1]["id"]


def _between(column: object, span: Span, *values: object) -> Select[Any]:
    """A selection of the column and these values where the column is within the span."""
    return select(column, *values).where(col(column).between(*span))  # type: ignore[call-overload, no-any-return]


def _grouped(session: Session, found: Select[Any]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = defaultdict(list)
    for key, value in session.connection().execute(found):
        groups[key].append(value)
    return groups


def _of_cases(session: Session, model: type[SQLModel], span: Span) -> Sequence[Row[Any]]:
    table = model.metadata.tables[str(model.__tablename__)]
    found = select(table).where(table.c.case_id.between(*span)).order_by(table.c.id)
    return session.connection().execute(found).all()


def _letters_sent(session: Session, span: Span) -> dict[int, list[str]]:
    """The kinds of the letters that were sent about each case; one sent twice stands twice."""
    sent = _between(LetterRow.case_id, span, LetterRow.kind)
    is_sent = func.coalesce(LetterRow.state, "") == LetterState.SENT
    return _grouped(session, sent.where(is_sent).order_by(col(LetterRow.id)))


def _cases_of_messages(session: Session, span: Span) -> dict[int, list[str]]:
    found = _between(MessageCaseRow.message_id, span, CaseRow.reference)
    case_id = col(MessageCaseRow.case_id)
    found = found.join(CaseRow, col(CaseRow.id) == case_id).order_by(case_id)
    return _grouped(session, found)

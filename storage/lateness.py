"""When the forms of cases came, and which cases have none that came in time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from storage import extensions
from storage.domain.extension import extended
from storage.domain.message import MessageKind
from storage.domain.programme import Programme, Window
from storage.rows import CaseRow, MessageCaseRow, MessageRow
from storage.serialising import load_understanding

_NOTHING = "[]"
"""How it is stored that a message changed nothing: a form that nobody could read did not."""


def first_forms(
    session: Session, programme: str, span: tuple[int, int] | None = None
) -> dict[int, datetime]:
    """When the first form of each case came that could be read, by the case's id; of the cases with
    ids from the first to the second of `span`, None: of all. Two queries."""
    is_doubtful = (col(MessageRow.changed) == _NOTHING) & (CaseRow.opened_by != MessageRow.id)
    forms = (
        select(MessageCaseRow.case_id, MessageRow.id, MessageRow.received_at, is_doubtful)
        .join(MessageRow, col(MessageRow.id) == col(MessageCaseRow.message_id))
        .join(CaseRow, col(CaseRow.id) == col(MessageCaseRow.case_id))
        .where(_is(MessageRow.kind, MessageKind.APPLICATION), _is(MessageRow.programme, programme))
    )
    if span is not None:
        forms = forms.where(col(MessageCaseRow.case_id).between(*span))
    found = session.exec(forms).all()
    unread = _unread(session, [id for _, id, _, doubtful in found if doubtful])
    first: dict[int, datetime] = {}
    for case_id, message_id, received_at, _ in found:
        if message_id not in unread:
            first[case_id] = min(received_at, first.get(case_id, received_at))
    return first


def late_cases(session: Session, configured: Programme) -> frozenset[int]:
    """The ids of the cases whose first form came after the closing that holds for them, and its
    grace. Three queries."""
    return late_among(session, configured, first_forms(session, configured.slug))


def late_among(
    session: Session, configured: Programme, first: Mapping[int, datetime]
) -> frozenset[int]:
    """The same of the cases of this round whose first forms came then. One query."""
    found = extensions.of_programme(session, configured.slug)
    usual = extended(configured.round, [one for one in found if one.case_id is None])
    own = {
        case_id: extended(usual, [one for one in found if one.case_id == case_id])
        for case_id in {one.case_id for one in found} - {None}
    }
    return frozenset(
        case_id
        for case_id, received_at in first.items()
        if own.get(case_id, usual).window(received_at) is Window.AFTER
    )


def _unread(session: Session, message_ids: Sequence[int | None]) -> frozenset[int | None]:
    """Those of these messages of whose files nothing could be read."""
    if not message_ids:
        return frozenset()
    told = select(MessageRow.id, MessageRow.understanding)
    found = session.exec(told.where(col(MessageRow.id).in_(message_ids)))
    return frozenset(id for id, text in found if text and load_understanding(text).is_unreadable)


def _is(column: str | None, value: str) -> ColumnElement[bool]:
    """The comparison, put so that no index on the column is used: the messages of a few cases are
    found by the cases."""
    return func.coalesce(column, "") == value

"""When the forms of cases came, and which cases have none that came in time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from storage import extensions
from storage.domain.extension import extended
from storage.domain.message import MessageKind
from storage.domain.programme import Programme, Window
from storage.rows import MessageCaseRow, MessageRow
from storage.serialising import load_understanding

_WITHOUT_ANSWERS = '"answers":[]'
"""How an understanding is stored that read no answer: perhaps nobody could read the form. Within a
text of somebody's the quotes would be escaped."""


def first_forms(
    session: Session, programme: str, case_ids: Collection[int] | None = None
) -> dict[int, datetime]:
    """When the first form of each case came that could be read, by the case's id; of these cases,
    None: of all. Two queries."""
    is_doubtful = col(MessageRow.understanding).contains(_WITHOUT_ANSWERS)
    case_id, received_at = col(MessageCaseRow.case_id), col(MessageRow.received_at)
    conditions = _are_forms(programme, case_ids)
    earliest = select(case_id, func.min(received_at)).group_by(case_id)
    first = dict(session.exec(earliest.where(*conditions, ~is_doubtful)).all())
    doubtful = select(case_id, received_at, col(MessageRow.understanding))
    for id, at, understanding in session.exec(doubtful.where(*conditions, is_doubtful)):
        if understanding and not load_understanding(understanding).is_unreadable:
            first[id] = min(at, first.get(id, at))
    return first


def late_cases(
    session: Session, configured: Programme, case_ids: Collection[int] | None = None
) -> frozenset[int]:
    """The ids of the cases whose first form came after the closing that holds for them, and its
    grace; of these cases, None: of all."""
    found = extensions.of_programme(session, configured.slug)
    everybody = [extension for extension in found if extension.case_id is None]
    usual = extended(configured.round, everybody)
    own = {
        extension.case_id: extended(
            usual, [other for other in found if other.case_id == extension.case_id]
        )
        for extension in found
        if extension.case_id is not None
    }
    first = first_forms(session, configured.slug, case_ids)
    return frozenset(
        case_id
        for case_id, received_at in first.items()
        if own.get(case_id, usual).window(received_at) is Window.AFTER
    )


def _are_forms(programme: str, case_ids: Collection[int] | None) -> tuple[ColumnElement[bool], ...]:
    these = (
        col(MessageRow.id) == col(MessageCaseRow.message_id),
        col(MessageRow.kind) == MessageKind.APPLICATION,
        col(MessageRow.programme) == programme,
    )
    return these if case_ids is None else (*these, col(MessageCaseRow.case_id).in_(case_ids))

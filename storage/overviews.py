"""What organisers are told of: the whole of a programme, put together once a digest is due."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.domain.overview import Overview
from storage.domain.programme import Programme
from storage.loading import load_cases
from storage.rows import CaseRow, EventRow


def look_over(session: Session, programme: Programme) -> Overview:
    """The programme as it stands."""
    of_round = (
        col(CaseRow.programme) == programme.slug,
        col(CaseRow.round) == programme.round.key,
    )
    last_event = session.exec(select(func.max(EventRow.id))).one()
    return Overview(cases=load_cases(session, *of_round), last_event=last_event or 0)

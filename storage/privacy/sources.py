"""What the traces of a person are called: references of cases, hashes of messages."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from storage.domain.decision import Outcome
from storage.round_rows import ReleasedOutcomeRow
from storage.rows import CaseRow, MessageRow
from storage.upserts import chunks


@dataclass(frozen=True, slots=True)
class Source:
    """A message by the SHA-256 of its bytes, and its Message-ID where it has one."""

    sha256: str
    message_id: str | None


def sources_of(session: Session, ids: Sequence[int]) -> tuple[Source, ...]:
    """The messages with these ids, in their order."""
    found = {
        row.id: Source(row.sha256, row.rfc_message_id)
        for some in chunks(ids)
        for row in session.exec(select(MessageRow).where(col(MessageRow.id).in_(some)))
    }
    return tuple(found[id] for id in ids)


def references_of(session: Session, ids: Sequence[int]) -> tuple[str, ...]:
    """What the cases with these ids are called, sorted."""
    found = (
        reference
        for some in chunks(ids)
        for reference in session.exec(select(CaseRow.reference).where(col(CaseRow.id).in_(some)))
    )
    return tuple(sorted(found))


def funded_cases(session: Session, ids: Sequence[int]) -> tuple[str, ...]:
    """Those of these cases that were told, last, that they are funded."""
    told: dict[int, str] = {}
    for some in chunks(ids):
        released = select(ReleasedOutcomeRow).where(col(ReleasedOutcomeRow.case_id).in_(some))
        for row in session.exec(released.order_by(col(ReleasedOutcomeRow.id))):
            told[row.case_id] = row.outcome
    funded = [case_id for case_id, outcome in told.items() if outcome == Outcome.FUNDED]
    return references_of(session, funded)

"""What people did to letters that had not left, with their reasons. The history names each deed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from storage.deed_rows import LetterDeedRow
from storage.events import Event


class DeedKind(StrEnum):
    """The line of the history is `letter_` and this."""

    EDITED = "edited"
    REWRITTEN = "rewritten"
    RELEASED = "released"
    DISCARDED = "discarded"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed of a person. `reason` may be empty; `before` is the SHA-256 under which the archive
    has the letter's bytes up to then, None where they stayed."""

    letter_id: int
    what: DeedKind
    reason: str
    by: str
    at: datetime
    before: str | None = None


def with_reasons(lines: Iterable[Event], deeds: Iterable[Deed]) -> tuple[Event, ...]:
    """Lines of the history, with the reasons of these deeds in their details."""
    reasons = {(deed.letter_id, f"letter_{deed.what}", deed.at): deed.reason for deed in deeds}
    return tuple(
        replace(line, detail={**line.detail, "reason": reason})
        if line.letter_id is not None
        and (reason := reasons.get((line.letter_id, line.what, line.at)))
        else line
        for line in lines
    )


def record(session: Session, deed: Deed) -> None:
    """Write a deed down."""
    session.add(
        LetterDeedRow(
            letter_id=deed.letter_id,
            what=deed.what,
            reason=deed.reason,
            before=deed.before,
            actor=deed.by,
            at=deed.at,
        )
    )
    session.flush()


def of_letters(session: Session, letter_ids: Collection[int]) -> tuple[Deed, ...]:
    """All that was done to these letters, in order."""
    found = select(LetterDeedRow).where(col(LetterDeedRow.letter_id).in_(letter_ids))
    return tuple(
        Deed(row.letter_id, DeedKind(row.what), row.reason, row.actor, row.at, row.before)
        for row in session.exec(found.order_by(col(LetterDeedRow.id)))
    )

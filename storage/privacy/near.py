"""Addresses in the ledger that are written almost alike: what a mistyped one may have meant."""

from rapidfuzz import fuzz, process
from sqlmodel import Session, col, select

from storage.rows import CaseRow, LetterRow, MessageRow, PersonRow

ALIKE = 88.0
"""Likeness, of 100, from which one address may be meant by another: one or two keys in ten."""

MOST = 3


def near_addresses(session: Session, email: str) -> tuple[str, ...]:
    """Up to three addresses that wrote, were written to or belong to a case, the likest first."""
    columns = (
        col(PersonRow.email),
        col(MessageRow.sender_email),
        col(LetterRow.recipient_email),
        col(CaseRow.contact_email),
    )
    known = {
        address
        for column in columns
        for address in session.exec(select(column).distinct())
        if address and "@" in address
    }
    found = process.extract(
        email, sorted(known - {email}), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST
    )
    return tuple(address for address, _, _ in found)

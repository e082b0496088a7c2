"""Pure: a member of the panel is asked to read applications that they were not asked about before,
or a newer form of one. Each sheet has everything they are asked, and what they said so far."""

from responders.kinds.base import KeptFile, Kind, Values
from responders.kinds.basics import basics
from responders.kinds.panel import (
    enclosed,
    facts_of,
    letter_to,
    panel_values,
    sheet_key,
    sheet_of,
    sheets_to,
)
from responders.mime import PackFile
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    if s.panel is None or s.overview is None:
        return ()
    found = ((m.address.email, _untold(s, m.address.email)) for m in s.programme.panel)
    return tuple(
        letter_to(s, LetterKind.SCORING_SHEET, email, sheet_key(s, email, newest))
        for email, newest in found
        if newest is not None
    )


def values(s: Situation, due: Due) -> Values:
    email = due.recipient.email
    cases = [case for case, _ in facts_of(s).standing.assigned_to(email)]
    files = enclosed(s, email)
    return (
        basics(s, due)
        | panel_values(s, email, cases)
        | {
            "has_files": bool(files.files),
            "without_files": list(files.without),
            "is_again": any(not letter.is_left_out for letter in sheets_to(s, email)),
        }
    )


def signed_files(s: Situation, due: Due, secret: bytes) -> tuple[PackFile, ...]:
    return (sheet_of(s, due.recipient.email, secret),)


def kept_files(s: Situation, due: Due) -> tuple[KeptFile, ...]:
    return enclosed(s, due.recipient.email).files


def _untold(s: Situation, email: str) -> int | None:
    """The newest assignment of this member, where no letter knew it; None: they know all."""
    newest = facts_of(s).standing.newest_assignment(email)
    told = (int(letter.key.rpartition("/")[2]) for letter in sheets_to(s, email))
    return newest if newest is not None and newest > max(told, default=0) else None


KIND = Kind(LetterKind.SCORING_SHEET, due, values, signed_files=signed_files, kept_files=kept_files)

"""The letters of a simulated year, with what the ledger calls each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from intake.commands.simulating.correspondence import Arrival
from intake.commands.simulating.workspace import MOST
from storage import cases, outbox
from storage.database import Database
from storage.domain.case import Case
from storage.domain.letter import LetterKind
from storage.domain.marks import code_of


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says of a letter by its Message-ID: its kind, and the reference of its case,
    None where it has none."""

    kind: LetterKind
    case: str | None


@dataclass(frozen=True, slots=True)
class SentLetter:
    """One letter of the year. `who` is the number of its reader, None for those who are not of the
    cast, `case` the reference of its case."""

    at: datetime
    kind: LetterKind
    case: str | None
    who: int | None
    recipient: str
    subject: str
    text: str


def read_ledger(database: Database) -> tuple[tuple[Case, ...], dict[str, Known]]:
    """All cases, the last opened first, and what is known of each letter by its Message-ID."""
    with database.reading() as session:
        letters = outbox.list_letters(session, limit=MOST)
        opened = cases.list_cases(session, limit=MOST)
    references = {case.id: case.reference for case in opened}
    return opened, {
        letter.message_id: Known(letter.kind, references.get(letter.case_id or 0))
        for letter in letters
    }


def sent_letters(
    arrivals: Iterable[Arrival], known: Mapping[str, Known], owners: Mapping[str, int]
) -> Iterator[SentLetter]:
    """Each letter once. `owners` are the numbers of the cast by their addresses."""
    for arrival in once(arrivals):
        found = known.get(arrival.message_id)
        if found is not None:
            recipient = arrival.recipients[0]
            yield SentLetter(
                at=arrival.at,
                kind=found.kind,
                case=found.case,
                who=owners.get(recipient),
                recipient=recipient,
                subject=arrival.subject,
                text=arrival.text,
            )


def once(arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
    """Without the copies of letters that came before."""
    seen: set[str] = set()
    for arrival in arrivals:
        if arrival.message_id not in seen:
            seen.add(arrival.message_id)
            yield arrival


NO_CODE = "(code)"
"""Stands for the code of a letter."""


def digest_of(arrivals: Iterable[Arrival], known: Mapping[str, Known]) -> str:
    """The same for two years with the same letters: of (date, kind, case, subject, text), each
    letter once. The codes of letters to organisers are other ones in each installation."""
    lines = {
        letter.message_id: repr(
            (
                letter.at.date().isoformat(),
                known[letter.message_id].kind if letter.message_id in known else "",
                known[letter.message_id].case if letter.message_id in known else "",
                letter.subject,
                letter.text.replace(code_of(letter.message_id) or NO_CODE, NO_CODE),
            )
        )
        for letter in arrivals
    }
    return sha256("\n".join(sorted(lines.values())).encode()).hexdigest()

"""What the organisers of a simulated year work with, and the form of what they do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from intake.commands.simulating.cast import Person
from intake.commands.simulating.envelopes import Written
from intake.commands.simulating.expectations import Diary
from intake.commands.simulating.lives import Act
from intake.commands.simulating.season import Season
from storage import cases
from storage.database import Database
from storage.domain.case import Case
from storage.domain.people import Address
from storage.domain.programme import Programme

MOST = 100_000
"""More cases or letters than any simulated year has."""


@dataclass(frozen=True, slots=True)
class Step:
    """One deed of the organisers. `does` returns it in words for the timeline, None where there
    was nothing to do."""

    at: datetime
    does: Callable[[datetime], str | None]


@dataclass(frozen=True, slots=True)
class House:
    """The programme, its ledger and its people. `diary` learns what concerns applicants; `answer`
    has a person write later, `send` puts a message of an organiser into the inbox, `has_arrived`
    says whether a letter came, by its Message-ID."""

    programme: Programme
    season: Season
    cast: Sequence[Person]
    database: Database
    diary: Diary
    secret: bytes
    answer: Callable[[Person, Act], None]
    send: Callable[[Written, datetime], None]
    has_arrived: Callable[[str], bool]

    @property
    def organisers(self) -> tuple[Address, ...]:
        return tuple(organiser.address for organiser in self.programme.organisers)

    def cases(self, session: Session) -> dict[int, Case]:
        """The case of each person who has one, by their number."""
        owners = {address: person.number for person in self.cast for address in person.addresses}
        found = cases.list_cases(session, self.programme.slug, limit=MOST)
        mine = ((owners.get(case.contact.email or ""), case) for case in reversed(found))
        return {number: case for number, case in mine if number is not None}

    def person(self, number: int) -> Person:
        """Raises StopIteration for a number that nobody has."""
        return next(person for person in self.cast if person.number == number)


def counted(number: int, one: str, many: str) -> str:
    """`1 letter is`, `3 letters are`."""
    return f"{number} {one if number == 1 else many}"

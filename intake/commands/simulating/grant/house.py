"""What the organisers of a simulated grant call work with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from intake.commands.simulating.grant.cast import Person
from intake.commands.simulating.grant.diary import Diary
from intake.commands.simulating.grant.lives import Act
from intake.commands.simulating.grant.season import Season
from intake.commands.simulating.play import Play
from intake.commands.simulating.workspace import MOST
from storage import cases
from storage.database import Database
from storage.domain.case import Case
from storage.domain.people import Address
from storage.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class House:
    """The programme, its ledger, its people and the play they are in. `diary` learns what concerns
    applicants; `answer` has a person write later."""

    programme: Programme
    season: Season
    cast: Sequence[Person]
    database: Database
    diary: Diary
    secret: bytes
    seed: int
    play: Play
    answer: Callable[[Person, Act], None]

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

    def merit(self, reference: str) -> float:
        """What the application with this reference is worth, from 0 to 100. Raises StopIteration
        for a reference that no case has."""
        with self.database.reading() as session:
            found = self.cases(session).items()
        return next(self.person(n).merit for n, case in found if case.reference == reference)

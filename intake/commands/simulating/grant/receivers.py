"""Who receives the money of an award in a simulated year, as the applicant tells it, and how long
they take to tell it, to sign and to answer."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from intake.commands.simulating.grant.cast import Person
from storage.domain.award import INTRODUCTIONS, NO, YES
from storage.domain.programme import Programme


class Pace(StrEnum):
    """How somebody goes about their award."""

    PROMPT = "tells all at once"
    IN_PARTS = "tells half of it, and the rest when asked"
    SIGNS_LATE = "signs when asked again"
    TELLS_LATE = "tells when asked again"
    KEEPS_TO_THEMSELVES = "wants no introductions"


TELLS_AFTER, COMPLETES_AFTER = timedelta(hours=21), timedelta(hours=30)
SIGNS_AFTER, ANSWERS_AFTER = timedelta(hours=27), timedelta(hours=6)

_CONTACTS = (
    "Joyce Adeyemi",
    "Samir Nasser",
    "Bronwen Pryce",
    "Callum Etheridge",
    "Paulette Quarshie",
)


@dataclass(frozen=True, slots=True)
class Receiver:
    """What somebody tells, by the key of each detail; `first` are those that they tell at first."""

    told: dict[str, str]
    first: tuple[str, ...]


def finance_address(person: Person) -> str:
    """Where the finance department of an applicant's organisation is reached."""
    return f"finance.{person.number}@{person.email.partition('@')[2]}"


def receiver_of(person: Person, pace: Pace) -> Receiver:
    told = {
        "organisation": person.organisation,
        "department": "Finance and Contracts",
        "contact": _CONTACTS[person.number % len(_CONTACTS)],
        "email": finance_address(person),
        "phone": f"020 7946 0{500 + person.number % 400:03d}",
        "reference": f"PO {70000 + person.number}",
        "signatory": person.leader,
        INTRODUCTIONS.key: NO if pace is Pace.KEEPS_TO_THEMSELVES else YES,
    }
    keys = tuple(told)
    return Receiver(told, keys[:3] if pace is Pace.IN_PARTS else keys)


def in_lines(told: dict[str, str], programme: Programme) -> str:
    """Details as somebody types them behind the labels of our letter."""
    assert programme.award is not None
    labels = {one.key: one.label for one in programme.award.asked}
    return "\n".join(f"{labels[key]}: {value}" for key, value in told.items())

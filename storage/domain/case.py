"""A case: the file of one project (grant) or one nominee (cohort)."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.domain.people import Contact


class CaseState(StrEnum):
    """How far a case has come. An organiser's decisions add to these, messages move them.
    CONFIRMED is a nominee who takes the place in a cohort that they were offered."""

    EXPRESSED = "expressed"
    NOMINATED = "nominated"
    CONFIRMED = "confirmed"
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Case:
    """The file of one project or nominee. `people` are the addresses that belong to it, lower
    case: the lead, who wrote for them, who nominated them. `custom` are the programme's own fields,
    key and value. `version` grows with each change."""

    id: int
    reference: str
    programme: str
    round: str
    state: CaseState
    contact: Contact
    opened_at: datetime
    opened_by: int
    title: str | None = None
    summary: str | None = None
    area: str | None = None
    senior_leader: str | None = None
    partners: tuple[str, ...] = ()
    team: str | None = None
    custom: tuple[tuple[str, str], ...] = ()
    nominated_by: Contact | None = None
    people: frozenset[str] = frozenset()
    attention_at: datetime | None = None
    version: int = 1

    @property
    def is_nominee(self) -> bool:
        """True for a person put forward for a place, whether they have taken it or not."""
        return self.state in (CaseState.NOMINATED, CaseState.CONFIRMED)

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of name, phone, organisation, area, summary nobody has told yet."""
        told = {
            "name": self.contact.name,
            "phone": self.contact.phone,
            "organisation": self.contact.organisation,
            "area": self.area,
            "summary": self.summary,
        }
        return tuple(field for field, value in told.items() if not value)


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case that is to be opened; its number and reference come from the ledger."""

    programme: str
    round: str
    prefix: str
    state: CaseState
    contact: Contact
    people: frozenset[str]
    title: str | None = None
    summary: str | None = None
    area: str | None = None
    senior_leader: str | None = None
    partners: tuple[str, ...] = ()
    team: str | None = None
    custom: tuple[tuple[str, str], ...] = ()
    nominated_by: Contact | None = None


def make_reference(prefix: str, number: int) -> str:
    """The public reference of a case: `ACE-0042`."""
    return f"{prefix}-{number:04d}"


def find_references(text: str, prefix: str) -> tuple[str, ...]:
    """References of the programme with this prefix that `text` names, normalised, in order."""
    pattern = rf"(?<![A-Za-z0-9]){re.escape(prefix)}-(\d{{4,7}})(?!\d)"
    found = re.findall(pattern, text[:1000], flags=re.IGNORECASE | re.ASCII)
    return tuple(dict.fromkeys(f"{prefix}-{digits}" for digits in found))

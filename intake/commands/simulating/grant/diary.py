"""What no script of a simulated grant call could know before: what people did about what they were
told, and what the organisers decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from intake.commands.simulating.grant.lives import Act
from intake.commands.simulating.grant.readers import Verdict
from intake.commands.simulating.oracle import Expected
from storage.domain.decision import Outcome


@dataclass(frozen=True, slots=True)
class Told:
    """What organisers approved to be told to somebody, at this time."""

    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """Members of the panel, by address, were asked to read these cases, by reference."""

    at: datetime
    readers: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Scored:
    """What a member said in one message, by reference."""

    at: datetime
    email: str
    verdicts: Mapping[str, Verdict]


@dataclass(slots=True)
class Diary:
    """What no script could know before, most of it by the number of the person: when a letter first
    came back, which outcomes were approved, what they did about theirs; by the address of an
    organiser the letters that their own deeds call for; what the panel was asked, and what its
    members said. `agreed` is since when somebody wants to be introduced, and their address,
    `finance` where their finance department is reached, `countersigned` when both had signed,
    `answered` when an organiser's words were to leave to somebody; `by_hand` when one wrote about
    a case, by its reference. `begins_at` is when the application first ticked."""

    begins_at: datetime
    came_back: dict[int, datetime] = field(default_factory=dict)
    told: dict[int, tuple[Told, ...]] = field(default_factory=dict)
    later: dict[int, tuple[Act, ...]] = field(default_factory=dict)
    organisers: dict[str, tuple[Expected, ...]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    scored: list[Scored] = field(default_factory=list)
    agreed: dict[int, tuple[datetime, str]] = field(default_factory=dict)
    finance: dict[int, str] = field(default_factory=dict)
    countersigned: dict[int, datetime] = field(default_factory=dict)
    answered: dict[int, datetime] = field(default_factory=dict)
    by_hand: dict[str, datetime] = field(default_factory=dict)

    def expect_of(self, email: str, letter: Expected) -> None:
        """Note that an organiser must get this letter."""
        self.organisers[email] = (*self.organisers.get(email, ()), letter)

"""The words of an allocation: who competes, within which limits, and what is proposed for each.

How it comes about is in `storage.domain.allocation`.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from storage.domain.decision import Outcome
from storage.domain.programme import Programme

MERIT_PLACES = 6
"""Decimal places to which merits are compared. What a spreadsheet works out differs in the
fifteenth; people would call it the same."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that competes. `area` is its key, None where nobody knows it; `merit` the higher the
    better, None: not scored; `amount` what it would cost, in whole units. Raises ValueError for a
    merit that is no number and for an amount below nothing."""

    case_id: int
    reference: str
    area: str | None
    merit: Decimal | float | None
    amount: int

    def __post_init__(self) -> None:
        if self.merit is not None and not math.isfinite(float(self.merit)):
            raise ValueError(f"the merit of {self.reference} is no number: {self.merit}")
        if self.amount < 0:
            raise ValueError(f"the amount of {self.reference} is below nothing: {self.amount}")

    @property
    def standing(self) -> float:
        """The merit as it is compared. Below all others: not scored."""
        return -math.inf if self.merit is None else round(float(self.merit), MERIT_PLACES)


@dataclass(frozen=True, slots=True)
class Choice:
    """What people decided about a candidate, and why. Everything else is allocated around it."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How many are funded at most, how many of them in one area, and what all may have together;
    None: as many. `areas` are the keys of those that have places, in the programme's order."""

    awards: int | None = None
    per_area: int | None = None
    budget: int | None = None
    areas: tuple[str, ...] = ()


def limits_of(programme: Programme) -> Limits:
    """The limits that a programme is configured with."""
    return Limits(
        awards=programme.awards,
        per_area=programme.awards_per_area,
        budget=programme.budget,
        areas=tuple(area.key for area in programme.areas),
    )


class Why(StrEnum):
    """Why something is proposed for a candidate. The first two are funded."""

    BEST = "best"
    LEFT_OVER = "left_over"
    CHOSEN = "chosen"
    AREA_FULL = "area_full"
    ALL_AWARDED = "all_awarded"
    BUDGET = "budget"
    TIE = "tie"
    NOT_SCORED = "not_scored"
    NO_AREA = "no_area"

    @property
    def is_open(self) -> bool:
        """True where people must decide or find out something first."""
        return self in (Why.TIE, Why.NOT_SCORED, Why.NO_AREA)


class CutOff(StrEnum):
    """What there is too little of for all that are tied: places in their area, places in all,
    places that other areas left over, or money."""

    AREA = "area"
    ALL = "all"
    LEFT_OVER = "left_over"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Tie:
    """Candidates of the same merit of whom not all can be funded. `places` is how many of them
    can, None where money is the limit: then `money` is what is left. Both are held for them.
    `area` is set where it is about the places of one area."""

    cut_off: CutOff
    references: tuple[str, ...]
    merit: Decimal | float
    area: str | None = None
    places: int | None = None
    money: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one candidate. Candidates of the same merit share a rank, the next one
    has the rank after all of them; None: not scored, or no area to have a rank in. `reserve` is
    the place among all reserves, `area_reserve` among those of the area; None: no reserve.
    `reason` is people's own, of a choice; `money` is what was left where it was too little."""

    candidate: Candidate
    outcome: Outcome
    why: Why
    rank: int | None = None
    area_rank: int | None = None
    reserve: int | None = None
    area_reserve: int | None = None
    tie: Tie | None = None
    reason: str = ""
    money: int | None = None

    @property
    def is_funded(self) -> bool:
        return self.outcome is Outcome.FUNDED

    @property
    def is_reserve(self) -> bool:
        return self.outcome is Outcome.RESERVE


@dataclass(frozen=True, slots=True)
class AreaShare:
    """What one area gets; `area` None: those whose area nobody knows. Of `places` (None: no limit),
    `funded` are taken, `held` wait for people to decide a tie, and `left_over` want an applicant:
    nobody of the area is waiting for them."""

    area: str | None
    places: int | None
    candidates: int
    funded: int
    held: int
    left_over: int

    @property
    def has_room(self) -> bool:
        """True where one more of the area could be funded as far as its places go."""
        return self.places is None or self.funded + self.held < self.places


@dataclass(frozen=True, slots=True)
class Allocation:
    """The whole proposal: every candidate, the best first; the ties to decide; what each area
    gets, in the programme's order. `overflow`: places left over were given to other areas."""

    limits: Limits
    proposals: tuple[Proposal, ...]
    ties: tuple[Tie, ...]
    shares: tuple[AreaShare, ...]
    overflow: bool

    @property
    def funded(self) -> tuple[Proposal, ...]:
        return tuple(proposal for proposal in self.proposals if proposal.is_funded)

    @property
    def spent(self) -> int:
        """What all that are funded cost, in whole units."""
        return sum(proposal.candidate.amount for proposal in self.funded)

    @property
    def reserves(self) -> tuple[Proposal, ...]:
        """The reserves, the first to move up first; those of one place share it."""
        found = (proposal for proposal in self.proposals if proposal.is_reserve)
        return tuple(sorted(found, key=lambda proposal: proposal.reserve or 0))

    def moving_up(self, area: str | None) -> tuple[Proposal, ...]:
        """Who moves up, in this order, when somebody of `area` declines: its own reserves first,
        then those of areas with places of their own to fill (with `overflow`, of all). Where places
        are not by area, all reserves in their order."""
        if self.limits.per_area is None:
            return self.reserves
        own = [proposal for proposal in self.reserves if proposal.candidate.area == area]
        open_areas = {share.area for share in self.shares if share.has_room or self.overflow}
        others = [
            proposal
            for proposal in self.reserves
            if proposal.candidate.area != area and proposal.candidate.area in open_areas
        ]
        return (*own, *others)

    def of_area(self, area: str | None) -> tuple[Proposal, ...]:
        """The proposals for the candidates of one area, the best first."""
        return tuple(one for one in self.proposals if one.candidate.area == area)

"""What a programme's awards may come to at most, and which limits a set of awards breaks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from storage.domain.money import money
from storage.domain.programme import Programme


class Limit(StrEnum):
    """What is limited: how many awards in all, how many in one area, what one award may have, what
    all may have together."""

    AWARDS = "awards"
    AWARDS_PER_AREA = "awards_per_area"
    AMOUNT = "amount"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Award:
    """A case that is decided as funded. `area` is the key of its area, None where nobody knows it;
    `amount` in whole units, None: the programme's own."""

    reference: str
    area: str | None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that is broken: `found` of at most `most`, in whole units of money or in awards.
    `of` is the area's key or the reference that it is about, None where it is about all. `words`
    say so to a person: `3 of at most 2 in North East London`."""

    limit: Limit
    of: str | None
    found: int
    most: int
    words: str


def breaches(programme: Programme, funded: Iterable[Award]) -> tuple[Breach, ...]:
    """Which limits of the programme these awards break, the one for all first. An award without
    an amount in a programme without one counts as no money, one without an area in no area."""
    awards = sorted(funded, key=lambda award: award.reference)
    told = (
        *_of_all(programme, awards),
        *_of_areas(programme, awards),
        *_of_amounts(programme, awards),
        *_of_budget(programme, awards),
    )
    return tuple(breach for breach in told if breach.found > breach.most)


def worsened(before: Iterable[Breach], after: Iterable[Breach]) -> tuple[Breach, ...]:
    """Those of `after` that `before` has not, or not as far: what a change is to answer for. A
    limit that was lifted once stands in nobody else's way."""
    known = {(breach.limit, breach.of): breach.found for breach in before}
    return tuple(
        breach for breach in after if breach.found > known.get((breach.limit, breach.of), 0)
    )


def amount_of(programme: Programme, amount: int | None) -> int:
    """What an award of `amount` costs: None is the programme's own, and nothing without one."""
    return amount if amount is not None else programme.amount or 0


def _of_all(programme: Programme, awards: list[Award]) -> Iterable[Breach]:
    if programme.awards is not None:
        found, most = len(awards), programme.awards
        yield Breach(Limit.AWARDS, None, found, most, f"{found} of at most {most} in all")


def _of_areas(programme: Programme, awards: list[Award]) -> Iterable[Breach]:
    most = programme.awards_per_area
    if most is None:
        return
    counts = Counter(award.area for award in awards if award.area is not None)
    for key, found in sorted(counts.items()):
        area = programme.area(key)
        words = f"{found} of at most {most} in {area.name if area else key}"
        yield Breach(Limit.AWARDS_PER_AREA, key, found, most, words)


def _of_amounts(programme: Programme, awards: list[Award]) -> Iterable[Breach]:
    most = programme.amount
    if most is None:
        return
    for award in awards:
        found = amount_of(programme, award.amount)
        words = f"{_of_at_most(programme, found, most)} for {award.reference}"
        yield Breach(Limit.AMOUNT, award.reference, found, most, words)


def _of_budget(programme: Programme, awards: list[Award]) -> Iterable[Breach]:
    if programme.budget is not None:
        found = sum(amount_of(programme, award.amount) for award in awards)
        words = _of_at_most(programme, found, programme.budget)
        yield Breach(Limit.BUDGET, None, found, programme.budget, words)


def _of_at_most(programme: Programme, found: int, most: int) -> str:
    return f"{money(found, programme.currency)} of at most {money(most, programme.currency)}"

"""What must hold of the places of a simulated year, by the letters that told them and by what
people answered: no limit exceeded at any time, nobody in two cohorts, teams in one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.commands.simulating.cohort.reckoning import Fate, limits, rooms
from intake.commands.simulating.oracle import Judgement
from intake.commands.simulating.posted import once
from storage.domain.letter import LetterKind
from storage.domain.programme import Area, Programme

_NAMED = re.compile(r"^([^()\n]{3,60}?) \(\w{1,10}-\d{4,7}\)$", re.MULTILINE)
"""`Joan Achterberg (S500-0042)`, on a line of their own."""

COHORT = re.compile(r"\bcohort (\d+)\b")

_TELLS_A_PLACE = frozenset(
    {LetterKind.PLACE_INVITATION, LetterKind.PLACE_OFFER, LetterKind.PLACE_CONFIRMED}
)

Told = tuple[datetime, Fate, LetterKind, int | None]
"""When a nominee was told of which cohort, by which letter; None: of the waiting list."""


@dataclass(frozen=True, slots=True)
class PlacesKept:
    """The checks about places. `fates` are by the references of their cases."""

    programme: Programme
    fates: Mapping[str, Fate]

    def __call__(self, year: Judgement) -> Iterator[str]:
        told = list(_told(year, self.fates))
        yield from _limits_kept(told, self.programme)
        yield from _placed_once(told)
        yield from _teams_together(told)


@dataclass(frozen=True, slots=True)
class PicturesKept:
    """Who leads the nominations of an area reads of nobody else's nominees. `fates` likewise."""

    programme: Programme
    fates: Mapping[str, Fate]

    def __call__(self, year: Judgement) -> Iterator[str]:
        areas = {fate.nominee.name: fate.nominee.area for fate in self.fates.values()}
        leads = {a.nomination_lead.email: a for a in self.programme.areas if a.nomination_lead}
        for letter in once(year.arrivals):
            known = year.known.get(letter.message_id)
            if known is not None and known.kind is LetterKind.NOMINATION_PICTURE:
                area: Area | None = leads.get(letter.recipients[0])
                named = set(_NAMED.findall(letter.text))
                foreign = {n for n in named & areas.keys() if area and areas[n] != area.key}
                if foreign:
                    yield f"{year.name(letter)} names {len(foreign)} people of other areas"


def _told(year: Judgement, fates: Mapping[str, Fate]) -> Iterator[Told]:
    for letter in once(year.arrivals):
        known = year.known.get(letter.message_id)
        fate = fates.get(known.case or "") if known is not None else None
        if known is None or fate is None:
            continue
        found = COHORT.search(letter.subject) or COHORT.search(letter.text)
        if known.kind in _TELLS_A_PLACE and found:
            yield letter.at, fate, known.kind, int(found[1])
        elif known.kind is LetterKind.WAITING_LIST:
            yield letter.at, fate, known.kind, None


def _limits_kept(told: list[Told], programme: Programme) -> Iterator[str]:
    """At each instant at which somebody was told, of those who have not left by then."""
    most, has = limits(programme), dict[int, tuple[Fate, int]]()
    full: set[tuple[str, ...]] = set()
    for place, (at, fate, _, cohort) in enumerate(told):
        has.pop(fate.nominee.number, None)
        if cohort is not None:
            has[fate.nominee.number] = (fate, cohort)
        if place + 1 < len(told) and told[place + 1][0] == at:
            continue
        here = [(one, number) for one, number in has.values() if not one.has_left(at)]
        taken = Counter(room for one, number in here for room in rooms(number, one.nominee.area))
        over = {room for room, number in taken.items() if number > most.get(room, number)} - full
        full |= over
        for room in sorted(over):
            where = " ".join(room) or "the programme"
            yield f"{taken[room]} people have places in {where}, and {most[room]} may"


def _placed_once(told: list[Told]) -> Iterator[str]:
    """Whoever has taken a place is told of no other, unless somebody took it back."""
    taken: dict[int, int] = {}
    for _, fate, kind, cohort in told:
        number = fate.nominee.number
        if kind is not LetterKind.PLACE_CONFIRMED or cohort is None:
            continue
        if taken.setdefault(number, cohort) != cohort:
            yield f"{fate.nominee.name} has places in cohorts {taken[number]} and {cohort}"


def _teams_together(told: list[Told]) -> Iterator[str]:
    """Those of a team who were given their places in the order, and have not left."""
    teams: dict[tuple[str, str], set[int]] = defaultdict(set)
    ends_at = max((at for at, *_ in told), default=None)
    standing = {fate.nominee.number: (fate, cohort) for _, fate, _, cohort in told}
    for fate, cohort in standing.values():
        is_moved = any(given.by_hand for given in fate.given)
        is_here = ends_at is not None and not fate.has_left(ends_at)
        if fate.nominee.team and cohort is not None and is_here and not is_moved:
            teams[fate.nominee.team, fate.nomination.writer.email].add(cohort)
    for (team, _), cohorts in sorted(teams.items()):
        if len(cohorts) > 1:
            yield f"the {team} is in cohorts {', '.join(map(str, sorted(cohorts)))}"

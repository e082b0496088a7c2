"""Who must have which place, and since when: reckoned from the script alone, by the rules that the
organisers were promised, and not by the product's own code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.commands.simulating.calendar import working_days_after
from intake.commands.simulating.cohort.cast import Cast, Nomination, Nominee
from intake.commands.simulating.cohort.diary import Diary, Move
from intake.commands.simulating.cohort.lives import Act, Deed
from storage.domain.programme import Programme

Room = tuple[str, ...]
"""What can be full: everything, a cohort, a partnership, or a partnership in a cohort."""


@dataclass(frozen=True, slots=True)
class Given:
    """A place in a cohort, or None: on the waiting list, since then. `had_waited` says whether it
    came to somebody on the list, `by_hand` whether an organiser gave it out of the order."""

    at: datetime
    cohort: int | None
    had_waited: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """One nominee's year: what they were given, in order, and what was written about them.
    `reached_from` is when letters about them began to take another way: to those whose address
    somebody told then, or to the nominator of those from whom a letter came back then."""

    nominee: Nominee
    nomination: Nomination
    given: tuple[Given, ...]
    acts: tuple[Act, ...]
    reached_from: datetime | None

    def standing(self, at: datetime) -> Given | None:
        """What they have at this instant; None before the first."""
        return next((one for one in reversed(self.given) if one.at <= at), None)

    def has_left(self, at: datetime) -> bool:
        return any(act.deed.leaves and act.at <= at for act in self.acts)

    def taken_at(self, given: Given) -> datetime | None:
        """When they took this place; None: they didn't."""
        until = self.until(given)
        taking = (act.at for act in self.acts if act.deed.takes and act.at > given.at)
        return next((at for at in taking if until is None or at < until), None)

    def until(self, given: Given) -> datetime | None:
        """When they were given something else, None for never."""
        return next((one.at for one in self.given if one.at > given.at), None)

    def is_taken(self, at: datetime) -> bool:
        """Whether the place that they have at this instant is taken by then."""
        given = self.standing(at)
        taken_at = self.taken_at(given) if given is not None else None
        return taken_at is not None and taken_at <= at

    def offered_at(self, given: Given) -> datetime:
        """When the last letter left that offered this place."""
        changed = self.reached_from
        if changed is None or changed <= given.at or self._is_over(given, changed):
            return given.at
        return changed

    def was_heard(self, since: datetime, until: datetime) -> bool:
        return any(since < act.at <= until for act in self.acts)

    def _is_over(self, given: Given, at: datetime) -> bool:
        """Whether the place was taken or given back before this instant."""
        taken_at, until = self.taken_at(given), self.until(given)
        is_taken = taken_at is not None and taken_at < at
        return is_taken or self.has_left(at) or (until is not None and until <= at)


def reckon(
    cast: Cast, programme: Programme, rounds: Sequence[datetime], diary: Diary
) -> dict[int, Fate]:
    """The year of every nominee, by their number."""
    fates = {}
    for nomination in cast.nominations:
        for one in nomination.people:
            acts = diary.acts.get(one.number, ())
            told = (act.at for act in acts if act.deed is Deed.TELL_ADDRESS)
            reached_from = next(told, None) or diary.came_back.get(one.number)
            fates[one.number] = Fate(one, nomination, (), acts, reached_from)
    book = _Book(programme, fates)
    events: list[tuple[datetime, Move | None]] = [(at, None) for at in rounds]
    events += [(move.at, move) for move in diary.moves]
    for at, move in sorted(events, key=lambda event: event[0]):
        if move is None:
            book.hold_round(at)
        else:
            book.give(move.number, move.cohort, at, by_hand=True)
    return book.fates


class _Book:
    """The places as an organiser would keep them on paper."""

    def __init__(self, programme: Programme, fates: dict[int, Fate]) -> None:
        self.fates = fates
        self._programme = programme
        self._waiting: list[int] = []

    def give(self, number: int, cohort: int | None, at: datetime, *, by_hand: bool = False) -> None:
        fate = self.fates[number]
        waits = number in self._waiting
        if waits:
            self._waiting.remove(number)
        if cohort is None:
            self._waiting.append(number)
        given = tuple(one for one in fate.given if one.at < at)
        new = Given(at, cohort, had_waited=waits, by_hand=by_hand)
        self.fates[number] = _with(fate, (*given, new))

    def hold_round(self, at: datetime) -> None:
        """Who is silent for too long goes to the end of the list; then all who have no place are
        looked at: the list first, then who is new, in order of nomination."""
        for number in [n for n, fate in self.fates.items() if self._is_silent(fate, at)]:
            self.give(number, None, at)
        here = {n: f for n, f in self.fates.items() if f.nomination.at <= at and not f.has_left(at)}
        new = [n for n, fate in here.items() if fate.standing(at) is None]
        waiting = [number for number in self._waiting if number in here]
        teams = {_team(here[n]) for n in waiting} - {None}
        mates = [n for n in new if _team(here[n]) in teams]
        others = [n for n in new if n not in mates]
        taken, homes = self._taken(here, at)
        for group in [*_groups([*waiting, *mates], here), *_groups(others, here)]:
            cohort, is_for_a_person = self._place(group, here, taken, homes, at)
            for number in group:
                if cohort is not None or (number not in self._waiting and not is_for_a_person):
                    self.give(number, cohort, at)

    def _is_silent(self, fate: Fate, at: datetime) -> bool:
        given = fate.standing(at)
        if given is None or given.cohort is None or fate.has_left(at) or fate.is_taken(at):
            return False
        offered_at, starts_at = fate.offered_at(given), self._starts()[given.cohort]
        days = self._programme.placing.reply_within_days
        over_at = min(working_days_after(self._programme, offered_at, days), starts_at)
        return at > over_at and not fate.was_heard(offered_at, at)

    def _place(
        self,
        group: Sequence[int],
        here: Mapping[int, Fate],
        taken: Counter[Room],
        homes: Mapping[object, set[int]],
        at: datetime,
    ) -> tuple[int | None, bool]:
        """The first cohort with room for all of the group, where its others are if it has any; and
        whether a person must look, since there is none where they are."""
        home = homes.get(_team(here[group[0]]), set())
        coming = [number for number, starts_at in self._starts().items() if starts_at > at]
        for cohort in coming:
            if home and home != {cohort}:
                continue
            needed = Counter(room for n in group for room in rooms(cohort, here[n].nominee.area))
            if all(taken[room] + k <= self._most(room) for room, k in needed.items()):
                taken.update(needed)
                return cohort, False
        return None, bool(home)

    def _taken(
        self, here: Mapping[int, Fate], at: datetime
    ) -> tuple[Counter[Room], dict[object, set[int]]]:
        taken: Counter[Room] = Counter()
        homes: dict[object, set[int]] = defaultdict(set)
        for fate in here.values():
            given = fate.standing(at)
            if given is not None and given.cohort is not None:
                taken.update(rooms(given.cohort, fate.nominee.area))
                if _team(fate) is not None:
                    homes[_team(fate)].add(given.cohort)
        return taken, homes

    def _starts(self) -> dict[int, datetime]:
        in_order = sorted(self._programme.cohorts, key=lambda cohort: cohort.starts_at)
        return {cohort.number: cohort.starts_at for cohort in in_order}

    def _most(self, room: Room) -> float:
        return limits(self._programme).get(room, float("inf"))


def rooms(cohort: int, area: str | None) -> Iterator[Room]:
    """What one person in a cohort takes up."""
    yield ()
    yield ("cohort", str(cohort))
    if area is not None:
        yield ("area", area)
        yield ("area", area, str(cohort))


def limits(programme: Programme) -> dict[Room, int]:
    """How many people there may be of what is limited."""
    most: dict[Room, int] = {}
    if programme.places is not None:
        most[()] = programme.places
    for cohort in programme.cohorts:
        most["cohort", str(cohort.number)] = cohort.places
        for area in programme.areas:
            if area.most_in_a_cohort is not None:
                most["area", area.key, str(cohort.number)] = area.most_in_a_cohort
    return most | {
        ("area", area.key): area.most_in_all
        for area in programme.areas
        if area.most_in_all is not None
    }


def _groups(numbers: Iterable[int], here: Mapping[int, Fate]) -> list[list[int]]:
    """Teams as one, everybody else alone, in the order of the first of each."""
    groups: dict[object, list[int]] = {}
    for number in numbers:
        team = _team(here[number])
        groups.setdefault(team if team is not None else number, []).append(number)
    return list(groups.values())


def _team(fate: Fate) -> object | None:
    """What tells a team from others: its name, and who put it forward."""
    return (fate.nominee.team, fate.nomination.writer.email) if fate.nominee.team else None


def _with(fate: Fate, given: tuple[Given, ...]) -> Fate:
    return Fate(fate.nominee, fate.nomination, given, fate.acts, fate.reached_from)

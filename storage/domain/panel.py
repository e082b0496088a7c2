"""Who of the panel reads which application: everybody all of them, or so many readers each.

Nobody reads what comes from their own organisation. Whoever declared a conflict or abstained
counts as no reader, so another one takes their place. What is assigned already stays.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.domain.case import Case
from storage.domain.likeness import is_same_organisation
from storage.domain.programme import PanelMember

Pair = tuple[int, str]
"""A case, by its id, and the address of a member."""


@dataclass(frozen=True, slots=True)
class Allotment:
    """`new` are the readers to be added, by case and address; `short` the cases that have fewer
    readers than was asked for (of which everybody was to be one: none), with how many they have."""

    new: tuple[Pair, ...]
    short: Mapping[int, int]


def may_read(member: PanelMember, case: Case) -> bool:
    """False for what comes from the member's own organisation, or belongs to them."""
    if member.address.email in case.people:
        return False
    takes_part = (case.contact.organisation, *case.partners)
    return not any(is_same_organisation(member.organisation, one) for one in takes_part)


def allot(
    cases: Iterable[Case],
    members: Iterable[PanelMember],
    *,
    held: Collection[Pair] = (),
    out: Collection[Pair] = (),
    readers: int | None = None,
    seed: int = 0,
) -> Allotment:
    """Readers for each case beside those it has, whatever the order of cases and members.

    `held` is assigned already, `out` are pairs of those who declared a conflict or abstained.
    `readers` is how many each case is to have, None: every member who may read it. The load of the
    members is as even as this allows; `seed` decides between those who are as good.
    """
    wanted = {case.id: case for case in cases}
    panel = {member.address.email: member for member in members}
    able = {
        id: {email for email, member in panel.items() if may_read(member, case)}
        for id, case in wanted.items()
    }
    reading = {(id, email) for id, email in held if email in panel and (id, email) not in out}
    desk = _Desk(able, reading, frozenset(out), seed)
    desk.share_out(readers)
    counts = Counter(id for id, _ in (*reading, *desk.new))
    least = 1 if readers is None else readers
    short = {id: counts[id] for id in sorted(wanted) if counts[id] < least}
    return Allotment(tuple(sorted(desk.new)), short)


class _Desk:
    """Applications on their way to readers. `able` are the members who may read each case."""

    def __init__(
        self,
        able: Mapping[int, Collection[str]],
        reading: Collection[Pair],
        out: Collection[Pair],
        seed: int,
    ) -> None:
        self._free = {
            id: {e for e in emails if (id, e) not in out and (id, e) not in reading}
            for id, emails in able.items()
        }
        self._has = Counter(id for id, _ in reading)
        self._emails = sorted({email for emails in able.values() for email in emails})
        self._load = Counter(email for _, email in reading)
        self._seed = seed
        self.new: set[Pair] = set()

    def share_out(self, readers: int | None) -> None:
        """Those with few who may read them come first."""
        for id in sorted(self._free, key=lambda id: (len(self._free[id]), self._lot(id))):
            free = sorted(self._free[id], key=lambda e: (self._load[e], self._lot(id, e)))
            missing = len(free) if readers is None else max(0, readers - self._has[id])
            for email in free[:missing]:
                self._give(id, email)
        while path := self._find_relief():
            for id, giver, taker in path:
                self._take_back(id, giver)
                self._give(id, taker)

    def _lot(self, id: int, email: str = "") -> bytes:
        """The lot that a case, or a case and a member, draw: the same for the same seed."""
        return hashlib.sha256(f"{self._seed}/{id}/{email}".encode()).digest()

    def _give(self, id: int, email: str) -> None:
        self.new.add((id, email))
        self._free[id].discard(email)
        self._load[email] += 1

    def _take_back(self, id: int, email: str) -> None:
        self.new.discard((id, email))
        self._free[id].add(email)
        self._load[email] -= 1

    def _find_relief(self) -> Sequence[tuple[int, str, str]]:
        """The shortest chain of cases handed on, from a member who has at least two more than the
        one at its end; none where the load is as even as it can be."""
        by_load = sorted(self._emails, key=lambda email: (-self._load[email], email))
        for start in by_load:
            path = self._chain_from(start)
            if path:
                return path
        return ()

    def _chain_from(self, start: str) -> Sequence[tuple[int, str, str]]:
        came: dict[str, tuple[int, str]] = {}
        waiting = deque([start])
        while waiting:
            giver = waiting.popleft()
            for id in sorted(id for id, email in self.new if email == giver):
                for taker in sorted(self._free[id]):
                    if taker == start or taker in came:
                        continue
                    came[taker] = (id, giver)
                    if self._load[taker] <= self._load[start] - 2:
                        return _walk_back(came, taker)
                    waiting.append(taker)
        return ()


def _walk_back(came: Mapping[str, tuple[int, str]], end: str) -> Sequence[tuple[int, str, str]]:
    """The steps of the chain in an order in which each can be done: the last one first."""
    steps = []
    taker = end
    while taker in came:
        id, giver = came[taker]
        steps.append((id, giver, taker))
        taker = giver
    return steps

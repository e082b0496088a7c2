"""Who reads what: laws that hold for any panel and any applications."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.domain.case import Case
from storage.domain.panel import Pair, allot, may_read
from storage.domain.people import Address, Contact
from storage.domain.programme import PanelMember
from tests.support.decisions import applied
from tests.support.panelling import BEATRICE, IDRIS, SUNITA

NAMES = ("Riverside Trust", "North Quay Hospital", "Patient Voices", "")


def member(number: int, organisation: str = "") -> PanelMember:
    return PanelMember(Address(f"m{number}@panel.example", f"Member {number}"), organisation)


def case(number: int, organisation: str = "Elsewhere", *partners: str) -> Case:
    return replace(
        applied(number),
        contact=Contact(organisation=organisation, email=f"a{number}@lead.example"),
        partners=partners,
        people=frozenset(),
    )


organisations = st.sampled_from(NAMES)
panels = st.lists(organisations, min_size=1, max_size=6).map(
    lambda names: tuple(member(number, name) for number, name in enumerate(names))
)
rounds = st.lists(organisations, max_size=12).map(
    lambda names: tuple(case(number, name or "Elsewhere") for number, name in enumerate(names, 1))
)
readers = st.one_of(st.none(), st.integers(1, 6))
seeds = st.integers(0, 1000)


def loads(pairs: tuple[Pair, ...], panel: tuple[PanelMember, ...]) -> list[int]:
    found = Counter(email for _, email in pairs)
    return [found[one.address.email] for one in panel]


@settings(max_examples=600, deadline=None)
@given(panels, rounds, readers, seeds)
def test_every_case_has_as_many_readers_as_may_be_and_none_of_its_own(
    panel: tuple[PanelMember, ...], cases: tuple[Case, ...], wanted: int | None, seed: int
) -> None:
    found = allot(cases, panel, readers=wanted, seed=seed)

    known = {one.address.email: one for one in panel}
    by_id = {one.id: one for one in cases}
    assert all(may_read(known[email], by_id[id]) for id, email in found.new)
    assert len(set(found.new)) == len(found.new)
    counts = Counter(id for id, _ in found.new)
    for one in cases:
        able = sum(may_read(reader, one) for reader in panel)
        assert counts[one.id] == (able if wanted is None else min(wanted, able))
        assert (one.id in found.short) == (counts[one.id] < (1 if wanted is None else wanted))


@settings(max_examples=300, deadline=None)
@given(panels, rounds, readers, seeds, st.randoms())
def test_order_of_cases_and_members_decides_nothing(
    panel: tuple[PanelMember, ...],
    cases: tuple[Case, ...],
    wanted: int | None,
    seed: int,
    chance: object,
) -> None:
    mixed, others = list(cases), list(panel)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(others)  # type: ignore[attr-defined]

    assert allot(mixed, others, readers=wanted, seed=seed) == allot(
        cases, panel, readers=wanted, seed=seed
    )


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 6), st.integers(0, 15), st.integers(1, 6), seeds)
def test_loads_differ_by_one_at_most_where_anybody_may_read_anything(
    members: int, count: int, wanted: int, seed: int
) -> None:
    panel = tuple(member(number) for number in range(members))
    cases = tuple(case(number) for number in range(1, count + 1))

    load = loads(allot(cases, panel, readers=wanted, seed=seed).new, panel)

    assert max(load) - min(load) <= 1


@settings(max_examples=120, deadline=None)
@given(
    st.lists(organisations, min_size=1, max_size=3),
    st.lists(organisations, max_size=4),
    st.integers(1, 2),
    seeds,
)
def test_no_other_way_is_more_even(
    names: list[str], homes: list[str], wanted: int, seed: int
) -> None:
    panel = tuple(member(number, name) for number, name in enumerate(names))
    cases = tuple(case(number, home or "Elsewhere") for number, home in enumerate(homes, 1))
    able = [[reader.address.email for reader in panel if may_read(reader, one)] for one in cases]
    ways = product(*(combinations(some, min(wanted, len(some))) for some in able))
    best = min(
        sum(n * n for n in Counter(email for chosen in way for email in chosen).values())
        for way in ways
    )

    load = loads(allot(cases, panel, readers=wanted, seed=seed).new, panel)

    assert sum(n * n for n in load) == best


@settings(max_examples=200, deadline=None)
@given(panels, rounds, st.integers(1, 4), seeds)
def test_what_is_assigned_stays_and_once_more_adds_nothing(
    panel: tuple[PanelMember, ...], cases: tuple[Case, ...], wanted: int, seed: int
) -> None:
    first = allot(cases[: len(cases) // 2], panel, readers=wanted, seed=seed)
    then = allot(cases, panel, held=first.new, readers=wanted, seed=seed + 1)
    again = allot(cases, panel, held=(*first.new, *then.new), readers=wanted, seed=seed + 2)

    assert not set(first.new) & set(then.new)
    assert again.new == ()


def test_who_declared_a_conflict_is_replaced() -> None:
    panel, cases = (BEATRICE, IDRIS, SUNITA), (case(1),)
    first = allot(cases, panel, readers=2, seed=7)
    (_, left), (_, stays) = first.new

    then = allot(cases, panel, held=first.new, out=[(1, left)], readers=2, seed=7)

    (new,) = {one.address.email for one in panel} - {left, stays}
    assert then.new == ((1, new),)


def test_nobody_reads_for_a_partner_or_for_themselves() -> None:
    own = applied(3, people=frozenset({BEATRICE.address.email}))

    assert not may_read(BEATRICE, case(1, "The Riverbank Community Trust Ltd"))
    assert not may_read(BEATRICE, case(2, "Elsewhere", "Riverbank community trust"))
    assert not may_read(BEATRICE, own)
    assert may_read(BEATRICE, case(4, "Riverside Trust"))


def test_seed_decides_between_those_who_are_as_good() -> None:
    panel = tuple(member(number) for number in range(6))
    cases = tuple(case(number) for number in range(1, 13))
    found = {allot(cases, panel, readers=2, seed=seed).new for seed in range(8)}

    assert len(found) == 8

"""What holds for every allocation, whoever competes and whatever the limits are."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from storage.domain.allocation import allocate
from storage.domain.decision import Outcome
from storage.domain.proposals import (
    Allocation,
    Candidate,
    Choice,
    CutOff,
    Limits,
    Proposal,
    Why,
)
from tests.support.sizes import examples

EXAMPLES = examples(full=1_100, everyday=40)
AREAS = ("east", "north", "west")
MERITS = (3.0, 5.5, 5.5 + 1e-12, Decimal("5.5"), 5.5, 7, 9.0, None)

laws = settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)

candidates = st.lists(
    st.builds(
        Candidate,
        case_id=st.just(0),
        reference=st.just(""),
        area=st.sampled_from((*AREAS, "east", "east", "north", "elsewhere", None)),
        merit=st.sampled_from(MERITS),
        amount=st.sampled_from((10, 5, 20, 0)),
    ),
    min_size=1,
    max_size=12,
).map(
    lambda some: [
        replace(one, case_id=id, reference=f"ACE-{id:04d}") for id, one in enumerate(some, 1)
    ]
)
limits = st.builds(
    Limits,
    awards=st.sampled_from((None, None, 0, 1, 2, 3, 4, 5)),
    per_area=st.sampled_from((None, None, 0, 1, 1, 2)),
    budget=st.sampled_from((None, None, None, 0, 10, 15, 25, 40)),
    areas=st.just(AREAS),
)
choices = st.dictionaries(
    st.integers(1, 12),
    st.builds(Choice, outcome=st.sampled_from(Outcome), reason=st.just("the panel's word")),
    max_size=3,
)
reserves = st.none() | st.integers(0, 3)


def known(manual: dict[int, Choice], pool: Iterable[Candidate]) -> dict[int, Choice]:
    ids = {one.case_id for one in pool}
    return {case_id: choice for case_id, choice in manual.items() if case_id in ids}


def as_chosen(proposals: Iterable[Proposal]) -> dict[int, Choice]:
    return {one.candidate.case_id: Choice(one.outcome, "as proposed") for one in proposals}


def standing(allocation: Allocation) -> dict[int, tuple[object, ...]]:
    """What an allocation says of each case but for the reasons."""
    return {
        one.candidate.case_id: (
            one.outcome,
            one.rank,
            one.area_rank,
            one.reserve,
            one.area_reserve,
        )
        for one in allocation.proposals
    }


def proposed(allocation: Allocation) -> list[Proposal]:
    """Who is funded without anybody's choice."""
    return [one for one in allocation.funded if one.why is not Why.CHOSEN]


def dearest_held(allocation: Allocation) -> int:
    """What the ties cost at most, whoever is chosen."""
    amounts = {one.candidate.reference: one.candidate.amount for one in allocation.proposals}
    total = 0
    for tie in allocation.ties:
        asked = sorted((amounts[reference] for reference in tie.references), reverse=True)
        total += sum(asked[: tie.places]) if tie.cut_off is CutOff.AREA else 0
        total += tie.money or 0
    return total


@laws
@given(candidates, limits, choices, st.booleans(), reserves)
def test_no_limit_is_passed_beyond_what_people_chose(pool, given_limits, manual, overflow, kept):
    manual = known(manual, pool)
    result = allocate(pool, given_limits, manual=manual, overflow=overflow, reserves=kept)
    ours, chosen = proposed(result), [one for one in result.funded if one.why is Why.CHOSEN]
    held = sum(tie.places or 0 for tie in result.ties)
    theirs = sum(one.candidate.amount for one in chosen)

    if given_limits.awards is not None:
        assert len(ours) + held <= max(0, given_limits.awards - len(chosen))
    if given_limits.budget is not None:
        asked = sum(one.candidate.amount for one in ours)
        assert asked + dearest_held(result) <= max(0, given_limits.budget - theirs)
    if given_limits.per_area is not None:
        taken = Counter(one.candidate.area for one in chosen)
        for area, count in Counter(p.candidate.area for p in ours if p.why is Why.BEST).items():
            assert area is not None
            assert count <= max(0, given_limits.per_area - taken[area])


@laws
@given(candidates, limits, choices, reserves)
def test_the_better_of_an_area_never_loses_to_the_worse(pool, given_limits, manual, kept):
    manual = known(manual, pool)
    result = allocate(pool, given_limits, manual=manual, reserves=kept)

    free = [one for one in result.proposals if one.why is not Why.CHOSEN]
    for better, worse in combinations(free, 2):
        is_same_area = better.candidate.area == worse.candidate.area
        is_better = better.candidate.standing > worse.candidate.standing
        if is_same_area and is_better and worse.is_funded and not better.is_funded:
            if better.why is Why.BUDGET:
                assert better.candidate.amount > max(worse.candidate.amount, better.money)
            else:  # its place and the money are held until people have chosen
                assert better.tie.cut_off is CutOff.BUDGET
                assert worse.candidate.amount == 0
        if is_same_area and is_better and worse.is_reserve:
            assert better.outcome is not Outcome.NOT_FUNDED


@laws
@given(candidates, limits, choices, st.booleans(), reserves, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_changes_nothing(
    pool, given_limits, manual, overflow, kept, chance
):
    manual = known(manual, pool)
    shuffled = list(pool)
    chance.shuffle(shuffled)

    first = allocate(pool, given_limits, manual=manual, overflow=overflow, reserves=kept)
    second = allocate(shuffled, given_limits, manual=manual, overflow=overflow, reserves=kept)

    assert first == second


@laws
@given(candidates, limits, choices, st.booleans())
def test_no_tie_is_decided_silently(pool, given_limits, manual, overflow):
    manual = known(manual, pool)
    result = allocate(pool, given_limits, manual=manual, overflow=overflow)

    free = [one for one in result.proposals if one.why is not Why.CHOSEN]
    for one, other in combinations(free, 2):
        if one.candidate.standing != other.candidate.standing or one.is_funded == other.is_funded:
            continue
        lucky, unlucky = (one, other) if one.is_funded else (other, one)
        if unlucky.why is Why.BUDGET:
            assert unlucky.candidate.amount > lucky.candidate.amount
        else:
            assert unlucky.candidate.area != lucky.candidate.area
            assert unlucky.why in (Why.AREA_FULL, Why.TIE, Why.NO_AREA)


@laws
@given(candidates, limits, choices, st.booleans(), reserves)
def test_who_is_tied_is_a_reserve_and_named(pool, given_limits, manual, overflow, kept):
    manual = known(manual, pool)
    result = allocate(pool, given_limits, manual=manual, overflow=overflow, reserves=kept)

    tied = {one.candidate.reference: one for one in result.proposals if one.tie is not None}
    assert sorted(tied) == sorted(name for tie in result.ties for name in tie.references)
    for tie in result.ties:
        some = [tied[reference] for reference in tie.references]
        assert {(one.outcome, one.why, one.tie) for one in some} == {
            (Outcome.RESERVE, Why.TIE, tie)
        }
        assert len({one.candidate.standing for one in some}) == 1
        if tie.places is not None:
            assert 0 < tie.places < len(some)
        else:
            assert 0 <= tie.money < sum(one.candidate.amount for one in some)


@laws
@given(candidates, limits, choices, st.booleans(), reserves)
def test_choices_hold(pool, given_limits, manual, overflow, kept):
    manual = known(manual, pool)
    result = allocate(pool, given_limits, manual=manual, overflow=overflow, reserves=kept)

    for one in result.proposals:
        choice = manual.get(one.candidate.case_id)
        assert (one.why is Why.CHOSEN) == (choice is not None)
        if choice is not None:
            assert (one.outcome, one.reason) == (choice.outcome, choice.reason)


@laws
@given(candidates, limits, choices, st.booleans(), reserves)
def test_the_result_as_choices_is_the_result(pool, given_limits, manual, overflow, kept):
    manual = known(manual, pool)
    result = allocate(pool, given_limits, manual=manual, overflow=overflow, reserves=kept)

    again = allocate(
        pool, given_limits, manual=as_chosen(result.proposals), overflow=overflow, reserves=kept
    )

    assert standing(again) == standing(result)
    assert again.ties == ()


@laws
@given(candidates, limits, choices, reserves, st.data())
def test_what_is_not_tied_may_be_recorded_one_by_one(pool, given_limits, manual, kept, data):
    manual = known(manual, pool)
    result = allocate(pool, given_limits, manual=manual, reserves=kept)
    untied = [one for one in result.proposals if one.tie is None]
    recorded = [one for one in untied if data.draw(st.booleans())]

    again = allocate(pool, given_limits, manual=manual | as_chosen(recorded), reserves=kept)

    assert standing(again) == standing(result)
    assert again.ties == result.ties


@laws
@given(candidates, limits)
def test_without_ties_it_is_what_a_person_would_do_by_hand(pool, given_limits):
    pool = [one for one in pool if one.area is not None and one.merit is not None]
    pool = [replace(one, merit=one.case_id) for one in pool]
    taken, funded, money = Counter(), set(), given_limits.budget
    for one in sorted(pool, key=lambda one: -one.merit):
        has_place = given_limits.per_area is None or taken[one.area] < given_limits.per_area
        has_award = given_limits.awards is None or len(funded) < given_limits.awards
        if has_place and has_award and (money is None or one.amount <= money):
            funded.add(one.case_id)
            taken[one.area] += 1
            money = None if money is None else money - one.amount

    result = allocate(pool, given_limits)

    assert {one.candidate.case_id for one in result.funded} == funded
    assert {one.candidate.case_id for one in result.reserves} == {
        one.case_id for one in pool if one.case_id not in funded
    }


@laws
@given(candidates, limits, choices, st.booleans(), reserves, st.sampled_from((*AREAS, None)))
def test_reserves_of_the_area_move_up_first(pool, given_limits, manual, overflow, kept, area):
    manual = known(manual, pool)
    result = allocate(pool, given_limits, manual=manual, overflow=overflow, reserves=kept)

    for one in result.reserves:
        better = sum(1 for o in result.reserves if o.candidate.standing > one.candidate.standing)
        assert one.reserve == better + 1
    order = result.moving_up(area)
    if given_limits.per_area is None:
        assert order == result.reserves
        return
    keys = [(one.candidate.area != area, one.reserve) for one in order]
    assert keys == sorted(keys)
    own = [one for one in order if one.candidate.area == area]
    assert own == [one for one in result.reserves if one.candidate.area == area]
    assert [one.area_reserve for one in own] == sorted(one.area_reserve for one in own)


@laws
@given(candidates, limits, choices)
def test_places_go_to_other_areas_only_when_told_to(pool, given_limits, manual):
    assume(given_limits.per_area is not None)
    manual = known(manual, pool)
    without = allocate(pool, given_limits, manual=manual)
    with_overflow = allocate(pool, given_limits, manual=manual, overflow=True)

    moved = [one for one in with_overflow.funded if one.why is Why.LEFT_OVER]
    assert not [one for one in without.proposals if one.why is Why.LEFT_OVER]
    assert len(moved) <= sum(share.left_over for share in without.shares)
    assert {o.candidate.case_id for o in without.funded} | {o.candidate.case_id for o in moved} == {
        o.candidate.case_id for o in with_overflow.funded
    }
    worst = min((one.candidate.standing for one in moved), default=-math.inf)
    for one in with_overflow.proposals:
        if moved and one.why is Why.AREA_FULL:
            assert one.candidate.standing < worst

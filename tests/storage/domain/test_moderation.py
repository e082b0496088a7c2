"""What the scores of a panel come to."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.domain.case import CaseState
from storage.domain.moderation import moderate, weighted_total
from storage.domain.scoring import PanelStanding
from tests.support.decisions import applied
from tests.support.panelling import (
    ABSTAINED,
    BEATRICE,
    CONFLICT,
    IDRIS,
    KEYS,
    PANEL,
    SUNITA,
    said,
    scored,
    scoring_stands,
)

BEA, IDR, SUN = (member.address.email for member in (BEATRICE, IDRIS, SUNITA))
one_score = st.integers(1, 5)
six_scores = st.lists(one_score, min_size=6, max_size=6)


def first(standing: PanelStanding, reference: str = "ACE-0001"):  # type: ignore[no-untyped-def]
    return next(one for one in moderate(standing) if one.case.reference == reference)


def test_mean_is_weighted_and_exact() -> None:
    criteria = tuple(
        replace(criterion, weight=3.0 if criterion.key == "partnership" else 1.0)
        for criterion in PANEL.criteria
    )
    programme = replace(PANEL, criteria=criteria)
    standing = scoring_stands(
        said(1, BEATRICE, scored(1, 5, 1, 1, 1, 1)),
        said(1, IDRIS, scored(2)),
        programme=programme,
    )

    one = first(standing)

    assert [score.total for score in one.scores] == [Fraction(20, 8), Fraction(2)]
    assert (one.mean, one.spread) == (Fraction(9, 4), Fraction(1, 2))
    assert one.criterion_mean("partnership") == Fraction(7, 2)


def test_conflicts_and_abstentions_count_nowhere_and_are_told() -> None:
    standing = scoring_stands(
        said(1, BEATRICE, CONFLICT), said(1, IDRIS, ABSTAINED), said(1, SUNITA, scored(4))
    )

    one = first(standing)

    assert (one.conflicts, one.abstentions, one.missing) == ((BEA,), (IDR,), ())
    assert (one.mean, one.spread) == (Fraction(4), None)


def test_who_said_nothing_is_missing_and_a_case_without_scores_has_no_mean() -> None:
    one = first(scoring_stands(said(1, BEATRICE, scored(3))), "ACE-0002")

    assert (one.mean, one.missing) == (None, (BEA, IDR, SUN))


def test_outlier_is_more_than_a_point_from_the_median_of_all() -> None:
    def outliers(*totals: int) -> tuple[str, ...]:
        members = (BEATRICE, IDRIS, SUNITA)
        told = [said(1, m, scored(n)) for m, n in zip(members, totals, strict=False)]
        return first(scoring_stands(*told)).outliers

    assert outliers(4, 4, 2) == (SUN,)
    assert outliers(4, 4, 3) == ()
    assert outliers(5, 5, 1) == (SUN,)
    assert outliers(5, 1) == ()


def test_best_come_first_and_withdrawn_ones_not_at_all() -> None:
    cases = [applied(1), applied(2), applied(3), applied(4)]
    cases[3] = replace(cases[3], state=CaseState.WITHDRAWN)
    standing = scoring_stands(
        said(1, BEATRICE, scored(2)),
        said(3, BEATRICE, scored(5)),
        said(4, BEATRICE, scored(5)),
        cases=cases,
    )

    assert [one.case.reference for one in moderate(standing)] == [
        "ACE-0003",
        "ACE-0001",
        "ACE-0002",
    ]


def test_member_of_yesterday_counts_no_more() -> None:
    standing = scoring_stands(said(1, BEATRICE, scored(1)), said(1, IDRIS, scored(5)))
    left = replace(standing, programme=replace(PANEL, panel=(IDRIS, SUNITA)))

    assert first(left).mean == 5


@settings(max_examples=300, deadline=None)
@given(six_scores, st.integers(0, 5))
def test_better_score_never_makes_a_worse_total(scores: list[int], place: int) -> None:
    better = list(scores)
    better[place] = min(5, better[place] + 1)
    before, after = (weighted_total(scored(*some), PANEL.criteria) for some in (scores, better))

    assert before is not None
    assert after is not None
    assert 1 <= before <= after <= 5


@settings(max_examples=200, deadline=None)
@given(st.lists(six_scores, min_size=3, max_size=3))
def test_mean_lies_between_the_totals_and_spread_is_their_distance(rows: list[list[int]]) -> None:
    members = (BEATRICE, IDRIS, SUNITA)
    told = [said(1, member, scored(*row)) for member, row in zip(members, rows, strict=True)]
    one = first(scoring_stands(*told))
    totals = [score.total for score in one.scores]

    assert min(totals) <= one.mean <= max(totals)
    assert one.spread == max(totals) - min(totals)
    assert [len(score.scoring.scores) for score in one.scores] == [len(KEYS)] * 3

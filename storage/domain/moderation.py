"""What the panel's scores come to, for those who moderate: the weighted mean of each case, how far
the members are apart, and who is an outlier by a rule that is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from storage.domain.assessment import Scoring, Stance
from storage.domain.case import Case, CaseState
from storage.domain.programme import Criterion
from storage.domain.scoring import PanelStanding

OUTLIER = Fraction(1)
FEWEST_SCORES = 3
OUTLIER_RULE = (
    "An outlier's weighted score is more than 1 point away from the median of all, where at least "
    "3 members scored."
)
"""The rule as it stands beside every table."""


@dataclass(frozen=True, slots=True)
class MemberScore:
    """The weighted mean of the scores that one member gave a case."""

    member: str
    total: Fraction
    scoring: Scoring
    is_outlier: bool = False


@dataclass(frozen=True, slots=True)
class ModeratedCase:
    """A case as the panel sees it: the scores by member, who has a conflict, who abstains and who
    is missing, each by address in the panel's order. `mean` is None where nobody scored; `spread`
    is what the highest and the lowest total are apart, None for fewer than two."""

    case: Case
    scores: tuple[MemberScore, ...]
    conflicts: tuple[str, ...]
    abstentions: tuple[str, ...]
    missing: tuple[str, ...]
    mean: Fraction | None
    spread: Fraction | None

    @property
    def outliers(self) -> tuple[str, ...]:
        return tuple(score.member for score in self.scores if score.is_outlier)

    def criterion_mean(self, key: str) -> Fraction | None:
        """The mean of one criterion, None where nobody scored it."""
        found = [dict(score.scoring.scores)[key] for score in self.scores if _has(score, key)]
        return Fraction(sum(found), len(found)) if found else None


def moderate(standing: PanelStanding) -> tuple[ModeratedCase, ...]:
    """Every case of the round that applied and that somebody was asked to read, the best first, of
    equals by reference. Only who is on the panel now counts."""
    cases = [case for case in standing.cases.values() if case.state is CaseState.APPLIED]
    asked = {case_id for _, case_id in standing.assignments}
    found = [_moderated(case, standing) for case in cases if case.id in asked]
    return tuple(sorted(found, key=lambda one: (-(one.mean or 0), one.case.reference)))


def weighted_total(scoring: Scoring, criteria: Sequence[Criterion]) -> Fraction | None:
    """The mean of the scores by the criteria's weights, from 1 to 5; None where one is missing."""
    scores = dict(scoring.scores)
    if not criteria or any(criterion.key not in scores for criterion in criteria):
        return None
    weights = {criterion.key: Fraction(str(criterion.weight)) for criterion in criteria}
    total = sum((weights[key] * scores[key] for key in weights), Fraction(0))
    return total / sum(weights.values(), Fraction(0))


def _moderated(case: Case, standing: PanelStanding) -> ModeratedCase:
    programme = standing.programme
    emails = [member.address.email for member in programme.panel]
    said = {
        email: standing.assessments[email, case.id].scoring
        for email in emails
        if (email, case.id) in standing.assessments
    }
    totals = {
        email: total
        for email, scoring in said.items()
        if scoring.stance is Stance.SCORED
        and (total := weighted_total(scoring, programme.criteria)) is not None
    }
    mean = sum(totals.values(), Fraction(0)) / len(totals) if totals else None
    return ModeratedCase(
        case=case,
        scores=tuple(
            MemberScore(email, total, said[email], _is_outlier(email, totals))
            for email, total in totals.items()
        ),
        conflicts=tuple(_of(said, Stance.CONFLICT)),
        abstentions=tuple(_of(said, Stance.ABSTAINED)),
        missing=tuple(
            email
            for email in emails
            if (email, case.id) in standing.assignments
            and email not in totals
            and (email not in said or said[email].stance is Stance.SCORED)
        ),
        mean=mean,
        spread=max(totals.values()) - min(totals.values()) if len(totals) > 1 else None,
    )


def _is_outlier(email: str, totals: Mapping[str, Fraction]) -> bool:
    if len(totals) < FEWEST_SCORES:
        return False
    return abs(totals[email] - median(totals.values())) > OUTLIER


def _of(said: Mapping[str, Scoring], stance: Stance) -> Iterable[str]:
    return (email for email, scoring in said.items() if scoring.stance is stance)


def _has(score: MemberScore, key: str) -> bool:
    return key in dict(score.scoring.scores)

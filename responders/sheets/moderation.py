"""Pure: the moderation table as a workbook, for organisers only."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction

from responders.sheets.book import Cell, Column, Table, write_book
from storage.domain.assessment import Stance
from storage.domain.moderation import OUTLIER_RULE, ModeratedCase
from storage.domain.scoring import PanelStanding
from storage.domain.scoring_sheet import criterion_headings

_DECIMALS = "0.00"
_STANCES = {Stance.SCORED: "scored", Stance.CONFLICT: "conflict", Stance.ABSTAINED: "abstains"}


def write_moderation(
    moderated: Sequence[ModeratedCase], standing: PanelStanding, *, now: datetime
) -> bytes:
    """A page with a row for each case, the best first, which can be given to the allocation, and
    one with a row for all that each member said."""
    programme = standing.programme
    headings = criterion_headings(criterion.name for criterion in programme.criteria)
    overview = Table(
        "Moderation",
        _overview_columns(headings),
        [list(_overview_row(one, standing)) for one in moderated],
    )
    scores = Table("All scores", _score_columns(headings), list(_score_rows(moderated, standing)))
    rule = Table("The rule", (Column("What an outlier is", 110, wraps=True),), [[OUTLIER_RULE]])
    return write_book((overview, scores, rule), made_at=now, zone=programme.zone)


def _overview_columns(headings: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("Case", 11),
        Column("Title", 34, wraps=True),
        Column("Organisation", 26, wraps=True),
        Column("Area", 22, wraps=True),
        Column("Mean", 9, style=_DECIMALS),
        Column("Spread", 9, style=_DECIMALS),
        Column("Scored by", 10),
        *(Column(heading, 12, style=_DECIMALS) for heading in headings),
        *(
            Column(heading, 26, wraps=True)
            for heading in ("Outliers", "Conflicts", "Abstain", "Missing")
        ),
    )


def _overview_row(one: ModeratedCase, standing: PanelStanding) -> Iterator[Cell]:
    programme = standing.programme
    area = programme.area(one.case.area)
    yield from (one.case.reference, one.case.title, one.case.contact.organisation)
    yield area.name if area else one.case.area
    yield from (_number(one.mean), _number(one.spread), len(one.scores))
    yield from (_number(one.criterion_mean(criterion.key)) for criterion in programme.criteria)
    for emails in (one.outliers, one.conflicts, one.abstentions, one.missing):
        yield ", ".join(standing.name_of(email) for email in emails)


def _score_columns(headings: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("Case", 11),
        Column("Member", 24),
        Column("Says", 11),
        Column("Weighted", 10, style=_DECIMALS),
        Column("Outlier", 9),
        *(Column(heading, 12) for heading in headings),
        Column("Why", 26, wraps=True),
        Column("Comment", 60, wraps=True),
    )


def _score_rows(
    moderated: Sequence[ModeratedCase], standing: PanelStanding
) -> Iterator[list[Cell]]:
    for one in moderated:
        totals = {score.member: score for score in one.scores}
        for member in standing.programme.panel:
            email = member.address.email
            known = standing.assessments.get((email, one.case.id))
            if known is None:
                continue
            score, scores = totals.get(email), dict(known.scoring.scores)
            yield [
                one.case.reference,
                standing.name_of(email),
                _STANCES[known.scoring.stance],
                _number(score.total) if score else None,
                "outlier" if score and score.is_outlier else None,
                *(scores.get(criterion.key) for criterion in standing.programme.criteria),
                known.scoring.reason,
                known.scoring.comment,
            ]


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 6)

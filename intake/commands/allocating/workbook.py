"""Pure: an allocation as a workbook to look through, and to give back as the sheet of merits."""

from collections.abc import Iterator
from datetime import datetime

from intake.commands.allocating.contest import Contest
from intake.commands.allocating.terminal import proposal_in_words
from intake.commands.allocating.words import area_name, remarks, why_in_words
from responders.sheets.book import Cell, Column, Table, write_book
from storage.domain.decision import Outcome
from storage.domain.programme import Programme
from storage.domain.proposals import Allocation, AreaShare, Proposal

_MONEY = "#,##0"


def write_allocation(
    allocation: Allocation, contest: Contest, programme: Programme, *, now: datetime
) -> bytes:
    """The workbook: the areas with their places and the money, what is left to decide, and every
    case with what is proposed for it and why."""
    told = [[remark] for remark in remarks(allocation, contest, programme)]
    tables = (
        Table("Overview", _overview_columns(programme), list(_overview(allocation, programme))),
        Table("To decide", (Column("What to decide or to know", 110, wraps=True),), told),
        Table(
            "Proposal",
            _proposal_columns(),
            [_row(one, allocation, contest, programme) for one in allocation.proposals],
        ),
    )
    return write_book(tables, made_at=now, zone=programme.zone)


def _overview_columns(programme: Programme) -> tuple[Column, ...]:
    return (
        Column("Area", 30, wraps=True),
        *(Column(heading, 13) for heading in ("Applications", "Places", "Proposed")),
        *(Column(heading, 15) for heading in ("Held for a tie", "Left over", "Reserves")),
        Column("Not proposed", 15),
        Column(f"Money, {programme.currency}", 14, style=_MONEY),
        Column(f"Budget, {programme.currency}", 14, style=_MONEY),
    )


def _overview(allocation: Allocation, programme: Programme) -> Iterator[list[Cell]]:
    for share in allocation.shares:
        yield _share_row(share, allocation, programme)
    limits, proposals = allocation.limits, allocation.proposals
    held = sum(tie.places or 0 for tie in allocation.ties)
    yield [
        "In all",
        len(proposals),
        limits.awards,
        len(allocation.funded),
        held or None,
        sum(share.left_over for share in allocation.shares) or None,
        len(allocation.reserves),
        sum(one.outcome is Outcome.NOT_FUNDED for one in proposals),
        allocation.spent,
        limits.budget,
    ]


def _share_row(share: AreaShare, allocation: Allocation, programme: Programme) -> list[Cell]:
    proposals = allocation.of_area(share.area)
    return [
        area_name(share.area, programme),
        share.candidates,
        share.places,
        share.funded,
        share.held or None,
        share.left_over or None,
        sum(one.is_reserve for one in proposals),
        sum(one.outcome is Outcome.NOT_FUNDED for one in proposals),
        sum(one.candidate.amount for one in proposals if one.is_funded),
        None,
    ]


def _proposal_columns() -> tuple[Column, ...]:
    return (
        Column("Case", 11),
        Column("Title", 34, wraps=True),
        Column("Organisation", 28, wraps=True),
        Column("Area", 22, wraps=True),
        Column("Late", 7),
        Column("Merit", 9),
        Column("Amount", 11, style=_MONEY),
        Column("Rank", 8),
        Column("Rank in area", 13),
        Column("Proposal", 13),
        Column("Why", 60, wraps=True),
        Column("Reserve in area", 16),
        Column("Reserve in all", 16),
    )


def _row(
    one: Proposal, allocation: Allocation, contest: Contest, programme: Programme
) -> list[Cell]:
    case = contest.cases[one.candidate.case_id]
    merit = one.candidate.merit
    return [
        case.reference,
        case.title,
        case.contact.organisation,
        area_name(one.candidate.area, programme),
        "late" if case.id in contest.late else None,
        None if merit is None else float(merit),
        one.candidate.amount,
        one.rank,
        one.area_rank,
        proposal_in_words(one, allocation),
        why_in_words(one, allocation, programme),
        one.area_reserve,
        one.reserve,
    ]

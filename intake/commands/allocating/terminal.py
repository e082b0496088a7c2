"""Pure: an allocation as tables for the terminal, one an area."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.table import Table

from intake.commands.allocating.contest import Contest
from intake.commands.allocating.words import area_name, share_in_words, shown_merits, why_in_short
from intake.commands.printing import make_table, plain
from storage.domain.decision_sheet import OUTCOME_WORDS
from storage.domain.money import money
from storage.domain.programme import Programme
from storage.domain.proposals import Allocation, Proposal, Why

_WHOLE = {"rank", "case", "merit", "asks", "proposal"}
_LONGEST = 36
"""Characters of an organisation's name, so that a case seldom takes more than two lines."""


def area_tables(
    allocation: Allocation, contest: Contest, programme: Programme
) -> Iterator[Table | str]:
    """A table for each area, its candidates the best first; a line alone where it has none. What
    they ask for has a column where it is not the same for all."""
    merits = shown_merits(allocation)
    amounts = {one.candidate.amount for one in allocation.proposals}
    for share in allocation.shares:
        proposals = allocation.of_area(share.area)
        shared = Counter(one.area_rank or one.rank for one in proposals)
        is_all = share.area is None and len(allocation.shares) == 1
        name = "All" if is_all else area_name(share.area, programme)
        columns = ["rank", "case", "organisation", "merit", "asks", "proposal", "why"]
        rows: list[list[object]] = [
            [
                _rank(one.area_rank or one.rank, shared),
                one.candidate.reference,
                plain(contest.cases[one.candidate.case_id].contact.organisation, limit=_LONGEST),
                merits.get(one.candidate.case_id),
                money(one.candidate.amount, programme.currency),
                proposal_in_words(one, allocation),
                _why(one, contest, programme),
            ]
            for one in proposals
        ]
        if len(amounts) == 1:
            columns, rows = _without(columns.index("asks"), columns, rows)
        title = f"{name}: {share_in_words(share)}"
        whole = _WHOLE & set(columns)
        yield make_table(title, columns, rows, whole=whole) if rows else plain(title)


def proposal_in_words(one: Proposal, allocation: Allocation) -> str:
    """What is proposed; a reserve with its place, in its area where places are by area. Nothing yet
    for who is not scored."""
    if one.why is Why.NOT_SCORED:
        return "none yet"
    words = OUTCOME_WORDS[one.outcome]
    is_by_area = allocation.limits.per_area is not None
    at = one.area_reserve if is_by_area and one.candidate.area is not None else one.reserve
    return f"{words} {at}" if one.is_reserve and not one.why.is_open else words


def reserves_table(allocation: Allocation, programme: Programme) -> Table:
    """The reserves in the order in which they move up."""
    shared = Counter(one.reserve for one in allocation.reserves)
    rows = [
        (
            _rank(one.reserve, shared),
            one.candidate.reference,
            area_name(one.candidate.area, programme),
            why_in_short(one, programme),
        )
        for one in allocation.reserves
    ]
    return make_table(
        "Reserves in their order", ("order", "case", "area", "why"), rows, whole=("order", "case")
    )


def _why(one: Proposal, contest: Contest, programme: Programme) -> str:
    late = "late" if one.candidate.case_id in contest.late else ""
    return ", ".join(filter(None, (late, why_in_short(one, programme))))


def _rank(rank: int | None, shared: Counter[int | None]) -> str | None:
    """A rank, with `=` behind one that several have."""
    return None if rank is None else f"{rank}{'=' if shared[rank] > 1 else ''}"


def _without(
    column: int, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> tuple[list[str], list[list[object]]]:
    kept = [place for place in range(len(columns)) if place != column]
    return [columns[at] for at in kept], [[row[at] for at in kept] for row in rows]

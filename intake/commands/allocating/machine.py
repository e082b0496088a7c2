"""Pure: an allocation as plain values, for machines."""

from dataclasses import asdict

from intake.commands.allocating.contest import Contest
from intake.commands.allocating.words import exact, remarks, why_in_words
from intake.commands.printing import Json
from storage.domain.programme import Programme
from storage.domain.proposals import Allocation, Proposal, Tie


def allocation_fields(allocation: Allocation, contest: Contest, programme: Programme) -> Json:
    """All of it: the limits, each area's share, each case's proposal, ties, and what to decide."""
    return {
        "programme": programme.slug,
        "round": programme.round.key,
        "currency": programme.currency,
        "limits": asdict(allocation.limits),
        "overflow": allocation.overflow,
        "funded": len(allocation.funded),
        "spent": allocation.spent,
        "areas": [asdict(share) for share in allocation.shares],
        "ties": [_tie_fields(tie) for tie in allocation.ties],
        "reserves": [one.candidate.reference for one in allocation.reserves],
        "remarks": list(remarks(allocation, contest, programme)),
        "left_out": [case.reference for case in contest.left_out],
        "absent": [case.reference for case in contest.absent],
        "cases": [
            _proposal_fields(one, allocation, contest, programme) for one in allocation.proposals
        ],
    }


def _proposal_fields(
    one: Proposal, allocation: Allocation, contest: Contest, programme: Programme
) -> Json:
    candidate = one.candidate
    return {
        "case": candidate.reference,
        "area": candidate.area,
        "merit": None if candidate.merit is None else exact(candidate.merit),
        "amount": candidate.amount,
        "is_late": candidate.case_id in contest.late,
        "outcome": one.outcome,
        "why": one.why,
        "words": why_in_words(one, allocation, programme),
        "rank": one.rank,
        "area_rank": one.area_rank,
        "reserve": one.reserve,
        "area_reserve": one.area_reserve,
        "tied_with": list(one.tie.references) if one.tie else [],
    }


def _tie_fields(tie: Tie) -> Json:
    return {
        "cut_off": tie.cut_off,
        "cases": list(tie.references),
        "merit": exact(tie.merit),
        "area": tie.area,
        "places": tie.places,
        "money": tie.money,
    }

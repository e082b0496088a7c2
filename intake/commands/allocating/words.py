"""Pure: an allocation as a person reads it: why each is proposed, and what is left to decide."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from intake.commands.allocating.contest import Contest
from responders.wording import joined
from storage.domain.award_limits import Award, breaches, worsened
from storage.domain.case import Case
from storage.domain.money import money
from storage.domain.programme import Programme
from storage.domain.proposals import (
    MERIT_PLACES,
    Allocation,
    AreaShare,
    CutOff,
    Proposal,
    Tie,
    Why,
)

NO_AREA = "No area known"
_FEWEST_PLACES = 2


def why_in_words(proposal: Proposal, allocation: Allocation, programme: Programme) -> str:
    """Why this is proposed, without the name of the area, which stands beside it."""
    limits, tie = allocation.limits, proposal.tie
    match proposal.why:
        case Why.BEST if limits.per_area is not None:
            return f"{_best(limits.per_area)} of its area"
        case Why.BEST:
            return _best(limits.awards) if limits.awards else "there is enough"
        case Why.LEFT_OVER:
            return "a place that another area left over"
        case Why.CHOSEN:
            return f"decided: {proposal.reason}" if proposal.reason else "decided"
        case Why.AREA_FULL:
            area = proposal.candidate.area
            held = any(o.area == area or o.cut_off is CutOff.BUDGET for o in allocation.ties)
            return _gone("place", limits.per_area, " of its area", is_held=held)
        case Why.ALL_AWARDED:
            return _gone("award", limits.awards, "", is_held=bool(allocation.ties))
        case Why.BUDGET:
            asked = money(proposal.candidate.amount, programme.currency)
            return f"asks {asked}, {money(proposal.money or 0, programme.currency)} is left"
        case Why.TIE if tie is not None:
            others = [name for name in tie.references if name != proposal.candidate.reference]
            return f"tied with {joined(others)} for {_prize(tie, programme)}"
        case _:
            return _SHORT[proposal.why]


def why_in_short(proposal: Proposal, programme: Programme) -> str:
    """The same in two or three words, for a table; nothing for whoever is simply the best."""
    match proposal.why:
        case Why.CHOSEN if proposal.reason:
            return f"decided: {proposal.reason}"
        case Why.BUDGET:
            return f"{money(proposal.money or 0, programme.currency)} left"
        case _:
            return _SHORT[proposal.why]


_SHORT = {
    Why.BEST: "",
    Why.LEFT_OVER: "left-over place",
    Why.CHOSEN: "decided",
    Why.AREA_FULL: "area full",
    Why.ALL_AWARDED: "no award left",
    Why.BUDGET: "no money left",
    Why.TIE: "tied",
    Why.NOT_SCORED: "not scored",
    Why.NO_AREA: "area not known",
}


def tie_in_words(tie: Tie, programme: Programme) -> str:
    """Who is tied for what, and what there is to choose."""
    area = programme.area(tie.area)
    where = f" in {area.name if area else tie.area}" if tie.area else ""
    choose = f"choose {tie.places} of {len(tie.references)}" if tie.places else "choose"
    names, prize = joined(tie.references), _prize(tie, programme, own="")
    return f"{names} have the same merit, {exact(tie.merit)}, and share {prize}{where}: {choose}."


def area_name(key: str | None, programme: Programme) -> str:
    """The name of an area, its key where the programme no longer has it."""
    area = programme.area(key)
    return area.name if area else key or NO_AREA


def share_in_words(share: AreaShare) -> str:
    """`2 of 2 places, 5 applications`."""
    places = f"{share.funded} funded"
    if share.places is not None:
        places = f"{share.funded} of {counted(share.places, 'place')}"
    held = f", {share.held} held for a tie" if share.held else ""
    left = f", {share.left_over} left over" if share.left_over else ""
    return f"{places}{held}{left}, {counted(share.candidates, 'application')}"


def head_in_words(allocation: Allocation, programme: Programme) -> str:
    """What is funded in all: `ACE 2021: 9 of 10 awards, £180,000 of £200,000`."""
    limits, funded = allocation.limits, len(allocation.funded)
    awards = counted(funded, "award")
    if limits.awards is not None:
        awards = f"{funded} of {counted(limits.awards, 'award')}"
    spent = money(allocation.spent, programme.currency)
    most = f" of {money(limits.budget, programme.currency)}" if limits.budget is not None else ""
    return f"{programme.name}: {awards}, {spent}{most}"


def remarks(allocation: Allocation, contest: Contest, programme: Programme) -> Iterator[str]:
    """What people must decide, find out or know before they decide, in sentences."""
    for tie in allocation.ties:
        yield tie_in_words(tie, programme)
    for why, told in _OPEN.items():
        open_ones = [one for one in allocation.proposals if one.why is why]
        if open_ones:
            yield told.format(joined([one.candidate.reference for one in open_ones]))
    for share in allocation.shares:
        if share.left_over:
            yield _left_over_in_words(share, allocation, programme)
    yield from _free_in_words(allocation, programme)
    decided = breaches(programme, _awards(allocation, is_decided=True))
    for breach in decided:
        yield f"What is decided goes beyond a limit: {breach.words}."
    for breach in worsened(decided, breaches(programme, _awards(allocation))):
        yield f"This goes beyond a limit: {breach.words}. Recording it asks for a reason."
    if contest.left_out:
        yield f"Late, and left out unless --with-late: {_references(contest.left_out)}."
    if contest.absent:
        yield f"In the sheet, but withdrawn or without a form: {_references(contest.absent)}."


_OPEN = {
    Why.NO_AREA: "The area is not known, and without it there is no place: {}.",
    Why.NOT_SCORED: "Not scored, and so not proposed: {}.",
}


def shown_merits(allocation: Allocation) -> dict[int, str]:
    """The merit of each candidate by the case's id, with as many decimal places as it takes that
    what differs looks different."""
    scored = [one.candidate for one in allocation.proposals if one.candidate.merit is not None]
    different = len({one.standing for one in scored})
    places = _FEWEST_PLACES
    while places < MERIT_PLACES and len({round(o.standing, places) for o in scored}) < different:
        places += 1
    return {one.case_id: _number(one.standing, places) for one in scored}


def exact(merit: Decimal | float) -> str:
    """A merit as it is compared."""
    return _number(float(merit), MERIT_PLACES)


def counted(number: int, one: str) -> str:
    """`no place`, `1 place`, `2 places`."""
    return f"{number or 'no'} {one}{'' if number in (0, 1) else 's'}"


def _number(value: float, places: int) -> str:
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _prize(tie: Tie, programme: Programme, *, own: str = " of its area") -> str:
    match tie.cut_off:
        case CutOff.AREA:
            return f"{_last(tie.places, 'place')}{own}"
        case CutOff.ALL:
            return _last(tie.places, "award")
        case CutOff.LEFT_OVER:
            return f"{_last(tie.places, 'place')} left over"
        case CutOff.BUDGET:
            return f"the last {money(tie.money or 0, programme.currency)} of the budget"


def _last(number: int | None, one: str) -> str:
    return f"the last {one}" if number == 1 else f"the last {number} {one}s"


def _best(number: int) -> str:
    return "the best" if number == 1 else f"one of the best {number}"


def _gone(one: str, number: int | None, where: str, *, is_held: bool) -> str:
    """That nothing is left; what is held for a tie waits for people to choose."""
    held = " or held for a tie" if is_held else ""
    if number == 1:
        return f"the {one}{where} is taken{held}"
    return f"the {number} {one}s{where} are taken{held}"


def _left_over_in_words(share: AreaShare, allocation: Allocation, programme: Programme) -> str:
    name, left = area_name(share.area, programme), counted(share.left_over, "place")
    told = f"{name} leaves {left} over, with {counted(share.candidates, 'application')}"
    return told + ("." if allocation.overflow else "; others get none of it without --overflow.")


def _free_in_words(allocation: Allocation, programme: Programme) -> Iterator[str]:
    """Where there is room and the first in line was decided to be a reserve. Such a one is never
    proposed: people promote it."""
    limits = allocation.limits
    if allocation.ties or (limits.awards is not None and len(allocation.funded) >= limits.awards):
        return
    is_by_area = limits.per_area is not None
    areas = [share.area for share in allocation.shares if share.has_room] if is_by_area else [None]
    for area in areas:
        waiting = [
            o for o in allocation.moving_up(area) if o.candidate.area == area or not is_by_area
        ]
        if waiting and waiting[0].why is Why.CHOSEN:
            place = waiting[0].reserve
            first = joined([o.candidate.reference for o in waiting if o.reserve == place], "or")
            where = area_name(area, programme) if is_by_area else programme.name
            yield f"{where} has room for a reserve: the first is {first}."


def _awards(allocation: Allocation, *, is_decided: bool = False) -> list[Award]:
    """Who is funded; with `is_decided` by people's decisions only."""
    return [
        Award(one.candidate.reference, one.candidate.area, one.candidate.amount)
        for one in allocation.funded
        if one.why is Why.CHOSEN or not is_decided
    ]


def _references(cases: Sequence[Case]) -> str:
    return joined([case.reference for case in cases])

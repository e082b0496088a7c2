"""Pure: who competes for the awards of a round, by what the ledger and a sheet of merits tell."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.commands.allocating.merit import Merit, Unusable
from storage.domain.allocation import allocate
from storage.domain.award_limits import amount_of
from storage.domain.case import Case, CaseState
from storage.domain.deciding import Standing
from storage.domain.money import money
from storage.domain.proposals import Allocation, Candidate, Choice, limits_of


@dataclass(frozen=True, slots=True)
class Contest:
    """The candidates with their cases by id, and what is decided about them already. `late` are
    those of them whose form came too late, `left_out` the late ones that do not compete, `absent`
    the cases of the sheet that can't: without a form or withdrawn."""

    candidates: tuple[Candidate, ...]
    choices: Mapping[int, Choice]
    cases: Mapping[int, Case]
    late: frozenset[int]
    left_out: tuple[Case, ...] = ()
    absent: tuple[Case, ...] = ()

    def allocate(self, standing: Standing, *, overflow: bool, reserves: int | None) -> Allocation:
        """The proposal for these candidates within the programme's limits."""
        return allocate(
            self.candidates,
            limits_of(standing.programme),
            manual=self.choices,
            overflow=overflow,
            reserves=reserves,
        )


def make_contest(
    standing: Standing, merits: Sequence[Merit], late: Collection[int], *, with_late: bool
) -> Contest:
    """Who applied competes, who applied late only `with_late`, and who is decided about already in
    any case: that decision stands, with its amount. Who is not in the sheet is not scored."""
    told = {row.reference: row for row in merits}
    applied = [case for case in standing.cases if case.state is CaseState.APPLIED]
    decided = {case.id: standing.decision(case.id) for case in applied}
    choices = {
        id: Choice(one.ruling.outcome, one.reason) for id, one in decided.items() if one is not None
    }
    competing = [c for c in applied if with_late or c.id not in late or c.id in choices]
    ids = {case.id for case in competing}
    return Contest(
        candidates=tuple(
            _candidate(case, told.get(case.reference), standing) for case in competing
        ),
        choices=choices,
        cases={case.id: case for case in competing},
        late=frozenset(ids & set(late)),
        left_out=tuple(case for case in applied if case.id not in ids),
        absent=tuple(
            case
            for case in standing.cases
            if case.reference in told and case.state is not CaseState.APPLIED
        ),
    )


def find_unusable(merits: Sequence[Merit], standing: Standing) -> Iterator[Unusable]:
    """Rows about cases that the round does not have, and amounts beyond what one award may have."""
    programme = standing.programme
    known = [case.reference for case in standing.cases]
    like = f", such as {known[0]}" if known else ""
    for row in merits:
        if row.reference not in known:
            told = f"{row.reference} is no case of {programme.name}"
            yield Unusable(row.line, told, f"a reference of this round{like}")
        elif row.amount and programme.amount and row.amount > programme.amount:
            told = f"the amount of {row.reference} is {money(row.amount, programme.currency)}"
            most = money(programme.amount, programme.currency)
            yield Unusable(row.line, told, f"at most {most}, what one award may have")


def without_amount(contest: Contest, standing: Standing) -> tuple[str, ...]:
    """The references of those of whom nothing says what they would cost, where there is a budget
    to keep to."""
    if standing.programme.budget is None:
        return ()
    return tuple(one.reference for one in contest.candidates if not one.amount)


def _candidate(case: Case, row: Merit | None, standing: Standing) -> Candidate:
    decision = standing.decision(case.id)
    decided = decision.ruling.amount if decision is not None else None
    asked = row.amount if row is not None else None
    return Candidate(
        case_id=case.id,
        reference=case.reference,
        area=case.area,
        merit=row.merit if row is not None else None,
        amount=amount_of(standing.programme, decided if decided is not None else asked),
    )

"""Which decisions can be told to the applicants, and which can't, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.domain.case import Case, CaseState
from storage.domain.decision import Decision, Outcome, ReleasedOutcome


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """`ready` are to be told. `undecided` applied and nobody decided about them; `told` know what
    stands already; `contrary` were told another outcome than the one that stands now, and only a
    reserve can still become something else; `withdrawn` stepped back."""

    ready: tuple[tuple[Case, Decision], ...]
    undecided: tuple[Case, ...]
    told: tuple[Case, ...]
    contrary: tuple[tuple[Case, ReleasedOutcome, Decision], ...]
    withdrawn: tuple[Case, ...]


def plan_release(
    cases: Iterable[Case],
    decisions: Mapping[int, Decision],
    released: Iterable[ReleasedOutcome],
) -> ReleasePlan:
    """What a release would do with these cases, each in its order. `decisions` are those that
    stand, by the case's id; `released` in order of approval."""
    known = {outcome.case_id: outcome for outcome in released}
    ready: list[tuple[Case, Decision]] = []
    contrary: list[tuple[Case, ReleasedOutcome, Decision]] = []
    undecided, told, withdrawn = [], [], []
    for case in cases:
        decision, before = decisions.get(case.id), known.get(case.id)
        if case.state is CaseState.WITHDRAWN:
            withdrawn += [case] if decision else []
        elif decision is None:
            undecided += [case] if case.state is CaseState.APPLIED else []
        elif before is None or _may_become(before, decision):
            ready.append((case, decision))
        elif before.ruling.outcome is decision.ruling.outcome:
            told.append(case)
        else:
            contrary.append((case, before, decision))
    return ReleasePlan(
        tuple(ready), tuple(undecided), tuple(told), tuple(contrary), tuple(withdrawn)
    )


def _may_become(before: ReleasedOutcome, decision: Decision) -> bool:
    """A reserve moves up, or is told in the end that there is nothing for it."""
    was_reserve = before.ruling.outcome is Outcome.RESERVE
    return was_reserve and decision.ruling.outcome is not Outcome.RESERVE

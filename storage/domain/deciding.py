"""What a decision sheet that came back would do: every row judged against what the ledger knows.

Nothing is decided here: people did that. A row is taken whole or refused with reasons, and what
is refused never stops the others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from storage.domain.award_limits import Award, Breach, Limit, amount_of, breaches, worsened
from storage.domain.case import Case, CaseState
from storage.domain.cells import cell_text
from storage.domain.decision import Decision, Effect, Outcome, ReleasedOutcome, Ruling
from storage.domain.decision_sheet import OUTCOME_WORDS, Origin, SheetRow, row_version
from storage.domain.programme import Programme

LARGEST_AMOUNT = 2**31 - 1
"""What the ledger can hold as one award, in whole units."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a round stands: its cases, all decisions about each, oldest first, and what was released
    last, by the case's id."""

    programme: Programme
    cases: tuple[Case, ...]
    decisions: Mapping[int, tuple[Decision, ...]]
    released: Mapping[int, ReleasedOutcome]

    def decision(self, case_id: int) -> Decision | None:
        """The decision that stands, None where nothing is decided."""
        known = self.decisions.get(case_id, ())
        return known[-1] if known else None

    @property
    def awards(self) -> dict[int, Award]:
        """What is decided as funded, by the case's id. Who withdrew holds no award any more."""
        holders = (case for case in self.cases if case.state is not CaseState.WITHDRAWN)
        found = ((case, self.decision(case.id)) for case in holders)
        return {case.id: _award(case, one.ruling) for case, one in found if one and _funds(one)}


@dataclass(frozen=True, slots=True)
class Judged:
    """What a wish about a case comes to. `case` is None where nobody knows it; `before` is what was
    decided so far, `ruling` and `reason` what would be. `lifted` is why it may break a limit, None
    where it breaks none. `line` is its row in the sheet, None for a wish of its own."""

    effect: Effect
    reference: str
    case: Case | None = None
    before: Decision | None = None
    ruling: Ruling | None = None
    reason: str = ""
    lifted: str | None = None
    problems: tuple[str, ...] = ()
    line: int | None = None

    @property
    def is_to_be_recorded(self) -> bool:
        return self.effect in (Effect.NEW, Effect.CHANGED)


def refuse_origin(origin: Origin, programme: Programme, secret: bytes) -> str | None:
    """Why a sheet can't be one that this installation made for this round of the programme; None
    where it is one."""
    if not origin.is_ours(secret):
        return "its token is not one of this installation: export the decisions again"
    if (origin.programme, origin.round) != (programme.slug, programme.round.key):
        made = f"{origin.programme} {origin.round}"
        return f"it was made for {made}, not for {programme.slug} {programme.round.key}"
    return None


def judge_sheet(
    rows: Iterable[SheetRow], standing: Standing, *, reason: str, lift: str | None = None
) -> tuple[Judged, ...]:
    """What each row comes to, in their order. `reason` is that of rows which give none; with
    `lift` limits of the awards may be broken, and it is kept with the decisions that do."""
    cases = {case.reference: case for case in standing.cases}
    judged = [_judge_row(row, cases.get(row.reference), standing, reason) for row in rows]
    return _within_limits(judged, standing, lift)


def judge_wish(
    case: Case, ruling: Ruling, standing: Standing, *, reason: str, lift: str | None = None
) -> Judged:
    """What an organiser's word about one case comes to."""
    problems = [*_case_problems(case, standing), *_ruling_problems(ruling, standing.programme)]
    judged = _weigh(case, ruling, standing, reason=reason, problems=problems)
    return _within_limits([judged], standing, lift)[0]


def _judge_row(row: SheetRow, case: Case | None, standing: Standing, reason: str) -> Judged:
    refused = Judged(Effect.REFUSED, row.reference, case, problems=row.problems, line=row.line)
    if case is None:
        unknown = (f"there is no case {row.reference} in this round",)
        return replace(refused, problems=row.problems or unknown)
    before = standing.decision(case.id)
    if row.problems:
        return replace(refused, before=before)
    if row.ruling is None or _is_as_exported(row, case, standing):
        return Judged(Effect.UNCHANGED, row.reference, case, before, line=row.line)
    ruling = _with_whole_feedback(row.ruling, before)
    is_known = row.version == row_version(case, before)
    if before and before.ruling == ruling and not (row.reason or is_known):
        return Judged(Effect.UNCHANGED, row.reference, case, before, line=row.line)
    problems = [*_case_problems(case, standing), *_ruling_problems(ruling, standing.programme)]
    if not is_known:
        problems.append("it was changed since the sheet was exported: export it again")
    judged = _weigh(case, ruling, standing, reason=row.reason or reason, problems=problems)
    return replace(judged, line=row.line)


def _weigh(
    case: Case, ruling: Ruling, standing: Standing, *, reason: str, problems: Sequence[str]
) -> Judged:
    before = standing.decision(case.id)
    judged = Judged(Effect.NEW, case.reference, case, before, ruling, reason)
    if before is not None:
        is_same = before.ruling == ruling and cell_text(before.reason).strip() == reason
        judged = replace(judged, effect=Effect.UNCHANGED if is_same else Effect.CHANGED)
    if problems and judged.effect is not Effect.UNCHANGED:
        return replace(judged, effect=Effect.REFUSED, problems=tuple(problems))
    return judged


def _is_as_exported(row: SheetRow, case: Case, standing: Standing) -> bool:
    """True where the row says what stood when it was exported: nobody touched it since."""
    known = standing.decisions.get(case.id, ())
    exported = next((d for d in known if row.version.endswith(f"-d{d.id}")), None)
    if exported is None or row.ruling is None:
        return False
    ruling = _with_whole_feedback(row.ruling, exported)
    return ruling == exported.ruling and row.reason == cell_text(exported.reason).strip()


def _with_whole_feedback(ruling: Ruling, before: Decision | None) -> Ruling:
    """The ruling with the feedback as it was recorded, where the cell only shows what of it a cell
    can hold."""
    if before and cell_text(before.ruling.feedback).strip() == ruling.feedback:
        return replace(ruling, feedback=before.ruling.feedback)
    return ruling


def _case_problems(case: Case, standing: Standing) -> Iterator[str]:
    released = standing.released.get(case.id)
    if case.round != standing.programme.round.key:
        yield f"it is of round {case.round}, which is over"
    if case.state is not CaseState.APPLIED:
        yield f"its state is {case.state}: only a case with a form that came back is decided"
    if released is not None and released.ruling.outcome is not Outcome.RESERVE:
        outcome = OUTCOME_WORDS[released.ruling.outcome]
        yield f"its outcome, {outcome}, has been released to the applicant"


def _ruling_problems(ruling: Ruling, programme: Programme) -> Iterator[str]:
    if ruling.amount is not None and ruling.outcome is not Outcome.FUNDED:
        outcome = OUTCOME_WORDS[ruling.outcome]
        yield f"only a funded case has an amount, and this one is {outcome}"
    elif ruling.amount is not None and ruling.amount < 1:
        yield f"the amount {ruling.amount} is not above 0"
    elif ruling.amount is not None and ruling.amount > LARGEST_AMOUNT:
        yield f"the amount {ruling.amount} is too large to be an award"
    elif ruling.outcome is Outcome.FUNDED and ruling.amount is None and programme.amount is None:
        yield "it needs an amount: the programme has none of its own"


def _within_limits(
    judged: Sequence[Judged], standing: Standing, lift: str | None
) -> tuple[Judged, ...]:
    """The same, with all that would break a limit refused, or lifted. The order of the rows decides
    nothing: where three are funded and two may be, none of the three is."""
    result = list(judged)
    for limits in ((Limit.AMOUNT, Limit.AWARDS_PER_AREA), (Limit.AWARDS, Limit.BUDGET)):
        broken = [b for b in _broken(result, standing) if b.limit in limits]
        result = [_held_to(broken, one, standing, lift) for one in result]
    return tuple(result)


def _broken(judged: Iterable[Judged], standing: Standing) -> tuple[Breach, ...]:
    """The limits that these decisions would break, or break further."""
    before = standing.awards
    after = dict(before)
    for one in judged:
        if one.is_to_be_recorded and one.case and one.ruling:
            after.pop(one.case.id, None)
            if one.ruling.outcome is Outcome.FUNDED:
                after[one.case.id] = _award(one.case, one.ruling)
    programme = standing.programme
    return worsened(breaches(programme, before.values()), breaches(programme, after.values()))


def _held_to(broken: Sequence[Breach], one: Judged, standing: Standing, lift: str | None) -> Judged:
    told = tuple(breach.words for breach in broken if _adds_to(breach, one, standing.programme))
    if not told:
        return one
    if lift and lift.strip():
        return replace(one, lifted=lift)
    return replace(one, effect=Effect.REFUSED, problems=tuple(f"it would be {w}" for w in told))


def _adds_to(breach: Breach, one: Judged, programme: Programme) -> bool:
    """True where this decision takes something of what is limited that it did not have."""
    if not (one.is_to_be_recorded and one.case and one.ruling):
        return False
    if one.ruling.outcome is not Outcome.FUNDED:
        return False
    had = one.before.ruling if one.before and _funds(one.before) else None
    is_dearer = had is None or (
        amount_of(programme, one.ruling.amount) > amount_of(programme, had.amount)
    )
    match breach.limit:
        case Limit.AWARDS:
            return had is None
        case Limit.AWARDS_PER_AREA:
            return had is None and one.case.area == breach.of
        case Limit.AMOUNT:
            return is_dearer and one.reference == breach.of
        case Limit.BUDGET:
            return is_dearer


def _funds(decision: Decision) -> bool:
    return decision.ruling.outcome is Outcome.FUNDED


def _award(case: Case, ruling: Ruling) -> Award:
    return Award(case.reference, case.area, ruling.amount)

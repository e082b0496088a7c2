"""A round of the grant programme whose forms came back, for those who decide about it."""

from dataclasses import replace
from datetime import UTC, datetime

from responders.sheets.decisions import write_decision_sheet
from storage.domain.case import Case, CaseState
from storage.domain.deciding import Standing
from storage.domain.decision import Decision, Outcome, ReleasedOutcome, Ruling
from storage.domain.people import Contact
from tests.support.payloads import PAYLOADS
from tests.support.programmes import ACE
from tests.support.understandings import AMINA, make_case

SECRET = b"a test's own secret"
EXPORTED = datetime(2021, 9, 20, 11, 0, tzinfo=UTC)
AREAS = tuple(area.key for area in ACE.areas)
FUNDED = Ruling(Outcome.FUNDED)
RESERVE = Ruling(Outcome.RESERVE)
NOT_FUNDED = Ruling(Outcome.NOT_FUNDED)


def applied(number: int, *, area: str | None = None, **told: object) -> Case:
    """Case `number`, whose form came back; two in a row are in the same area."""
    return make_case(
        id=number,
        reference=f"ACE-{number:04d}",
        state=CaseState.APPLIED,
        title=f"Project {number}",
        contact=replace(AMINA, organisation=f"Trust {number}"),
        area=area or AREAS[(number - 1) // 2 % len(AREAS)],
        **told,
    )


def decided(
    case_id: int, ruling: Ruling = FUNDED, *, id: int | None = None, reason: str = "as scored"
) -> Decision:
    return Decision(
        id=id or 100 + case_id,
        case_id=case_id,
        ruling=ruling,
        reason=reason,
        by="rosalind.okoro@leadership.nhs.example",
        at=EXPORTED,
    )


def released(case_id: int, ruling: Ruling = FUNDED) -> ReleasedOutcome:
    return ReleasedOutcome(
        id=case_id, case_id=case_id, ruling=ruling, by="x", at=EXPORTED, not_before=EXPORTED
    )


def stands(
    *cases: Case, decisions: tuple[Decision, ...] = (), told: tuple[ReleasedOutcome, ...] = ()
) -> Standing:
    """How the round stands with these; without cases, with the first twelve."""
    known: dict[int, tuple[Decision, ...]] = {}
    for decision in decisions:
        known[decision.case_id] = (*known.get(decision.case_id, ()), decision)
    return Standing(
        programme=ACE,
        cases=cases or tuple(applied(number) for number in range(1, 13)),
        decisions=known,
        released={outcome.case_id: outcome for outcome in told},
    )


def hostile_sheet() -> bytes:
    """A case for each payload: as its title, organisation, area, feedback and reason."""
    cases = [
        replace(applied(n), title=text, area=text, contact=Contact(organisation=text))
        for n, text in enumerate(PAYLOADS, start=1)
    ]
    decisions = [
        decided(n, Ruling(Outcome.FUNDED, None, text), reason=text)
        for n, text in enumerate(PAYLOADS, start=1)
    ]
    standing = stands(*cases, decisions=tuple(decisions))
    return write_decision_sheet(standing, (), secret=SECRET, now=EXPORTED)

"""Who of the panel is asked to read which form: what `postroom panel assign` proposes."""

from dataclasses import dataclass

from sqlmodel import Session

from storage import lateness, panels
from storage.domain.assessment import Stance
from storage.domain.case import Case, CaseState
from storage.domain.panel import Allotment, allot
from storage.domain.programme import Programme
from storage.domain.scoring import PanelStanding


@dataclass(frozen=True, slots=True)
class Asking:
    """`asked` are cases, each with the address of who is to read it and the message with its form,
    by case and address; `unread` are those without a form that can be read."""

    standing: PanelStanding
    allotment: Allotment
    asked: tuple[tuple[Case, str, int], ...]
    unread: tuple[Case, ...]


def find_asking(
    session: Session,
    programme: Programme,
    *,
    readers: int | None = None,
    seed: int = 0,
    with_late: bool = False,
) -> Asking:
    """Readers for all that applied, beside those who read already: so many each, None: everybody.
    Who reads an older form is to read the newer one. It changes nothing."""
    standing = panels.standing_of(session, programme)
    cases = _readable(session, standing, with_late=with_late)
    forms = panels.newest_forms(session, programme, cases)
    found = _allot([c for c in cases if c.id in forms], standing, readers, seed)
    return Asking(
        standing=standing,
        allotment=found,
        asked=_asked(found, standing, forms),
        unread=tuple(case for case in cases if case.id not in forms),
    )


def _readable(session: Session, standing: PanelStanding, *, with_late: bool) -> list[Case]:
    """The cases of the round that applied, by reference."""
    late = frozenset() if with_late else lateness.late_cases(session, standing.programme)
    applied = (c for c in standing.cases.values() if c.state is CaseState.APPLIED)
    return sorted((c for c in applied if c.id not in late), key=lambda case: case.reference)


def _allot(cases: list[Case], standing: PanelStanding, readers: int | None, seed: int) -> Allotment:
    out = [
        (case_id, email)
        for (email, case_id), one in standing.assessments.items()
        if one.scoring.stance is not Stance.SCORED
    ]
    held = [(case_id, email) for email, case_id in standing.assignments]
    return allot(cases, standing.programme.panel, held=held, out=out, readers=readers, seed=seed)


def _asked(
    found: Allotment, standing: PanelStanding, forms: dict[int, int]
) -> tuple[tuple[Case, str, int], ...]:
    """New readers, and those of an older form."""
    newer = [
        (case_id, email)
        for (email, case_id), one in standing.assignments.items()
        if forms.get(case_id, one.form) != one.form
        and standing.programme.panel_member(email) is not None
    ]
    pairs = sorted({*found.new, *newer})
    return tuple((standing.cases[case_id], email, forms[case_id]) for case_id, email in pairs)

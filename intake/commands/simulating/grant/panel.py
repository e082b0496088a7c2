"""How the organisers of a simulated year decide: by the panel's scores, on a sheet that they send
to the inbox; what they approve, and what they do when somebody who was funded declines."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from intake.commands.allocating.panel_merit import merits_of_panel
from intake.commands.simulating.documents import EXCEL, fill_sheet
from intake.commands.simulating.envelopes import Enclosure, Written
from intake.commands.simulating.grant.cast import Person
from intake.commands.simulating.grant.diary import Told
from intake.commands.simulating.grant.house import House
from intake.commands.simulating.grant.lives import Act, Deed, Life
from intake.commands.simulating.oracle import Expected
from intake.commands.simulating.timeline import counted
from responders.sheets.decisions import write_decision_sheet
from storage import decisions, lateness, panels, standings
from storage.domain.allocation import allocate
from storage.domain.case import Case, CaseState
from storage.domain.deciding import judge_wish
from storage.domain.decision import Outcome, Ruling
from storage.domain.decision_sheet import OUTCOME_WORDS, SheetColumn
from storage.domain.letter import LetterKind
from storage.domain.people import Address
from storage.domain.proposals import Allocation, Candidate, Choice, limits_of
from storage.domain.release import plan_release

RESERVES_AN_AREA = 2
"""As many as there are awards: all of one area may decline."""

FUNDED_ANSWERS = (
    (Deed.CONFIRM, timedelta(days=1, hours=3)),
    (Deed.CONFIRM, timedelta(hours=5)),
    (Deed.DECLINE, timedelta(days=2, hours=1)),
    (Deed.CONFIRM, timedelta(days=3, hours=6)),
    (Deed.CONFIRM, timedelta(days=1, hours=1)),
    (Deed.CONFIRM, timedelta(days=8, hours=7)),
    (Deed.DECLINE, timedelta(days=3, hours=2)),
    (Deed.CONFIRM, timedelta(days=2, hours=4)),
    (None, timedelta(0)),
    (Deed.CONFIRM, timedelta(hours=2)),
)
"""What people do about the letter that says they are funded, in turn, and how long after it: some
before anybody asks again, some after that, one never."""

RESERVE_ANSWERS = (
    (Deed.CONFIRM, timedelta(hours=4)),
    (None, timedelta(0)),
    (Deed.CONFIRM, timedelta(days=1, hours=6)),
)
"""Likewise about the one that says they are a reserve."""

FEEDBACK = {
    Outcome.FUNDED: "The panel liked how clearly the agencies share the work.",
    Outcome.RESERVE: "The panel was persuaded by the issue and would have liked to fund it.\n\n"
    "The steps for the last quarter could be firmer.",
    Outcome.NOT_FUNDED: "The issue is a real one. The panel did not see how the people whom it "
    "concerns take part from the first day.\n\nA smaller first step may find support elsewhere.",
}
"""What applicants are told beside the outcome."""

FILLED_IN = (SheetColumn.DECISION, SheetColumn.FEEDBACK, SheetColumn.REASON)

Rows = dict[str, dict[SheetColumn, str]]


@dataclass(slots=True)
class Panel:
    """The panel at work. `allocation` is what it proposed. It remembers the sheet as it was
    exported, and what it decided, by the number of the person."""

    house: House
    allocation: Allocation | None = None
    _sheet: bytes = b""
    _rows: Rows = field(default_factory=dict)
    _decided: dict[int, Outcome] = field(default_factory=dict)
    _answered: Counter[Outcome] = field(default_factory=Counter)

    def plan(self) -> None:
        """Put everything it means to do on the agenda."""
        season, play = self.house.season, self.house.play
        play.plan(season.decided_at, self.decide)
        play.plan(season.on(season.decided_at + timedelta(days=1), 9, 40), self.decide_too_late)
        play.plan(season.approved_at, self.approve)
        play.plan(season.raised_at, self.move_reserves_up)

    def decide(self, now: datetime) -> str:
        """The best of each area; who came late is not funded. The sheet is exported, filled in and
        sent to the inbox."""
        house = self.house
        with house.database.reading() as session:
            standing = standings.standing_of(session, house.programme)
            late = lateness.late_cases(session, house.programme)
            known = house.cases(session)
        self._sheet = write_decision_sheet(standing, late, secret=house.secret, now=now)
        wrote = {person.number for person in house.cast if _has_applied(person, now)}
        self.allocation = self._allocate({n: case for n, case in known.items() if n in wrote})
        numbers = {case.id: number for number, case in known.items()}
        for proposal in self.allocation.proposals:
            outcome, candidate = proposal.outcome, proposal.candidate
            self._decided[numbers[candidate.case_id]] = outcome
            reason = proposal.reason or f"merit {candidate.merit}"
            words = (OUTCOME_WORDS[outcome], FEEDBACK[outcome], reason)
            self._rows[candidate.reference] = dict(zip(FILLED_IN, words, strict=True))
        self._send_sheet(house.organisers[0], self._rows, now)
        return f"decisions about {len(self._rows)} forms are sent in"

    def decide_too_late(self, now: datetime) -> str | None:
        """A colleague sends the sheet of the day before, with one decision of their own: that row
        has been decided meanwhile, and is refused."""
        funded = (x.candidate.reference for x in self.allocation.funded) if self.allocation else ()
        reference = next(iter(funded), None)
        if reference is None:
            return None
        other = OUTCOME_WORDS[Outcome.NOT_FUNDED]
        row = {**self._rows[reference], SheetColumn.DECISION: other}
        self._send_sheet(self.house.organisers[1], {**self._rows, reference: row}, now)
        return "an old sheet is sent in, with one decision changed"

    def approve(self, now: datetime) -> str:
        """What stands is approved for the outcome date, all together."""
        house = self.house
        slug, key = house.programme.slug, house.programme.round.key
        told_at, by = house.season.outcomes_at, house.organisers[0].email
        with house.database.writing() as session:
            standing = decisions.current(session, slug, key)
            before = decisions.released(session, slug, key)
            plan = plan_release(house.cases(session).values(), standing, before)
            decisions.release(session, plan.ready, by=by, now=now, not_before=told_at)
        for number, outcome in sorted(self._decided.items()):
            self._tell(number, outcome, told_at)
        return f"{len(plan.ready)} outcomes are approved"

    def move_reserves_up(self, now: datetime) -> str | None:
        """For each that was funded and has left, the next reserve of the area."""
        if self.allocation is None:
            return None
        with self.house.database.writing() as session:
            known = self.house.cases(session)
            numbers = {case.id: number for number, case in known.items()}
            left = {case.id for case in known.values() if case.state is CaseState.WITHDRAWN}
            raised: list[int] = []
            for gone in (x for x in self.allocation.funded if x.candidate.case_id in left):
                area = gone.candidate.area
                queue = (x.candidate.case_id for x in self.allocation.moving_up(area))
                case_id = next((i for i in queue if i not in left.union(raised)), None)
                if case_id is not None:
                    raised.append(case_id)
                    reason = f"{gone.candidate.reference} declined"
                    self._fund(session, known[numbers[case_id]], reason=reason, now=now)
                    self._tell(numbers[case_id], Outcome.FUNDED, now)
        return f"{counted(len(raised), 'reserve moves', 'reserves move')} up" if raised else None

    def _allocate(self, applied: Mapping[int, Case]) -> Allocation:
        """By the panel's scores. Of equals at a cut-off the panel, when it meets, prefers the one
        that is worth more."""
        house = self.house
        with house.database.reading() as session:
            scored = merits_of_panel(panels.standing_of(session, house.programme))
        merits = {one.reference: one.merit for one in scored}
        amount = house.programme.amount or 0
        pool = [
            Candidate(case.id, case.reference, case.area, merits.get(case.reference), amount)
            for case in applied.values()
        ]
        worth = {case.reference: house.person(n).merit for n, case in applied.items()}
        ids = {one.reference: one.case_id for one in pool}
        manual = {
            case.id: Choice(Outcome.NOT_FUNDED, "the form came late")
            for number, case in applied.items()
            if house.person(number).life is Life.LATE
        }
        while True:
            limits = limits_of(house.programme)
            found = allocate(pool, limits, manual=manual, reserves=RESERVES_AN_AREA)
            if not found.ties:
                return found
            best = max(found.ties[0].references, key=lambda reference: worth[reference])
            manual[ids[best]] = Choice(Outcome.FUNDED, "preferred at the meeting")

    def _send_sheet(self, organiser: Address, rows: Rows, now: datetime) -> None:
        file = Enclosure("Decisions.xlsx", EXCEL, fill_sheet(self._sheet, rows))
        text = "Here are our decisions.\n"
        written = Written(organiser.name, organiser.email, "Decisions", text, files=(file,))
        self.house.play.send(written, now)
        receipt = Expected(now, LetterKind.DECISIONS_RECEIPT, "sent the decisions in")
        self.house.diary.expect_of(organiser.email, receipt)

    def _fund(self, session: Session, case: Case, *, reason: str, now: datetime) -> None:
        by = self.house.organisers[0].email
        ruling = Ruling(Outcome.FUNDED, feedback=FEEDBACK[Outcome.FUNDED])
        standing = standings.standing_of(session, self.house.programme)
        judged = judge_wish(case, ruling, standing, reason=reason)
        recorded = standings.record(session, [judged], by=by, now=now)
        ready = [(case, decision) for decision in recorded]
        decisions.release(session, ready, by=by, now=now, not_before=now)

    def _tell(self, number: int, outcome: Outcome, at: datetime) -> None:
        """Note what somebody is told, and have them answer it in their time."""
        diary, person = self.house.diary, self.house.person(number)
        diary.told[number] = (*diary.told.get(number, ()), Told(at, outcome))
        if outcome is Outcome.NOT_FUNDED or not _has_applied(person, at):
            return
        answers = FUNDED_ANSWERS if outcome is Outcome.FUNDED else RESERVE_ANSWERS
        deed, after = answers[self._answered[outcome] % len(answers)]
        self._answered[outcome] += 1
        if deed is not None:
            act = Act(at + after, deed)
            diary.later[number] = (*diary.later.get(number, ()), act)
            self.house.answer(person, act)


def _has_applied(person: Person, now: datetime) -> bool:
    """Whether somebody's form has come, and they have not stepped back."""
    done = {act.deed for act in person.acts if act.at <= now}
    return Deed.FORM in done and Deed.WITHDRAW not in done

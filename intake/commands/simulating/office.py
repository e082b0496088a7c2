"""What the organisers do in a simulated year, each deed a step with its time: they move the
closing, allow more time, decide, approve, look at what was held, and move reserves up."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from intake.commands.simulating.cast import Person
from intake.commands.simulating.documents import EXCEL, fill_sheet
from intake.commands.simulating.envelopes import Enclosure, Written
from intake.commands.simulating.expectations import Diary, Expected, Told
from intake.commands.simulating.lives import Act, Deed, Life
from intake.commands.simulating.season import Season
from responders.sheets.decisions import write_decision_sheet
from storage import cases, decisions, extensions, lateness, outbox, standings
from storage.database import Database
from storage.domain.allocation import allocate
from storage.domain.case import Case, CaseState
from storage.domain.deciding import judge_wish
from storage.domain.decision import Outcome, Ruling
from storage.domain.decision_sheet import OUTCOME_WORDS, SheetColumn
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.programme import Programme
from storage.domain.proposals import Allocation, Candidate, Choice, limits_of
from storage.domain.release import plan_release

MOST = 100_000
RESERVES_AN_AREA = 1

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


@dataclass(frozen=True, slots=True)
class Step:
    """One deed of the organisers: when, in which words for the timeline (None: only where there
    was something to do), and how. `does` returns what it did, in words."""

    at: datetime
    does: Callable[[datetime], str | None]


@dataclass(slots=True)
class Office:
    """The organisers at work on the ledger, as their commands would have it. `diary` learns what
    concerns applicants; `answer` has a person write later, `send` puts a message of an organiser
    into the inbox, `has_arrived` says whether a letter came, by its Message-ID."""

    programme: Programme
    season: Season
    cast: Sequence[Person]
    database: Database
    diary: Diary
    secret: bytes
    answer: Callable[[Person, Act], None]
    send: Callable[[Written, datetime], None]
    has_arrived: Callable[[str], bool]
    allocation: Allocation | None = None
    _decided: dict[int, Outcome] = field(default_factory=dict)
    _answered: Counter[Outcome] = field(default_factory=Counter)

    def steps(self) -> Iterator[Step]:
        """Everything they mean to do in the year."""
        season = self.season
        yield Step(season.moved_at, self.move_closing)
        yield Step(season.allowed_at, self.allow_more_time)
        yield Step(season.decided_at, self.decide)
        yield Step(season.approved_at, self.approve)
        yield Step(season.raised_at, self.move_reserves_up)
        at = season.at(1, 10)
        while at < season.ends_at:
            yield Step(at, self.look_at_held)
            at = season.on(at + timedelta(days=1), 10)

    @property
    def _by(self) -> str:
        return self.programme.organisers[0].address.email

    def move_closing(self, now: datetime) -> str:
        with self.database.writing() as session:
            extensions.extend(
                session,
                self.programme,
                self.season.extended_to,
                reason="Many practices were closed in the heatwave.",
                by=self._by,
                now=now,
            )
        return f"the closing is moved to {self.season.extended_to:%-d %B}"

    def allow_more_time(self, now: datetime) -> str | None:
        """For whom it is in the script."""
        people = [person.number for person in self.cast if person.life is Life.EXTENDED]
        with self.database.writing() as session:
            known = self._cases(session)
            found = [known[number] for number in people if number in known]
            for case in found:
                extensions.extend(
                    session,
                    self.programme,
                    self.season.allowed_until,
                    case_id=case.id,
                    reason="The lead of the project was ill.",
                    by=self._by,
                    now=now,
                )
        return f"more time for {found[0].reference}" if found else None

    def decide(self, now: datetime) -> str:
        """By the panel's merits, the best of each area; who came late is not funded. The sheet is
        exported, filled in and sent to the inbox."""
        with self.database.reading() as session:
            standing = standings.standing_of(session, self.programme)
            late = lateness.late_cases(session, self.programme)
            sheet = write_decision_sheet(standing, late, secret=self.secret, now=now)
            known = self._cases(session)
        wrote = {person.number for person in self.cast if _has_applied(person, now)}
        self.allocation = self._allocate({n: case for n, case in known.items() if n in wrote})
        numbers = {case.id: number for number, case in known.items()}
        rows = {}
        for proposal in self.allocation.proposals:
            outcome, candidate = proposal.outcome, proposal.candidate
            self._decided[numbers[candidate.case_id]] = outcome
            reason = proposal.reason or f"merit {candidate.merit}"
            words = (OUTCOME_WORDS[outcome], FEEDBACK[outcome], reason)
            rows[candidate.reference] = dict(zip(FILLED_IN, words, strict=True))
        self._send_sheet(fill_sheet(sheet, rows), now)
        return f"decisions about {len(rows)} forms are sent in"

    def approve(self, now: datetime) -> str:
        """What stands is approved for the outcome date, all together."""
        slug, key, told_at = self.programme.slug, self.programme.round.key, self.season.outcomes_at
        with self.database.writing() as session:
            standing = decisions.current(session, slug, key)
            before = decisions.released(session, slug, key)
            plan = plan_release(self._cases(session).values(), standing, before)
            decisions.release(session, plan.ready, by=self._by, now=now, not_before=told_at)
        for number, outcome in sorted(self._decided.items()):
            self._tell(number, outcome, told_at)
        return f"{len(plan.ready)} outcomes are approved"

    def move_reserves_up(self, now: datetime) -> str | None:
        """For each that was funded and has declined, the next reserve of the area."""
        allocation = self.allocation
        if allocation is None:
            return None
        with self.database.writing() as session:
            known = self._cases(session)
            numbers = {case.id: number for number, case in known.items()}
            left = {case.id for case in known.values() if case.state is CaseState.WITHDRAWN}
            raised: list[int] = []
            for gone in (one for one in allocation.funded if one.candidate.case_id in left):
                queue = (x.candidate.case_id for x in allocation.moving_up(gone.candidate.area))
                free = (case_id for case_id in queue if case_id not in left.union(raised))
                case_id = next(free, None)
                if case_id is not None:
                    raised.append(case_id)
                    reason = f"{gone.candidate.reference} declined"
                    self._fund(session, known[numbers[case_id]], reason, now)
                    self._tell(numbers[case_id], Outcome.FUNDED, now)
        return f"{_counted(len(raised), 'reserve moves', 'reserves move')} up" if raised else None

    def _fund(self, session: Session, case: Case, reason: str, now: datetime) -> None:
        ruling = Ruling(Outcome.FUNDED, feedback=FEEDBACK[Outcome.FUNDED])
        standing = standings.standing_of(session, self.programme)
        judged = judge_wish(case, ruling, standing, reason=reason, lift=LIFT)
        recorded = standings.record(session, [judged], by=self._by, now=now)
        ready = [(case, decision) for decision in recorded]
        decisions.release(session, ready, by=self._by, now=now, not_before=now)

    def _send_sheet(self, sheet: bytes, now: datetime) -> None:
        organiser = self.programme.organisers[0].address
        file = Enclosure("Decisions.xlsx", EXCEL, sheet)
        text = "Here are our decisions.\n"
        self.send(Written(organiser.name, organiser.email, "Decisions", text, files=(file,)), now)
        told = Expected(now, LetterKind.DECISIONS_RECEIPT, "sent the decisions in")
        self.diary.organisers[organiser.email] = (told,)

    def look_at_held(self, now: datetime) -> str | None:
        """What waits for a person: answers to what is only said are put aside, the rest is let go.
        Of a letter in doubt they ask by telephone whether it has come."""
        with self.database.writing() as session:
            held = outbox.list_letters(session, state=LetterState.HELD, limit=MOST)
            for letter in held:
                if self._is_needless(letter):
                    outbox.discard(session, letter.id, now, self._by, "read and answered by hand")
                else:
                    outbox.release(session, letter.id, now, self._by)
        letters = _counted(len(held), "held letter is", "held letters are")
        return f"{letters} looked at" if held else None

    def _is_needless(self, letter: Letter) -> bool:
        if letter.rule == outbox.IN_DOUBT:
            return self.has_arrived(letter.message_id)
        return letter.kind == "acknowledgement"

    def _cases(self, session: Session) -> dict[int, Case]:
        """The case of each person, by their number."""
        owners = {address: person.number for person in self.cast for address in person.addresses}
        found = cases.list_cases(session, self.programme.slug, limit=MOST)
        mine = ((owners.get(case.contact.email or ""), case) for case in reversed(found))
        return {number: case for number, case in mine if number is not None}

    def _allocate(self, applied: Mapping[int, Case]) -> Allocation:
        people = {person.number: person for person in self.cast}
        amount = self.programme.amount or 0
        pool = [
            Candidate(case.id, case.reference, case.area, people[n].merit, amount)
            for n, case in applied.items()
        ]
        late = {
            case.id: Choice(Outcome.NOT_FUNDED, "the form came late")
            for n, case in applied.items()
            if people[n].life is Life.LATE
        }
        return allocate(
            pool, limits_of(self.programme), manual=late, reserves=RESERVES_AN_AREA
        )

    def _tell(self, number: int, outcome: Outcome, at: datetime) -> None:
        """Note what somebody is told, and have them answer it in their time."""
        self.diary.told[number] = (*self.diary.told.get(number, ()), Told(at, outcome))
        person = next(person for person in self.cast if person.number == number)
        if outcome is Outcome.NOT_FUNDED or not _has_applied(person, at):
            return
        answers = FUNDED_ANSWERS if outcome is Outcome.FUNDED else RESERVE_ANSWERS
        deed, after = answers[self._answered[outcome] % len(answers)]
        self._answered[outcome] += 1
        if deed is not None:
            act = Act(at + after, deed)
            self.diary.later[number] = (*self.diary.later.get(number, ()), act)
            self.answer(person, act)


LIFT = "No reserve is left in the area of the one who declined."
"""Why a reserve may move up beyond the places of its area."""

FILLED_IN = (SheetColumn.DECISION, SheetColumn.FEEDBACK, SheetColumn.REASON)

FEEDBACK = {
    Outcome.FUNDED: "The panel liked how clearly the agencies share the work.",
    Outcome.RESERVE: "The panel was persuaded by the issue and would have liked to fund it.\n\n"
    "The steps for the last quarter could be firmer.",
    Outcome.NOT_FUNDED: "The issue is a real one. The panel did not see how the people whom it "
    "concerns take part from the first day.\n\nA smaller first step may find support elsewhere.",
}
"""What applicants are told beside the outcome."""


def _has_applied(person: Person, now: datetime) -> bool:
    """Whether somebody's form has come, and they have not stepped back."""
    done = {act.deed for act in person.acts if act.at <= now}
    return Deed.FORM in done and Deed.WITHDRAW not in done


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

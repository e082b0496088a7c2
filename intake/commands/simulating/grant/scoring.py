"""How the panel of a simulated year scores: organisers ask its members, who send their sheets or
lines back, in time, when chased, or a second time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from intake.commands.panel_asking import find_asking
from intake.commands.simulating.correspondence import Arrival, files_of
from intake.commands.simulating.documents import EXCEL, fill_sheet, read_sheet
from intake.commands.simulating.envelopes import Enclosure, Written, post
from intake.commands.simulating.grant.diary import Asked, Scored
from intake.commands.simulating.grant.house import House
from intake.commands.simulating.grant.readers import (
    AFTER,
    SECOND_THOUGHTS,
    WRITES_LINES,
    Habit,
    Reading,
    Refusal,
    Verdict,
    judge,
    make_readings,
    refusal_of,
)
from intake.commands.simulating.timeline import counted
from storage import panels
from storage.domain.programme import Criterion
from storage.domain.scoring_sheet import SHEET, YES, ScoringColumn, criterion_headings

READERS = 3
"""How many read each application."""

SHEET_LETTERS = ("Applications for you to score:", "Your scoring sheet has changed:")
REMINDER = "Scores due on"
"""How the subjects of the letters begin that make somebody score."""

REFUSAL_COLUMNS = {
    Refusal.CONFLICT: ScoringColumn.CONFLICT,
    Refusal.ABSTAIN: ScoringColumn.ABSTAIN,
}


@dataclass(slots=True)
class Scoring:
    """Organisers and members at work. It remembers what each member said, by address and reference,
    and how often each was reminded."""

    house: House
    _readings: dict[str, Reading] = field(default_factory=dict)
    _said: dict[str, dict[str, Verdict]] = field(default_factory=dict)
    _reminded: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._readings = {one.email: one for one in make_readings(self.house.programme.panel)}
        self._said = {email: {} for email in self._readings}

    def plan(self) -> None:
        """Put on the agenda when the panel is asked, and asked again."""
        for at in self.house.season.asked_at:
            self.house.play.plan(at, self.ask)

    def ask(self, now: datetime) -> str | None:
        """As `postroom panel assign --readers` does."""
        house = self.house
        with house.database.writing() as session:
            found = find_asking(session, house.programme, readers=READERS, seed=house.seed)
            by = house.organisers[0].email
            panels.assign(session, house.programme, found.asked, by=by, now=now)
        by_member: dict[str, set[str]] = {}
        for case, email, _ in found.asked:
            by_member.setdefault(email, set()).add(case.reference)
        if not by_member:
            return None
        house.diary.asked.append(Asked(now, {e: frozenset(r) for e, r in by_member.items()}))
        return f"the panel is asked to read {counted(len(found.asked), 'form', 'forms')}"

    def read(self, arrival: Arrival) -> None:
        """A member reads a letter, and does about it what their habit is."""
        for email in arrival.recipients:
            reading = self._readings.get(email)
            if reading is None:
                continue
            is_sheet = arrival.subject.startswith(SHEET_LETTERS)
            is_reminder = arrival.subject.startswith(REMINDER)
            self._reminded[email] = self._reminded.get(email, 0) + is_reminder
            waits = reading.habit is Habit.LATE and self._reminded[email] < 2
            if (is_sheet or is_reminder) and not waits:
                self._mean_to_send(reading, arrival)

    def _mean_to_send(self, reading: Reading, arrival: Arrival) -> None:
        at = (arrival.at + AFTER[reading.habit]).replace(microsecond=0)
        self._plan(reading, at, again=False)

    def _plan(self, reading: Reading, at: datetime, *, again: bool) -> None:
        def writes(now: datetime) -> bytes | None:
            written = self._write(reading, now, again=again)
            return post(written, to=self.house.programme.inbox, at=now) if written else None

        what = "corrects scores" if again else "sends scores"
        self.house.play.plan_message(at, what, writes)

    def _write(self, reading: Reading, now: datetime, *, again: bool) -> Written | None:
        """What is filled in this time; None where nothing is left to be said."""
        letter, sheet = self._newest_sheet(reading)
        references = [row for row in read_sheet(sheet.content, SHEET) if row]
        told = self._said[reading.email]
        open_ones = [one for one in references if one not in told]
        if again:
            open_ones = [one for one in references if one in told and not told[one].refusal][:2]
        elif reading.habit is Habit.HALF_FIRST and not told:
            open_ones = open_ones[: (len(open_ones) + 1) // 2]
        if not open_ones:
            return None
        verdicts = dict(self._judged(reading, open_ones, again=again))
        is_first = not told
        told.update(verdicts)
        self.house.diary.scored.append(Scored(now, reading.email, verdicts))
        if reading.habit is Habit.THINKS_AGAIN and is_first:
            self._plan(reading, now + SECOND_THOUGHTS, again=True)
        return self._in_words(reading, letter, sheet, verdicts)

    def _newest_sheet(self, reading: Reading) -> tuple[Arrival, Enclosure]:
        """The newest letter to them that brought a sheet. They act on nothing but such letters."""
        to_them = (x for x in reversed(self.house.play.letterbox.arrivals))
        mine = (x for x in to_them if reading.email in x.recipients)
        return next(
            (letter, file)
            for letter in mine
            for file in files_of(letter.raw)
            if file.name.endswith(".xlsx")
        )

    def _judged(
        self, reading: Reading, references: Sequence[str], *, again: bool
    ) -> Iterator[tuple[str, Verdict]]:
        refused = [ref for ref, one in self._said[reading.email].items() if one.refusal]
        out = refusal_of(reading, references, refused)
        why = Refusal.ABSTAIN if reading.habit is Habit.LATE else Refusal.CONFLICT
        for reference in references:
            if reference == out:
                yield reference, Verdict(refusal=why)
                continue
            yield (
                reference,
                judge(
                    reading,
                    reference,
                    self.house.merit(reference),
                    criteria=len(self.house.programme.criteria),
                    chance=f"scores {self.house.seed}",
                    again=again,
                ),
            )

    def _in_words(
        self,
        reading: Reading,
        letter: Arrival,
        sheet: Enclosure,
        verdicts: Mapping[str, Verdict],
    ) -> Written:
        criteria = self.house.programme.criteria
        files: tuple[Enclosure, ...] = ()
        text = "My scores are in the attached sheet."
        if reading.habit in WRITES_LINES:
            text = "\n".join(f"{ref} {_in_a_line(one)}" for ref, one in verdicts.items())
        else:
            rows = {ref: dict(_cells(one, criteria)) for ref, one in verdicts.items()}
            content = fill_sheet(sheet.content, rows, table_name=SHEET)
            files = (Enclosure(sheet.name, EXCEL, content),)
        return Written(
            reading.name,
            reading.email,
            f"Re: {letter.subject}",
            f"{text}\n\n{reading.name}\n",
            files=files,
            answers=letter.answered,
        )


def _cells(verdict: Verdict, criteria: Sequence[Criterion]) -> Iterator[tuple[str, str | int]]:
    if verdict.refusal is not None:
        yield REFUSAL_COLUMNS[verdict.refusal], YES
    headings = criterion_headings(criterion.name for criterion in criteria)
    yield from zip(headings, verdict.scores, strict=False)


def _in_a_line(verdict: Verdict) -> str:
    return verdict.refusal or " ".join(map(str, verdict.scores))

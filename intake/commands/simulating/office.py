"""What the organisers do from day to day in a simulated year: they move the closing, allow more
time, write to their own inbox, and look at what was held."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.commands.simulating.envelopes import Written
from intake.commands.simulating.house import MOST, House, Step, counted
from intake.commands.simulating.lives import Life
from storage import extensions, outbox
from storage.domain.letter import Letter, LetterKind, LetterState


@dataclass(frozen=True, slots=True)
class Office:
    """The organisers at work on the ledger, as their commands would have it."""

    house: House

    def steps(self) -> Iterator[Step]:
        """Everything they mean to do."""
        season = self.house.season
        yield Step(season.moved_at, self.move_closing)
        yield Step(season.allowed_at, self.allow_more_time)
        for day in WRITES_ON:
            yield Step(season.at(day, 11, 20), self.write_to_inbox)
        at = season.at(1, 10)
        while at < season.ends_at:
            yield Step(at, self.look_at_held)
            at = season.on(at + timedelta(days=1), 10)

    def move_closing(self, now: datetime) -> str:
        house = self.house
        with house.database.writing() as session:
            extensions.extend(
                session,
                house.programme,
                house.season.extended_to,
                reason="Many practices were closed in the heatwave.",
                by=house.organisers[0].email,
                now=now,
            )
        return f"the closing is moved to {house.season.extended_to:%-d %B}"

    def allow_more_time(self, now: datetime) -> str | None:
        """For whom it is in the script."""
        house = self.house
        people = [person.number for person in house.cast if person.life is Life.EXTENDED]
        with house.database.writing() as session:
            known = house.cases(session)
            found = [known[number] for number in people if number in known]
            for case in found:
                extensions.extend(
                    session,
                    house.programme,
                    house.season.allowed_until,
                    case_id=case.id,
                    reason="The lead of the project was ill.",
                    by=house.organisers[0].email,
                    now=now,
                )
        return f"more time for {found[0].reference}" if found else None

    def write_to_inbox(self, now: datetime) -> str:
        """A word to colleagues. It is no applicant's, so whatever answers it waits for a person."""
        organiser = self.house.organisers[1]
        text = f"{REMARK}\n\n{organiser.name}\n"
        self.house.send(Written(organiser.name, organiser.email, "For us", text), now)
        return "an organiser writes to the inbox"

    def look_at_held(self, now: datetime) -> str | None:
        """What waits for a person: answers to what is only said are put aside, the rest is let go.
        Of a letter in doubt they ask by telephone whether it has come."""
        house = self.house
        by = house.organisers[0].email
        with house.database.writing() as session:
            held = outbox.list_letters(session, state=LetterState.HELD, limit=MOST)
            for letter in held:
                if self._is_needless(letter):
                    outbox.discard(session, letter.id, now, by, "read and answered by hand")
                else:
                    outbox.release(session, letter.id, now, by)
        letters = counted(len(held), "held letter is", "held letters are")
        return f"{letters} looked at" if held else None

    def _is_needless(self, letter: Letter) -> bool:
        if letter.rule == outbox.IN_DOUBT:
            return self.house.has_arrived(letter.message_id)
        return letter.kind is LetterKind.ACKNOWLEDGEMENT


WRITES_ON = (16, 51)
"""Days after the opening."""

REMARK = "Dear colleagues, I have put the notes of our meeting into the shared folder."

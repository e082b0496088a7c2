"""What the organisers do from day to day in a simulated year: they move the closing, write
to their own inbox, and look at what was held."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.commands.simulating.envelopes import Written
from intake.commands.simulating.grant.house import House
from intake.commands.simulating.held import look_at_held
from storage import extensions
from storage.domain.letter import LetterKind


@dataclass(frozen=True, slots=True)
class Office:
    """The organisers at work on the ledger, as their commands would have it."""

    house: House

    def plan(self) -> None:
        """Put everything they mean to do on the agenda."""
        season, play = self.house.season, self.house.play
        play.plan(season.moved_at, self.move_closing)
        for day in WRITES_ON:
            play.plan(season.at(day, 11, 20), self.write_to_inbox)
        at = season.at(1, 10)
        while at < season.ends_at:
            play.plan(at, self.look_at_held)
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

    def write_to_inbox(self, now: datetime) -> str:
        """A word to colleagues. It is no applicant's, so whatever answers it waits for a person."""
        organiser = self.house.organisers[1]
        text = f"{REMARK}\n\n{organiser.name}\n"
        self.house.play.send(Written(organiser.name, organiser.email, "For us", text), now)
        return "an organiser writes to the inbox"

    def look_at_held(self, now: datetime) -> str | None:
        """Answers to what is only said are put aside, the rest is let go."""
        house = self.house
        return look_at_held(
            house.database,
            house.play.letterbox,
            needless={LetterKind.ACKNOWLEDGEMENT},
            by=house.organisers[0].email,
            now=now,
        )


WRITES_ON = (16, 51)
"""Days after the opening."""

REMARK = "Dear colleagues, I have put the notes of our meeting into the shared folder."

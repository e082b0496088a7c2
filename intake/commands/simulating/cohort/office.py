"""What the organisers of a simulated cohort programme do: they give places, look at what was held,
and find another cohort for whoever asks for one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.commands.simulating.cohort.cast import Nominee
from intake.commands.simulating.cohort.diary import Diary, Move
from intake.commands.simulating.cohort.season import Season
from intake.commands.simulating.held import look_at_held
from intake.commands.simulating.play import Play
from intake.commands.simulating.timeline import counted
from storage import cases, places, seating
from storage.database import Database
from storage.domain.cohorts import fits, needs_of, room_beside
from storage.domain.letter import LetterKind
from storage.domain.offers import unanswered
from storage.domain.programme import Programme
from storage.place_lines import place_lines

LOOKS_AT_HELD = 10
"""The hour of each morning."""

FINDS_ANOTHER = timedelta(hours=20)
"""How long an organiser takes to look for another cohort."""


@dataclass(frozen=True, slots=True)
class Office:
    """The organisers at work on the ledger, as their commands would have it."""

    programme: Programme
    season: Season
    database: Database
    diary: Diary
    play: Play

    def plan(self) -> None:
        """Put everything they mean to do on the agenda."""
        for at in self.season.rounds:
            self.play.plan(at, self.give_places)
        for at in self.season.mornings(LOOKS_AT_HELD):
            self.play.plan(at, self.look_at_held)

    def give_places(self, now: datetime) -> str | None:
        """Who was silent too long goes to the waiting list; then places are given to those who
        wait and to those who are new, as proposed."""
        by = self._by(0)
        with self.database.writing() as session:
            silent = unanswered(self.programme, place_lines(session, self.programme), now)
            rank = seating.seating_of(session, self.programme, now).last_rank
            for number, line in enumerate(silent, start=1):
                case = cases.get(session, line.case_id)
                places.place(
                    session, case, None, rank=rank + number, reason="no answer", by=by, now=now
                )
            stands = seating.seating_of(session, self.programme, now)
            found = seating.record(session, stands, stands.proposed(), by=by, now=now)
        given = sum(one.cohort is not None for one in found)
        words = [
            counted(given, "place is given", "places are given") if given else "",
            f"{len(found) - given} wait" if len(found) > given else "",
            f"{len(silent)} lose theirs" if silent else "",
        ]
        return ", ".join(word for word in words if word) or None

    def look_at_held(self, now: datetime) -> str | None:
        """Answers to what is only said are put aside, the rest is let go."""
        return look_at_held(
            self.database,
            self.play.letterbox,
            needless={LetterKind.ACKNOWLEDGEMENT},
            by=self._by(0),
            now=now,
        )

    def find_another(self, nominee: Nominee) -> Callable[[datetime], str | None]:
        """A place in a later cohort for somebody who asked for it, if there is one."""

        def move(now: datetime) -> str | None:
            with self.database.writing() as session:
                stands = seating.seating_of(session, self.programme, now)
                case = next(
                    (x for x in stands.cases.values() if x.contact.name == nominee.name), None
                )
                seat = next((x for x in stands.seats if case and x.case_id == case.id), None)
                if case is None or seat is None:
                    return None
                free = room_beside([x for x in stands.seats if x != seat], stands.limits)
                later = [number for number, _ in stands.limits.cohorts if number > seat.cohort]
                cohort = next((n for n in later if fits(needs_of(n, seat.area), free)), None)
                if cohort is None:
                    return None
                by = self._by(1)
                places.place(session, case, cohort, reason="asked for it", by=by, now=now)
            self.diary.moves.append(Move(now, nominee.number, cohort))
            return "somebody is moved to a later cohort"

        return move

    def _by(self, place: int) -> str:
        return self.programme.organisers[place].address.email

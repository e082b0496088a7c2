"""What an organiser of a simulated year does by a word in reply to a digest, and what a colleague
answers from their own mailbox with the inbox in copy."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from intake.commands.simulating.calendar import is_working
from intake.commands.simulating.correspondence import Arrival
from intake.commands.simulating.envelopes import Written
from intake.commands.simulating.grant.cast import Person
from intake.commands.simulating.grant.diary import Diary
from intake.commands.simulating.grant.house import House
from intake.commands.simulating.grant.lives import Deed, Life
from intake.commands.simulating.oracle import Expected, Judgement
from storage import events
from storage.domain.letter import LetterKind
from storage.domain.people import Address

ANSWER = "Yes, the money may pay for that, as long as the plan names it."
BY_HAND = "Thank you for writing to us. Yes, that can be done; ring me if anything is unclear."
WAITS = re.compile(r"^[-*•] \[(\d+)\]", re.MULTILINE)
"""How a digest begins what waits for somebody."""

FILED = "answered_by_hand"
"""What the history of a case calls an answer from an organiser's own mailbox."""


@dataclass(frozen=True, slots=True)
class ActingByReply:
    """The first organiser acts by reply, the second answers by hand."""

    house: House

    def plan(self) -> None:
        """Put on the agenda what they reply, and when."""
        house, play = self.house, self.house.play
        play.plan(house.season.allowed_at, self.extend)
        play.plan(house.season.at(17, 9, 5), self.discard)
        by_word, by_hand = asked_by_word(house.cast), asked_by_hand(house.cast)
        if by_word is not None:
            play.plan(self._morning_after(by_word), lambda now: self.answer(by_word, now))
        if by_hand is not None:
            at = self._morning_after(by_hand) + timedelta(hours=2)
            play.plan(at, lambda now: self.answer_by_hand(by_hand, now))

    def extend(self, now: datetime) -> str | None:
        """For whom it is in the script."""
        until = self.house.season.allowed_until
        for person in self.house.cast:
            if person.life is Life.EXTENDED:
                day = f"{until:%-d %B} at {until:%H:%M}"
                words = f"{self._reference(person)} extend to {day} because the lead was ill"
                return self._reply(words, now, "more time for one case, by reply")
        return None

    def discard(self, now: datetime) -> str | None:
        """What a colleague wrote into the inbox, and the answer to it that is held."""
        waits = WAITS.findall(self._newest().text)
        if len(waits) != 1:
            return None
        words = f"{waits[0]} discard: that was for us"
        return self._reply(words, now, "a held letter is discarded, by reply")

    def answer(self, person: Person, now: datetime) -> str:
        self.house.diary.answered[person.number] = now + LEAVES_AFTER
        words = f"{self._reference(person)} answer: {ANSWER}"
        return self._reply(words, now, "a question is answered, by reply")

    def answer_by_hand(self, person: Person, now: datetime) -> str:
        """To the applicant, the inbox in To or Cc."""
        organiser, reference = self.house.organisers[1], self._reference(person)
        self.house.diary.by_hand[reference] = now
        written = _from(organiser, f"Re: Your question [{reference}]", BY_HAND)
        self.house.play.send(replace(written, cc=f"{person.name} <{person.email}>"), now)
        return "an organiser answers by hand"

    def _reply(self, words: str, now: datetime, what: str) -> str:
        organiser, letter = self.house.organisers[0], self._newest()
        quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
        text = f"{words}\n\n{organiser.name}\n\nOn that morning The ACE team wrote:\n{quoted}"
        written = _from(organiser, f"Re: {letter.subject}", text)
        self.house.play.send(replace(written, answers=letter.answered), now)
        receipt = Expected(now, LetterKind.ACTION_RECEIPT, what)
        self.house.diary.expect_of(organiser.email, receipt)
        return what

    def _newest(self) -> Arrival:
        """The newest letter to the first organiser. Raises LookupError before there is any."""
        found = self.house.play.letterbox.newest({self.house.organisers[0].email})
        if found is None:
            raise LookupError("no digest has come yet")
        return found

    def _reference(self, person: Person) -> str:
        with self.house.database.reading() as session:
            return self.house.cases(session)[person.number].reference

    def _morning_after(self, person: Person) -> datetime:
        """Of the first working day after what somebody asked, or sent too late."""
        asked_at = next(a.at for a in reversed(person.acts) if a.deed in (Deed.ASK, Deed.FORM))
        if person.life is Life.ASKS:
            asked_at = next(act.at for act in person.acts if act.deed is Deed.ASK)
        day = asked_at + timedelta(days=1)
        while not is_working(self.house.programme, day.astimezone(self.house.season.zone).date()):
            day += timedelta(days=1)
        return self.house.season.on(day, 9, 10)


LEAVES_AFTER = timedelta(minutes=10)
"""How long an organiser's words wait, so that they can be taken back."""


@dataclass(frozen=True, slots=True)
class FiledByHand:
    """What organisers answered from their own mailboxes stands in the case. `filed` are the
    references of the cases whose history says so."""

    diary: Diary
    filed: frozenset[str]

    def __call__(self, _: Judgement) -> Iterator[str]:
        for reference in sorted(self.diary.by_hand.keys() - self.filed):
            yield f"what an organiser answered by hand is not filed in {reference}"
        for reference in sorted(self.filed - self.diary.by_hand.keys()):
            yield f"an answer is filed in {reference} that nobody gave"


def filed_by_hand(house: House) -> FiledByHand:
    """The check, with what the ledger knows."""
    with house.database.reading() as session:
        filed = [
            case.reference
            for case in house.cases(session).values()
            if any(event.what == FILED for event in events.of_case(session, case.id))
        ]
    return FiledByHand(house.diary, frozenset(filed))


def asked_by_word(cast: Sequence[Person]) -> Person | None:
    """Whose question the first organiser answers."""
    return next((person for person in cast if person.life is Life.ASKS), None)


def asked_by_hand(cast: Sequence[Person]) -> Person | None:
    """Whom the second one writes to: who asked as well, else who sent a late form."""
    asking = [person for person in cast if person.life is Life.ASKS][1:]
    late = [person for person in cast if person.life is Life.LATE]
    return next(iter((*asking, *late)), None)


def _from(organiser: Address, subject: str, text: str) -> Written:
    return Written(organiser.name or "", organiser.email, subject, f"{text}\n")

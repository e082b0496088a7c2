"""What the script of a year calls for. From what each person did and what the organisers
decided, never from the product's own rules, follows which letters each must have got, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.commands.simulating.calendar import digests_to, last_working_day, working_days_after
from intake.commands.simulating.grant.award_letters import expect_of_award
from intake.commands.simulating.grant.cast import Person
from intake.commands.simulating.grant.diary import Diary
from intake.commands.simulating.grant.lives import Act, Deed, Life
from intake.commands.simulating.grant.season import Season
from intake.commands.simulating.oracle import Expected
from storage.domain.decision import Outcome
from storage.domain.letter import LetterKind
from storage.domain.programme import Organiser, Programme


def expect(
    person: Person, programme: Programme, *, season: Season, diary: Diary
) -> tuple[Expected, ...]:
    """All letters that this person's history calls for, in the order of time."""
    story = _Story(person, programme, season, diary)
    letters = [*story.answers(), *story.reminders(), *story.notices(), *story.words()]
    letters += story.outcomes()
    return tuple(sorted(letters, key=lambda letter: letter.at))


def expect_of_organiser(
    organiser: Organiser, programme: Programme, *, season: Season, diary: Diary
) -> tuple[Expected, ...]:
    """All letters that an organiser must get: the digests of the year, one at the closing, and
    what their own deeds call for."""
    own = diary.organisers.get(organiser.address.email, ())
    closed_at = season.extended_to + season.grace
    notice = Expected(closed_at, LetterKind.CLOSING_NOTICE, "the round closes")
    digests = digests_to(organiser, programme, diary.begins_at, season.ends_at)
    letters = [*own, notice, *digests]
    return tuple(sorted(letters, key=lambda letter: letter.at))


@dataclass(frozen=True, slots=True)
class _Story:
    """One person's year, told once more."""

    person: Person
    programme: Programme
    season: Season
    diary: Diary

    def answers(self) -> Iterator[Expected]:
        """One answer to each message of a person, and on the opening day the pack to those who
        were too early."""
        for act in self._acts():
            kind = self._answer(act)
            if kind is not None:
                yield Expected(act.at, kind, act.deed)
            if act.deed is Deed.EXPRESS and act.at < self.season.opens_at:
                yield Expected(self.season.opens_at, LetterKind.APPLICATION_PACK, "the round opens")

    def reminders(self) -> Iterator[Expected]:
        """To those who have the pack, have done nothing with it, and can be reached; about the
        closing that holds for them on the day."""
        settings = self.programme.reminders
        for closes_at in self._closings():
            for days in settings.days_before:
                day = last_working_day(self.programme, closes_at.date() - timedelta(days))
                at = datetime.combine(day, settings.at, self.season.zone)
                if self._closing_on(at) == closes_at and self._is_owed_a_reminder(at):
                    yield Expected(
                        at, LetterKind.DEADLINE_REMINDER, f"{days} days before the closing"
                    )

    def notices(self) -> Iterator[Expected]:
        """Of a closing that was moved: to those whom a letter told the other one, and who are
        still in."""
        moved_at = self.season.moved_at
        wrote_at = self._first(Deed.EXPRESS, Deed.EXPRESS_THIN)
        if wrote_at is not None and wrote_at <= moved_at and self._is_in(moved_at):
            yield Expected(moved_at, LetterKind.EXTENSION_NOTICE, "the closing is moved")
        if self.person.life is Life.EXTENDED:
            yield Expected(self.season.allowed_at, LetterKind.EXTENSION_NOTICE, "gets more time")

    def words(self) -> Iterator[Expected]:
        """What an organiser answered by a word in a reply."""
        at = self.diary.answered.get(self.person.number)
        if at is not None:
            yield Expected(at, LetterKind.ORGANISER_ANSWER, "an organiser answers")

    def outcomes(self) -> Iterator[Expected]:
        """What was approved, and a nudge to those who may say yes and have said nothing."""
        all_told = self.diary.told.get(self.person.number, ())
        for place, told in enumerate(all_told):
            until = all_told[place + 1].at if place + 1 < len(all_told) else self.season.ends_at
            if self._did(Deed.WITHDRAW, told.at):
                continue
            yield Expected(told.at, OUTCOME_LETTERS[told.outcome], "the outcome is told")
            if told.outcome is Outcome.NOT_FUNDED:
                continue
            if told.outcome is Outcome.FUNDED:
                yield from expect_of_award(
                    self.person.number,
                    self._acts(),
                    self.programme,
                    funded_at=told.at,
                    diary=self.diary,
                )
            for days in self.programme.chase_after_days:
                at = working_days_after(self.programme, told.at, days)
                if at < until and not self._wrote_between(told.at, at):
                    yield Expected(at, LetterKind.OUTCOME_CHASE, f"no word for {days} working days")

    def _acts(self) -> tuple[Act, ...]:
        later = self.diary.later.get(self.person.number, ())
        return (*self.person.acts, *sorted(later, key=lambda act: act.at))

    def _answer(self, act: Act) -> LetterKind | None:
        is_late = act.at > self._closing_on(act.at) + self.season.grace
        match act.deed:
            case Deed.EXPRESS if act.at < self.season.opens_at:
                return LetterKind.NOT_YET_OPEN
            case Deed.EXPRESS if is_late:
                return LetterKind.CLOSED
            case Deed.FORM if is_late:
                return LetterKind.LATE_RECEIPT
            case deed:
                return _ANSWERS[deed]

    def _closings(self) -> Iterator[datetime]:
        yield self.season.closes_at
        yield self.season.extended_to
        if self.person.life is Life.EXTENDED:
            yield self.season.allowed_until

    def _closing_on(self, at: datetime) -> datetime:
        if self.person.life is Life.EXTENDED and at >= self.season.allowed_at:
            return self.season.allowed_until
        return self.season.closing_known(at)

    def _is_owed_a_reminder(self, at: datetime) -> bool:
        is_new = not self._has_pack(at - self.programme.reminders.after_pack)
        return not is_new and self._is_in(at) and not self._did(Deed.FORM, at)

    def _has_pack(self, at: datetime) -> bool:
        """Whether the pack came by then. Who asked for it too early got it on the opening day."""
        asked = self._first(Deed.EXPRESS, Deed.EXPLAIN)
        if asked is None or asked > self.season.extended_to + self.season.grace:
            return False
        return max(asked, self.season.opens_at) <= at

    def _is_in(self, at: datetime) -> bool:
        """Whether they have not withdrawn by then, and no letter has come back."""
        came_back = self.diary.came_back.get(self.person.number)
        return not self._did(Deed.WITHDRAW, at) and (came_back is None or came_back > at)

    def _did(self, deed: Deed, at: datetime) -> bool:
        first = self._first(deed)
        return first is not None and first <= at

    def _first(self, *deeds: Deed) -> datetime | None:
        return min((act.at for act in self._acts() if act.deed in deeds), default=None)

    def _wrote_between(self, start: datetime, end: datetime) -> bool:
        return any(start < act.at <= end for act in self._acts())


OUTCOME_LETTERS = {
    Outcome.FUNDED: LetterKind.OUTCOME_FUNDED,
    Outcome.RESERVE: LetterKind.OUTCOME_RESERVE,
    Outcome.NOT_FUNDED: LetterKind.OUTCOME_NOT_FUNDED,
}

_ANSWERS = {
    Deed.EXPRESS: LetterKind.APPLICATION_PACK,
    Deed.EXPRESS_THIN: LetterKind.DETAILS_REQUEST,
    Deed.EXPLAIN: LetterKind.APPLICATION_PACK,
    Deed.REPEAT: LetterKind.ACKNOWLEDGEMENT,
    Deed.ASK: LetterKind.ACKNOWLEDGEMENT,
    Deed.CORRECT: LetterKind.UPDATE_RECEIPT,
    Deed.WITHDRAW: LetterKind.WITHDRAWAL_CONFIRMATION,
    Deed.DECLINE: LetterKind.WITHDRAWAL_CONFIRMATION,
    Deed.FORM: LetterKind.APPLICATION_RECEIPT,
    Deed.BROKEN_FORM: LetterKind.ATTACHMENT_PROBLEM,
    Deed.CONFIRM: None,
    Deed.TELL_SOME: LetterKind.AWARD_RECEIPT,
    Deed.TELL_DETAILS: LetterKind.AWARD_RECEIPT,
    Deed.SIGN: LetterKind.MOU_RECEIPT,
    Deed.COME: None,
    Deed.STAY_AWAY: None,
}
"""What answers a deed in time; None: a person reads it."""

"""What the script of a cohort programme calls for: from what people did, and the places that follow
from it, which letters each must have got, and when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.commands.simulating.calendar import (
    daily_times,
    digests_to,
    weekly_times,
    working_days_after,
)
from intake.commands.simulating.cohort.cast import Cast, Nomination, Question
from intake.commands.simulating.cohort.diary import Diary
from intake.commands.simulating.cohort.lives import Deed, Life
from intake.commands.simulating.cohort.office import LOOKS_AT_HELD
from intake.commands.simulating.cohort.reckoning import Fate, Given
from intake.commands.simulating.cohort.season import Season
from intake.commands.simulating.oracle import Expected
from storage.domain.letter import LetterKind
from storage.domain.programme import Area, Organiser, Programme

Addressed = tuple[str, Expected]
"""The address that must get a letter, and the letter."""


@dataclass(frozen=True, slots=True)
class Script:
    """A year as it was lived: the `fates` of all nominees by their number."""

    programme: Programme
    season: Season
    cast: Cast
    diary: Diary
    fates: Mapping[int, Fate]

    def letters(self) -> Iterator[Addressed]:
        """Every letter that the year calls for."""
        for fate in self.fates.values():
            yield from _Story(self, fate).letters()
        for nomination in self.cast.nominations:
            for expected in self._to_nominator(nomination):
                yield nomination.writer.email, expected
        for question in self.cast.questions:
            for expected in self._answers(question):
                yield question.writer.email, expected
        for area in self.programme.areas:
            if area.nomination_lead is not None:
                for at in self._picture_times(area):
                    picture = Expected(at, LetterKind.NOMINATION_PICTURE, "a week", (area.name,))
                    yield area.nomination_lead.email, picture
        for organiser in self.programme.organisers:
            for expected in self._to_organiser(organiser):
                yield organiser.address.email, expected

    def _to_nominator(self, nomination: Nomination) -> Iterator[Expected]:
        season, at = self.season, nomination.at
        names = tuple(one.name for one in (*nomination.again, *nomination.people))
        if at > season.closes_at + season.grace:
            yield Expected(at, LetterKind.CLOSED, "nominates too late")
        else:
            if at < season.opens_at:
                yield Expected(at, LetterKind.NOT_YET_OPEN, "nominates too early")
            received_at = max(at, season.opens_at)
            yield Expected(received_at, LetterKind.NOMINATION_RECEIPT, "nominates", names)
        others = [self.fates[one.number] for one in nomination.others]
        known_at = _all_known_at(others)
        if known_at is not None:
            told = tuple(fate.nominee.name for fate in others)
            because = "it is known what became of all"
            yield Expected(known_at, LetterKind.NOMINATION_OUTCOME, because, told)

    def _answers(self, question: Question) -> Iterator[Expected]:
        """A person's answer is promised at once; the name follows when an organiser agrees."""
        yield Expected(question.at, LetterKind.ACKNOWLEDGEMENT, "asks who leads")
        areas = self.programme.areas
        meant = [area for area in areas if area.key == question.writer.area] or areas
        leads = (area.nomination_lead for area in meant)
        names = tuple(lead.name for lead in leads if lead is not None)
        looks_at = self.season.on(question.at, LOOKS_AT_HELD)
        agreed_at = looks_at if looks_at > question.at else self._next_morning(question.at)
        yield Expected(agreed_at, LetterKind.LEAD_ANSWER, "an organiser agreed", names)

    def _next_morning(self, at: datetime) -> datetime:
        return self.season.on(at + timedelta(days=1), LOOKS_AT_HELD)

    def _picture_times(self, area: Area) -> Iterator[datetime]:
        """Each week while cohorts are to come, once somebody of the area was nominated; the first
        with the next digest, where a week's day has passed before."""
        programme, begins_at = self.programme, self.diary.begins_at
        here = [n.at for n in self.cast.nominations if n.writer.area == area.key]
        if not here:
            return
        last = self.season.starts[-1]
        weekly = [at for at in weekly_times(programme, begins_at, last) if at < last]
        is_daily = any(o.digest in ("daily", "both") for o in programme.organisers)
        wakes = daily_times(programme, begins_at, last) if is_daily else weekly
        first = next((at for at in wakes if at > min(here) and at >= weekly[0]), None)
        if first is not None:
            yield first
            yield from (at for at in weekly if at > first)

    def _to_organiser(self, organiser: Organiser) -> Iterator[Expected]:
        season = self.season
        closed_at = season.closes_at + season.grace
        yield Expected(closed_at, LetterKind.CLOSING_NOTICE, "the nominations close")
        yield from digests_to(organiser, self.programme, self.diary.begins_at, season.ends_at)


@dataclass(frozen=True, slots=True)
class _Story:
    """One nominee's year, told once more."""

    script: Script
    fate: Fate

    def letters(self) -> Iterator[Addressed]:
        for given in self.fate.given:
            yield from self._offers(given)
            yield from self._nudges(given)
            yield from self._joining(given)
        yield from self._answers()

    def _offers(self, given: Given) -> Iterator[Addressed]:
        """The place or the waiting list; again where the letters take another way since."""
        known_at = self.fate.offered_at(given)
        for at in dict.fromkeys((given.at, known_at)):
            if not self.fate.has_left(at):
                yield self._address(at), _offer(given, at)

    def _nudges(self, given: Given) -> Iterator[Addressed]:
        """As long as nobody has written since the offer."""
        fate, programme = self.fate, self.script.programme
        cohort = programme.cohort(given.cohort)
        if cohort is None:
            return
        offered_at, until = fate.offered_at(given), fate.until(given)
        for days in programme.placing.chase_after_days:
            at = working_days_after(programme, offered_at, days)
            is_over = at >= cohort.starts_at or (until is not None and at >= until)
            if not is_over and not fate.has_left(at) and not fate.was_heard(offered_at, at):
                says = (f"cohort {cohort.number}",)
                because = f"no word for {days} working days"
                yield self._address(at), Expected(at, LetterKind.PLACE_CHASE, because, says)

    def _joining(self, given: Given) -> Iterator[Addressed]:
        """Where to come, some days before the start or when the place is taken later; a reminder
        of it, unless it has only just been said."""
        fate, programme = self.fate, self.script.programme
        cohort, taken_at = programme.cohort(given.cohort), fate.taken_at(given)
        if cohort is None or taken_at is None or taken_at >= cohort.starts_at:
            return
        placing, until = programme.placing, fate.until(given)
        says = (f"ohort {cohort.number}",)
        told_at = max(taken_at, self._days_before(cohort.starts_at, placing.joining_days_before))
        if not self._is_gone(told_at, until):
            joining = Expected(told_at, LetterKind.JOINING_INSTRUCTIONS, "the start is near", says)
            yield self._address(told_at), joining
        for days in placing.reminder_days_before:
            at = self._days_before(cohort.starts_at, days)
            if at - told_at >= timedelta(days=1) and not self._is_gone(at, until):
                reminder = Expected(at, LetterKind.COHORT_REMINDER, f"{days} days to go", says)
                yield self._address(at), reminder

    def _answers(self) -> Iterator[Addressed]:
        """What each message about the nominee is answered with."""
        writer = self.fate.nomination.writer.email
        for act in self.fate.acts:
            recipient = writer if act.deed in _BY_NOMINATOR else self.fate.nominee.email
            for kind in _ANSWERS[act.deed]:
                given = self.fate.standing(act.at)
                is_place = kind is LetterKind.PLACE_CONFIRMED and given is not None
                says = (f"cohort {given.cohort}",) if given and is_place else ()
                yield recipient, Expected(act.at, kind, act.deed, says)

    def _address(self, at: datetime) -> str:
        fate = self.fate
        changed = fate.reached_from is not None and fate.reached_from <= at
        is_known = changed if fate.nominee.life is Life.NO_ADDRESS else not changed
        return fate.nominee.email if is_known else fate.nomination.writer.email

    def _days_before(self, starts_at: datetime, days: int) -> datetime:
        placing = self.script.programme.placing
        day = starts_at.astimezone(self.script.season.zone) - timedelta(days=days)
        return self.script.season.on(day, placing.at.hour, placing.at.minute)

    def _is_gone(self, at: datetime, until: datetime | None) -> bool:
        return self.fate.has_left(at) or (until is not None and until <= at)


def _offer(given: Given, at: datetime) -> Expected:
    if given.cohort is None:
        return Expected(at, LetterKind.WAITING_LIST, "there is no place")
    kind = LetterKind.PLACE_OFFER if given.had_waited else LetterKind.PLACE_INVITATION
    return Expected(at, kind, "a place is given", (f"cohort {given.cohort}",))


def _all_known_at(others: Sequence[Fate]) -> datetime | None:
    """The first instant at which each has left, waits, or has taken a place; None: there is none,
    or nobody to tell of."""
    given = {one.at for fate in others for one in fate.given}
    instants = given | {act.at for fate in others for act in fate.acts}
    return next((at for at in sorted(instants) if all(_is_known(f, at) for f in others)), None)


def _is_known(fate: Fate, at: datetime) -> bool:
    given = fate.standing(at)
    if fate.has_left(at):
        return True
    return given is not None and (given.cohort is None or fate.is_taken(at))


_BY_NOMINATOR = frozenset({Deed.TELL_ADDRESS, Deed.YES_FOR})

_ANSWERS = {
    Deed.YES: (LetterKind.PLACE_CONFIRMED,),
    Deed.YES_AND_ASKS: (LetterKind.PLACE_CONFIRMED, LetterKind.ACKNOWLEDGEMENT),
    Deed.YES_FOR: (LetterKind.PLACE_CONFIRMED,),
    Deed.NO: (LetterKind.WITHDRAWAL_CONFIRMATION,),
    Deed.WITHDRAW: (LetterKind.WITHDRAWAL_CONFIRMATION,),
    Deed.LATER: (LetterKind.ACKNOWLEDGEMENT,),
    Deed.TELL_ADDRESS: (LetterKind.UPDATE_RECEIPT,),
}
"""What answers a deed."""

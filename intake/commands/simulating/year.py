"""The play of a whole year: everybody does what their script says, and the real application ticks
whenever something has happened or it said that it wants to be asked."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random

from intake.commands.simulating.cast import Person
from intake.commands.simulating.correspondence import Arrival, Letterbox
from intake.commands.simulating.documents import BROKEN, fill_form
from intake.commands.simulating.envelopes import Enclosure, Written, post
from intake.commands.simulating.expectations import Diary
from intake.commands.simulating.house import House, Step
from intake.commands.simulating.lives import Act, Deed
from intake.commands.simulating.machines import (
    REACTS_AFTER,
    reply_by_itself,
    report_undelivered,
    unasked_messages,
)
from intake.commands.simulating.office import Office
from intake.commands.simulating.panel import Panel
from intake.commands.simulating.parts import Parts
from intake.commands.simulating.season import Season
from intake.commands.simulating.voices import express, new_phone, say, send_form
from intake.commands.staging.mailserver import MailServer
from responders.packs import WORD
from storage.database import Database
from storage.domain.people import Address
from storage.domain.programme import Programme
from storage.waking import next_wake

POLL = timedelta(seconds=20)
"""How long after a message came the application looks."""

ORGANISER_AWAY = (22, 40)
"""Days after the opening between which one of the organisers is on holiday."""

Tick = Callable[[datetime], object]
Progress = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody did: for the timeline. `who` is None for machines and organisers."""

    at: datetime
    what: str
    who: Person | None = None


@dataclass(order=True)
class _Planned:
    at: datetime
    number: int
    happens: Callable[[datetime], None] = field(compare=False)


class Year:
    """One performance. `happenings` and `letterbox` are what came of it."""

    def __init__(
        self,
        programme: Programme,
        season: Season,
        *,
        cast: Sequence[Person],
        parts: Parts,
        server: MailServer,
        database: Database,
        seed: int,
        secret: bytes,
    ) -> None:
        self.programme = programme
        self.season = season
        self.cast = tuple(cast)
        self.letterbox = Letterbox()
        self.happenings: list[Happening] = []
        self.diary = Diary(begins_at=season.ends_at)
        self._parts = parts
        self._server = server
        self._database = database
        self._seed = seed
        self._agenda: list[_Planned] = []
        self._numbers = count()
        self._read = 0
        self._by_address = {address: p for p in self.cast for address in p.addresses}
        self._house = House(
            programme,
            season,
            self.cast,
            database,
            self.diary,
            secret=secret,
            answer=self._plan_act,
            send=self._send,
            has_arrived=self.letterbox.has,
        )
        self._write_scripts()

    def play(self, tick: Tick, progress: Progress) -> None:
        """From before the opening to the end of the season."""
        now = self.season.opens_at - timedelta(days=8)
        while True:
            wakes_at = self._wakes_at(now)
            happens_at = self._agenda[0].at if self._agenda else None
            instants = [at for at in (wakes_at, happens_at) if at is not None]
            if not instants or min(instants) > self.season.ends_at:
                return
            before = len(self.happenings)
            now = self._happen(min(instants))
            is_awake = wakes_at is not None and wakes_at <= now
            if not is_awake and len(self.happenings) == before:
                continue
            self.diary.begins_at = min(self.diary.begins_at, now)
            progress(now)
            tick(now)
            self._collect(now)

    def plan(self, at: datetime, happens: Callable[[datetime], None]) -> None:
        """Have something happen at an instant."""
        heapq.heappush(self._agenda, _Planned(at, next(self._numbers), happens))

    def note(self, at: datetime, what: str, *, who: Person | None = None) -> None:
        self.happenings.append(Happening(at, what, who))

    def _write_scripts(self) -> None:
        for person in self.cast:
            for act in person.acts:
                self._plan_act(person, act)
        for step in (*Office(self._house).steps(), *Panel(self._house).steps()):
            self._plan_step(step)
        spam = unasked_messages(
            self.season, self.programme.inbox, seed=self._seed, count=max(2, len(self.cast) // 8)
        )
        for unasked in spam:
            self._plan_delivery(unasked.at, unasked.raw, "advertisement")

    def _plan_act(self, person: Person, act: Act) -> None:
        self.plan(act.at, lambda _: self._act(person, act))

    def _plan_step(self, step: Step) -> None:
        def does(at: datetime) -> None:
            what = step.does(at)
            if what:
                self.note(at, what)

        self.plan(step.at, does)

    def _plan_delivery(
        self, at: datetime, raw: bytes, what: str, who: Person | None = None
    ) -> None:
        self.plan(at, lambda at: self._deliver(raw, at, what, who))

    def _send(self, written: Written, at: datetime) -> None:
        inbox = self.programme.inbox
        self._server.deliver(inbox, post(written, to=inbox, at=at), at)

    def _wakes_at(self, now: datetime) -> datetime | None:
        with self._database.reading() as session:
            return next_wake(session, now)

    def _happen(self, instant: datetime) -> datetime:
        """Do all that falls into the time until the application looks, which is returned."""
        if not self._agenda or self._agenda[0].at > instant:
            return instant
        now = instant + POLL
        while self._agenda and self._agenda[0].at <= now:
            planned = heapq.heappop(self._agenda)
            planned.happens(planned.at)
        return now

    def _act(self, person: Person, act: Act) -> None:
        written = self._write(person, act)
        if written is None:
            self.note(act.at, "has no form to fill in", who=person)
            return
        self._deliver(post(written, to=self.programme.inbox, at=act.at), act.at, act.deed, person)

    def _write(self, person: Person, act: Act) -> Written | None:
        if any(done.deed is Deed.CORRECT and done.at < act.at for done in person.acts):
            person = replace(person, phone=new_phone(person))
        newest = self.letterbox.newest(person.addresses)
        match act.deed:
            case Deed.EXPRESS:
                return express(person)
            case Deed.FORM | Deed.BROKEN_FORM:
                return self._fill(person, act)
            case Deed.REPEAT:
                return express(person)
            case _:
                return say(person, act.deed, answers=newest.answered if newest else None)

    def _fill(self, person: Person, act: Act) -> Written | None:
        found = self.letterbox.pack(person.addresses)
        if found is None:
            return None
        letter, blank = found
        forms = [a for a in person.acts if a.deed is Deed.FORM]
        is_again = act in forms[1:]
        if act.deed is Deed.BROKEN_FORM:
            content = BROKEN
        else:
            chance = Random(f"{self._seed} form {person.number} {is_again}")
            content = fill_form(blank.content, self._parts, chance=chance, leader=person.leader)
        file = Enclosure(blank.name, WORD, content)
        return send_form(person, file, answers=letter.answered, again=is_again)

    def _deliver(self, raw: bytes, at: datetime, what: str, who: Person | None = None) -> None:
        self._server.deliver(self.programme.inbox, raw, at)
        self.note(at, what, who=who)

    def _collect(self, now: datetime) -> None:
        """Read what was delivered since the last time, and let the machines among it react."""
        delivered = self._server.delivered
        while self._read < len(delivered):
            arrival, is_new = self.letterbox.take(delivered[self._read], now)
            self._read += 1
            for address in arrival.recipients if is_new else ():
                person = self._by_address.get(address)
                if person is not None and address == person.email:
                    self._react(person, arrival)
                if address == self._house.organisers[1].email:
                    self._react_for_organiser(self._house.organisers[1], arrival)

    def _react_for_organiser(self, organiser: Address, arrival: Arrival) -> None:
        """One of them is on holiday while the forms are written."""
        season = self.season
        back = season.at(ORGANISER_AWAY[1], 8)
        if season.at(ORGANISER_AWAY[0], 0) <= arrival.at < back:
            at = (arrival.at + REACTS_AFTER).replace(microsecond=0)
            inbox = self.programme.inbox
            raw = reply_by_itself(organiser, arrival.answered, back=back, inbox=inbox, at=at)
            self._plan_delivery(at, raw, "automatic reply of an organiser")

    def _react(self, person: Person, arrival: Arrival) -> None:
        at = (arrival.at + REACTS_AFTER).replace(microsecond=0)
        letter, inbox = arrival.answered, self.programme.inbox
        if person.gone_from is not None and arrival.at >= person.gone_from:
            raw = report_undelivered(person, letter, inbox=inbox, at=at)
            self._plan_delivery(at, raw, "letter comes back", person)
            self.diary.came_back.setdefault(person.number, at)
        elif person.away is not None and person.away[0] <= arrival.at < person.away[1]:
            sender, back = Address(person.email, person.name), person.away[1]
            raw = reply_by_itself(sender, letter, back=back, inbox=inbox, at=at)
            self._plan_delivery(at, raw, "automatic reply", person)

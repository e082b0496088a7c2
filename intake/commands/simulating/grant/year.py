"""The play of a whole grant call: everybody does what their script says."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from intake.commands.simulating.correspondence import Arrival
from intake.commands.simulating.documents import BROKEN, fill_form
from intake.commands.simulating.envelopes import Enclosure, Written, post
from intake.commands.simulating.grant.acting import ActingByReply
from intake.commands.simulating.grant.awarding import Awarding
from intake.commands.simulating.grant.cast import Person
from intake.commands.simulating.grant.diary import Diary
from intake.commands.simulating.grant.house import House
from intake.commands.simulating.grant.lives import Act, Deed
from intake.commands.simulating.grant.office import Office
from intake.commands.simulating.grant.panel import Panel
from intake.commands.simulating.grant.scoring import Scoring
from intake.commands.simulating.grant.season import Season
from intake.commands.simulating.grant.voices import express, new_phone, say, send_form
from intake.commands.simulating.machines import (
    REACTS_AFTER,
    reply_by_itself,
    report_undelivered,
    unasked_messages,
)
from intake.commands.simulating.parts import Parts
from intake.commands.simulating.play import Play
from intake.commands.simulating.workspace import Workspace
from responders.packs import WORD
from storage.archive import Archive
from storage.domain.people import Address

ORGANISER_AWAY = (22, 40)
"""Days after the opening between which one of the organisers is on holiday."""

EARLIEST = timedelta(days=8)
"""How long before the opening the year begins."""

Clocked = Callable[[datetime], object]


class Year:
    """One performance. What came of it is in `play`, in `diary` and with the `panel`."""

    def __init__(
        self,
        workspace: Workspace,
        season: Season,
        *,
        cast: Sequence[Person],
        parts: Parts,
        seed: int,
    ) -> None:
        self.programme = workspace.programme
        self.season = season
        self.cast = tuple(cast)
        self.diary = Diary(begins_at=season.ends_at)
        self.play = Play(
            self.programme.inbox,
            inbox=lambda raw, at: workspace.server.deliver(self.programme.inbox, raw, at),
            delivered=workspace.server.delivered,
            database=workspace.database,
        )
        self._parts = parts
        self._seed = seed
        self._by_address = {address: p for p in self.cast for address in p.addresses}
        self.house = House(
            self.programme,
            season,
            self.cast,
            workspace.database,
            self.diary,
            secret=workspace.configuration.secret,
            seed=seed,
            play=self.play,
            answer=self._plan_act,
        )
        self._scoring = Scoring(self.house)
        archive = Archive(workspace.configuration.data_folder / "archive")
        self._awarding = Awarding(self.house, archive)
        self.panel = Panel(self.house)
        self._write_scripts()

    def run(self, tick: Clocked, progress: Clocked, *, until: datetime | None = None) -> None:
        """From before the opening to the end of the season, or `until` then."""
        begins_at = self.season.opens_at - EARLIEST
        ends_at = until or self.season.ends_at
        self.play.run(begins_at, ends_at, tick=tick, progress=progress, read=self._read)
        self.diary.begins_at = self.play.began_at or ends_at

    def _write_scripts(self) -> None:
        for person in self.cast:
            for act in person.acts:
                self._plan_act(person, act)
        Office(self.house).plan()
        ActingByReply(self.house).plan()
        self._scoring.plan()
        self.panel.plan()
        self._awarding.plan()
        spam = unasked_messages(
            self.season.opens_at,
            self.season.ends_at,
            inbox=self.programme.inbox,
            seed=self._seed,
            count=max(2, len(self.cast) // 8),
        )
        for unasked in spam:
            self._plan_machine(unasked.at, unasked.raw, "advertisement")

    def _plan_act(self, person: Person, act: Act) -> None:
        def writes(at: datetime) -> bytes | None:
            written = self._write(person, act)
            if written is None:
                self.play.note(at, "has no form to fill in", who=person.number)
                return None
            return post(written, to=self.programme.inbox, at=at)

        self.play.plan_message(act.at, act.deed, writes, who=person.number)

    def _plan_machine(self, at: datetime, raw: bytes, what: str, who: int | None = None) -> None:
        self.play.plan_message(at, what, lambda _: raw, who=who)

    def _write(self, person: Person, act: Act) -> Written | None:
        if any(done.deed is Deed.CORRECT and done.at < act.at for done in person.acts):
            person = replace(person, phone=new_phone(person))
        newest = self.play.letterbox.newest(person.addresses)
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
        found = self.play.letterbox.pack(person.addresses)
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

    def _read(self, arrival: Arrival) -> None:
        """Let the panel, and the machines among the readers of a letter, react."""
        self._scoring.read(arrival)
        for address in arrival.recipients:
            person = self._by_address.get(address)
            if person is not None and address == person.email:
                self._react(person, arrival)
                self._awarding.read(person, arrival)
            if address == self.house.organisers[1].email:
                self._react_for_organiser(self.house.organisers[1], arrival)

    def _react_for_organiser(self, organiser: Address, arrival: Arrival) -> None:
        """One of them is on holiday while the forms are written."""
        season = self.season
        back = season.at(ORGANISER_AWAY[1], 8)
        if season.at(ORGANISER_AWAY[0], 0) <= arrival.at < back:
            at = (arrival.at + REACTS_AFTER).replace(microsecond=0)
            inbox = self.programme.inbox
            raw = reply_by_itself(organiser, arrival.answered, back=back, inbox=inbox, at=at)
            self._plan_machine(at, raw, "automatic reply of an organiser")

    def _react(self, person: Person, arrival: Arrival) -> None:
        at = (arrival.at + REACTS_AFTER).replace(microsecond=0)
        letter, inbox = arrival.answered, self.programme.inbox
        if person.gone_from is not None and arrival.at >= person.gone_from:
            raw = report_undelivered(person.email, letter, inbox=inbox, at=at)
            self._plan_machine(at, raw, "letter comes back", person.number)
            self.diary.came_back.setdefault(person.number, at)
        elif person.away is not None and person.away[0] <= arrival.at < person.away[1]:
            sender, back = Address(person.email, person.name), person.away[1]
            raw = reply_by_itself(sender, letter, back=back, inbox=inbox, at=at)
            self._plan_machine(at, raw, "automatic reply", person.number)

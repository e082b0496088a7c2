"""The play of a whole cohort programme: people nominate, nominees answer the letters that reach
them as they would, and those who nominated them pass on what does not."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from intake.commands.simulating.cohort.cast import THROUGH_OTHERS, Cast, Nominee, Writer
from intake.commands.simulating.cohort.diary import Diary
from intake.commands.simulating.cohort.lives import Act, Deed, Life
from intake.commands.simulating.cohort.office import FINDS_ANOTHER, Office
from intake.commands.simulating.cohort.season import Season
from intake.commands.simulating.cohort.voices import ask, nominate, reply, withdraw_early
from intake.commands.simulating.correspondence import Arrival
from intake.commands.simulating.machines import (
    REACTS_AFTER,
    reply_by_itself,
    report_undelivered,
    unasked_messages,
)
from intake.commands.simulating.play import Play
from intake.commands.simulating.workspace import Workspace
from storage.domain.people import Address

EARLIEST = timedelta(days=8)
"""How long before the opening the year begins."""

OFFER = re.compile(r"^(?:Your place (?:has moved to|in)|A place for you in) cohort \d+:")
MOVED = re.compile(r"^Your place has moved")
CHASE = re.compile(r"^Please answer about your place")
CONFIRMED = re.compile(r"^Your place is confirmed:")

THINKS_AGAIN = timedelta(days=4)
"""How long somebody who asked for a later cohort waits before they take the place they have."""

STEPS_BACK_AFTER = 8
"""Times as long as the answer took."""

Clocked = Callable[[datetime], object]


@dataclass(slots=True)
class _Memory:
    """What people remember of their own year: which of them have asked for a later cohort, and
    which have stepped back or told an address."""

    asked: set[int] = field(default_factory=set)
    done: set[int] = field(default_factory=set)


class Year:
    """One performance. What came of it is in `play` and in `diary`."""

    def __init__(self, workspace: Workspace, season: Season, cast: Cast, *, seed: int) -> None:
        self.programme = workspace.programme
        self.season = season
        self.cast = cast
        self.diary = Diary(begins_at=season.ends_at)
        self.play = Play(
            self.programme.inbox,
            inbox=lambda raw, at: workspace.server.deliver(self.programme.inbox, raw, at),
            delivered=workspace.server.delivered,
            database=workspace.database,
        )
        self._office = Office(self.programme, season, workspace.database, self.diary, self.play)
        self._memory = _Memory()
        self._nominees = {one.email: one for one in cast.nominees}
        self._writer_of: dict[int, Writer] = {}
        self._passes_on: dict[str, list[Nominee]] = {}
        for message in cast.nominations:
            for one in message.people:
                self._writer_of[one.number] = message.writer
                if one.life in THROUGH_OTHERS:
                    self._passes_on.setdefault(message.writer.email, []).append(one)
        self._write_scripts(seed)

    def run(self, tick: Clocked, progress: Clocked, *, until: datetime | None = None) -> None:
        """From before the opening to the end of the season, or `until` then."""
        begins_at = self.season.opens_at - EARLIEST
        ends_at = until or self.season.ends_at
        self.play.run(begins_at, ends_at, tick=tick, progress=progress, read=self._read)
        self.diary.begins_at = self.play.began_at or ends_at

    def _write_scripts(self, seed: int) -> None:
        for message in self.cast.nominations:
            people = len(message.people) + len(message.again)
            what = "nominates somebody" if people == 1 else "nominates several people"
            self.play.plan_letter(message.at, what, nominate(message), who=message.writer.number)
            for one in message.people:
                if one.life is Life.WITHDRAWS:
                    self._plan_withdrawal(one, message.at)
        for question in self.cast.questions:
            what = "asks who leads the nominations"
            self.play.plan_letter(question.at, what, ask(question), who=question.writer.number)
        self._office.plan()
        for unasked in unasked_messages(
            self.season.opens_at,
            self.season.ends_at,
            inbox=self.programme.inbox,
            seed=seed,
            count=max(2, len(self.cast.nominations) // 8),
        ):
            self._plan_machine(unasked.at, unasked.raw, "advertisement")

    def _plan_withdrawal(self, nominee: Nominee, nominated_at: datetime) -> None:
        act = Act(nominated_at + timedelta(hours=30), Deed.WITHDRAW)
        self.diary.write(nominee.number, act)
        self.play.plan_letter(act.at, act.deed, withdraw_early(nominee), who=nominee.number)

    def _plan_machine(self, at: datetime, raw: bytes, what: str, who: int | None = None) -> None:
        self.play.plan_message(at, what, lambda _: raw, who=who)

    def _read(self, arrival: Arrival) -> None:
        """Whoever reads a letter does what they would do."""
        for email in arrival.recipients:
            nominee = self._nominees.get(email)
            if nominee is not None:
                self._react(nominee, arrival)
            for one in self._passes_on.get(email, ()):
                if one.name in arrival.text and OFFER.match(arrival.subject):
                    self._pass_on(one, arrival)

    def _react(self, nominee: Nominee, arrival: Arrival) -> None:
        life, after = nominee.life, nominee.after
        if life is Life.BOUNCES:
            self._send_back(nominee, arrival)
        elif OFFER.match(arrival.subject):
            self._answer_offer(nominee, arrival)
        elif CHASE.match(arrival.subject) and life is Life.NUDGED:
            self._reply_once(nominee, Deed.YES, arrival, after)
        elif CONFIRMED.match(arrival.subject) and life is Life.STEPS_BACK:
            self._reply_once(nominee, Deed.WITHDRAW, arrival, STEPS_BACK_AFTER * after)

    def _answer_offer(self, nominee: Nominee, arrival: Arrival) -> None:
        after = nominee.after
        match nominee.life:
            case Life.SILENT | Life.NUDGED | Life.WITHDRAWS:
                return
            case Life.DECLINES:
                self._reply(nominee, Deed.NO, arrival, after)
            case Life.ASKS:
                self._reply(nominee, Deed.YES_AND_ASKS, arrival, after)
            case Life.LATER if nominee.number not in self._memory.asked:
                self._ask_for_later(nominee, arrival)
            case Life.AWAY:
                self._answer_by_itself(nominee, arrival)
                self._reply(nominee, Deed.YES, arrival, after)
            case _:
                self._reply(nominee, Deed.YES, arrival, after)

    def _ask_for_later(self, nominee: Nominee, arrival: Arrival) -> None:
        """Where no later cohort is found for them, they take the place they have."""
        self._memory.asked.add(nominee.number)
        asked_at = self._reply(nominee, Deed.LATER, arrival, nominee.after)
        self.play.plan(asked_at + FINDS_ANOTHER, self._office.find_another(nominee))

        def think_again(now: datetime) -> None:
            if all(move.number != nominee.number for move in self.diary.moves):
                self._reply(nominee, Deed.YES, arrival, now - arrival.at + timedelta(minutes=1))

        self.play.plan(asked_at + THINKS_AGAIN, think_again)

    def _pass_on(self, nominee: Nominee, arrival: Arrival) -> None:
        """Whoever nominated somebody tells where they are, or has asked them by telephone."""
        if nominee.life is Life.NO_ADDRESS:
            self._reply_once(nominee, Deed.TELL_ADDRESS, arrival, nominee.after)
        else:
            self._reply(nominee, Deed.YES_FOR, arrival, nominee.after)

    def _reply_once(self, nominee: Nominee, deed: Deed, arrival: Arrival, after: timedelta) -> None:
        """What nobody does a second time in the year."""
        if nominee.number not in self._memory.done:
            self._memory.done.add(nominee.number)
            self._reply(nominee, deed, arrival, after)

    def _reply(self, nominee: Nominee, deed: Deed, arrival: Arrival, after: timedelta) -> datetime:
        """Plan the answer to a letter; when it is sent."""
        at = (arrival.at + after).replace(microsecond=0)
        writer = self._writer_of[nominee.number]
        self.diary.write(nominee.number, Act(at, deed))
        is_own = deed not in (Deed.TELL_ADDRESS, Deed.YES_FOR)
        who = nominee.number if is_own else writer.number
        self.play.plan_letter(at, deed, reply(deed, nominee, writer, arrival), who=who)
        return at

    def _answer_by_itself(self, nominee: Nominee, arrival: Arrival) -> None:
        at = (arrival.at + REACTS_AFTER).replace(microsecond=0)
        sender = Address(nominee.email, nominee.name)
        inbox, back = self.programme.inbox, arrival.at + nominee.after
        raw = reply_by_itself(sender, arrival.answered, back=back, inbox=inbox, at=at)
        self._plan_machine(at, raw, "automatic reply", nominee.number)

    def _send_back(self, nominee: Nominee, arrival: Arrival) -> None:
        at = (arrival.at + REACTS_AFTER).replace(microsecond=0)
        inbox = self.programme.inbox
        raw = report_undelivered(nominee.email, arrival.answered, inbox=inbox, at=at)
        self._plan_machine(at, raw, "letter comes back", nominee.number)
        self.diary.came_back.setdefault(nominee.number, at)

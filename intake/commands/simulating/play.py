"""The stage of a simulated year: an agenda of what people do, the inbox that they write to, and a
clock that jumps to whatever comes next: somebody's deed, or an instant at which the application
said that it wants to be asked."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from intake.commands.simulating.correspondence import Arrival, Letterbox
from intake.commands.simulating.envelopes import Written, post
from intake.commands.staging.wire import WireMessage
from storage.database import Database
from storage.waking import next_wake

POLL = timedelta(seconds=20)
"""How long after a message came the application looks."""

Does = Callable[[datetime], str | None]
"""A deed at its time; returns it in words for the timeline, None where there was nothing to do."""

Writes = Callable[[datetime], bytes | None]
"""Puts a message together as it is received at its time; None where there is nothing to send."""

Inbox = Callable[[bytes, datetime], object]
"""Takes a message that is received at this time."""

Clocked = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody did: for the timeline. `who` is the number of a person of the cast, None for
    machines and organisers."""

    at: datetime
    what: str
    who: int | None = None


@dataclass(order=True, slots=True)
class _Planned:
    at: datetime
    number: int
    happens: Clocked = field(compare=False)
    is_message: bool = field(compare=False)


class Play:
    """One performance. `happenings` and `letterbox` are what came of it, `began_at` is when the
    application first ticked, None before that."""

    def __init__(
        self,
        address: str,
        *,
        inbox: Inbox,
        delivered: Sequence[WireMessage],
        database: Database,
    ) -> None:
        """`address` is that of the inbox; `delivered` grows with each letter that leaves."""
        self.letterbox = Letterbox()
        self.happenings: list[Happening] = []
        self.began_at: datetime | None = None
        self._address = address
        self._inbox = inbox
        self._delivered = delivered
        self._database = database
        self._agenda: list[_Planned] = []
        self._numbers = count()
        self._read = 0

    def plan(self, at: datetime, does: Does) -> None:
        """Have the organisers do something at an instant."""

        def happens(at: datetime) -> None:
            what = does(at)
            if what:
                self.note(at, what)

        self._plan(at, happens, is_message=False)

    def plan_message(
        self, at: datetime, what: str, writes: Writes, *, who: int | None = None
    ) -> None:
        """Have a message come in at an instant, put together only then."""

        def happens(at: datetime) -> None:
            raw = writes(at)
            if raw is not None:
                self._inbox(raw, at)
                self.note(at, what, who=who)

        self._plan(at, happens, is_message=True)

    def plan_letter(
        self, at: datetime, what: str, written: Written, *, who: int | None = None
    ) -> None:
        """Have something that is written already come in at an instant."""
        self.plan_message(at, what, lambda at: post(written, to=self._address, at=at), who=who)

    def send(self, written: Written, at: datetime) -> None:
        """Put a message into the inbox at once."""
        self._inbox(post(written, to=self._address, at=at), at)

    def note(self, at: datetime, what: str, *, who: int | None = None) -> None:
        self.happenings.append(Happening(at, what, who))

    def run(
        self,
        begins_at: datetime,
        ends_at: datetime,
        *,
        tick: Clocked,
        progress: Clocked,
        read: Callable[[Arrival], object],
    ) -> None:
        """Play from one instant to another. `read` gets each letter once, as it arrives."""
        now = begins_at
        wakes_at = self._wakes_at(now)
        while True:
            happens_at = self._agenda[0].at if self._agenda else None
            instants = [at for at in (wakes_at, happens_at) if at is not None]
            if not instants or min(instants) > ends_at:
                return
            before = len(self.happenings)
            now = self._happen(min(instants), ends_at)
            is_awake = wakes_at is not None and wakes_at <= now
            if not is_awake and len(self.happenings) == before:
                continue
            self.began_at = self.began_at or now
            progress(now)
            tick(now)
            self._collect(now, read)
            wakes_at = self._wakes_at(now)

    def leave_unread(self, until: datetime, inbox: Inbox) -> int:
        """Put what people would write until then into another inbox, without doing anything else
        that is on the agenda; returns how many messages."""
        self._inbox = inbox
        before = len(self.happenings)
        for planned in sorted(self._agenda):
            if planned.at <= until and planned.is_message:
                planned.happens(planned.at)
        return len(self.happenings) - before

    def _plan(self, at: datetime, happens: Clocked, *, is_message: bool) -> None:
        heapq.heappush(self._agenda, _Planned(at, next(self._numbers), happens, is_message))

    def _wakes_at(self, now: datetime) -> datetime | None:
        with self._database.reading() as session:
            return next_wake(session, now)

    def _happen(self, instant: datetime, ends_at: datetime) -> datetime:
        """Do all that falls into the time until the application looks, which is returned."""
        if not self._agenda or self._agenda[0].at > instant:
            return instant
        now = min(instant + POLL, max(ends_at, instant))
        while self._agenda and self._agenda[0].at <= now:
            planned = heapq.heappop(self._agenda)
            planned.happens(planned.at)
        return now

    def _collect(self, now: datetime, read: Callable[[Arrival], object]) -> None:
        """Read what was delivered since the last time; a copy of a letter is nobody's news."""
        while self._read < len(self._delivered):
            arrival, is_new = self.letterbox.take(self._delivered[self._read], now)
            self._read += 1
            if is_new:
                read(arrival)

"""A mailbox of Microsoft 365: listed whole at each look, filed one by one, watched by its changes.

session.py next door talks to Graph; here is what is asked of it, and of which messages.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from intake.mailboxes.base import (
    Destination,
    FetchedMessage,
    GraphAccount,
    MailboxRefused,
    MessageFailed,
    Resting,
    header_block,
)
from intake.mailboxes.graph import folders
from intake.mailboxes.graph.patience import Patience
from intake.mailboxes.graph.resources import Facts
from intake.mailboxes.graph.session import GraphSession

LARGEST_HEADER = 256 * 2**10
"""Bytes in which the header of a message too big is looked for."""


class GraphMailbox:
    """Implements Mailbox. Keys are Graph's immutable ids: a message keeps its own while it lies in
    this mailbox, in whatever folder."""

    def __init__(
        self,
        account: GraphAccount,
        *,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is opened yet. Raises MailboxRefused where messages would be filed in the folder
        that they are read from."""
        self.name = account.name
        self._account = account
        self._sleep = sleep
        self._clock = clock
        self._session = GraphSession(account, sleep=sleep, clock=clock)
        self._seen: frozenset[str] | None = None  # what lay there when somebody looked last
        self._link: str | None = None
        self._troubled = set[str]()
        for destination in Destination:
            if folders.are_same(self._folder(destination), account.folder):
                told = f"{destination} is {self._folder(destination)!r}, where messages are read"
                raise MailboxRefused(f"{self.name}: {told}: write another folder")

    def keys(self) -> list[str]:
        waiting = self._waiting()
        self._seen = frozenset(waiting)
        return list(waiting)

    def fetch(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        waiting = self._waiting(keys) if keys else {}
        yield from self._read({key: waiting[key] for key in keys if key in waiting})

    def file(self, keys: Sequence[str], destination: Destination) -> set[str]:
        """What somebody has put elsewhere is left there: only messages of the inbox are moved."""
        here = list(self._waiting(keys)) if keys else []
        moved, failed = self._moved(here, destination)
        if moved == len(here):
            return set(keys)
        gone = set(keys) - self._waiting(keys).keys()
        if failed is not None and not gone:
            raise failed
        return gone

    def survey(self) -> list[Resting]:
        found = [
            Resting(key, None, known.received_at, known.size)
            for key, known in self._waiting().items()
        ]
        for place in Destination:
            folder = folders.find(self._session, self._folder(place))
            listed = self._session.listed(folder) if folder is not None else {}
            found += [
                Resting(key, place, known.received_at, known.size) for key, known in listed.items()
            ]
        return found

    def recall(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        known = {key: self._session.facts(key) for key in keys}
        yield from self._read({key: facts for key, facts in known.items() if facts is not None})

    def refile(self, keys: Sequence[str], destination: Destination) -> int:
        moved = 0
        for place in Destination:
            if not keys or place is destination:
                continue
            folder = folders.find(self._session, self._folder(place))
            lying = self._session.listed(folder) if folder is not None else {}
            moved += self._moved([key for key in keys if key in lying], destination)[0]
        return moved

    def wait(self, timeout: timedelta) -> bool:
        """Graph calls nobody back who has no address on the internet, so it is asked for changes
        every few seconds. What it fails to tell is found by the next look."""
        give_up_at = self._clock() + timeout.total_seconds()
        while not self._has_news():
            left = give_up_at - self._clock()
            if left <= 0:
                return False
            self._sleep(min(left, self._account.look_every))
        return True

    def check(self) -> None:
        folders.require(self._session, self._account.folder)
        for destination in Destination:
            folders.ensure(self._session, self._folder(destination))
        folders.require(self._session, self._account.sent)

    def close(self) -> None:
        self._session.close()

    def _waiting(self, only: Collection[str] | None = None) -> dict[str, Facts]:
        folder = folders.require(self._session, self._account.folder)
        return self._session.listed(folder, only)

    def _moved(
        self, keys: Sequence[str], destination: Destination
    ) -> tuple[int, MessageFailed | None]:
        """How many were moved, and why one was not that Graph can't move: the others are."""
        if not keys:
            return 0, None
        folder = folders.ensure(self._session, self._folder(destination))
        patience, moved = Patience(self._session, self._troubled), 0
        for key in patience.ordered(keys):
            with patience.with_one(key):
                moved += self._session.move(key, folder)
            if patience.is_over:
                break
        return moved, patience.failed

    def _read(self, known: Mapping[str, Facts]) -> Iterator[FetchedMessage]:
        """These messages. One that Graph can't give keeps nobody from the others: it is told after
        them. Where many fail in a row, no more are asked for."""
        patience = Patience(self._session, self._troubled)
        for key in patience.ordered(known):
            message = None
            with patience.with_one(key):
                message = self._message(key, known[key])
            if message is not None:
                yield message
            if patience.is_over:
                break
        if patience.failed is not None:
            raise patience.failed

    def _message(self, key: str, facts: Facts) -> FetchedMessage | None:
        """A message in its store may be smaller or larger than it is, so it is cut as it is read
        as well."""
        largest = self._account.max_bytes
        is_too_big = facts.size > largest
        found = self._session.content(key, LARGEST_HEADER if is_too_big else largest)
        if found is None:
            return None
        content, is_cut = found
        if not is_too_big and not is_cut:
            return FetchedMessage(key, content, facts.received_at, len(content))
        size = max(facts.size, len(content) + is_cut)
        return FetchedMessage(key, header_block(content), facts.received_at, size, too_big=True)

    def _has_news(self) -> bool:
        """True when something came since the last look, or nobody has looked yet."""
        folder = folders.require(self._session, self._account.folder)
        changes = self._session.changes(folder, self._link)
        if changes.link is None and self._link is not None:
            changes = self._session.changes(folder, None)
        self._link = changes.link
        seen = self._seen
        self._seen = ((seen or frozenset()) | changes.here) - changes.gone
        return seen is None or not changes.here <= seen

    def _folder(self, destination: Destination) -> str:
        names = {
            Destination.PROCESSED: self._account.processed,
            Destination.QUARANTINE: self._account.quarantine,
        }
        return names[destination]

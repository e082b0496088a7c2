"""A mailbox on an IMAP server: read in bounded bites, filed in sets, reconnected when it must be.

session.py next door talks to the server; here is what is asked of it, and of which messages.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import TypeVar

from intake.mailboxes.base import (
    Destination,
    FetchedMessage,
    ImapAccount,
    Resting,
    header_block,
)
from intake.mailboxes.connection import ConnectionLost, check_account, translated
from intake.mailboxes.session import Declined, ImapSession
from intake.mailboxes.syntax import Facts

LARGEST_BITE = 32 * 2**20
"""Bytes of messages fetched by one command, so that a full inbox never fills the memory."""

SURVEYED_AT_ONCE = 2_000
"""Messages of which one command asks size and time."""

RECALLED_AT_ONCE = 10
"""Messages read from another folder before the inbox is opened again."""

T = TypeVar("T")


class ImapMailbox:
    """Implements Mailbox. Keys are `folder/UIDVALIDITY/uid`: those of an older UIDVALIDITY name
    messages that are gone, whatever the server calls by that number now."""

    def __init__(self, account: ImapAccount) -> None:
        """Nothing is opened yet. Raises MailboxRefused for settings that can't work."""
        check_account(account)
        self.name = account.name
        self._account = account
        self._session: ImapSession | None = None

    def keys(self) -> list[str]:
        return self._retried(self._waiting)

    def fetch(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        for chunk in self._chunks(keys):
            facts = self._retried(partial(self._facts, keys=chunk))
            for bite in _bites(facts, self._account.max_bytes):
                yield from self._retried(partial(self._messages, facts=bite))

    def file(self, keys: Sequence[str], destination: Destination) -> set[str]:
        folder = self._folder(destination)
        gone = set[str]()
        for chunk in self._chunks(keys):
            gone |= self._retried(partial(self._filed, keys=chunk, folder=folder))
        return gone

    def survey(self) -> list[Resting]:
        return self._retried(self._surveyed)

    def recall(self, keys: Sequence[str]) -> Iterator[FetchedMessage]:
        """Keys of `survey` have the shape of those of the inbox, with their own folder."""
        elsewhere = defaultdict[str, list[str]](list)
        for key in keys:
            elsewhere[key.rpartition("/")[0].rpartition("/")[0]].append(key)
        yield from self.fetch(elsewhere.pop(self._account.folder, []))
        for folder, some in elsewhere.items():
            for start in range(0, len(some), RECALLED_AT_ONCE):
                chunk = some[start : start + RECALLED_AT_ONCE]
                yield from self._retried(partial(self._recalled, folder=folder, keys=chunk))

    def refile(self, keys: Sequence[str], destination: Destination) -> int:
        moved, target = 0, self._folder(destination)
        for place in Destination:
            folder = self._folder(place)
            mine = [key for key in keys if key.rpartition("/")[0].rpartition("/")[0] == folder]
            if mine and place is not destination:
                work = partial(self._refiled, folder=folder, keys=mine, target=target)
                moved += self._retried(work)
        return moved

    def wait(self, timeout: timedelta) -> bool:
        return self._run(lambda session: session.wait(timeout.total_seconds()), self._take())

    def check(self) -> None:
        self._retried(self._checked)

    def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _retried(self, work: Callable[[ImapSession], T]) -> T:
        """What `work` gives; once more on a new connection when the one at hand breaks, since a
        connection that was kept may have been dead for long. After a timeout it is not."""
        session = self._take()
        try:
            return self._run(work, session)
        except ConnectionLost:
            return self._run(work, self._take())

    def _run(self, work: Callable[[ImapSession], T], session: ImapSession) -> T:
        """What `work` gives. Only a connection on which all went well is kept."""
        try:
            with translated(self.name):
                result = work(session)
        except BaseException:
            session.hang_up()
            raise
        self._session = session
        return result

    def _take(self) -> ImapSession:
        session, self._session = self._session, None
        if session is not None:
            return session
        with translated(self.name):
            return ImapSession(self._account)

    def _waiting(self, session: ImapSession) -> list[str]:
        return [f"{self._prefix(session)}{uid}" for uid in session.waiting()]

    def _facts(self, session: ImapSession, *, keys: Sequence[str]) -> dict[str, Facts]:
        uids = self._uids(session, keys)
        facts = session.facts(uids.values()) if uids else {}
        return {key: facts[uid] for key, uid in uids.items() if uid in facts}

    def _messages(
        self, session: ImapSession, *, facts: Mapping[str, Facts]
    ) -> list[FetchedMessage]:
        """The messages of one bite: one too big, of which only the header is read, or some that
        are not."""
        uids = self._uids(session, facts)
        limit = self._account.max_bytes
        is_too_big = all(known.size > limit for known in facts.values())
        contents = session.contents(uids.values(), headers_only=is_too_big) if uids else {}
        return [
            _message(key, contents[uid], facts[key], limit)
            for key, uid in uids.items()
            if uid in contents
        ]

    def _surveyed(self, session: ImapSession) -> list[Resting]:
        prefix, uids = self._prefix(session), session.waiting()
        found = list(self._resting(session, prefix, uids, None))
        for place in Destination:
            folder = self._folder(place)
            with session.looking_into(folder) as uidvalidity:
                if uidvalidity is not None:
                    uids = session.everything()
                    found += self._resting(session, f"{folder}/{uidvalidity}/", uids, place)
        return found

    def _resting(
        self, session: ImapSession, prefix: str, uids: Sequence[int], place: Destination | None
    ) -> Iterator[Resting]:
        for start in range(0, len(uids), SURVEYED_AT_ONCE):
            facts = session.facts(uids[start : start + SURVEYED_AT_ONCE])
            for uid, known in facts.items():
                yield Resting(f"{prefix}{uid}", place, known.received_at, known.size)

    def _recalled(
        self, session: ImapSession, *, folder: str, keys: Sequence[str]
    ) -> list[FetchedMessage]:
        """Those of `keys` that are still in `folder`, each by itself."""
        limit = self._account.max_bytes
        found = []
        with session.looking_into(folder) as uidvalidity:
            uids = {int(key.rpartition("/")[2]): key for key in keys}
            here = {u: k for u, k in uids.items() if k == f"{folder}/{uidvalidity}/{u}"}
            for uid, known in (session.facts(here) if here else {}).items():
                contents = session.contents([uid], headers_only=known.size > limit)
                if uid in contents:
                    found.append(_message(here[uid], contents[uid], known, limit))
        return found

    def _refiled(
        self, session: ImapSession, *, folder: str, keys: Sequence[str], target: str
    ) -> int:
        with session.working_in(folder) as uidvalidity:
            start = f"{folder}/{uidvalidity}/"
            uids = [int(key.removeprefix(start)) for key in keys if key.startswith(start)]
            present = session.remaining(uids) if uids else set[int]()
            if present:
                session.move(present, target)
        return len(present)

    def _filed(self, session: ImapSession, *, keys: Sequence[str], folder: str) -> set[str]:
        """Those of `keys` that are not in the inbox any more. The server is asked before, since
        some refuse to move what is gone, and after, since some move a part and then refuse."""
        uids = self._uids(session, keys)
        present = session.remaining(uids.values()) if uids else set[int]()
        left = set[int]()
        if present:
            try:
                session.move(present, folder)
            except Declined:
                left = session.remaining(present)
                if left == present:
                    raise
            else:
                left = session.remaining(present)
        return {key for key in keys if uids.get(key) not in left}

    def _checked(self, session: ImapSession) -> None:
        session.check_filing()
        for destination in Destination:
            session.ensure_folder(self._folder(destination))
        if self._account.sent is not None:
            session.require_folder(self._account.sent)

    def _folder(self, destination: Destination) -> str:
        folders = {
            Destination.PROCESSED: self._account.processed,
            Destination.QUARANTINE: self._account.quarantine,
        }
        return folders[destination]

    def _chunks(self, keys: Sequence[str]) -> Iterator[list[str]]:
        remaining = iter(keys)
        while chunk := list(islice(remaining, self._account.chunk)):
            yield chunk

    def _prefix(self, session: ImapSession) -> str:
        return f"{self._account.folder}/{session.uidvalidity}/"

    def _uids(self, session: ImapSession, keys: Iterable[str]) -> dict[str, int]:
        """The uids of those keys that name messages of this inbox as it is numbered now."""
        prefix = self._prefix(session)
        named = ((key, key.removeprefix(prefix)) for key in keys if key.startswith(prefix))
        return {key: int(uid) for key, uid in named if uid.isdigit()}


def _bites(facts: Mapping[str, Facts], limit: int) -> Iterator[dict[str, Facts]]:
    """Messages in their order, as many at once as may be fetched by one command; each one that is
    larger than `limit` by itself."""
    bite, weight = dict[str, Facts](), 0
    for key, known in facts.items():
        stands_alone = known.size > limit
        if bite and (stands_alone or weight + known.size > LARGEST_BITE):
            yield bite
            bite, weight = {}, 0
        bite[key] = known
        weight += known.size
        if stands_alone:
            yield bite
            bite, weight = {}, 0
    if bite:
        yield bite


def _message(key: str, raw: bytes, facts: Facts, limit: int) -> FetchedMessage:
    """Some servers estimate sizes: a message that turns out too big is cut here."""
    size = max(facts.size, len(raw))
    if size <= limit:
        return FetchedMessage(key, raw, facts.received_at, size)
    return FetchedMessage(key, header_block(raw), facts.received_at, size, too_big=True)

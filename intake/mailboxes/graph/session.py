"""What is said to Graph about one mailbox; its refusals and failures become ours here."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from intake.graph.answers import Answer, GraphError, Unanswered, Unusable
from intake.graph.client import GraphClient
from intake.mailboxes.base import (
    GraphAccount,
    MailboxRefused,
    MailboxUnavailable,
    MessageFailed,
)
from intake.mailboxes.graph import resources
from intake.mailboxes.graph.resources import Facts, folder_path, message_path

log = structlog.get_logger(__name__)

PAGE = 250
"""Messages told at once."""

ABSENT = frozenset({404, 410})
_OF_THE_MAILBOX = frozenset({401, 429})
"""Answers that never speak of the one message that was asked about."""

_NO_SUCH_KEY = "ErrorInvalidIdMalformed"
_NOT_SYNCHRONISED = frozenset({"syncStateNotFound", "SyncStateNotFound", "resyncRequired"})


@dataclass(frozen=True, slots=True)
class Changes:
    """The keys of what is in a folder and is new or changed, and of what is there no more; `link`
    asks for later ones. None: Graph has forgotten what it was about; ask from the beginning."""

    here: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    link: str | None = None


class GraphSession:
    """Asks about the mailbox of an account. Its methods raise MailboxError. Folders are given by
    their id or well-known name; see `intake.mailboxes.graph.folders`."""

    def __init__(
        self,
        account: GraphAccount,
        *,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = account.name
        self._client = GraphClient(account.access, sleep=sleep, clock=clock)

    def messages(self, folder: str, query: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
        """All messages of a folder as far as `query` asks about them."""
        path = f"{folder_path(folder)}/messages"
        answer = self._get(path, {**query, "$top": str(PAGE)})
        while True:
            page = self._checked(answer).fields()
            yield from resources.entries(page)
            link = resources.link(page, "nextLink")
            if link is None:
                return
            answer = self._follow(link)

    def listed(self, folder: str, only: Collection[str] | None = None) -> dict[str, Facts]:
        """The messages of a folder by their keys, oldest first: every one, or those of `only`, and
        then no further pages are asked for than hold them. One without any time is left out."""
        wanted = None if only is None else set(only)
        found: dict[str, Facts] = {}
        for entry in self.messages(folder, resources.FACTS | resources.OLDEST_FIRST):
            key, known = resources.text(entry, "id"), resources.read_facts(entry)
            if known is None:
                log.warning("message left out, as Graph tells no time of it")
            elif wanted is None or key in wanted:
                found[key] = known
            if found.keys() == wanted:
                break
        return found

    def copies_of(self, message_id: str) -> list[bool]:
        """For each message with this Message-ID, angle brackets included, in whatever folder:
        whether it was sent or received, and is no draft any more."""
        query = resources.equals("internetMessageId", message_id)
        answer = self._get("/messages", query | {"$select": "internetMessageId,isDraft"})
        return [
            entry.get("isDraft") is not True
            for entry in resources.entries(self._checked(answer).fields())
            if resources.text(entry, "internetMessageId") == message_id
        ]

    def facts(self, key: str) -> Facts | None:
        """Of one message, wherever it lies; None where there is none, or none with a time."""
        answer = self._get(message_path(key), resources.FACTS)
        if _is_absent(answer):
            return None
        return resources.read_facts(self._checked(answer).fields())

    def content(self, key: str, limit: int) -> tuple[bytes, bool] | None:
        """The first `limit` bytes of a message (RFC 5322), unmarked, and whether there are more;
        None where there is no such message. Raises MessageFailed where this one alone may be at
        fault."""
        path = f"{message_path(key)}/$value"
        answer = self._of_one("give", lambda: self._client.get(path, limit=limit))
        return None if answer is None else (answer.content, answer.is_cut)

    def move(self, key: str, folder: str) -> bool:
        """Move a message to a folder; False where one of the two is not there. Raises MessageFailed
        as `content`."""
        path, to = f"{message_path(key)}/move", {"destinationId": folder}
        return self._of_one("move", lambda: self._client.post(path, to)) is not None

    def delete(self, key: str) -> bool:
        """Remove a message for good; False where there is none."""
        with self._translated():
            answer = self._client.post(f"{message_path(key)}/permanentDelete")
        if _is_absent(answer):
            return False
        self._checked(answer)
        return True

    def changes(self, folder: str, since: str | None) -> Changes:
        """What came to a folder or changed in it since a link was given. `since` None: all that
        lies there."""
        if since is None:
            path = f"{folder_path(folder)}/messages/delta"
            answer = self._get(path, {"$select": "id"}, page=PAGE)
        else:
            answer = self._follow(since)
        here, gone = set[str](), set[str]()
        while True:
            if answer.status == 410 or answer.code in _NOT_SYNCHRONISED:
                return Changes()
            page = self._checked(answer).fields()
            for entry in resources.entries(page):
                key = resources.text(entry, "id")
                to, other = (gone, here) if "@removed" in entry else (here, gone)
                to.add(key)
                other.discard(key)
            link = resources.link(page, "nextLink")
            if link is None:
                link = resources.link(page, "deltaLink")
                return Changes(frozenset(here), frozenset(gone), link)
            answer = self._follow(link)

    def has_folder(self, name: str) -> bool:
        """Whether the mailbox has a folder of this well-known name: an archive, not every one."""
        answer = self._get(folder_path(name), {"$select": "id"})
        if _is_absent(answer):
            return False
        self._checked(answer)
        return True

    def find_folder(self, parent: str | None, name: str) -> str | None:
        """The id of the folder of this name in `parent`, None: among the topmost ones."""
        path = "/mailFolders" if parent is None else f"{folder_path(parent)}/childFolders"
        query = resources.equals("displayName", name) | {"$select": "id,displayName"}
        page = self._checked(self._get(path, query)).fields()
        named = {
            resources.text(one, "displayName").casefold(): resources.text(one, "id")
            for one in resources.entries(page)
        }
        return named.get(name.casefold())

    def make_folder(self, parent: str | None, name: str) -> str | None:
        """The id of a folder that is made; None where there is one already."""
        path = "/mailFolders" if parent is None else f"{folder_path(parent)}/childFolders"
        with self._translated():
            answer = self._client.post(path, {"displayName": name})
        if answer.status == 409:
            return None
        return resources.text(self._checked(answer).fields(), "id")

    @property
    def waited(self) -> float:
        """Seconds for which Graph was waited for since this was made."""
        return self._client.waited

    def close(self) -> None:
        self._client.close()

    def _get(self, path: str, query: Mapping[str, str], *, page: int | None = None) -> Answer:
        with self._translated():
            return self._client.get(path, query, page=page)

    def _follow(self, link: str) -> Answer:
        with self._translated():
            return self._client.follow(link, page=PAGE)

    def _checked(self, answer: Answer) -> Answer:
        """Raises MailboxError unless it gives what was asked."""
        if answer.is_success:
            return answer
        told = f"{self.name}: Graph says: {answer.words}"
        if answer.status in _ADVICE:
            raise MailboxRefused(f"{told}. {_ADVICE[answer.status]}")
        raise MailboxUnavailable(told)

    def _of_one(self, wish: str, ask: Callable[[], Answer]) -> Answer | None:
        """What Graph answers that is asked to `wish` one message; None where there is none."""
        told = f"{self.name}: Graph can't {wish} a message of the inbox"
        by_hand = "If that lasts, move it to another folder by hand"
        with self._translated():
            try:
                answer = ask()
            except Unanswered as error:
                raise MessageFailed(f"{told}: {error}. {by_hand}") from error
        if _is_absent(answer):
            return None
        if answer.is_success or answer.status in _OF_THE_MAILBOX:
            return self._checked(answer)
        advice = f"{_ADVICE[answer.status]}. " if answer.status in _ADVICE else ""
        raise MessageFailed(f"{told}: {answer.words}. {advice}{by_hand}")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except Unusable as error:
            raise MailboxRefused(f"{self.name}: {error}") from error
        except GraphError as error:
            raise MailboxUnavailable(f"{self.name}: {error}") from error


_ADVICE = {
    401: "It refuses the access token: are its scopes those of Graph?",
    403: "It doesn't allow that: grant Mail.ReadWrite for this mailbox",
    404: "Is the username the address of a mailbox of Microsoft 365?",
}


def _is_absent(answer: Answer) -> bool:
    return answer.status in ABSENT or answer.code == _NO_SUCH_KEY

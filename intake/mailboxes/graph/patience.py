"""How long work on many messages goes on when Graph fails with some of them, or wants to be waited
for again and again."""

from collections.abc import Iterable, Iterator, MutableSet
from contextlib import contextmanager

import structlog

from intake.mailboxes.base import MailboxUnavailable, MessageFailed
from intake.mailboxes.graph.session import GraphSession

log = structlog.get_logger(__name__)

MOST_IN_A_ROW = 3
"""Messages that fail one after the other before the others are left for the next time."""

LONGEST_WAIT = 60.0
"""Seconds that Graph is waited for within one piece of work; a pause that has begun is kept."""


class Patience:
    """For one piece of work. `troubled` are the keys of messages that failed when they were asked
    for last, kept by whoever asks again. `failed` is the last failure, None as long as there is
    none; `is_over`: too many failed in a row."""

    def __init__(self, session: GraphSession, troubled: MutableSet[str]) -> None:
        self._session = session
        self._troubled = troubled
        self._longest = session.waited + LONGEST_WAIT
        self._in_a_row = 0
        self.failed: MessageFailed | None = None

    @property
    def is_over(self) -> bool:
        return self._in_a_row >= MOST_IN_A_ROW

    def ordered(self, keys: Iterable[str]) -> list[str]:
        """In their order, but those that failed before after the others, so that they keep nobody
        from them."""
        return sorted(keys, key=lambda key: key in self._troubled)

    @contextmanager
    def with_one(self, key: str) -> Iterator[None]:
        """Around what is asked about one message, whose own failure ends here. Raises
        MailboxUnavailable before it where Graph was waited for too long."""
        if self._session.waited >= self._longest:
            told = "Graph wants to be asked more slowly; the rest waits for the next tick"
            raise MailboxUnavailable(f"{self._session.name}: {told}")
        try:
            yield
        except MessageFailed as error:
            log.warning("message left for later", problem=type(error.__cause__ or error).__name__)
            self.failed = error
            self._in_a_row += 1
            self._troubled.add(key)
        else:
            self._in_a_row = 0
            self._troubled.discard(key)

"""The mailboxes of an installation, opened when they are needed. One that fails is told and waits
for the next tick; it never stops the others."""

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from intake.mailboxes import Account, open_mailbox
from intake.mailboxes.base import Mailbox, MailboxError, MessageFailed
from intake.pipeline import Intake, Pipeline
from intake.reconciling import Reconciler

log = structlog.get_logger(__name__)


class Mailroom:
    """`accounts` are by the slug of their programme. `errors` has why each mailbox failed that did
    since `collect` began."""

    def __init__(self, accounts: Mapping[str, Account]) -> None:
        self._accounts = accounts
        self._mailboxes: dict[str, Mailbox] = {}
        self.errors: dict[str, str] = {}
        self._left_alone: set[str] = set()

    def get(self, slug: str) -> Mailbox:
        """The open mailbox of a programme. Raises MailboxError when it can't be opened."""
        if slug not in self._mailboxes:
            self._mailboxes[slug] = open_mailbox(self._accounts[slug])
        return self._mailboxes[slug]

    def collect(self, pipeline: Pipeline, now: datetime) -> Intake:
        """Read every mailbox."""
        self.errors = {}
        self._left_alone = set()
        done: list[Intake] = []
        for slug in self._accounts:
            self._tried(slug, lambda box, slug: pipeline.collect(box, slug, now, told=done.append))
        return sum(done, Intake())

    def file(self, pipeline: Pipeline, now: datetime) -> Intake:
        """File what is done in every mailbox that could be read."""
        done: list[Intake] = []
        for slug in self._accounts:
            self._tried(slug, lambda box, _: pipeline.file(box, now, told=done.append))
        return sum(done, Intake())

    def reconcile(self, reconciler: Reconciler, now: datetime) -> None:
        """Hold every mailbox against the ledger that was not within the hour."""
        for slug, account in self._accounts.items():
            if reconciler.is_due(account.name, now):
                self._tried(slug, lambda box, slug: reconciler.reconcile(box, slug, now))

    def outcomes(self) -> dict[str, str | None]:
        """Why each mailbox failed, None where it did not."""
        return {slug: self.errors.get(slug) for slug in self._accounts}

    def close(self) -> None:
        """Let go of the connections."""
        for mailbox in self._mailboxes.values():
            mailbox.close()

    def _tried(self, slug: str, work: Callable[[Mailbox, str], object]) -> None:
        """Do this with a mailbox, unless it has failed before. One message that it can't give or
        move is told, and nothing else is left undone for it."""
        if slug in self._left_alone:
            return
        try:
            work(self.get(slug), slug)
        except MailboxError as error:
            log.warning("mailbox not used", programme=slug, error=type(error).__name__)
            self.errors[slug] = str(error)
            if not isinstance(error, MessageFailed):
                self._left_alone.add(slug)

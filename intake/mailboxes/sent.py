"""The folder in which a mail server keeps copies of what it sent: asked about letters of which
nobody knows whether they left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import structlog

from intake.mailboxes import Account
from intake.mailboxes.base import GraphAccount, ImapAccount, MailboxError
from intake.mailboxes.connection import translated
from intake.mailboxes.graph.session import GraphSession
from intake.mailboxes.session import ImapSession

log = structlog.get_logger(__name__)


def find_sent_folder(account: Account | None) -> "SentFolder | None":
    """That of an account; None where its server keeps no copies, or it is no server."""
    if isinstance(account, GraphAccount):
        return SentFolder(account)
    if isinstance(account, ImapAccount) and account.sent is not None:
        return SentFolder(account)
    return None


class SentFolder:
    """The folder `account.sent`, or the whole mailbox where Graph looks after it: there a letter
    waits among the drafts before it leaves. Needed so rarely that each question opens a
    connection."""

    def __init__(self, account: ImapAccount | GraphAccount) -> None:
        """Raises ValueError for an account without such a folder."""
        if account.sent is None:
            raise ValueError("the account names no Sent folder")
        self.name = account.sent if isinstance(account, ImapAccount) else "the mailbox"
        self._account = account

    def find(self, message_ids: Sequence[str]) -> Mapping[str, bool] | None:
        """Those of these Message-IDs, angle brackets included, that a copy has: True where it has
        left, False where it is about to. None when nobody can look now."""
        try:
            match self._account:
                case GraphAccount():
                    return _in_graph(self._account, message_ids)
                case ImapAccount():
                    return _in_imap(replace(self._account, folder=self.name), message_ids)
        except MailboxError as error:
            log.warning("sent folder not searched", error=type(error).__name__)
            return None


def _in_imap(account: ImapAccount, message_ids: Sequence[str]) -> dict[str, bool]:
    with translated(account.name):
        session = ImapSession(account)
        found = {id: True for id in message_ids if session.copies_of(id)}
        session.close()
    return found


def _in_graph(account: GraphAccount, message_ids: Sequence[str]) -> dict[str, bool]:
    session = GraphSession(account)
    try:
        copies = {id: session.copies_of(id) for id in message_ids}
        return {id: any(have_left) for id, have_left in copies.items() if have_left}
    finally:
        session.close()

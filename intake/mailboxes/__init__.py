"""The registry of mailbox sources: one line for each kind of account."""

from intake.mailboxes.base import (
    FolderAccount,
    GraphAccount,
    ImapAccount,
    Mailbox,
    MaildirAccount,
)
from intake.mailboxes.folder import FolderMailbox
from intake.mailboxes.graph.mailbox import GraphMailbox
from intake.mailboxes.imap import ImapMailbox
from intake.mailboxes.maildir import MaildirMailbox

Account = ImapAccount | GraphAccount | MaildirAccount | FolderAccount

__all__ = [
    "Account",
    "FolderAccount",
    "GraphAccount",
    "ImapAccount",
    "MaildirAccount",
    "open_mailbox",
]


def open_mailbox(account: Account) -> Mailbox:
    """The mailbox of an account; nothing is connected before it is used.

    Raises MailboxRefused when the settings can't work.
    """
    match account:
        case ImapAccount():
            return ImapMailbox(account)
        case GraphAccount():
            return GraphMailbox(account)
        case MaildirAccount():
            return MaildirMailbox(account)
        case FolderAccount():
            return FolderMailbox(account)

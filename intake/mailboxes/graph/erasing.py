"""Messages of a person who is erased, removed from a mailbox of Microsoft 365 for good."""

import hashlib
from collections.abc import Collection, Iterator

from intake.mailboxes.base import GraphAccount
from intake.mailboxes.graph import folders
from intake.mailboxes.graph.resources import addresses, text
from intake.mailboxes.graph.session import GraphSession

_ASKED = {"$select": "id,internetMessageId,from,sender,toRecipients,ccRecipients,bccRecipients"}
_WRITERS, _READERS = ("from", "sender"), ("toRecipients", "ccRecipients", "bccRecipients")


def remove_by_graph(
    account: GraphAccount,
    hashes: Collection[str],
    *,
    message_ids: Collection[str],
    email: str | None,
) -> int:
    """Remove what has one of these SHA-256 (hex) and Message-IDs, all that `email` wrote, and
    copies of what was sent there; how many messages that were. Whole folders are gone through
    rather than searched, as Graph's search is neither exact nor up to date. Raises MailboxError."""
    session = GraphSession(account)
    try:
        found = set(_found(session, account, hashes, message_ids=message_ids, email=email))
        return sum(session.delete(key) for key in found)
    finally:
        session.close()


def _found(
    session: GraphSession,
    account: GraphAccount,
    hashes: Collection[str],
    *,
    message_ids: Collection[str],
    email: str | None,
) -> Iterator[str]:
    person = email.lower() if email else None
    places = dict.fromkeys((account.folder, account.processed, account.quarantine), _WRITERS)
    for name, fields in (places | {account.sent: _READERS}).items():
        folder = folders.find(session, name)
        for entry in session.messages(folder, _ASKED) if folder is not None else ():
            key = text(entry, "id")
            is_theirs = person in addresses({field: entry.get(field) for field in fields})
            is_named = text(entry, "internetMessageId") in message_ids
            if is_theirs or (is_named and _hash(session, account, key) in hashes):
                yield key


def _hash(session: GraphSession, account: GraphAccount, key: str) -> str | None:
    """None where there is no such message any more."""
    found = session.content(key, account.max_bytes)
    return hashlib.sha256(found[0]).hexdigest() if found is not None else None

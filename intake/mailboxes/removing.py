"""Messages of a person who is erased, removed from the mailbox they came to: from its inbox, from
the folders they were filed in, and copies of what was sent to them."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from intake.mailboxes import Account
from intake.mailboxes.base import (
    FolderAccount,
    GraphAccount,
    ImapAccount,
    MailboxError,
    MailboxUnavailable,
    MaildirAccount,
    header_block,
)
from intake.mailboxes.connection import translated
from intake.mailboxes.graph.erasing import remove_by_graph
from intake.mailboxes.session import ImapSession
from storage.privacy.sources import Source

Header = Literal["FROM", "TO"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be removed: whatever has one of these SHA-256 (hex); `message_ids`, angle
    brackets included, help to find it. With an `email` also all that it wrote, and copies of what
    was sent there."""

    hashes: frozenset[str]
    message_ids: tuple[str, ...] = ()
    email: str | None = None


def wanted_of(sources: Sequence[Source]) -> Wanted:
    """These messages alone."""
    ids = tuple(source.message_id for source in sources if source.message_id)
    return Wanted(frozenset(source.sha256 for source in sources), ids)


def remove_everywhere(
    accounts: Mapping[str, Account], wanted: Wanted
) -> tuple[int, dict[str, str]]:
    """Remove it from each of these mailboxes; how many messages that were, and why a mailbox could
    not be reached, by its programme."""
    removed, unreached = 0, dict[str, str]()
    for slug, account in accounts.items():
        try:
            removed += remove_from(account, wanted)
        except MailboxError as error:
            unreached[slug] = str(error)
    return removed, unreached


def remove_from(account: Account, wanted: Wanted) -> int:
    """Remove it for good; how many messages that were. Saved messages in a folder that was only
    imported from are left to whoever saved them. Raises MailboxError."""
    match account:
        case ImapAccount():
            with translated(account.name):
                return sum(
                    _remove_imap(replace(account, folder=folder), wanted, header=header)
                    for folder, header in _folders(account)
                )
        case GraphAccount():
            return remove_by_graph(
                account, wanted.hashes, message_ids=wanted.message_ids, email=wanted.email
            )
        case MaildirAccount():
            return _remove_maildir(account, wanted)
        case FolderAccount():
            return 0


def _folders(account: ImapAccount) -> Iterator[tuple[str, Header]]:
    """Where to look, and in which header a person's address stands there."""
    for folder in (account.folder, account.processed, account.quarantine):
        yield folder, "FROM"
    if account.sent is not None:
        yield account.sent, "TO"


def _remove_imap(account: ImapAccount, wanted: Wanted, *, header: Header) -> int:
    session = ImapSession(account)
    try:
        for filed in (account.processed, account.quarantine):
            session.ensure_folder(filed)
        theirs = _of_address(session, wanted.email, header) if wanted.email else set[int]()
        named = {uid for id in wanted.message_ids for uid in session.copies_of(id)} - theirs
        if named:
            contents = session.contents(named, headers_only=False)
            theirs |= {uid for uid, raw in contents.items() if _hash(raw) in wanted.hashes}
        if theirs:
            session.delete(theirs)
    except BaseException:
        session.hang_up()
        raise
    session.close()
    return len(theirs)


def _of_address(session: ImapSession, email: str, header: Header) -> set[int]:
    """Messages with this very address in this header; the server also finds longer ones."""
    found = session.with_address(header, email)
    heads = session.contents(found, headers_only=True) if found else {}
    line = re.compile(
        rb"^" + header.encode() + rb":(?:[^\n]|\n[ \t])*?(?<![\w.+%-])"
        + re.escape(email.encode()) + rb"(?![\w.-])",
        re.IGNORECASE | re.MULTILINE,
    )  # fmt: skip
    return {uid for uid, head in heads.items() if line.search(header_block(head))}


def _remove_maildir(account: MaildirAccount, wanted: Wanted) -> int:
    try:
        found = [path for path in _files(account.path) if _hash(path.read_bytes()) in wanted.hashes]
        for path in found:
            path.unlink(missing_ok=True)
    except OSError as error:
        told = f"{account.name}: messages can't be removed ({error.strerror})"
        raise MailboxUnavailable(told) from error
    return len(found)


def _files(folder: Path) -> Iterable[Path]:
    for place, _, names in os.walk(folder):
        if Path(place).name in ("new", "cur"):
            yield from (Path(place, name) for name in names)


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()

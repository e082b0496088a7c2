"""One logged-in IMAP connection with its inbox selected, and the few things that may be said on it.

Nothing here marks a message as seen, and nothing expunges what it was not asked to move.
"""

import imaplib
import re
import select
import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Literal, cast

from imap_tools.utils import encode_folder

from intake.mailboxes.base import ImapAccount, MailboxRefused, MailboxUnavailable
from intake.mailboxes.connection import (
    buffered_reader,
    capabilities,
    hang_up,
    open_connection,
    response_code,
)
from intake.mailboxes.folders import Folders
from intake.mailboxes.syntax import Facts, FetchData, format_set, parse_bodies, parse_facts

LONGEST_IDLE = 9 * 60.0
"""Seconds; servers and the boxes between forget a connection that is silent for longer."""

_ASKABLE = re.compile(r"<[!#-\[\]-~]{1,400}>")
"""A Message-ID that may stand between quotation marks."""

PAUSE_BETWEEN_POLLS = 15.0
"""Seconds between two questions to a server that has no IDLE."""

PATIENCE_AT_GOODBYE = 5.0
"""Seconds a server gets to answer LOGOUT."""


class Declined(MailboxUnavailable):
    """The server said NO to a command. `code` is its response code (RFC 5530), or empty."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.code = code


class ImapSession:
    """An open inbox. Its methods raise MailboxError, or what imaplib, imap-tools and the socket
    raise; after any of these the connection is not to be used again."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._connection = open_connection(account)
        self._client = self._connection.client
        try:
            self._capabilities = capabilities(self._client)
            self._folders = Folders(self._connection, account.name, self._capabilities)
            self.uidvalidity = self._folders.select(account.folder)
        except BaseException:
            hang_up(self._client)
            raise
        self._is_news = True  # nobody has looked since the connection was opened
        self._has_news()

    def waiting(self) -> list[int]:
        """Every message of the inbox that nobody has marked as deleted, oldest uid first."""
        self._ask(self._client.noop())
        self._is_news = False
        self._has_news()
        return sorted(self._search("UNDELETED"))

    @contextmanager
    def looking_into(self, folder: str) -> Iterator[int | None]:
        """Another folder in place of the inbox, to be read only; its UIDVALIDITY, None where there
        is no such folder. The inbox is open again afterwards."""
        if not self._folders.exists(folder):
            yield None
            return
        yield self._folders.select(folder, is_readonly=True)
        self.uidvalidity = self._folders.select(self._account.folder)
        self._has_news()
        self._is_news = True  # nobody heard what came meanwhile

    @contextmanager
    def working_in(self, folder: str) -> Iterator[int]:
        """As `looking_into`, of a folder that is there and may be changed."""
        yield self._folders.select(folder)
        self.uidvalidity = self._folders.select(self._account.folder)
        self._has_news()
        self._is_news = True

    def everything(self) -> list[int]:
        """Every message of the folder that is open, oldest uid first."""
        return sorted(self._search("ALL"))

    def remaining(self, uids: Collection[int]) -> set[int]:
        """Those of `uids` that are in the inbox."""
        return self._search(f"UID {format_set(uids)}")

    def copies_of(self, message_id: str) -> set[int]:
        """Messages with this Message-ID, angle brackets included. Raises ValueError for one that
        can't be asked for."""
        if not _ASKABLE.fullmatch(message_id):
            raise ValueError("no Message-ID to search for")
        return self._search(f'HEADER Message-ID "{message_id}"')

    def with_address(self, header: Literal["FROM", "TO"], address: str) -> set[int]:
        """Messages in which this header has this address, perhaps as a part of another: the server
        looks for characters. Raises ValueError for an address that can't be asked for."""
        if not _ASKABLE.fullmatch(f"<{address}>"):
            raise ValueError("no address to search for")
        return self._search(f'{header} "{address}"')

    def delete(self, uids: Collection[int]) -> None:
        """Remove these messages for good, and no other. Raises MailboxRefused where the server
        can't do that (RFC 4315)."""
        if "UIDPLUS" not in self._capabilities:
            raise MailboxRefused(
                f"{self._account.name}: the server can't remove single messages (UIDPLUS, RFC 4315)"
            )
        wanted = format_set(uids)
        self._ask(self._client.uid("STORE", wanted, "+FLAGS.SILENT", r"(\Deleted)"))
        self._ask(self._client.uid("EXPUNGE", wanted))

    def facts(self, uids: Collection[int]) -> dict[int, Facts]:
        """Size and time of receipt of those messages that are still there."""
        data = self._fetch(uids, "RFC822.SIZE INTERNALDATE")
        try:
            return parse_facts(data)
        except ValueError as error:
            raise MailboxUnavailable(
                f"{self._account.name}: a time of receipt can't be read"
            ) from error

    def contents(self, uids: Collection[int], *, headers_only: bool) -> dict[int, bytes]:
        """The bytes of those messages that are still there; nothing is marked as seen."""
        section = "BODY.PEEK[HEADER]" if headers_only else "BODY.PEEK[]"
        return parse_bodies(self._fetch(uids, section))

    def move(self, uids: Collection[int], folder: str) -> None:
        """Move messages that are in the inbox to a folder, which is made when it is missing."""
        self.check_filing()
        target = self._folders.ensure(folder)
        try:
            self._move(format_set(uids), target)
        except Declined as declined:
            if declined.code != "TRYCREATE":
                raise
            self._folders.forget(folder)  # somebody removed it since we looked
            self._move(format_set(uids), self._folders.ensure(folder))

    def ensure_folder(self, folder: str) -> None:
        """Make a folder when it is missing, and subscribe to it."""
        self._folders.ensure(folder)

    def require_folder(self, folder: str) -> None:
        """Raises MailboxRefused when there is no such folder; none is made."""
        self._folders.require(folder)

    def check_filing(self) -> None:
        """Raises MailboxRefused when the server has no way to take out single messages: a plain
        EXPUNGE would take all that other people have marked as deleted as well."""
        if not self._capabilities & {"MOVE", "UIDPLUS"}:
            raise MailboxRefused(
                f"{self._account.name}: the server offers neither MOVE (RFC 6851) nor UIDPLUS "
                "(RFC 4315); without them messages can't be filed safely"
            )

    def wait(self, timeout: float) -> bool:
        """Wait `timeout` seconds at most for the server to announce a message. True at once when
        one was announced since `waiting` or the last `wait`, or the connection is new."""
        give_up_at = time.monotonic() + timeout
        while True:
            self._ask(self._client.noop())  # some announce in IDLE only what comes during it
            if self._has_news() or self._is_news:
                self._is_news = False
                return True
            left = give_up_at - time.monotonic()
            if left <= 0:
                return False
            if "IDLE" in self._capabilities:
                self._idle(min(left, LONGEST_IDLE))
            else:
                time.sleep(min(left, PAUSE_BETWEEN_POLLS))

    def close(self) -> None:
        """Take leave of the server."""
        try:
            self._client.sock.settimeout(PATIENCE_AT_GOODBYE)
            self._client.logout()
        except (OSError, imaplib.IMAP4.error):
            hang_up(self._client)

    def hang_up(self) -> None:
        """Close the connection without a word."""
        hang_up(self._client)

    def _fetch(self, uids: Collection[int], items: str) -> FetchData:
        return self._ask(self._client.uid("FETCH", format_set(uids), f"(UID {items})"))

    def _search(self, criteria: str) -> set[int]:
        lines = self._ask(self._client.uid("SEARCH", criteria))
        words = b" ".join(line for line in lines if isinstance(line, bytes)).split()
        return {int(word) for word in words if word.isdigit()}

    def _move(self, uids: str, target: str) -> None:
        folder = encode_folder(target).decode("ascii")
        if "MOVE" in self._capabilities:
            self._ask(self._client.uid("MOVE", uids, folder))
            return
        self._ask(self._client.uid("COPY", uids, folder))
        self._ask(self._client.uid("STORE", uids, "+FLAGS.SILENT", r"(\Deleted)"))
        self._ask(self._client.uid("EXPUNGE", uids))

    def _ask(self, answer: tuple[str, FetchData]) -> FetchData:
        """The data of an answer. Raises Declined when it is a NO."""
        status, data = answer
        if status == "OK":
            return data
        said = b" ".join(part for part in data if isinstance(part, bytes)).decode(
            "utf-8", "replace"
        )
        raise Declined(f"{self._account.name}: the server says: {said}", response_code(said))

    def _has_news(self) -> bool:
        """True when the server has announced messages (EXISTS) since this was asked last."""
        return self._client.untagged_responses.pop("EXISTS", None) is not None

    def _idle(self, timeout: float) -> None:
        """One IDLE of `timeout` seconds, ended as soon as the server says anything (RFC 2177).

        The connection is only watched, never read, while it idles: what the server says is read
        whole between DONE and the answer to it, so that no line is lost or cut.
        """
        client = self._client
        tag = client._command("IDLE")
        while client._get_response() is not None:  # other news may come before "+ idling"
            if client.tagged_commands[tag]:
                break
        else:
            self._watch(timeout)
            client.send(b"DONE\r\n")
            while not client.tagged_commands[tag]:
                client._get_response()
        self._ask(cast(tuple[str, FetchData], client.tagged_commands.pop(tag)))

    def _watch(self, timeout: float) -> None:
        """Return once there is something to read, or `timeout` seconds are over."""
        if "EXISTS" in self._client.untagged_responses or self._is_readable():
            return
        poller = select.poll()
        poller.register(self._client.sock, select.POLLIN)
        poller.poll(timeout * 1000)

    def _is_readable(self) -> bool:
        """True when something was read from the socket already, by imaplib's buffer or by TLS."""
        sock = self._client.sock
        timeout = sock.gettimeout()
        sock.settimeout(0)
        try:
            is_buffered = bool(buffered_reader(self._client).peek(1))
        except OSError:
            is_buffered = False
        finally:
            sock.settimeout(timeout)
        return is_buffered or (isinstance(sock, ssl.SSLSocket) and sock.pending() > 0)

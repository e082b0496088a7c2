"""The folders of an IMAP account under the names its server gives them."""

import imaplib
import re

from imap_tools.errors import UnexpectedCommandStatusError

from intake.mailboxes.base import MailboxRefused, MailboxUnavailable
from intake.mailboxes.connection import PASSING, Connection, response_code

INBOX = "INBOX"

_PERSONAL = re.compile(r'\(\("(?P<prefix>(?:[^"\\]|\\.)*)" (?:"\\?(?P<delimiter>.)"|NIL)')
"""The first personal namespace (RFC 2342 section 5)."""

_ABSENT = {r"\noselect", r"\nonexistent"}


class Folders:
    """Finds, makes and opens folders. Names are given with `/`; the server may want others:
    its own delimiter, and a prefix such as `INBOX.` before everything."""

    def __init__(self, connection: Connection, name: str, offered: frozenset[str]) -> None:
        self._connection = connection
        self._name = name
        self._prefix, self._delimiter = self._conventions(offered)
        self._known: dict[str, str] = {}

    def select(self, folder: str, *, is_readonly: bool = False) -> int:
        """Open a folder and give its UIDVALIDITY. Raises MailboxRefused when it can't be opened,
        MailboxUnavailable when it can't be just now."""
        try:
            self._connection.folder.set(self._server_name(folder), readonly=is_readonly)
        except UnexpectedCommandStatusError as error:
            raise self._refusal(f"the folder {folder} can't be opened", error) from error
        except imaplib.IMAP4.readonly as error:
            raise MailboxRefused(
                f"{self._name}: the folder {folder} may only be read, so nothing could be filed"
            ) from error
        match self._connection.client.untagged_responses.get("UIDVALIDITY"):
            case [*_, bytes(value)] if value.isdigit():
                return int(value)
            case _:
                raise MailboxRefused(
                    f"{self._name}: the server's numbers for messages do not last (UIDVALIDITY)"
                )

    def ensure(self, folder: str) -> str:
        """The server's name of a folder, which is made and subscribed to when it is missing."""
        if folder not in self._known:
            name = self._server_name(folder)
            if not self._exists(name):
                self._create(name)
            self._known[folder] = name
        return self._known[folder]

    def exists(self, folder: str) -> bool:
        """True where there is such a folder."""
        return self._exists(self._server_name(folder))

    def require(self, folder: str) -> None:
        """Raises MailboxRefused when there is no such folder."""
        if not self.exists(folder):
            raise MailboxRefused(f"{self._name}: there is no folder {folder}")

    def forget(self, folder: str) -> None:
        """Look again the next time `folder` is wanted."""
        self._known.pop(folder, None)

    def _conventions(self, offered: frozenset[str]) -> tuple[str, str]:
        """The prefix of this user's own folders, and the delimiter (empty: folders are flat)."""
        if "NAMESPACE" in offered:
            _, data = self._connection.client.namespace()
            personal = _PERSONAL.match(bytes(data[-1] or b"").decode("utf-8", "replace"))
            if personal:
                return personal["prefix"], personal["delimiter"] or ""
        root = self._connection.folder.list("", "")
        delimiter = root[0].delim if root else "/"
        return "", "" if delimiter == "NIL" else delimiter[-1:]

    def _server_name(self, folder: str) -> str:
        if folder.upper() == INBOX:
            return INBOX
        name = folder.replace("/", self._delimiter or "-")
        return name if name.startswith(self._prefix) else self._prefix + name

    def _exists(self, name: str) -> bool:
        found = self._connection.folder.list("", name)
        return any(not _ABSENT & {flag.lower() for flag in folder.flags} for folder in found)

    def _create(self, name: str) -> None:
        try:
            self._connection.folder.create(name)
        except UnexpectedCommandStatusError as error:
            if self._exists(name):  # another client was quicker
                return
            raise self._refusal(f"the folder {name} can't be made", error) from error
        self._connection.folder.subscribe(name, True)

    def _refusal(
        self, what: str, error: UnexpectedCommandStatusError
    ) -> MailboxRefused | MailboxUnavailable:
        _, data = error.command_result
        said = bytes(data[-1] or b"").decode("utf-8", "replace")
        text = f"{self._name}: {what}; the server says: {said}"
        passes = response_code(said) in PASSING
        return MailboxUnavailable(text) if passes else MailboxRefused(text)

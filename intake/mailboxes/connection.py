"""Opens IMAP connections that are verified before they carry a password or a token.

imap-tools does the talking. Its own classes verify no certificate and keep what a server says
before encryption; session.py next door is what may be said once the door is open.
"""

import imaplib
import io
import ipaddress
import json
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from imap_tools import BaseMailBox, ImapToolsError
from imap_tools.errors import UnexpectedCommandStatusError

from intake.mailboxes.base import ImapAccount, MailboxRefused, MailboxUnavailable

PASSING = ("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG")
"""Response codes that say: later (RFC 5530 section 3)."""


class ConnectionLost(MailboxUnavailable):
    """The connection broke, or could not be made; another one may do."""


_UNSAFE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters, and what Python makes of bytes that are no UTF-8."""


class Connection(BaseMailBox):
    """An open connection that is encrypted as its account asks, not yet logged in."""

    client: imaplib.IMAP4

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        account = self._account
        if account.security == "tls":
            return imaplib.IMAP4_SSL(
                account.host,
                account.port,
                ssl_context=_verifying_context(account),
                timeout=account.timeout,
            )
        client = imaplib.IMAP4(account.host, account.port, timeout=account.timeout)
        if account.security == "starttls":
            try:
                _start_tls(client, account)
            except BaseException:
                hang_up(client)
                raise
        return client


def check_account(account: ImapAccount) -> None:
    """Raises MailboxRefused for settings that can't work, or would not be safe."""
    if account.security == "plain" and not _is_loopback(account.host):
        raise MailboxRefused(
            f"{account.name}: a connection without encryption is allowed to this machine only; "
            'set security to "tls" or "starttls"'
        )
    if (account.password is None) == (account.token is None):
        raise MailboxRefused(f"{account.name}: give either a password or a token")
    if _UNSAFE.search(account.username) or _UNSAFE.search(account.password or ""):
        raise MailboxRefused(f"{account.name}: unusable characters in the user name or password")
    folders = (account.folder, account.processed, account.quarantine)
    for folder in (*folders, account.sent or account.folder):
        if not folder or _UNSAFE.search(folder) or set(folder) & set("*%"):
            raise MailboxRefused(f"{account.name}: no folder can be called {folder!r}")


def open_connection(account: ImapAccount) -> Connection:
    """An open, verified connection, logged in. Raises MailboxError, or what the socket raises."""
    try:
        connection = Connection(account)
    except socket.gaierror as error:
        raise ConnectionLost(f"{account.name}: {account.host} isn't known") from error
    try:
        _log_in(connection, account)
    except BaseException:
        hang_up(connection.client)
        raise
    return connection


def capabilities(client: imaplib.IMAP4) -> frozenset[str]:
    """What the server offers now; it offers more once logged in, which imaplib overlooks."""
    _, data = client.capability()
    return frozenset(bytes(data[-1] or b"").decode("ascii", "replace").upper().split())


def buffered_reader(client: imaplib.IMAP4) -> io.BufferedReader:
    """What imaplib reads the socket through; its name changed in Python 3.14."""
    return cast(io.BufferedReader, getattr(client, "_file", None) or client.file)


def response_code(said: str) -> str:
    """The response code of a server's text, such as TRYCREATE, in upper case; empty for none."""
    match = re.match(r"\[([A-Za-z-]+)", said)
    return match[1].upper() if match else ""


def hang_up(client: imaplib.IMAP4) -> None:
    """Close the connection without a word."""
    try:
        client.shutdown()
    except (OSError, AttributeError):  # imaplib: never opened, or closed by the other side
        return


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turns what the libraries raise into our errors, for the mailbox called `name`."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise MailboxRefused(
            f"{name}: the server's certificate is not to be trusted: {error.verify_message}"
        ) from error
    except TimeoutError as error:
        raise MailboxUnavailable(f"{name}: no answer in time") from error
    except (OSError, imaplib.IMAP4.abort) as error:
        raise ConnectionLost(f"{name}: {error}") from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise MailboxUnavailable(f"{name}: {error}") from error


def _start_tls(client: imaplib.IMAP4, account: ImapAccount) -> None:
    """Encrypt or raise. What came before, or slipped in behind the answer, is not believed
    (RFC 9051 section 6.2.1; CVE-2011-0411 is the class of attack)."""
    if "STARTTLS" not in client.capabilities:
        raise MailboxRefused(f"{account.name}: the server offers no STARTTLS")
    before = buffered_reader(client)
    try:
        client.starttls(_verifying_context(account))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise MailboxRefused(f"{account.name}: the server refuses STARTTLS") from error
    if _left_over(before):
        raise MailboxRefused(
            f"{account.name}: something was said in clear text after STARTTLS: "
            "somebody may be listening between here and the server"
        )
    client.untagged_responses.clear()


def _left_over(reader: io.BufferedReader) -> bool:
    """True when a buffered reader still holds bytes; its socket is no longer its own."""
    try:
        return bool(reader.peek(1))
    except OSError:
        return False


def _verifying_context(account: ImapAccount) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(account.cafile) if account.cafile else None)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _log_in(connection: Connection, account: ImapAccount) -> None:
    """Raises MailboxRefused, without the secret in any text of the error or its cause."""
    offered = capabilities(connection.client)
    if account.token is not None:
        _log_in_with_token(connection, account, account.token(), offered)
    elif account.password is not None:
        _log_in_with_password(connection, account, account.password, offered)


def _log_in_with_password(
    connection: Connection, account: ImapAccount, password: str, offered: frozenset[str]
) -> None:
    if "LOGINDISABLED" in offered:
        raise MailboxRefused(f"{account.name}: the server takes no password here")
    with _secretive(account, password):
        if (account.username + password).isascii():
            connection.login(account.username, password, initial_folder=None)
        else:  # LOGIN knows ASCII only (RFC 4616)
            connection.login_utf8(account.username, password, initial_folder=None)


def _log_in_with_token(
    connection: Connection, account: ImapAccount, token: str, offered: frozenset[str]
) -> None:
    """XOAUTH2, as Google and Microsoft describe it: a server that refuses first sends its reason
    as a challenge, which is to be answered with nothing."""
    if "AUTH=XOAUTH2" not in offered:
        raise MailboxRefused(f"{account.name}: the server does not take access tokens (XOAUTH2)")
    first = f"user={account.username}\1auth=Bearer {token}\1\1".encode()
    reasons: list[str] = []

    def respond(challenge: bytes) -> bytes:
        if not challenge:
            return first
        reasons.append(_reason(challenge))
        return b""

    with _secretive(account, token, reasons):
        connection.client.authenticate("XOAUTH2", respond)


@contextmanager
def _secretive(account: ImapAccount, secret: str, reasons: Sequence[str] = ()) -> Iterator[None]:
    """Turns a failed log-in into our errors, with what the server said but for the secret, should
    it have repeated that; nothing of the original error is kept."""
    try:
        yield
    except imaplib.IMAP4.abort as error:
        raise ConnectionLost(_redacted(f"{account.name}: {error}", secret)) from None
    except (imaplib.IMAP4.error, UnexpectedCommandStatusError) as error:
        said = "; ".join([_said(error), *reasons])
        text = _redacted(f"{account.name}: log-in refused: {said}", secret)
        if response_code(said) in PASSING:
            raise MailboxUnavailable(text) from None
        raise MailboxRefused(text) from None


def _reason(challenge: bytes) -> str:
    """The challenge's JSON as `status 401, schemes bearer, …`, or as it came."""
    try:
        fields = json.loads(challenge)
    except ValueError:
        return challenge.decode("ascii", "replace")
    if not isinstance(fields, dict):
        return str(fields)
    return ", ".join(f"{name} {value}" for name, value in fields.items())


def _said(error: imaplib.IMAP4.error | UnexpectedCommandStatusError) -> str:
    """What the server said when it refused."""
    words: object = error.args[0] if error.args else ""
    if isinstance(error, UnexpectedCommandStatusError):
        words = error.command_result[1][-1]
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def _redacted(text: str, secret: str) -> str:
    return text.replace(secret, "***") if secret else text

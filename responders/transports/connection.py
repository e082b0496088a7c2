"""A connection to a submission server: opened, encrypted, logged in, or refused."""

import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable

from responders.transports.base import (
    SmtpAccount,
    TransportRefused,
    TransportUnavailable,
)

UNINTELLIGIBLE = -1
"""The code of an answer that is not SMTP."""

NEEDS_LOG_IN = frozenset({530, 534, 535, 538})
"""RFC 4954 section 6: the account is refused, whatever the letter."""

_REPLY_LENGTH = 500


def connect(account: SmtpAccount) -> smtplib.SMTP:
    """A connection that is encrypted and logged in as the account asks, ready for a letter.

    Raises TransportUnavailable (try again later) or TransportRefused (a person must act). No
    credential leaves before the certificate is verified.
    """
    connection = _greeted(account)
    try:
        if account.security == "starttls":
            _encrypt(connection, account)
        if account.username is not None:
            _log_in(connection, account)
    except BaseException:
        connection.close()
        raise
    return connection


def command(connection: smtplib.SMTP, line: str) -> tuple[int, str]:
    """Send one line; the reply's code and text. Raises smtplib.SMTPServerDisconnected."""
    connection.send(f"{line}\r\n".encode())
    return read_reply(connection)


def read_reply(connection: smtplib.SMTP) -> tuple[int, str]:
    """The next reply: its code (UNINTELLIGIBLE for none) and its text on one line, printable
    and short. Raises smtplib.SMTPServerDisconnected."""
    try:
        code, text = connection.getreply()
    except smtplib.SMTPResponseException as error:  # a line without end; smtplib has hung up
        raise smtplib.SMTPServerDisconnected("the reply was too long") from error
    return code, f"{code} {printable(text)}"


def printable(reply: bytes | str) -> str:
    """A server's words without control or formatting characters, cut to a length to keep."""
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:_REPLY_LENGTH]


def _greeted(account: SmtpAccount) -> smtplib.SMTP:
    try:
        connection = _opened(account)
        code, reply = connection.ehlo()
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, printable(error.smtp_error)) from error
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
        raise TransportUnavailable("the connection was lost while encrypting") from error
    except ssl.SSLError as error:
        raise TransportRefused(f"not to be trusted: {printable(str(error))}") from error
    except socket.gaierror as error:
        raise TransportUnavailable(f"can't be reached: {account.host} isn't known") from error
    except (OSError, smtplib.SMTPException) as error:
        raise TransportUnavailable(f"can't be reached: {printable(str(error))}") from error
    if code != 250:
        connection.close()
        raise _refusal(code, printable(reply))
    return connection


def _opened(account: SmtpAccount) -> smtplib.SMTP:
    timeout = account.timeout.total_seconds()
    if account.security == "tls":
        return smtplib.SMTP_SSL(
            account.host,
            account.port,
            local_hostname=account.hello,
            timeout=timeout,
            context=_context(account),
        )
    return smtplib.SMTP(account.host, account.port, local_hostname=account.hello, timeout=timeout)


def _context(account: SmtpAccount) -> ssl.SSLContext:
    """Verifies the certificate and the host's name; smtplib alone would verify neither."""
    return ssl.create_default_context(cafile=str(account.cafile) if account.cafile else None)


def _encrypt(connection: smtplib.SMTP, account: SmtpAccount) -> None:
    """RFC 3207; fails closed: a server, or somebody in between, that does not offer it gets
    nothing more. What was sent in plain text after the answer is thrown away with its buffer."""
    if not connection.has_extn("starttls"):
        raise TransportRefused("the server does not offer STARTTLS")
    try:
        connection.starttls(context=_context(account))
        code, reply = connection.ehlo()
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, printable(error.smtp_error)) from error
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
        raise TransportUnavailable("the connection was lost while encrypting") from error
    except ssl.SSLError as error:
        raise TransportRefused(f"not to be trusted: {printable(str(error))}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise TransportUnavailable(f"lost: {printable(str(error))}") from error
    if code != 250:
        raise _refusal(code, printable(reply))


def _log_in(connection: smtplib.SMTP, account: SmtpAccount) -> None:
    offered = connection.esmtp_features.get("auth", "").upper().split()
    ways = _TOKEN_WAYS if account.token is not None else _PASSWORD_WAYS
    way = next((way for way in ways if way in offered), None)
    if way is None:
        raise TransportRefused(f"the server offers no log-in by {' or '.join(ways)}")
    username = account.username or ""
    secret = account.token() if account.token is not None else account.password or ""
    try:
        code, reply = ways[way](connection, username, secret)
    except smtplib.SMTPServerDisconnected as error:
        raise TransportUnavailable("the connection was lost at the log-in") from error
    if code != 235:
        for hidden in (secret, _base64(secret)):
            reply = reply.replace(hidden, "[hidden]") if hidden else reply
        raise _refusal(code, reply)


def _plain(connection: smtplib.SMTP, username: str, password: str) -> tuple[int, str]:
    """RFC 4616, with the initial response of RFC 4954."""
    response = _base64(f"\0{username}\0{password}")
    return command(connection, f"AUTH PLAIN {response}")


def _login(connection: smtplib.SMTP, username: str, password: str) -> tuple[int, str]:
    """The older way that Exchange offers: name and password on a line each."""
    code, reply = command(connection, f"AUTH LOGIN {_base64(username)}")
    return command(connection, _base64(password)) if code == 334 else (code, reply)


def _xoauth2(connection: smtplib.SMTP, username: str, token: str) -> tuple[int, str]:
    """Microsoft's and Google's way to give an OAuth 2 access token. A refusal comes as a
    challenge that an empty line must answer."""
    response = _base64(f"user={username}\x01auth=Bearer {token}\x01\x01")
    code, reply = command(connection, f"AUTH XOAUTH2 {response}")
    return command(connection, "") if code == 334 else (code, reply)


_Way = Callable[[smtplib.SMTP, str, str], tuple[int, str]]
_PASSWORD_WAYS: dict[str, _Way] = {"PLAIN": _plain, "LOGIN": _login}
_TOKEN_WAYS: dict[str, _Way] = {"XOAUTH2": _xoauth2}


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _refusal(code: int, reply: str) -> TransportUnavailable:
    """A refusal before any letter: 5xx needs a person, all else may pass."""
    refused = 500 <= code < 600
    said = reply if reply.startswith(str(code)) else f"{code} {reply}"
    return (TransportRefused if refused else TransportUnavailable)(said, code=code)

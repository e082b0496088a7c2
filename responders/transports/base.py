"""The border to the outside: one method that hands a letter over, and how that can fail.

ResponderError
└── TransportError
    ├── TemporaryFailure            this letter later
    │   └── TransportUnavailable    no letter now, later by itself
    │       └── TransportRefused    no letter until a person has acted
    ├── PermanentFailure            this letter never
    └── InDoubt                     perhaps handed over, perhaps not
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Protocol

from responders.errors import ResponderError

Security = Literal["tls", "starttls", "plain"]

COMMAND_TIMEOUT = timedelta(seconds=60)
# RFC 5321 section 4.5.3.2.6: a server may take ten minutes over a whole message, and giving up
# on it sooner makes duplicates.
FINAL_TIMEOUT = timedelta(minutes=10)


class TransportError(ResponderError):
    """A letter was not certainly handed over. `reply` is what the server said last, without
    control characters, or what happened instead; `code` its reply code, None without one.
    The text may name an address: it belongs in the ledger, not in a log."""

    def __init__(self, reply: str, *, code: int | None = None) -> None:
        super().__init__(reply)
        self.reply = reply
        self.code = code


class TemporaryFailure(TransportError):
    """The server did not take this letter now (4xx, or the connection was lost before the end
    of the letter). Nothing to do: it is tried again, less and less often, for two days."""


class TransportUnavailable(TemporaryFailure):
    """The server can't be reached or serves nobody. Nothing was tried with this letter and none
    gets through. Nothing to do unless it lasts: the letters wait."""


class TransportRefused(TransportUnavailable):
    """The server refused our log-in, its certificate is not to be trusted, or it lacks what the
    configuration asks for. Correct the transport's settings; the letters wait."""


class PermanentFailure(TransportError):
    """The server will not take this letter (5xx). Read its reply, correct the address, and
    release the letter."""


class InDoubt(TransportError):
    """The connection was lost after the end of the letter, before the server's answer. It may
    have arrived: it is sent once more with the same bytes, then waits for a person."""


class Transport(Protocol):
    """A way to hand letters over, one at a time, to one recipient each."""

    def send(self, sender: str, recipient: str, content: bytes) -> str:
        """Hand over `content` (whole, CRLF lines, sent byte for byte) and give the server's
        reply. Raises TemporaryFailure, PermanentFailure or InDoubt."""
        ...

    def close(self) -> None:
        """Let the connection go. Harmless when there is none; `send` opens a new one."""
        ...


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where and how letters are submitted (RFC 6409), and as whom.

    `security` is TLS from the first byte, STARTTLS that fails closed, or plain text, which only
    a loopback host may use. With `username`, either `password` (PLAIN, LOGIN) or `token`, which
    gives a fresh OAuth 2 access token (XOAUTH2); without, no log-in. `cafile` replaces the
    system's certificate authorities. `hello` is the name given in EHLO (RFC 5321 section
    4.1.1.1); the default asks no name server.
    """

    host: str
    port: int
    security: Security = "tls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)
    cafile: Path | None = None
    timeout: timedelta = COMMAND_TIMEOUT
    final_timeout: timedelta = FINAL_TIMEOUT
    hello: str = "[127.0.0.1]"

    def __post_init__(self) -> None:
        if self.security == "plain" and not is_loopback(self.host):
            raise ValueError("plain text is for a loopback host only: use tls or starttls")
        if self.password is not None and self.token is not None:
            raise ValueError("give a password or a token, not both")
        if (self.username is None) != (self.password is None and self.token is None):
            raise ValueError("a username needs a password or a token, and they need a username")


def is_loopback(host: str) -> bool:
    """True for `localhost` and loopback addresses; other names are not looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

"""Pure: how one mailbox of Microsoft 365 is reached by Graph, and as whom."""

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import quote

HOST = "graph.microsoft.com"
VERSION = "v1.0"
_PORTS = {"tls": 443, "plain": 80}


@dataclass(frozen=True, slots=True)
class GraphAccess:
    """`username` is the address of the mailbox, whoever signs in for it. `token` gives an access
    token that should be good now, `another_token` one in place of a token that Graph refused,
    which may be the same again. `security` is `plain` on the loopback only. `port` None: the usual
    one. `cafile` replaces the system's certificate authorities. `timeout` is in seconds and holds
    for each exchange but the handing over of a letter."""

    username: str
    token: Callable[[], str] = field(repr=False)
    another_token: Callable[[str], str] = field(repr=False)
    host: str = HOST
    port: int | None = None
    security: Literal["tls", "plain"] = "tls"
    cafile: Path | None = None
    timeout: float = 60.0

    def __post_init__(self) -> None:
        if self.security == "plain" and not _is_loopback(self.host):
            raise ValueError("plain text is for a loopback host only: use tls")

    @property
    def origin(self) -> str:
        """Scheme, host and port, in front of every address that may be given the token."""
        scheme = "https" if self.security == "tls" else "http"
        port = self.port or _PORTS[self.security]
        return f"{scheme}://{self.host}" + (f":{port}" if port != _PORTS[self.security] else "")

    def url(self, path: str) -> str:
        """The address of something in the mailbox; `path` begins with a slash."""
        return f"{self.origin}/{VERSION}/users/{quote(self.username, safe='@')}{path}"


def _is_loopback(host: str) -> bool:
    """True for `localhost` and loopback addresses; other names are not looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

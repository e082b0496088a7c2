"""A mailbox on the stand-in for Microsoft Graph, and a clock that nobody waits by."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from intake.graph.access import GraphAccess
from intake.graph.client import GraphClient
from intake.mailboxes.base import GraphAccount
from intake.mailboxes.graph.mailbox import GraphMailbox
from tests.support.certificates import Certificate
from tests.support.graph_box import Box
from tests.support.graph_server import GraphServer
from tests.support.identity_provider import CLIENT, IdentityProvider

INBOX = "ace@leadership.nhs.example"
TOKEN = "canary-of-a-token"


@dataclass
class HandClock:
    """Seconds that pass when somebody sleeps by it; `slept` are those of each."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class GraphDesk:
    """One empty mailbox. `tokens` are what the next questions for a token give, the last one for
    good; `replaced` are those that were refused."""

    server: GraphServer
    box: Box
    clock: HandClock
    cafile: Path | None = None
    tokens: list[str] = field(default_factory=lambda: [TOKEN])
    replaced: list[str] = field(default_factory=list)
    opened: list[GraphClient | GraphMailbox] = field(default_factory=list)

    @property
    def access(self) -> GraphAccess:
        return GraphAccess(
            INBOX,
            token=lambda: self.tokens[0],
            another_token=self._another,
            host="localhost" if self.server.scheme == "https" else "127.0.0.1",
            port=self.server.port,
            security="tls" if self.server.scheme == "https" else "plain",
            cafile=self.cafile,
            timeout=5.0,
        )

    @property
    def account(self) -> GraphAccount:
        return GraphAccount(INBOX, self.access, look_every=0.02)

    def client(self, **changes: Any) -> GraphClient:
        """With other settings of `access`; closed with the desk, as `mailbox`."""
        access = replace(self.access, **changes)
        self.opened.append(made := GraphClient(access, sleep=self.clock.sleep, clock=self.clock))
        return made

    def mailbox(self, **changes: Any) -> GraphMailbox:
        """With other settings of `account`."""
        account = replace(self.account, **changes)
        self.opened.append(made := GraphMailbox(account, sleep=self.clock.sleep, clock=self.clock))
        return made

    def _another(self, refused: str) -> str:
        self.replaced.append(refused)
        if len(self.tokens) > 1:
            self.tokens.pop(0)
        return self.tokens[0]


@contextmanager
def open_desk(certificate: Certificate | None = None) -> Iterator[GraphDesk]:
    """Over TLS with a certificate for `localhost`, else in plain text."""
    with GraphServer(certificate) as server:
        box = server.new_box(INBOX, token=TOKEN)
        desk = GraphDesk(server, box, HandClock(), certificate.cafile if certificate else None)
        try:
            yield desk
        finally:
            for one in desk.opened:
                one.close()


def graph_tables(graph: GraphServer, provider: IdentityProvider) -> str:
    """The mailbox and transport of ACE on the stand-in, with tokens that `provider` gives."""
    tables = (
        f'[programmes.ace.{name}]\nkind = "graph"\nhost = "127.0.0.1"\nport = {graph.port}\n'
        f'security = "plain"\n\n[programmes.ace.{name}.oauth]\nprovider = "custom"\n'
        f'client_id = "{CLIENT}"\nscopes = ["mail"]\ntoken_endpoint = "{provider.url}/token"\n'
        f'device_endpoint = "{provider.url}/device"\n\n'
        for name in ("mailbox", "transport")
    )
    return "\n" + "".join(tables)

"""A provider on this machine, and sign-ins that ask it by a clock that is turned by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.oauth.grants import Client, Flow
from intake.oauth.keeping import TokenFile
from intake.oauth.sign_in import SignIn
from tests.support.certificates import Certificate
from tests.support.identity_provider import CLIENT, SECRET, TENANT, IdentityProvider

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class HandClock:
    """Stands still until somebody sleeps by it or turns it; `slept` are the seconds of each."""

    now: datetime = NOON
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Desk:
    """A provider, the clock, and how to make sign-ins with it; all share one file."""

    provider: IdentityProvider
    clock: HandClock
    file: TokenFile
    client: Callable[[Flow], Client]

    def sign_in(self, flow: Flow = "device") -> SignIn:
        return SignIn(self.client(flow), self.file, command="postroom login ace", clock=self.clock)

    def signed_in(self) -> SignIn:
        """One for whom somebody has typed the code."""
        made = self.sign_in()
        made.wait_for_code(made.ask_for_code(), self.clock.sleep)
        self.provider.asked.clear()
        return made


def microsoft(provider: IdentityProvider, flow: Flow, cafile: Path) -> Client:
    return Client(
        provider="microsoft",
        flow=flow,
        client_id=CLIENT,
        scopes=("https://outlook.office.com/IMAP.AccessAsUser.All",),
        client_secret=SECRET if flow == "client_credentials" else None,
        authority=f"{provider.url}/{TENANT}",
        cafile=cafile,
    )


def custom(provider: IdentityProvider, flow: Flow) -> Client:
    return Client(
        provider="custom",
        flow=flow,
        client_id=CLIENT,
        scopes=("mail.read", "mail.send"),
        client_secret=SECRET if flow == "client_credentials" else None,
        token_endpoint=f"{provider.url}/token",
        device_endpoint=f"{provider.url}/device",
        authorization_endpoint=f"{provider.url}/authorize",
    )


@pytest.fixture
def custom_desk(tmp_path: Path) -> Iterator[Desk]:
    with IdentityProvider() as provider:
        file = TokenFile(tmp_path / "tokens" / "ace.json")
        yield Desk(provider, HandClock(), file, lambda flow: custom(provider, flow))


@pytest.fixture(params=["microsoft", "custom"])
def desk(
    request: pytest.FixtureRequest, tmp_path: Path, certificate: Certificate
) -> Iterator[Desk]:
    """The same by Microsoft's library, over TLS, and by our own hand."""
    if request.param == "custom":
        yield request.getfixturevalue("custom_desk")
        return
    with IdentityProvider(certificate) as provider:
        file = TokenFile(tmp_path / "tokens" / "ace.json")

        def client(flow: Flow) -> Client:
            return microsoft(provider, flow, certificate.cafile)

        yield Desk(provider, HandClock(), file, client)

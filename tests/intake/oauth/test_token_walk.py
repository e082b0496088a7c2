"""The whole way: signed in once, then read from Dovecot and sent over aiosmtpd by tokens that the
provider gave, renewed as they end."""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from intake.app import App
from intake.config import Configuration, load_configuration
from intake.watching import token_ends
from responders.transports.base import TransportRefused
from responders.transports.smtp import SmtpTransport
from tests.support.certificates import Certificate
from tests.support.configurations import GRANT, write_configuration
from tests.support.dovecot import Dovecot
from tests.support.identity_provider import CLIENT, IdentityProvider
from tests.support.processes import free_port
from tests.support.tokens import TokenService

ARRIVED = datetime(2021, 7, 12, 10, tzinfo=UTC)
EXPRESSION = b"""\
From: Kofi Brandt <kofi.brandt@harbour.example>
To: ace@leadership.nhs.example
Subject: Expression of interest
Message-ID: <1@harbour.example>
Date: Mon, 12 Jul 2021 10:00:00 +0000

Dear team,

I would like to express our interest in ACE. We work in Tottenham with the library and the GP
practice on loneliness.

Kofi Brandt
Harbour Housing
020 7946 0123
"""


class Post:
    """An SMTP server's side: takes letters after a log-in by a token of `tokens`."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._tokens = tokens
        self.users: list[str] = []
        self.letters: list[bytes] = []

    async def auth_XOAUTH2(self, _server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        said = b64decode(args[1]).decode().split("\1")
        user, token = said[0].removeprefix("user="), said[1].removeprefix("auth=Bearer ")
        if self._tokens.get(token) != user:
            return AuthResult(success=False, handled=False)
        self.users.append(user)
        return AuthResult(success=True)

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content)
        return "250 2.0.0 Queued"


@dataclass(frozen=True)
class House:
    """A mailbox, a post office and a provider, all of one mind about tokens."""

    provider: IdentityProvider
    post: Post
    user: str
    configuration: Configuration


@pytest.fixture
def house(
    tmp_path: Path, dovecot: Dovecot, certificate: Certificate, token_service: TokenService
) -> Iterator[House]:
    user = dovecot.new_user()
    post, port = Post(token_service.tokens), free_port()
    server = Controller(post, hostname="127.0.0.1", port=port, auth_require_tls=False)
    server.start()
    try:
        with IdentityProvider(user=user, tokens=token_service.tokens) as provider:
            oauth = (
                f'provider = "custom"\nclient_id = "{CLIENT}"\nscopes = ["mail"]\n'
                f'token_endpoint = "{provider.url}/token"\n'
                f'device_endpoint = "{provider.url}/device"\n'
            )
            text = f"""
[programmes.ace.mailbox]
host = "127.0.0.1"
port = {dovecot.tls_port}
username = "{user}"
cafile = "{certificate.cafile}"

[programmes.ace.mailbox.oauth]
{oauth}
[programmes.ace.transport]
host = "127.0.0.1"
port = {port}
security = "plain"
username = "{user}"

[programmes.ace.transport.oauth]
{oauth}
"""
            path = write_configuration(tmp_path, GRANT + text)
            yield House(provider, post, user, load_configuration(path))
    finally:
        server.stop()


def sign_in(house: House) -> None:
    one = house.configuration.sign_ins["ace"]["mailbox"]
    one.wait_for_code(one.ask_for_code(), lambda _: None)


def test_a_letter_is_answered_by_tokens_alone(
    house: House, dovecot: Dovecot, capfd: pytest.CaptureFixture[str]
) -> None:
    sign_in(house)
    dovecot.deliver(house.user, EXPRESSION, ARRIVED)

    with App(house.configuration) as application:
        report = application.tick(ARRIVED + timedelta(minutes=1))

    assert (report.mailbox_errors, report.delivered.sent) == ({}, 1)
    (letter,) = house.post.letters
    assert message_from_bytes(letter)["To"] == "<kofi.brandt@harbour.example>"
    assert house.post.users == [house.user]
    assert "canary" not in "".join(capfd.readouterr())


def test_a_token_near_its_end_is_renewed_by_a_tick(house: House) -> None:
    house.provider.lifetime = "30"
    sign_in(house)
    (file,) = house.configuration.token_files["ace"]
    before = token_ends(house.configuration.token_files)["ace"]
    assert timedelta() < before - datetime.now(UTC) <= timedelta(seconds=30)

    house.provider.lifetime = 3600
    hurry(file)
    with App(house.configuration) as application:
        application.tick(ARRIVED)

    after = token_ends(house.configuration.token_files)["ace"]
    assert after - before > timedelta(minutes=50)
    assert house.provider.grant_types[-1] == "refresh_token"


def test_a_tick_goes_on_where_nobody_has_signed_in(house: House) -> None:
    with App(house.configuration) as application:
        report = application.tick(ARRIVED)

    assert "run: postroom login ace --mailbox" in report.mailbox_errors["ace"]
    assert house.provider.asked == []


def test_a_token_the_server_does_not_take_is_a_persons_matter(
    house: House, token_service: TokenService
) -> None:
    sign_in(house)
    for token in [token for token, user in token_service.tokens.items() if user == house.user]:
        del token_service.tokens[token]
    transport = SmtpTransport(house.configuration.transports["ace"])

    with pytest.raises(TransportRefused) as caught:
        transport.send(house.user, "kofi@harbour.example", b"Subject: x\r\n\r\nx\r\n")

    assert "canary" not in str(caught.value)


def hurry(file: Path) -> None:
    """Let more than half of the life of a kept token be over."""
    kept = json.loads(file.read_text())
    file.write_text(json.dumps(kept | {"granted_at": ARRIVED.isoformat()}))

"""Servers that tests share. Where a server's program is missing its tests are skipped and say
so; with CI=true they fail instead."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from intake.commands.staging.mailserver import MailServer
from tests.support.certificates import Certificate, make_certificate
from tests.support.dialects import compile_once
from tests.support.dovecot import PROGRAM, Dovecot, DovecotOptions
from tests.support.leaving_out import LeavingOut
from tests.support.office import Office, find_office
from tests.support.postgres import Postgres, find_programs
from tests.support.smtp_recorder import SmtpRecorder
from tests.support.tokens import TokenService

settings.register_profile("postroom", deadline=None)
settings.load_profile("postroom")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LeavingOut(config))
    compile_once()


def need(program: object, name: str) -> None:
    """Skip (fail in CI) when a server's program is not installed."""
    if program:
        return
    reason = f"{name} is not installed on this machine"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for this machine's loopback names, and the authority that vouches for it."""
    return make_certificate(tmp_path_factory.mktemp("tls"), "localhost", "127.0.0.1")


@pytest.fixture(scope="session")
def token_service() -> Iterator[TokenService]:
    """Decides which access tokens the shared Dovecot takes."""
    with TokenService() as service:
        yield service


@pytest.fixture(scope="session")
def dovecot(certificate: Certificate, token_service: TokenService) -> Iterator[Dovecot]:
    """A running Dovecot: plain, STARTTLS and XOAUTH2 on `port`, TLS on `tls_port`. Tests stay
    apart by taking a `new_user()` each."""
    need(PROGRAM.exists(), "Dovecot")
    with Dovecot(DovecotOptions(certificate, token_service.url)) as server:
        yield server


@pytest.fixture
def make_dovecot() -> Iterator[Callable[[DovecotOptions], Dovecot]]:
    """Starts a Dovecot of one's own, with other options."""
    need(PROGRAM.exists(), "Dovecot")
    started: list[Dovecot] = []

    def make(options: DovecotOptions) -> Dovecot:
        started.append(Dovecot(options).__enter__())
        return started[-1]

    yield make
    for server in started:
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL, for tests that stop and start it or want several databases."""
    programs = find_programs()
    need(programs, "PostgreSQL")
    with Postgres(programs or Path()) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of a new, empty database."""
    name = postgres.create_database()
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice, which opens and saves spreadsheets as organisers do."""
    program = find_office()
    need(program, "LibreOffice Calc")
    return Office(program or "", tmp_path_factory.mktemp("office"))


@pytest.fixture
def smtp_recorder() -> Iterator[SmtpRecorder]:
    """An SMTP server that accepts and keeps everything."""
    with SmtpRecorder() as recorder:
        yield recorder


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """The embedded mail server with the inboxes of both programmes; every password is `secret`."""
    inboxes = ("ace@leadership.nhs.example", "surrey500@heartlands.nhs.example")
    with MailServer(dict.fromkeys(inboxes, "secret")) as server:
        yield server

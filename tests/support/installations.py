"""A whole installation for a test: the example's programmes on servers of the test's own."""

from dataclasses import dataclass, replace
from pathlib import Path

from intake.config import Configuration, example_path, load_configuration
from intake.mailboxes.base import ImapAccount
from responders.delivery import DeliverySettings
from responders.transports.base import SmtpAccount
from tests.support.empty_ledgers import put_empty_ledger


@dataclass(frozen=True)
class Servers:
    """Where a test's mailbox and its SMTP server listen, on the loopback, without TLS."""

    imap_port: int
    smtp_port: int
    username: str
    password: str


def make_installation(
    folder: Path, servers: Servers, *, slug: str = "ace", database_url: str | None = None
) -> Configuration:
    """One programme of the example, its mailbox and transport on `servers`, its data in
    `folder`: an empty ledger, unless there is one or `database_url` names another."""
    if database_url is None and not (folder / "ledger.db").exists():
        put_empty_ledger(folder / "ledger.db")
    example = load_configuration(example_path(), is_scratch=True)
    programme = next(p for p in example.programmes if p.slug == slug)
    mailbox = ImapAccount(
        name=programme.inbox,
        host="127.0.0.1",
        port=servers.imap_port,
        username=servers.username,
        password=servers.password,
        security="plain",
    )
    return replace(
        example,
        data_folder=folder,
        database_url=database_url or f"sqlite:///{folder}/ledger.db",
        programmes=(programme,),
        mailboxes={slug: mailbox},
        transports={slug: SmtpAccount("127.0.0.1", servers.smtp_port, security="plain")},
        delivery=DeliverySettings(),
        secret=b"a test's own secret",
    )

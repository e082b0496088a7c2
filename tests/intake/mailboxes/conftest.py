"""The places a mailbox may be, each with the means to look at it as its owner would."""

import imaplib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from intake.commands.staging.mailserver import MailServer
from intake.graph.access import GraphAccess
from intake.mailboxes import open_mailbox
from intake.mailboxes.base import GraphAccount, ImapAccount, Mailbox, MaildirAccount
from tests.support.graph_server import GraphServer

MAX_BYTES = 5_000
CHUNK = 2
SOURCES = (
    "dovecot plain",
    "dovecot tls",
    "dovecot starttls",
    "dovecot xoauth2",
    "embedded",
    "graph",
    "maildir",
)
WITH_FLAGS = tuple(source for source in SOURCES if source != "graph")
"""Where a message may be marked as deleted and stay where it is."""


@dataclass
class Source:
    """An empty mailbox, and what its owner and the post can do there.

    `contents` gives what lies in a folder, `mark` puts a flag (`seen`, `deleted`) on every message
    of the inbox, `marked` counts those that carry it. `has_exact_sizes`: what it tells of a
    message's size before it is read is true.
    """

    account: ImapAccount | GraphAccount | MaildirAccount
    mailbox: Mailbox
    deliver: Callable[[bytes, datetime], None]
    contents: Callable[[str], list[bytes]]
    mark: Callable[[str], None]
    marked: Callable[[str], int]
    has_exact_sizes: bool = True


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest) -> Iterator[Source]:
    """Every kind of mailbox, one after the other."""
    kind, _, way = request.param.partition(" ")
    made = _MAKERS[kind](request, way)
    yield made
    made.mailbox.close()


@pytest.fixture
def graph_server() -> Iterator[GraphServer]:
    with GraphServer() as server:
        yield server


def _dovecot(request: pytest.FixtureRequest, way: str) -> Source:
    server = request.getfixturevalue("dovecot")
    user = server.new_user()
    account: dict[str, Any] = {"password": server.password, "security": way}
    if way == "xoauth2":
        token = f"token of {user}"
        request.getfixturevalue("token_service").tokens[token] = user
        account = {"token": lambda: token, "security": "tls"}
    port = server.tls_port if account["security"] == "tls" else server.port
    cafile = request.getfixturevalue("certificate").cafile
    settings = ImapAccount(
        user, server.host, port, user, cafile=cafile, max_bytes=MAX_BYTES, chunk=CHUNK, **account
    )

    def log_in() -> imaplib.IMAP4:
        client = imaplib.IMAP4(server.host, server.port)
        client.login(user, server.password)
        return client

    def deliver(raw: bytes, received_at: datetime) -> None:
        server.deliver(user, raw, received_at)

    return _over_imap(settings, log_in, deliver)


def _embedded(request: pytest.FixtureRequest, _way: str) -> Source:
    server: MailServer = request.getfixturevalue("mail_server")
    user = "ace@leadership.nhs.example"
    settings = ImapAccount(
        user,
        server.host,
        server.imap_port,
        user,
        "secret",
        security="plain",
        max_bytes=MAX_BYTES,
        chunk=CHUNK,
    )

    def log_in() -> imaplib.IMAP4:
        client = imaplib.IMAP4(server.host, server.imap_port)
        client.login(user, "secret")
        return client

    def deliver(raw: bytes, received_at: datetime) -> None:
        server.deliver(user, raw, received_at)

    return _over_imap(settings, log_in, deliver)


def _over_imap(
    settings: ImapAccount,
    log_in: Callable[[], imaplib.IMAP4],
    deliver: Callable[[bytes, datetime], None],
) -> Source:
    def contents(folder: str) -> list[bytes]:
        with log_in() as client:
            status, count = client.select(folder, readonly=True)
            if status != "OK" or count == [b"0"]:
                return []
            _, data = client.fetch("1:*", "(BODY.PEEK[])")
            return [item[1] for item in data if isinstance(item, tuple)]

    def mark(flag: str) -> None:
        with log_in() as client:
            client.select()
            client.store("1:*", "+FLAGS", rf"(\{flag.title()})")

    def marked(flag: str) -> int:
        with log_in() as client:
            client.select(readonly=True)
            return len(client.search(None, flag.upper())[1][0].split())

    return Source(settings, open_mailbox(settings), deliver, contents, mark, marked)


def _graph(request: pytest.FixtureRequest, _way: str) -> Source:
    server: GraphServer = request.getfixturevalue("graph_server")
    user = "ace@leadership.nhs.example"
    box = server.new_box(user, token="a good token")
    access = GraphAccess(
        user,
        token=lambda: "a good token",
        another_token=lambda token: token,
        host="127.0.0.1",
        port=server.port,
        security="plain",
    )
    account = GraphAccount(user, access, max_bytes=MAX_BYTES, look_every=0.02)

    def contents(folder: str) -> list[bytes]:
        found = box.at(folder)
        return [one.raw for one in box.lying(found.id)] if found else []

    def deliver(raw: bytes, received_at: datetime) -> None:
        with server.lock:
            box.put("inbox", raw, received_at)

    def mark(_flag: str) -> None:
        for one in box.lying("inbox"):
            one.is_read = True

    def marked(flag: str) -> int:
        return sum(one.is_read for one in box.lying("inbox")) if flag == "seen" else 0

    return Source(account, open_mailbox(account), deliver, contents, mark, marked, False)


def _maildir(request: pytest.FixtureRequest, _way: str) -> Source:
    root: Path = request.getfixturevalue("tmp_path") / "Maildir"
    for place in ("tmp", "new", "cur"):
        (root / place).mkdir(parents=True)
    flags = {"seen": "S", "deleted": "T"}

    def deliver(raw: bytes, received_at: datetime) -> None:
        name = f"{time.time_ns()}.1.test"
        (root / "tmp" / name).write_bytes(raw)
        os.utime(root / "tmp" / name, (received_at.timestamp(), received_at.timestamp()))
        (root / "tmp" / name).rename(root / "new" / name)

    def files(folder: str) -> list[Path]:
        base = root if folder == "INBOX" else root / ("." + folder.replace("/", "."))
        found = [file for place in ("new", "cur") for file in (base / place).glob("*")]
        return sorted(found, key=lambda file: file.name)

    def contents(folder: str) -> list[bytes]:
        return [file.read_bytes() for file in files(folder)]

    def mark(flag: str) -> None:
        for file in files("INBOX"):
            name = file.name.partition(":")[0]
            file.rename(root / "cur" / f"{name}:2,{flags[flag]}")

    def marked(flag: str) -> int:
        return sum(flags[flag] in file.name.partition(":2,")[2] for file in files("INBOX"))

    account = MaildirAccount("maildir", root, max_bytes=MAX_BYTES)
    return Source(account, open_mailbox(account), deliver, contents, mark, marked)


_MAKERS = {
    "dovecot": _dovecot,
    "embedded": _embedded,
    "graph": _graph,
    "maildir": _maildir,
}

"""A mail server inside this process, for plays and for tests: SMTP and IMAP for a few
accounts on free loopback ports, everything in memory. Needs the extra `demo`.

aiosmtpd speaks SMTP, pymap IMAP; here they share their accounts, one thread and one event loop.
"""

import asyncio
import os
import re
from argparse import Namespace
from collections.abc import Callable, Coroutine, Iterable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from email.utils import format_datetime
from threading import Thread
from types import TracebackType
from typing import Any, TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session
from proxyprotocol.result import ProxyResultUnknown
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Identity, Login
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl import SASLAuth
from pysasl.hashing import BuiltinHash
from pysasl.mechanism.plain import PlainMechanism

from intake.commands.staging.wire import WireMessage

__all__ = ["MailServer", "WireMessage"]

HOST = "127.0.0.1"
NAME = "mail.postroom.example"
LARGEST_MESSAGE = 50 * 2**20
"""Bytes; more than anybody may send, so that the limits tested are our own."""

T = TypeVar("T")

_LONE_LF = re.compile(rb"(?<!\r)\n")


class MailServer:
    """A running server, as a context manager.

    `delivered` holds every message SMTP accepted for an address that is no account here: letters
    as they would have left. What is addressed to an account lands in its inbox.
    """

    def __init__(
        self,
        accounts: Mapping[str, str],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`accounts` are addresses, which are the user names as well, with their passwords.
        `clock` tells when a message comes that is handed over by SMTP."""
        self.host = HOST
        self.imap_port = self.smtp_port = 0
        self.delivered: list[WireMessage] = []
        self._clock = clock
        self._accounts = {address.lower(): password for address, password in accounts.items()}
        self._thread = Thread(target=self._run, name="mail server", daemon=True)
        self._started: Future[asyncio.AbstractEventLoop] = Future()
        self._stopping = asyncio.Event()

    def __enter__(self) -> "MailServer":
        self._thread.start()
        self._started.result()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._started.result().call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def deliver(self, address: str, raw: bytes, received_at: datetime | None = None) -> None:
        """Put a message into an account's inbox as received at that time (None: now). Raises
        KeyError when there is no such account."""
        if address.lower() not in self._accounts:
            raise KeyError(address)
        self._do(self._append(address.lower(), raw, received_at or self._clock()))

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` gives, done on the server's own thread."""
        return asyncio.run_coroutine_threadsafe(work, self._started.result()).result()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if not self._started.done():
                self._started.set_exception(error)
            raise

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        self._login = await _make_login(self._accounts)
        imap = await asyncio.start_server(self._converse, HOST, 0)
        smtp = await loop.create_server(self._smtp, HOST, 0)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        self._conversations: set[asyncio.Task[None]] = set()
        self._started.set_result(loop)
        await self._stopping.wait()
        imap.close()
        smtp.close()
        await _cancel(self._conversations)

    def _smtp(self) -> SMTP:
        return SMTP(
            self,
            hostname=NAME,
            ident="Postroom demonstration",
            data_size_limit=LARGEST_MESSAGE,
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
        )

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message for everybody it is addressed to; aiosmtpd calls this by its name."""
        now, raw = self._clock(), envelope.original_content or b""
        sender, recipients = envelope.mail_from or "", tuple(envelope.rcpt_tos)
        away = tuple(address for address in recipients if address.lower() not in self._accounts)
        if away:
            self.delivered.append(WireMessage(sender, away, raw))
        for address in recipients:
            if address not in away:
                trace = _trace(sender, address, now)
                await self._append(address.lower(), trace + raw, now)
        return "250 2.0.0 Taken"

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One IMAP client. pymap's own entrance makes a task that nobody holds on to."""
        task = asyncio.current_task()
        assert task is not None
        self._conversations.add(task)
        try:
            client = SocketInfo.get(writer, ProxyResultUnknown(None), unique_id=os.urandom(8))
            await IMAPServer(self._login, self._login.config)(reader, writer, client)
        finally:
            self._conversations.discard(task)

    async def _append(self, address: str, raw: bytes, received_at: datetime) -> None:
        message = AppendMessage(_LONE_LF.sub(b"\r\n", raw), received_at, frozenset())
        async with _identity(self._login, address).new_session() as session:
            inbox = await session.mailbox_set.get_mailbox("INBOX")
            await inbox.append(message, recent=True)


class _Settings(Config):
    """pymap's settings for a server on the loopback: passwords may come without encryption."""

    @property
    def initial_auth(self) -> SASLAuth:
        return self.tls_auth

    @property
    def tls_auth(self) -> SASLAuth:
        return SASLAuth([PlainMechanism()])

    @property
    def greeting(self) -> bytes:
        return f"{NAME} ready".encode()


async def _make_login(accounts: Mapping[str, str]) -> Login:
    settings = _Settings(
        Namespace(proxy_protocol=None),
        host=HOST,
        port=0,
        demo_data=False,
        demo_user="",
        demo_password="",
        tls_enabled=False,
        reject_dnsbl=False,
        invalid_user_sleep=0.0,
        hash_context=BuiltinHash(rounds=1),
        cpu_subsystem=Subsystem.for_asyncio(),
    )
    settings.apply_context()
    login = Login(settings)
    for address, password in accounts.items():
        hashed = settings.hash_context.hash(settings.password_prep(password))
        user = UserMetadata(settings, address, password=hashed)
        await _identity(login, address).set(user)
    return login


def _identity(login: Login, address: str) -> Identity:
    return Identity(address, login, None, frozenset())


def _trace(sender: str, recipient: str, now: datetime) -> bytes:
    """What the last server writes before a message (RFC 5321 section 4.4)."""
    return (
        f"Return-Path: <{sender}>\r\n"
        f"Received: from localhost by {NAME} with ESMTP\r\n"
        f" for <{recipient}>; {format_datetime(now)}\r\n"
    ).encode()


async def _cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    cancelled = [task for task in tasks if task.cancel()]
    await asyncio.gather(*cancelled, return_exceptions=True)

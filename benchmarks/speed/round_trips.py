"""A server far away: reading in chunks beside reading one by one, over a line on which every word
takes ten milliseconds each way."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from types import TracebackType

from imap_tools import MailBoxUnencrypted

from benchmarks.speed.mail import message
from benchmarks.speed.measure import Figure, Measure, Size, faster, seconds_each, take_turns
from benchmarks.speed.office import open_office
from intake.mailboxes.imap import ImapMailbox

ONE_WAY = 0.010
"""Seconds that a word takes."""


class DistantLine:
    """Passes everything on to a server's port, later, as a context manager."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._loop = asyncio.new_event_loop()
        self._ready: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "DistantLine":
        self._thread.start()
        self.port = self._ready.result(timeout=10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        server = self._loop.run_until_complete(
            self._loop.create_server(lambda: _End(self._loop, self._server_port), "127.0.0.1", 0)
        )
        self._ready.set_result(server.sockets[0].getsockname()[1])
        self._loop.run_forever()
        server.close()


class _End(asyncio.Protocol):
    """One end of a connection. What it hears, its peer says later."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, server_port: int, peer: "_End | None" = None
    ) -> None:
        self._loop, self._server_port, self._peer = loop, server_port, peer
        self._early: list[bytes] = []
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        for data in self._early:
            transport.write(data)
        if self._peer is None:
            peer = self._peer = _End(self._loop, self._server_port, self)
            opening = self._loop.create_connection(lambda: peer, "127.0.0.1", self._server_port)
            self._opening = self._loop.create_task(opening)

    def data_received(self, data: bytes) -> None:
        assert self._peer is not None
        self._loop.call_later(ONE_WAY, self._peer.say, data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if self._peer is not None:
            self._loop.call_later(ONE_WAY, self._peer.leave)

    def say(self, data: bytes) -> None:
        if self._transport is None:
            self._early.append(data)
        else:
            self._transport.write(data)

    def leave(self) -> None:
        if self._transport is not None:
            self._transport.close()


def measure(size: Size) -> Iterator[Figure]:
    count, few, rounds = (
        size.pick(full=1_000, small=20),
        size.pick(full=50, small=4),
        size.pick(full=3, small=1),
    )
    with open_office() as office, DistantLine(office.dovecot.port) as line:
        user = office.dovecot.new_user()
        office.deliver(user, (message(n) for n in range(1, count + 1)))
        mailbox = ImapMailbox(office.account(user, port=line.port))
        keys = mailbox.keys()
        with MailBoxUnencrypted("127.0.0.1", line.port).login(
            user, office.dovecot.password
        ) as theirs:
            uids = theirs.uids()[:few]

            def one_by_one() -> None:
                for uid in uids:
                    theirs.client.uid("FETCH", uid, "(BODY.PEEK[])")

            def in_chunks() -> None:
                assert sum(1 for _ in mailbox.fetch(keys)) == count

            pair = take_turns(
                rounds,
                lambda: seconds_each(count, in_chunks),
                lambda: seconds_each(few, one_by_one),
            )
        mailbox.close()
    yield faster("messages read over 20 ms, beside one by one", pair, least=30)


MEASURE = Measure(11, "a server far away", measure)

"""An SMTP server in a process of its own that takes every letter and keeps none.

It looks for the end of a letter and no further, so that it is never what is measured: one that
takes letters line by line needs longer than we do to hand them over.
"""

import asyncio
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent.parent

_END = b"\r\n.\r\n"
_HEADER_BYTES = 8_192
_MESSAGE_ID = re.compile(rb"^message-id: *(<[^>\r]{1,400}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that was taken: when, by time.monotonic, for whom, and its Message-ID."""

    at: float
    recipient: str
    message_id: str


class Sink:
    """The running server, as a context manager. `taken` are the letters it told of so far."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self._came = threading.Condition()

    def __enter__(self) -> "Sink":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.speed.sink"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()
        self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def wait_for(self, count: int, *, seconds: float = 60) -> bool:
        """Wait until `count` letters were taken in all; False when that takes too long."""
        with self._came:
            return self._came.wait_for(lambda: len(self.taken) >= count, timeout=seconds)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            at, recipient, message_id = line.rstrip("\n").split("\t")
            with self._came:
                self.taken.append(Taken(float(at), recipient, message_id))
                self._came.notify_all()


class _Conversation(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._recipient = ""
        self._is_letter = False
        self._head, self._tail, self._line = b"", b"", b""
        transport.write(b"220 sink.example ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        if self._is_letter:
            self._take(data)
            return
        *lines, self._line = (self._line + data).split(b"\r\n")
        for line in lines:
            self._answer(line)

    def _answer(self, line: bytes) -> None:
        verb = line[:4].upper()
        if verb == b"QUIT":
            self._transport.write(b"221 2.0.0 Bye\r\n")
            self._transport.close()
        elif verb == b"DATA":
            self._is_letter, self._head, self._tail = True, b"", b""
            self._transport.write(b"354 Go on\r\n")
        elif verb == b"EHLO":
            self._transport.write(b"250-sink.example\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n")
        else:
            if verb == b"RCPT":
                self._recipient = line.partition(b"<")[2].partition(b">")[0].decode("ascii")
            self._transport.write(b"250 2.0.0 OK\r\n")

    def _take(self, data: bytes) -> None:
        if len(self._head) < _HEADER_BYTES:
            self._head += data[:_HEADER_BYTES]
        self._tail = (self._tail + data)[-len(_END) :]
        if self._tail == _END:
            self._is_letter = False
            found = _MESSAGE_ID.search(self._head)
            message_id = found[1].decode("ascii", "replace") if found else ""
            print(time.monotonic(), self._recipient, message_id, sep="\t", flush=True)  # noqa: T201
            self._transport.write(b"250 2.0.0 Taken\r\n")


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Conversation, Sink.host, 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())

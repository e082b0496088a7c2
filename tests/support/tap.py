"""A tap in the line to a real server: writes down what the client says, spoils the answers, or
answers in the server's place."""

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType

CUT = b"<cut the line>"
FREEZE = b"<let nothing more through>"

Spoil = Callable[[bytes], Iterable[bytes]]
"""What to pass on of what the server says: pieces, of which CUT or FREEZE is the last."""

Interrupt = Callable[[str], Iterable[bytes] | None]
"""What the client hears instead of the server, which never gets this line; None: it gets it."""


class Tap:
    """Listens on `port` and passes everything on to a server's port, as a context manager.

    `said` holds the client's lines, of all connections; `spoil` and `interrupt` may be set at any
    time.
    """

    def __init__(self, server_port: int, spoil: Spoil | None = None) -> None:
        self.spoil = spoil
        self.interrupt: Interrupt | None = None
        self.said: list[str] = []
        self.connections = 0
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._closing = Event()
        self._ends: list[socket.socket] = []
        self._threads = [Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> "Tap":
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._ends:
            _close(end)
        for thread in self._threads:
            thread.join()

    def verbs(self) -> list[str]:
        """The commands said so far, without tags: `UID FETCH`, `NOOP`, …"""
        commands = []
        for line in self.said:
            words = line.upper().split()
            if len(words) > 1:
                commands.append(" ".join(words[1:3]) if words[1] == "UID" else words[1])
        return commands

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                _close(client)
                continue
            self._ends += [client, server]
            for work in (self._listen, self._answer):
                thread = Thread(target=work, args=(client, server), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _listen(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                lines = data.decode("utf-8", "replace").splitlines()
                self.said += lines
                instead = self.interrupt(lines[-1]) if self.interrupt and lines else None
                if instead is None:
                    server.sendall(data)
                elif not self._pass_on(instead, client):
                    break
        _close(server)

    def _answer(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if not self._pass_on(self.spoil(data) if self.spoil else (data,), client):
                    _close(server)
                    break
        _close(client)

    def _pass_on(self, pieces: Iterable[bytes], client: socket.socket) -> bool:
        """False when the line is cut."""
        for piece in pieces:
            if piece == FREEZE:
                self._closing.wait()
            if piece in (CUT, FREEZE):
                return False
            client.sendall(piece)
        return True


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()

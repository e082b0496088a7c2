"""A server that follows a script, for what no honest server says."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from types import TracebackType

from tests.support.certificates import Certificate


class Line:
    """The server's end of one connection. `heard` grows with every line the client says."""

    def __init__(self, connection: socket.socket, heard: list[str]) -> None:
        self._connection = connection
        self._reader = connection.makefile("rb")
        self.heard = heard

    def say(self, text: str) -> None:
        self._connection.sendall(text.encode().replace(b"\n", b"\r\n"))

    def hear(self) -> tuple[str, str]:
        """Tag and rest of the next command. Raises EOFError when the client has gone."""
        line = self._reader.readline().decode("utf-8", "replace").strip()
        if not line:
            raise EOFError
        self.heard.append(line)
        tag, _, rest = line.partition(" ")
        return tag, rest

    def encrypt(self, certificate: Certificate) -> None:
        """Go on over TLS."""
        self._reader.close()
        context = certificate.server_context()
        self._connection = context.wrap_socket(self._connection, server_side=True)
        self._reader = self._connection.makefile("rb")

    def close(self) -> None:
        self._reader.close()
        self._connection.close()


class Scripted:
    """Runs `script` with each connection to `port`, as a context manager."""

    def __init__(self, script: Callable[[Line], None]) -> None:
        self.heard: list[str] = []
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "Scripted":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            line = Line(connection, self.heard)
            with suppress(EOFError, ssl.SSLError, OSError):
                self._script(line)
            line.close()

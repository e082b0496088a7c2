"""What the stand-ins that speak HTTP share: a server on loopback, with a certificate over TLS."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Literal, Self

from tests.support.certificates import Certificate


class HttpService:
    """Runs as a context manager; `base_url` is where, without a path. Whoever inherits calls
    `_listen` once."""

    scheme: Literal["http", "https"]
    base_url: str

    def _listen(
        self, handler: type[BaseHTTPRequestHandler], certificate: Certificate | None = None
    ) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.scheme, host = "http", "127.0.0.1"
        if certificate is not None:
            self.scheme, host = "https", "localhost"
            context = certificate.server_context()
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.base_url = f"{self.scheme}://{host}:{self.port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

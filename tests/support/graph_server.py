"""A stand-in for Microsoft Graph on this machine, over HTTP or, with a certificate, TLS. It can be
told to fail; what it does with a request is in `graph_exchange`."""

import json
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler
from socket import SHUT_RDWR, SO_RCVBUF, SOL_SOCKET
from threading import Lock
from urllib.parse import unquote, urlsplit

from tests.support.certificates import Certificate
from tests.support.graph_exchange import GraphExchange, Refused, Reply, Request
from tests.support.http_service import HttpService

_ROOT = "/v1.0/users/"


@dataclass
class Fault:
    """What happens to the next `times` requests that are like `on` (`POST /sendMail`, with `*`).

    `status` is answered with its `code` and `headers`; None: the connection is dropped. `acts`:
    only after the request was carried out. `reads`: how much of the body is read before a drop.
    """

    on: str
    status: int | None = None
    code: str = "ErrorInternalServerError"
    headers: Mapping[str, str] = field(default_factory=dict)
    acts: bool = False
    reads: int | None = None
    times: int = 1


@dataclass(frozen=True)
class Asked:
    """One request as it came: method and path below the mailbox, and the rest."""

    what: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


class GraphServer(HttpService, GraphExchange):
    """A running stand-in, as a context manager. `faults` is what fails next, `asked` every
    request; whoever holds `lock` keeps it from doing anything."""

    def __init__(
        self,
        certificate: Certificate | None = None,
        *,
        tokens: MutableMapping[str, str] | None = None,
    ) -> None:
        super().__init__(tokens)
        self.faults: list[Fault] = []
        self.asked: list[Asked] = []
        self.lock = Lock()
        self._listen(self._handler(), certificate)
        # Little is taken in before it is read, so that a cut within a letter is one.
        self._server.socket.setsockopt(SOL_SOCKET, SO_RCVBUF, 64 * 1024)
        self.url = self.base_url

    def whats(self) -> list[str]:
        """Every request as method and path below the mailbox."""
        return [asked.what for asked in self.asked]

    def fault_on(self, what: str) -> Fault | None:
        """The fault that this request is to meet, counted."""
        for fault in self.faults:
            if fault.times > 0 and fnmatchcase(what, fault.on):
                fault.times -= 1
                return fault
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Answers(_Conversation):
            graph = server

        return Answers


class _Conversation(BaseHTTPRequestHandler):
    graph: GraphServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 20

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        split = urlsplit(self.path)
        address, _, below = split.path.removeprefix(_ROOT).partition("/")
        fields = (field.partition("=") for field in split.query.split("&") if field)
        query = {unquote(name): unquote(value) for name, _, value in fields}  # a plus is a plus
        headers = dict(self.headers.items())
        what = f"{self.command} /{unquote(below)}"
        self.graph.asked.append(Asked(what, query, headers))
        fault = self.graph.fault_on(what)
        length = int(self.headers.get("Content-Length") or 0)
        if fault is not None and fault.reads is not None:
            self.rfile.read(min(fault.reads, length))
            return self._drop()
        body = self.rfile.read(length)
        if fault is not None and not fault.acts:
            return self._fail(fault)
        path = [unquote(part) for part in below.split("/")]
        place = unquote(address)
        reply = self._answer(Request(self.command, place, path, split.path, query, headers, body))
        if fault is not None:
            return self._fail(fault)
        if isinstance(reply, Refused):
            return self._say_error(reply.status, reply.code, {})
        return self._say(reply.status, reply.body, {"Content-Type": reply.kind})

    def _answer(self, request: Request) -> Reply | Refused:
        with self.graph.lock:
            try:
                return self.graph.answer(request)
            except Refused as refused:
                return refused

    def _fail(self, fault: Fault) -> None:
        if fault.status is None:
            return self._drop()
        return self._say_error(fault.status, fault.code, fault.headers)

    def _say_error(self, status: int, code: str, headers: Mapping[str, str]) -> None:
        error = {"code": code, "message": f"What {code} means.", "innerError": {}}
        body = json.dumps({"error": error}).encode()
        self._say(status, body, {"Content-Type": "application/json", **headers})

    def _say(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "request-id": "0000-1111"}.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):  # somebody has read enough of it
            self.wfile.write(body)

    def _drop(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

"""A stand-in for Microsoft Graph on this machine: mailboxes over HTTP with the paths, pages, ids
and errors of v1.0 as Microsoft describes them. It may speak TLS, and be told to fail."""

import base64
import binascii
import json
import re
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import getaddresses
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, SO_RCVBUF, SOL_SOCKET
from threading import Lock, Thread
from types import TracebackType
from typing import Literal
from urllib.parse import quote, unquote, urlencode, urlsplit

from tests.support.certificates import Certificate
from tests.support.graph_box import OVERHEAD, Box, Folder, Stored

LARGEST_REQUEST = 4 * 2**20
USUAL_PAGE = 10
"""What Graph gives where nobody asks for more."""

_ROOT = "/v1.0/users/"
_EQUALS = re.compile(r"(\w+) eq '((?:[^']|'')*)'")


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
    """One request as it came."""

    what: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Sent:
    """A letter that was taken, and to whom it went: whom its header names."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class GraphServer:
    """A running stand-in, as a context manager.

    `boxes` are by address, `tokens` the good access tokens and whose they are, `faults` what fails
    next, `asked` every request, `sent` every letter that was taken. `largest_page` holds whatever
    is asked for. `copies` False: nothing is kept of what is sent. `lingers`: what is sent stays
    among the drafts until `hurry`, as its transport is slow. `drops` are names of header
    fields, in lower case, that are taken out of letters, `renames`: each letter is given another
    Message-ID. `forgets_changes`: no link to later changes is good. `links_to` is the host that
    its links lead to, None: itself.
    """

    def __init__(
        self,
        certificate: Certificate | None = None,
        *,
        tokens: MutableMapping[str, str] | None = None,
    ) -> None:
        self.boxes: dict[str, Box] = {}
        self.tokens: MutableMapping[str, str] = {} if tokens is None else tokens
        self.faults: list[Fault] = []
        self.asked: list[Asked] = []
        self.sent: list[Sent] = []
        self.largest_page = 1000
        self.copies = True
        self.lingers = False
        self.drops: frozenset[str] = frozenset()
        self.renames = False
        self.forgets_changes = False
        self.links_to: str | None = None
        self.lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        # Little is taken in before it is read, so that a cut within a letter is one.
        self._server.socket.setsockopt(SOL_SOCKET, SO_RCVBUF, 64 * 1024)
        self.scheme: Literal["http", "https"] = "http"
        if certificate is not None:
            self.scheme = "https"
            context = certificate.server_context()
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def url(self) -> str:
        host = "localhost" if self.scheme == "https" else "127.0.0.1"
        return self.links_to or f"{self.scheme}://{host}:{self.port}"

    def new_box(self, address: str, *, token: str | None = None) -> Box:
        """An empty mailbox; `token` is good for it."""
        self.boxes[address] = box = Box()
        if token is not None:
            self.tokens[token] = address
        return box

    def whats(self) -> list[str]:
        """Every request as method and path below the mailbox."""
        return [asked.what for asked in self.asked]

    def leave(self, letter: Sent) -> None:
        """What Exchange's transport does with a letter, some time after it was taken."""
        now = datetime.now(UTC)
        self.sent.append(letter)
        if self.copies:
            self.boxes[letter.sender].put("sentitems", letter.raw, now)
        for recipient in letter.recipients:
            if recipient in self.boxes:
                self.boxes[recipient].put("inbox", letter.raw, now)

    def hurry(self) -> None:
        """Let the drafts leave."""
        for address, box in self.boxes.items():
            for draft in box.lying("drafts"):
                box.remove(draft)
                self.leave(Sent(address, _recipients(draft.raw), draft.raw))

    def __enter__(self) -> "GraphServer":
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

    def fault_on(self, what: str) -> Fault | None:
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


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, code: str, **headers: str) -> None:
        super().__init__(code)
        self.status, self.code, self.headers = status, code, headers


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    kind: str = "application/json"


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
        what = f"{self.command} /{unquote(below)}"
        fields = (field.partition("=") for field in split.query.split("&") if field)
        query = {unquote(name): unquote(value) for name, _, value in fields}  # a plus is a plus
        self.graph.asked.append(Asked(what, query, dict(self.headers.items())))
        fault = self.graph.fault_on(what)
        length = int(self.headers.get("Content-Length") or 0)
        if fault is not None and fault.reads is not None:
            self.rfile.read(min(fault.reads, length))
            return self._drop()
        body = self.rfile.read(length)
        reply: Reply | Refused
        if fault is not None and not fault.acts:
            return self._fail(fault)
        try:
            with self.graph.lock:
                reply = self._answer(unquote(address), below.split("/"), query, body)
        except Refused as refused:
            reply = refused
        if fault is not None:
            return self._fail(fault)
        if isinstance(reply, Refused):
            return self._say_error(reply.status, reply.code, reply.headers)
        return self._say(reply.status, reply.body, {"Content-Type": reply.kind})

    def _answer(self, address: str, path: list[str], query: dict[str, str], body: bytes) -> Reply:
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.graph.tokens:
            raise Refused(401, "InvalidAuthenticationToken")
        if address not in self.graph.boxes:
            raise Refused(404, "ErrorInvalidUser")
        if self.graph.tokens[token] != address:
            raise Refused(403, "ErrorAccessDenied")
        if len(body) > LARGEST_REQUEST:
            raise Refused(413, "RequestEntityTooLarge")
        box = self.graph.boxes[address]
        names = [unquote(part) for part in path]
        match self.command, names:
            case "POST", ["sendMail"]:
                return self._send(address, box, body)
            case "GET", ["mailFolders", folder, "messages"]:
                return self._list(box.lying(_known(box, folder).id), query)
            case "GET", ["messages"]:
                return self._list(list(box.messages.values()), query)
            case "GET", ["mailFolders", folder, "messages", "delta"]:
                return self._delta(_known(box, folder), box, query)
            case "GET", ["mailFolders", folder]:
                return _json(200, {"id": _known(box, folder).id})
            case "GET", ["mailFolders"]:
                return self._folders(box, None, query)
            case "GET", ["mailFolders", folder, "childFolders"]:
                return self._folders(box, _known(box, folder).id, query)
            case "POST", ["mailFolders"]:
                return _make(box, None, body)
            case "POST", ["mailFolders", folder, "childFolders"]:
                return _make(box, _known(box, folder).id, body)
            case method, ["messages", id, *action]:
                return self._message(box, id, f"{method} {''.join(action)}", query, body)
            case _:
                raise Refused(400, "BadRequest")

    @property
    def _is_immutable(self) -> bool:
        return 'IdType="ImmutableId"' in self.headers.get("Prefer", "")

    def _message(self, box: Box, id: str, action: str, query: dict[str, str], body: bytes) -> Reply:
        if not re.fullmatch(r"AA[A-Za-z0-9+/=_-]+", id):
            raise Refused(400, "ErrorInvalidIdMalformed")
        stored = box.find(id)
        if stored is None:
            raise Refused(404, "ErrorItemNotFound")
        match action:
            case "GET ":
                return _json(200, self._shown(stored, query))
            case "GET $value":
                return Reply(200, stored.raw, "text/plain")
            case "POST move":
                box.move(stored, _known(box, json.loads(body)["destinationId"]))
                return _json(201, self._shown(stored, {}))
            case "POST permanentDelete":
                box.remove(stored)
                return Reply(204)
            case _:
                raise Refused(405, "ErrorInvalidRequest")

    def _shown(self, stored: Stored, query: Mapping[str, str]) -> dict[str, object]:
        all_of_it = stored.resource(immutable=self._is_immutable)
        wanted = query.get("$select", "").split(",") if "$select" in query else list(all_of_it)
        shown = {name: value for name, value in all_of_it.items() if name in wanted}
        if "LONG 0x0E08" in query.get("$expand", ""):
            size = str(len(stored.raw) + OVERHEAD)
            shown["singleValueExtendedProperties"] = [{"id": "Long 0xe08", "value": size}]
        return {"@odata.etag": f'W/"{stored.number}-{stored.moves}"', **shown}

    def _page(self, asked: str | None) -> int:
        """A list has `$top` things a page, changes as many as the header prefers."""
        return min(int(asked or USUAL_PAGE), self.graph.largest_page)

    def _list(self, found: list[Stored], query: dict[str, str]) -> Reply:
        if query.get("$orderby", "").startswith("receivedDateTime"):
            found.sort(key=lambda one: one.received_at)
        else:
            found.sort(key=lambda one: one.received_at, reverse=True)
        wanted = _wanted(query)
        found = [
            one
            for one in found
            if wanted is None or one.resource(immutable=True).get(wanted[0]) == wanted[1]
        ]
        start, size = int(query.get("$skip") or 0), self._page(query.get("$top"))
        page: dict[str, object] = {
            "value": [self._shown(one, query) for one in found[start : start + size]]
        }
        if start + size < len(found):
            more = urlencode({**query, "$skip": str(start + size)}, quote_via=quote)
            page["@odata.nextLink"] = f"{self.graph.url}{urlsplit(self.path).path}?{more}"
        return _json(200, page)

    def _delta(self, folder: Folder, box: Box, query: dict[str, str]) -> Reply:
        """A token says how far the record of changes was told, and in which round."""
        token = query.get("$skiptoken") or query.get("$deltatoken") or "first-0"
        if "$deltatoken" in query and self.graph.forgets_changes:
            raise Refused(410, "syncStateNotFound")
        start = int(token.partition("-")[2])
        preferred = re.search(r"odata\.maxpagesize=(\d+)", self.headers.get("Prefer", ""))
        size = self._page(preferred[1] if preferred else None)
        end = min(start + size, len(box.changes))
        shown = {}
        for place, number, is_gone in box.changes[start:end]:
            stored = box.messages.get(number)
            if place == folder.id and stored is not None and not is_gone:
                shown[number] = {"id": stored.id(immutable=self._is_immutable)}
            elif place == folder.id and token.startswith("later"):
                shown[number] = {"id": f"AAkAL+/{number}=", "@removed": {"reason": "deleted"}}
        link = {"@odata.deltaLink": urlencode({"$deltatoken": f"later-{end}"})}
        if end < len(box.changes):
            more = f"{token.partition('-')[0]}-{end}"
            link = {"@odata.nextLink": urlencode({"$skiptoken": more})}
        base = f"{self.graph.url}{urlsplit(self.path).path}"
        return _json(
            200,
            {
                "value": list(shown.values()),
                **{name: f"{base}?{token}" for name, token in link.items()},
            },
        )

    def _folders(self, box: Box, parent: str | None, query: dict[str, str]) -> Reply:
        wanted = _wanted(query)
        found = [
            {"id": one.id, "displayName": one.name}
            for one in box.folders.values()
            if one.parent == parent and (wanted is None or wanted == ("displayName", one.name))
        ]
        return _json(200, {"value": found})

    def _send(self, address: str, box: Box, body: bytes) -> Reply:
        if self.headers.get("Content-Type") != "text/plain":
            raise Refused(400, "BadRequest")
        try:
            raw = self._as_sent(base64.b64decode(body, validate=True))
        except binascii.Error as error:
            raise Refused(400, "ErrorMimeContentInvalidBase64String") from error
        recipients = _recipients(raw)
        if not recipients:
            raise Refused(400, "ErrorInvalidRecipients")
        if self.graph.lingers:
            box.put("drafts", raw, datetime.now(UTC)).is_draft = True
        else:
            self.graph.leave(Sent(address, recipients, raw))
        return Reply(202)

    def _as_sent(self, raw: bytes) -> bytes:
        """What Exchange makes of a letter."""
        header, end, rest = raw.partition(b"\r\n\r\n")
        if not self.graph.drops and not self.graph.renames:
            return raw
        fields = re.split(rb"\r\n(?![ \t])", header)
        names = {field: field.partition(b":")[0].decode().lower() for field in fields}
        kept = [field for field in fields if names[field] not in self.graph.drops]
        if self.graph.renames:
            kept = [field for field in kept if names[field] != "message-id"]
            kept.append(b"Message-ID: <of-its-own@outlook.example>")
        return b"\r\n".join(kept) + end + rest

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


def _recipients(raw: bytes) -> tuple[str, ...]:
    """Whom the header names."""
    parsed = message_from_bytes(raw)
    fields = [value for name in ("To", "Cc", "Bcc") for value in parsed.get_all(name, [])]
    return tuple(email for _, email in getaddresses(fields))


def _json(status: int, value: object) -> Reply:
    return Reply(status, json.dumps(value).encode())


def _known(box: Box, named: str) -> Folder:
    found = box.folder(named)
    if found is None:
        raise Refused(404, "ErrorItemNotFound")
    return found


def _make(box: Box, parent: str | None, body: bytes) -> Reply:
    name = json.loads(body)["displayName"]
    if box.child(parent, name) is not None:
        raise Refused(409, "ErrorFolderExists")
    made = box.make(parent, name)
    return _json(201, {"id": made.id, "displayName": made.name})


def _wanted(query: Mapping[str, str]) -> tuple[str, str] | None:
    """The field and the value of a filter; the stand-in knows `eq` only."""
    if "$filter" not in query:
        return None
    found = _EQUALS.fullmatch(query["$filter"])
    if found is None:
        raise Refused(400, "ErrorInvalidUrlQueryFilter")
    return found[1], found[2].replace("''", "'")

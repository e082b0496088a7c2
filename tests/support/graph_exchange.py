"""What Microsoft Graph does with a request, as Microsoft describes v1.0: the mailboxes of the
stand-in and the answers they give, without HTTP."""

import base64
import binascii
import json
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import getaddresses
from urllib.parse import quote, urlencode

from tests.support.graph_box import OVERHEAD, Box, Folder, Stored

LARGEST_REQUEST = 4 * 2**20
USUAL_PAGE = 10
"""What Graph gives where nobody asks for more."""

_EQUALS = re.compile(r"(\w+) eq '((?:[^']|'')*)'")


@dataclass(frozen=True)
class Request:
    """One request: `address` is the mailbox, `path` what is asked for in it, piece by piece, and
    `place` the whole path as it came."""

    method: str
    address: str
    path: list[str]
    place: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_immutable(self) -> bool:
        return 'IdType="ImmutableId"' in self.headers.get("Prefer", "")


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    kind: str = "application/json"


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass(frozen=True)
class Sent:
    """A letter that has left, and to whom: whom its header names."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class GraphExchange:
    """The mailboxes, and what is done with them.

    `boxes` are by address, `tokens` the good access tokens and whose they are, `sent` every letter
    that has left. `largest_page` holds whatever is asked for. `copies` False: nothing is kept of
    what is sent. `lingers`: what is sent stays among the drafts until `hurry`, as its transport is
    slow. `drops` are names of header fields, in lower case, that are taken out of letters,
    `renames`: each letter is given another Message-ID. `forgets_changes`: no link to later changes
    is good. `url` is in front of its links.
    """

    def __init__(self, tokens: MutableMapping[str, str] | None = None) -> None:
        self.boxes: dict[str, Box] = {}
        self.tokens: MutableMapping[str, str] = {} if tokens is None else tokens
        self.sent: list[Sent] = []
        self.largest_page = 1000
        self.copies = True
        self.lingers = False
        self.drops: frozenset[str] = frozenset()
        self.renames = False
        self.forgets_changes = False
        self.url = ""

    def new_box(self, address: str, *, token: str | None = None) -> Box:
        """An empty mailbox; `token` is good for it."""
        self.boxes[address] = box = Box()
        if token is not None:
            self.tokens[token] = address
        return box

    def answer(self, request: Request) -> Reply:
        """What Graph says to it; it is done then. Raises Refused."""
        address, body = request.address, request.body
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.tokens:
            raise Refused(401, "InvalidAuthenticationToken")
        if address not in self.boxes:
            raise Refused(404, "ErrorInvalidUser")
        if self.tokens[token] != address:
            raise Refused(403, "ErrorAccessDenied")
        if len(body) > LARGEST_REQUEST:
            raise Refused(413, "RequestEntityTooLarge")
        box = self.boxes[address]
        match request.method, request.path:
            case "POST", ["sendMail"]:
                return self._send(request, box)
            case "GET", ["mailFolders", folder, "messages"]:
                return self._list(box.lying(_known(box, folder).id), request)
            case "GET", ["messages"]:
                return self._list(list(box.messages.values()), request)
            case "GET", ["mailFolders", folder, "messages", "delta"]:
                return self._delta(_known(box, folder), box, request)
            case "GET", ["mailFolders", folder]:
                return _json(200, {"id": _known(box, folder).id})
            case "GET", ["mailFolders"]:
                return _folders(box, None, request.query)
            case "GET", ["mailFolders", folder, "childFolders"]:
                return _folders(box, _known(box, folder).id, request.query)
            case "POST", ["mailFolders"]:
                return _make(box, None, body)
            case "POST", ["mailFolders", folder, "childFolders"]:
                return _make(box, _known(box, folder).id, body)
            case method, ["messages", id, *action]:
                return _message(box, id, f"{method} {''.join(action)}", request)
            case _:
                raise Refused(400, "BadRequest")

    def _page(self, asked: str | None) -> int:
        """A list has `$top` things a page, changes as many as the header prefers."""
        return min(int(asked or USUAL_PAGE), self.largest_page)

    def _list(self, found: list[Stored], request: Request) -> Reply:
        query = request.query
        if query.get("$orderby", "").startswith("receivedDateTime"):
            found.sort(key=lambda one: one.received_at)
        else:
            found.sort(key=lambda one: one.received_at, reverse=True)
        if (wanted := _wanted(query)) is not None:
            name, value = wanted
            found = [one for one in found if one.resource(immutable=True).get(name) == value]
        start, size = int(query.get("$skip") or 0), self._page(query.get("$top"))
        shown = [_shown(one, request) for one in found[start : start + size]]
        page: dict[str, object] = {"value": shown}
        if start + size < len(found):
            more = urlencode({**query, "$skip": str(start + size)}, quote_via=quote)
            page["@odata.nextLink"] = f"{self.url}{request.place}?{more}"
        return _json(200, page)

    def _delta(self, folder: Folder, box: Box, request: Request) -> Reply:
        """A token says how far the record of changes was told, and in which round."""
        query = request.query
        token = query.get("$skiptoken") or query.get("$deltatoken") or "first-0"
        if "$deltatoken" in query and self.forgets_changes:
            raise Refused(410, "syncStateNotFound")
        start = int(token.partition("-")[2])
        preferred = re.search(r"odata\.maxpagesize=(\d+)", request.headers.get("Prefer", ""))
        size = self._page(preferred[1] if preferred else None)
        end = min(start + size, len(box.changes))
        shown = {}
        for place, number, is_gone in box.changes[start:end]:
            stored = box.messages.get(number)
            if place == folder.id and stored is not None and not is_gone:
                shown[number] = {"id": stored.id(immutable=request.is_immutable)}
            elif place == folder.id and token.startswith("later"):
                shown[number] = {"id": f"AAkAL+/{number}=", "@removed": {"reason": "deleted"}}
        link = {"@odata.deltaLink": urlencode({"$deltatoken": f"later-{end}"})}
        if end < len(box.changes):
            more = f"{token.partition('-')[0]}-{end}"
            link = {"@odata.nextLink": urlencode({"$skiptoken": more})}
        base = f"{self.url}{request.place}"
        links = {name: f"{base}?{token}" for name, token in link.items()}
        return _json(200, {"value": list(shown.values()), **links})

    def _send(self, request: Request, box: Box) -> Reply:
        if request.headers.get("Content-Type") != "text/plain":
            raise Refused(400, "BadRequest")
        try:
            raw = self._as_sent(base64.b64decode(request.body, validate=True))
        except binascii.Error as error:
            raise Refused(400, "ErrorMimeContentInvalidBase64String") from error
        recipients = _recipients(raw)
        if not recipients:
            raise Refused(400, "ErrorInvalidRecipients")
        if self.lingers:
            box.put("drafts", raw, datetime.now(UTC)).is_draft = True
        else:
            self.leave(Sent(request.address, recipients, raw))
        return Reply(202)

    def _as_sent(self, raw: bytes) -> bytes:
        """What Exchange makes of a letter."""
        header, end, rest = raw.partition(b"\r\n\r\n")
        if not self.drops and not self.renames:
            return raw
        fields = re.split(rb"\r\n(?![ \t])", header)
        names = {field: field.partition(b":")[0].decode().lower() for field in fields}
        kept = [field for field in fields if names[field] not in self.drops]
        if self.renames:
            kept = [field for field in kept if names[field] != "message-id"]
            kept.append(b"Message-ID: <of-its-own@outlook.example>")
        return b"\r\n".join(kept) + end + rest

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


def _message(box: Box, id: str, action: str, request: Request) -> Reply:
    if not re.fullmatch(r"AA[A-Za-z0-9+/=_-]+", id):
        raise Refused(400, "ErrorInvalidIdMalformed")
    stored = box.find(id)
    if stored is None:
        raise Refused(404, "ErrorItemNotFound")
    match action:
        case "GET ":
            return _json(200, _shown(stored, request))
        case "GET $value":
            return Reply(200, stored.raw, "text/plain")
        case "POST move":
            box.move(stored, _known(box, json.loads(request.body)["destinationId"]))
            return _json(201, _shown(stored, request))
        case "POST permanentDelete":
            box.remove(stored)
            return Reply(204)
        case _:
            raise Refused(405, "ErrorInvalidRequest")


def _shown(stored: Stored, request: Request) -> dict[str, object]:
    query, all_of_it = request.query, stored.resource(immutable=request.is_immutable)
    wanted = query.get("$select", "").split(",") if "$select" in query else list(all_of_it)
    shown = {name: value for name, value in all_of_it.items() if name in wanted}
    if "LONG 0x0E08" in query.get("$expand", ""):
        size = str(len(stored.raw) + OVERHEAD)
        shown["singleValueExtendedProperties"] = [{"id": "Long 0xe08", "value": size}]
    return {"@odata.etag": f'W/"{stored.number}-{stored.moves}"', **shown}


def _folders(box: Box, parent: str | None, query: Mapping[str, str]) -> Reply:
    wanted = _wanted(query)
    found = [
        {"id": one.id, "displayName": one.name}
        for one in box.folders.values()
        if one.parent == parent and (wanted is None or wanted == ("displayName", one.name))
    ]
    return _json(200, {"value": found})


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

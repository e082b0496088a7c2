"""Asks Graph about one mailbox, with a good token and as much patience as it wants."""

import json
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Protocol, cast
from urllib.parse import quote, urlencode

from intake.graph.access import GraphAccess
from intake.graph.answers import BUSY, Answer, AskedToWait, CutOff, TimedOut, Unanswered, Unusable

LARGEST_ANSWER = 16 * 2**20
"""Bytes of JSON that are read; a page of messages has some hundred thousand."""

LONGEST_PAUSE = 30.0
"""Seconds that Graph is waited for within one call; for longer, the next tick asks again."""

TRIES = 3
"""How often what Graph was too busy for is asked."""

USUAL_PAUSE = 5.0
"""Seconds, where Graph is busy and doesn't say for how long."""

LETTER_PATIENCE = 600.0
"""Seconds that Graph may take over a letter, as an SMTP server may: giving up on it sooner makes
duplicates."""

_IMMUTABLE = 'IdType="ImmutableId"'
"""Keys that stay the same when a message is moved; wanted anew with each request."""


class Wire(Protocol):
    """What carries one request; see `intake.graph.wire`."""

    def exchange(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None,
        limit: int,
        patience: float | None = None,
    ) -> Answer: ...

    def close(self) -> None: ...


class GraphClient:
    """Asks about the mailbox of `access`. Nothing is opened before it is needed. Its methods raise
    GraphError, and whatever the token of `access` does. `waited` is for how many seconds Graph was
    waited for in all. For one thread."""

    def __init__(
        self,
        access: GraphAccess,
        *,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._access = access
        self._sleep = sleep
        self._clock = clock
        self._wire: Wire | None = None
        self._quiet_until = 0.0
        self.waited = 0.0

    def get(
        self,
        path: str,
        query: Mapping[str, str] | None = None,
        *,
        limit: int = LARGEST_ANSWER,
        page: int | None = None,
    ) -> Answer:
        """What is at a path of the mailbox, up to `limit` bytes; of changes at most `page` at once,
        and a link to the next ones."""
        # A blank as %20: in OData a plus is a plus.
        asked = urlencode(query or {}, safe="$", quote_via=quote)
        url = self._access.url(path) + (f"?{asked}" if asked else "")
        return self._patiently("GET", url, limit=limit, page=page)

    def follow(self, link: str, *, page: int | None = None) -> Answer:
        """What is behind a link that Graph gave. Raises Unusable for one that leads elsewhere: it
        would be given the token."""
        if not link.startswith(f"{self._access.origin}/"):
            raise Unusable("Graph gave a link that leads elsewhere")
        return self._patiently("GET", link, limit=LARGEST_ANSWER, page=page)

    def post(self, path: str, fields: Mapping[str, object] | None = None) -> Answer:
        """Ask for an action that may be asked for twice."""
        body = b"" if fields is None else json.dumps(fields).encode()
        return self._patiently("POST", self._access.url(path), body=body)

    def send_letter(self, letter: bytes) -> Answer:
        """Hand over a whole letter (RFC 5322); its header says to whom. Asked once: what a failure
        means for the letter is the caller's to say."""
        self._wait_out(longest=0.0)
        url, body = self._access.url("/sendMail"), b64encode(letter)
        return self._with_token("POST", url, body, kind="text/plain", patience=LETTER_PATIENCE)

    def close(self) -> None:
        """Let the connection go. Harmless when there is none."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def _patiently(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        limit: int = LARGEST_ANSWER,
        page: int | None = None,
    ) -> Answer:
        """Ask until Graph is not busy, at most TRIES times. A kept connection may have been dead
        for long, so one that broke is opened again; after a timeout it is not."""
        is_broken = False
        for left in reversed(range(TRIES)):
            self._wait_out(longest=LONGEST_PAUSE)
            try:
                answer = self._with_token(method, url, body, limit=limit, page=page)
            except (CutOff, Unanswered) as error:
                if is_broken or not left or isinstance(error, TimedOut):
                    raise
                is_broken = True
                continue
            if answer.status not in BUSY or not left:
                break
        return answer

    def _with_token(
        self,
        method: str,
        url: str,
        body: bytes | None,
        *,
        kind: str = "application/json",
        limit: int = LARGEST_ANSWER,
        page: int | None = None,
        patience: float | None = None,
    ) -> Answer:
        """The answer; where the token was refused, that to another one, if there is another."""
        prefer = _IMMUTABLE if page is None else f"{_IMMUTABLE}, odata.maxpagesize={page}"
        headers = {"Prefer": prefer} | ({"Content-Type": kind} if body else {})
        token = self._access.token()
        for is_last in (False, True):
            answer = self._opened().exchange(
                method,
                url,
                headers={**headers, "Authorization": f"Bearer {_checked(token)}"},
                body=body,
                limit=limit,
                patience=patience,
            )
            if answer.status != 401 or is_last:
                break
            before, token = token, self._access.another_token(token)
            if token == before:
                break
        self._note(answer)
        return answer

    def _note(self, answer: Answer) -> None:
        """Remember how long Graph wants to be left alone."""
        if answer.status in BUSY:
            pause = answer.retry_after
            seconds = USUAL_PAUSE if pause is None else pause.total_seconds()
            self._quiet_until = self._clock() + seconds

    def _wait_out(self, *, longest: float) -> None:
        """Wait until Graph may be asked. Raises AskedToWait when that is not soon."""
        seconds = self._quiet_until - self._clock()
        if seconds <= 0:
            return
        if seconds > longest:
            raise AskedToWait(f"Graph asked to be left alone for another {seconds:.0f} s")
        self.waited += seconds
        self._sleep(seconds)

    def _opened(self) -> Wire:
        if self._wire is None:
            try:
                module = import_module("intake.graph.wire")
            except ModuleNotFoundError as error:
                told = f"{error.name} is not installed: pip install 'postroom[graph]'"
                raise Unusable(told) from error
            self._wire = cast(Wire, module.Wire(self._access))
        return self._wire


def _checked(token: str) -> str:
    if not token or not token.isascii() or not token.isprintable():
        raise Unusable("the access token has characters that none can have")
    return token

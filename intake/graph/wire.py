"""One HTTP exchange with Graph by httpx, whose errors become ours here. Loaded when it is needed:
few installations have it."""

import ssl
from collections.abc import Iterator, Mapping

import httpx

from intake.graph.access import GraphAccess
from intake.graph.answers import (
    Answer,
    CutOff,
    TimedOut,
    Unanswered,
    Unreached,
    Unusable,
    printable,
    read_answer,
)

CHUNK = 64 * 1024
"""Bytes handed to the socket at once: each has a whole timeout, so slow lines carry big packs."""

_CONNECT_SECONDS = 15.0


class Wire:
    """A connection that is kept, and opened again when it must be. For one thread."""

    def __init__(self, access: GraphAccess) -> None:
        self._timeout = access.timeout
        self._http = httpx.Client(
            verify=ssl.create_default_context(cafile=str(access.cafile) if access.cafile else None),
            follow_redirects=False,  # the token is for this address alone
            headers={"Accept-Encoding": "identity", "User-Agent": "Postroom"},
        )

    def exchange(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None,
        limit: int,
        patience: float | None = None,
    ) -> Answer:
        """Ask, and read at most `limit` bytes of the answer. `patience` is how long it may take to
        begin, in seconds, None: as everything else. Raises GraphError."""
        parcel = _Parcel(body)
        timeout = httpx.Timeout(
            self._timeout, connect=_CONNECT_SECONDS, read=patience or self._timeout
        )
        length = {} if body is None else {"Content-Length": str(len(body))}
        try:
            with self._http.stream(
                method,
                url,
                headers={**headers, **length},
                content=None if body is None else parcel.chunks(),
                timeout=timeout,
            ) as response:
                content, is_cut = _read(response, limit)
                named = {name.lower(): value for name, value in response.headers.items()}
                return read_answer(response.status_code, named, content, is_cut=is_cut)
        except httpx.InvalidURL as error:
            raise Unusable("that is no address of a server") from error
        except httpx.HTTPError as error:
            raise _translated(error, parcel) from None  # a library's words may hold the token

    def close(self) -> None:
        self._http.close()


class _Parcel:
    """The body of a request. `has_left`: all of it was handed to the socket. The next chunk is only
    asked for when the one before was, so a request that breaks within its body is known."""

    def __init__(self, body: bytes | None) -> None:
        self._body = body or b""
        self.has_left = not self._body

    def chunks(self) -> Iterator[bytes]:
        for start in range(0, len(self._body), CHUNK):
            yield self._body[start : start + CHUNK]
        self.has_left = True


def _read(response: httpx.Response, limit: int) -> tuple[bytes, bool]:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > limit:
            return bytes(content[:limit]), True
    return bytes(content), False


def _translated(
    error: httpx.HTTPError, parcel: _Parcel
) -> Unusable | Unreached | CutOff | Unanswered:
    match error:
        case httpx.ConnectError():
            return _not_connected(error)
        case httpx.ConnectTimeout() | httpx.PoolTimeout() | httpx.ProxyError():
            return Unreached("can't be reached in time, or not through the proxy")
        case _ if not parcel.has_left:
            return CutOff("the connection was lost within the request")
        case httpx.TimeoutException():
            return TimedOut("no answer in time")
        case _:
            return Unanswered("the connection was lost before the answer")


def _not_connected(error: httpx.ConnectError) -> Unusable | Unreached:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Unusable(f"the certificate is not to be trusted: {cause.verify_message}")
        cause = cause.__cause__ or cause.__context__
    return Unreached(f"can't be reached: {printable(str(error))}")

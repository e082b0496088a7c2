"""Pure: what Graph answers, and how a request ends that gets no answer.

GraphError
├── Unusable          a person must act: nothing was asked
├── Unreached         nothing of the request has left
│   └── AskedToWait   Graph wants to be left alone for a while
├── CutOff            a part of the request has left, never all of it
└── Unanswered        all of it has left
    └── TimedOut      and no answer came in time
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime

BUSY = frozenset({429, 503, 504})
"""Answers that ask for patience: throttled, out of order, too slow."""

LONGEST_WORDS = 400
_LONGEST_PAUSE = timedelta(hours=1)


class GraphError(Exception):
    """No answer. The text holds no token and no content of a message."""


class Unusable(GraphError):
    """Its certificate is not to be trusted, or something needed is missing. Do what it says."""


class Unreached(GraphError):
    """Graph can't be reached just now. Nothing was asked."""


class AskedToWait(Unreached):
    """Graph asked to be left alone, and that time is not over. Nothing was asked."""


class CutOff(GraphError):
    """The connection was lost within the request, so Graph can't have acted on it."""


class Unanswered(GraphError):
    """The connection was lost after the request: Graph may have acted on it."""


class TimedOut(Unanswered):
    """No answer came in time: Graph may have acted on the request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`content` is what came, up to the limit that was asked for (`is_cut`: there is more). `words`
    are what Graph says of it, on one line, printable and short, with its number for those who run
    it; `code` is its own name of an error, empty for none. `retry_after` None: it names no time."""

    status: int
    content: bytes = field(default=b"", repr=False)
    is_cut: bool = False
    code: str = ""
    words: str = ""
    retry_after: timedelta | None = None

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def fields(self) -> Mapping[str, object]:
        """The JSON object it holds; empty where it holds none."""
        try:
            value = json.loads(self.content)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


def read_answer(
    status: int, headers: Mapping[str, str], content: bytes, *, is_cut: bool = False
) -> Answer:
    """`headers` by their names in lower case."""
    code, said = _error(content) if status >= 400 else ("", "")
    number = headers.get("request-id", "")
    named = f"{status} {code}".strip() + (f": {said}" if said else "")
    return Answer(
        status,
        content,
        is_cut=is_cut,
        code=code,
        words=printable(f"{named} (request {number})" if number else named),
        retry_after=_pause(headers),
    )


def printable(text: str) -> str:
    """Without control or formatting characters, on one line, cut to a length to keep."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:LONGEST_WORDS]


def _error(content: bytes) -> tuple[str, str]:
    """Graph's name of an error and its words: `{"error": {"code": …, "message": …}}`."""
    error = Answer(0, content).fields().get("error")
    if not isinstance(error, Mapping):
        return "", ""
    code, said = error.get("code"), error.get("message")
    return code if isinstance(code, str) else "", said if isinstance(said, str) else ""


def _pause(headers: Mapping[str, str]) -> timedelta | None:
    """Retry-After in either of its forms (RFC 9110 section 10.2.3); a date is held against the
    server's own clock."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(timedelta(seconds=int(value[:9])), _LONGEST_PAUSE)
    try:
        until, now = parsedate_to_datetime(value), parsedate_to_datetime(headers.get("date", ""))
        return min(max(until - now, timedelta()), _LONGEST_PAUSE)
    except (ValueError, TypeError, OverflowError):
        return None

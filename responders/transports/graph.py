"""Letters by Microsoft Graph's sendMail: whole, as their bytes were frozen, one recipient each.

Who speaks HTTP is handed in as one question; here is what each answer means for a letter."""

from collections.abc import Callable
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses

from responders.transports.base import (
    InDoubt,
    PermanentFailure,
    TemporaryFailure,
    TransportRefused,
    TransportUnavailable,
)
from responders.transports.envelope import Envelope, seal

LARGEST_LETTER = 3 * 2**20
"""Bytes. Graph takes 4 MB in one request, and base64 makes three bytes four."""

ROOM_FOR_FILES = 2 * 2**20
"""Bytes of files before encoding that fit into such a letter beside a workbook and its words."""

ACCEPTED = 202

_RECIPIENTS = ("To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc")
_FULL = frozenset(
    {
        "ErrorExceededMessageLimit",
        "ErrorMailboxStoreUnavailable",
        "ErrorMessageSubmissionBlocked",
        "ErrorQuotaExceeded",
        "ErrorServerBusy",
        "ErrorSubmissionQuotaExceeded",
    }
)
"""Graph's names of refusals that no letter gets by, and that pass."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What Graph said about a letter: its status, its name of an error (empty for none) and its
    words, printable and short."""

    status: int
    code: str
    words: str


Post = Callable[[bytes], Posted]
"""Hands over a whole letter. Raises TransportUnavailable, TransportRefused, TemporaryFailure where
a part of the letter was sent, and InDoubt where all of it was and no answer came."""


class GraphTransport:
    """Implements Transport. Graph reads the recipients in the letter's header, so a letter leaves
    only where that says the same as the envelope."""

    def __init__(self, post: Post, close: Callable[[], object]) -> None:
        self._post = post
        self._close = close

    def send(self, sender: str, recipient: str, content: bytes) -> str:
        """Hand over one letter; Graph's words. Raises TemporaryFailure, PermanentFailure and
        InDoubt; PermanentFailure also, before anything is sent, where the header names others than
        `sender` and `recipient`, or the letter is too large."""
        _check_header(seal(sender, recipient, content), content)
        if len(content) > LARGEST_LETTER:
            raise PermanentFailure(_TOO_LARGE)
        posted = self._post(content)
        if posted.status != ACCEPTED:
            raise _failure(posted)
        return posted.words

    def close(self) -> None:
        """Let the connection go."""
        self._close()


_TOO_LARGE = (
    f"the letter is larger than {LARGEST_LETTER // 2**20} MB, which is all that Graph takes: "
    "make what it encloses smaller, give pack_link for a pack, or send over SMTP"
)


def _check_header(envelope: Envelope, content: bytes) -> None:
    header = BytesHeaderParser(policy=compat32).parsebytes(content.partition(b"\r\n\r\n")[0])
    named = {name: [str(value) for value in header.get_all(name, [])] for name in _RECIPIENTS}
    fields = [value for values in named.values() for value in values]
    if not _is_only(fields, envelope.recipient) or not named["To"]:
        raise PermanentFailure("the letter's header names other recipients than its envelope")
    if not _is_only([str(value) for value in header.get_all("From", [])], envelope.sender):
        raise PermanentFailure("the letter's header names another sender than its envelope")


def _is_only(fields: list[str], address: str) -> bool:
    """True where these are one header field with one address, and that is it."""
    found = [email for _, email in getaddresses(fields)]
    return len(fields) == 1 and [one.lower() for one in found] == [address.lower()]


def _failure(
    posted: Posted,
) -> TransportUnavailable | TemporaryFailure | PermanentFailure | InDoubt:
    """What an answer means that is not the one hoped for. Graph has done nothing where it says so;
    a failure within may have come before or after the letter left."""
    status, words = posted.status, posted.words
    if status in (429, 503) or 300 <= status < 400 or posted.code in _FULL:
        return TransportUnavailable(words, code=status)
    if status in (401, 403, 404):
        return TransportRefused(f"{words}. {_ADVICE[status]}", code=status)
    if status == 408:
        return TemporaryFailure(words, code=status)
    if 400 <= status < 500:
        told = _TOO_LARGE if status == 413 else words
        return PermanentFailure(told, code=status)
    return InDoubt(words, code=status)


_ADVICE = {
    401: "Graph refuses the access token: are its scopes those of Graph?",
    403: "May it send as this mailbox? Grant Mail.Send, and Send As to whoever signs in",
    404: "Is the username the address of a mailbox of Microsoft 365?",
}

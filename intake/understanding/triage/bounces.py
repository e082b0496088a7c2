"""Pure: reports that a letter did not arrive, or not yet.

RFC 3464 where the server writes it, X-Failed-Recipients, then flufl.bounce and the usual wordings
of servers that write prose. Only a server's own report counts: a person who forwards one, or
quotes one, is no bounce.
"""

import email
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flufl.bounce import all_failures

from intake.understanding.mime.headers import (
    Headers,
    find_addresses,
    find_message_ids,
    make_headers,
)
from intake.understanding.mime.message import Message
from intake.understanding.mime.parts import Part, parse_nodes
from intake.understanding.triage.bounce_words import (
    COPY_OF_ORIGINAL,
    DELAY_WORDS,
    FAILURE_SUBJECT,
    FAILURE_WORDS,
    SERVER_LOCAL_PART,
    SERVER_NAME,
)

_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_HEADER_TYPES = frozenset({"text/rfc822-headers", "message/rfc822-headers"})
_MAX_TEXT = 20_000
_MAX_DETECTED = 1_000_000
_MAX_ADDRESSES = 50
_STATUS_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_MESSAGE_ID_LINE = re.compile(r"^[> \t]{0,10}message-id:[ \t]{0,9}(<[^<>\s]{1,500}>)", re.I | re.M)
_REFUSED = re.compile(
    r"\b(?:[45]\d\d[ -]|unknown|reject|fail|unable|could not|cannot|can't|not (?:exist|found"
    r"|listed)"
    r"|disabled|full|quota|unavailable|denied|refused|invalid|no such|undeliver|error)",
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(r"\s*(?:failed|failure|expired)", re.IGNORECASE)
# What flufl.bounce has been seen to raise on messages that break its assumptions.
_DETECTOR_ERRORS = (AssertionError, AttributeError, IndexError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report about a letter. `addresses` are those it is about, lower case: they failed, or,
    where `is_delay`, the server is still trying them. `letters` are the Message-IDs of the
    originals, `status` an enhanced status code such as 5.1.1, None where it isn't told."""

    addresses: tuple[str, ...]
    letters: tuple[str, ...] = ()
    status: str | None = None
    is_delay: bool = False


def find_bounce(message: Message, raw: bytes) -> Bounce | None:
    """The bounce that `message`, parsed from `raw`, is; None where it is none."""
    blocks = list(_status_blocks(message.reports))
    found = _from_status(blocks)
    if found is None and blocks and _tells_success(blocks):
        return None
    if found is None:
        found = _from_failed_header(message)
    if found is None and _may_be_bounce(message):
        found = _from_prose(message, raw)
    if found is None:
        return None
    return Bounce(found.addresses, _originals(message), found.status, found.is_delay)


def _status_blocks(reports: Iterable[Part]) -> Iterator[Headers]:
    """The groups of fields of the delivery-status parts, that of the message left out."""
    for part in reports:
        if part.media_type not in _STATUS_TYPES:
            continue
        text = part.content.decode("utf-8", "replace").replace("\r\n", "\n")
        for group in text.split("\n\n"):
            fields = (line.partition(":") for line in re.sub(r"\n[ \t]+", " ", group).split("\n"))
            headers = make_headers((name.strip(), value) for name, _, value in fields if value)
            if any(name in headers for name in ("Final-Recipient", "Original-Recipient", "Action")):
                yield headers


def _from_status(blocks: list[Headers]) -> Bounce | None:
    failed = [block for block in blocks if _action(block) == "failed"]
    delayed = [block for block in blocks if _action(block) == "delayed"]
    told = failed or delayed
    if not told:
        return None
    status = next((code for block in told if (code := _status(block))), None)
    addresses = (address for block in told if (address := _recipient(block)))
    return Bounce(_distinct(addresses), (), status, is_delay=not failed)


def _tells_success(blocks: list[Headers]) -> bool:
    return all(_action(block) in ("delivered", "relayed", "expanded") for block in blocks)


def _action(block: Headers) -> str:
    told = re.match(r"[\s\"']*([a-z]+)", (block.get("Action") or "").lower())
    if told is not None and told[1] in ("failed", "failure", "delayed", "delivered", "relayed"):
        return "failed" if told[1] == "failure" else told[1]
    if told is not None and told[1] == "expanded":
        return "expanded"
    return {"5": "failed", "4": "delayed", "2": "delivered"}.get((_status(block) or " ")[0], "")


def _status(block: Headers) -> str | None:
    found = _STATUS_CODE.search(block.get("Status") or "")
    return found[1] if found else None


def _recipient(block: Headers) -> str | None:
    """The address our letter went to; the final one only where the original isn't told."""
    for name in ("Original-Recipient", "Final-Recipient", "X-Actual-Recipient"):
        for value in block.get_raw(name):
            found = find_addresses([value.rpartition(";")[2]])
            if found:
                return found[0]
    return None


def _from_failed_header(message: Message) -> Bounce | None:
    """Exim and Google name the failed ones in a field, whatever the text says."""
    addresses = find_addresses(message.headers.get_raw("X-Failed-Recipients"))
    if not addresses:
        return None
    return Bounce(addresses[:_MAX_ADDRESSES], (), _status_in(message.own_text))


def _may_be_bounce(message: Message) -> bool:
    """Whether a server wrote this about a letter: its sender, its subject and its words."""
    report = message.report_type == "delivery-status"
    server = _is_from_server(message)
    subject = FAILURE_SUBJECT.search(message.head.subject) is not None
    text = message.own_text[:_MAX_TEXT]
    words = FAILURE_WORDS.search(text) is not None or DELAY_WORDS.search(text) is not None
    automatic = _has_null_path(message) or "auto-submitted" in message.headers.names
    if report:
        return server or subject or words
    if server:
        return subject or words
    return subject and words and (automatic or bool(message.enclosed) or not message.head.sender)


def _is_from_server(message: Message) -> bool:
    names = ("From", "Sender", "Return-Path", "Resent-From")
    fields = [value for name in names for value in message.headers.get_all(name)]
    return any(
        SERVER_LOCAL_PART.search(value) is not None or SERVER_NAME.search(value) is not None
        for value in fields
    )


def _has_null_path(message: Message) -> bool:
    return any(value.strip() == "<>" for value in message.headers.get_raw("Return-Path"))


def _from_prose(message: Message, raw: bytes) -> Bounce:
    temporary, permanent = (_of_others(message, found) for found in _detect(raw))
    text = COPY_OF_ORIGINAL.split(message.own_text[:_MAX_TEXT], maxsplit=1)[0]
    status = _status_in(text)
    if permanent:
        return Bounce(permanent, (), status)
    if temporary:
        return Bounce(temporary, (), status, is_delay=not _gives_up(text))
    delayed = DELAY_WORDS.search(message.head.subject + "\n" + text) is not None
    refused = _refused_addresses(text)
    others = tuple(address for address in refused if address not in message.head.recipients)
    addresses = others or _addressed(message) or _only_address(message, text) or refused
    return Bounce(addresses, (), status, is_delay=delayed and not _gives_up(text))


def _gives_up(text: str) -> bool:
    return re.search(r"giving up|given up|permanent|5\.\d\.\d|\b55\d\b", text, re.I) is not None


def _detect(raw: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """flufl.bounce's opinion: (temporary, permanent) addresses. It needs a From, and fields that
    are text whatever bytes they hold."""
    tree = email.message_from_string(raw[:_MAX_DETECTED].decode("latin-1"))
    if not tree["From"]:
        tree["From"] = "mailer-daemon"
    try:
        temporary, permanent = all_failures(tree)
    except _DETECTOR_ERRORS:
        return (), ()
    return _decoded(temporary), _decoded(permanent)


def _decoded(addresses: Iterable[bytes]) -> tuple[str, ...]:
    texts = sorted(address.decode("ascii", "ignore").strip("<>") for address in addresses)
    return _distinct(find_addresses(texts))


def _refused_addresses(text: str) -> tuple[str, ...]:
    """Addresses that stand with a reason: in its line, or in the line above one."""
    lines = text.split("\n")
    found: list[str] = []
    for number, line in enumerate(lines):
        if "@" not in line:
            continue
        around = " ".join(lines[max(0, number - 1) : number + 3])
        if _REFUSED.search(around):
            found += find_addresses([line])
    return _distinct(address for address in found if not SERVER_LOCAL_PART.search(address))


def _of_others(message: Message, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses without those that the report itself came to, unless it names no other."""
    others = tuple(a for a in addresses if a not in message.head.recipients)
    return others or addresses


def _only_address(message: Message, text: str) -> tuple[str, ...]:
    """The one address of somebody else that a report names, in whatever words."""
    sender = message.head.sender
    known = {*message.head.recipients, sender.email if sender else ""}
    named = _distinct(a for a in find_addresses(text.split("\n")) if a not in known)
    return named if len(named) == 1 and not SERVER_LOCAL_PART.search(named[0]) else ()


def _addressed(message: Message) -> tuple[str, ...]:
    """The recipient of the enclosed letter, where it had just one."""
    for headers in _original_headers(message):
        addresses = find_addresses(headers.get_raw("To"))
        if len(addresses) == 1:
            return addresses
    return ()


def _original_headers(message: Message) -> Iterator[Headers]:
    for enclosed in message.enclosed:
        yield enclosed.headers
    for part in message.reports:
        if part.media_type in _HEADER_TYPES:
            yield make_headers(parse_nodes(part.content).raw_items())


def _originals(message: Message) -> tuple[str, ...]:
    """Message-IDs of the letters it is about: enclosed, copied into the text, or referred to."""
    enclosed = [
        value
        for headers in _original_headers(message)
        for value in find_message_ids(headers.get_raw("Message-ID"))
    ]
    copied = _MESSAGE_ID_LINE.findall(message.text[: 5 * _MAX_TEXT])
    referred = (*message.head.in_reply_to, *message.head.references)
    return tuple(dict.fromkeys((*enclosed, *copied, *referred)))


def _status_in(text: str) -> str | None:
    found = _STATUS_CODE.search(text[:_MAX_TEXT])
    return found[1] if found else None


def _distinct(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))[:_MAX_ADDRESSES]

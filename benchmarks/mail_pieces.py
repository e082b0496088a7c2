"""How right the pieces of any message are: bounces, automatic replies, replies, signatures,
forwards, and what MIME says.

A collection is a folder of folders, each with `truth.jsonl`: one JSON object a message, what is
to be found in it under `expect`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]

_MIME_CORPORA = frozenset({"stalwart", "imap_tools"})
"""Corpora of MIME whatever the kind of a message in them."""
_ADDRESS_KEYS = ("permanent", "temporary", "recipients")


def measure(corpus: str, truth: Row, told: Row) -> Iterator[tuple[str, bool]]:
    """Every measure that the truth of one message asks for, and whether `told` is right in it:
    the pieces of its JSON line, empty where there is none."""
    expected = truth["expect"]
    yield from _bounce(expected, told)
    yield from _reply(expected, told)
    yield from _forward(expected, told)
    if truth.get("kind") == "mime" or corpus in _MIME_CORPORA:
        yield from _mime(expected, told)


def _bounce(expected: Row, told: Row) -> Iterator[tuple[str, bool]]:
    if "is_bounce" in expected:
        wanted = expected["is_bounce"]
        name = "bounce recall" if wanted else "bounce specificity"
        yield name, told.get("is_bounce") is wanted
    addresses = {address for key in _ADDRESS_KEYS for address in expected.get(key) or ()}
    if addresses:
        yield "bounced addresses", _lower(told.get("bounced") or ()) == _lower(addresses)
    if expected.get("is_auto_reply"):
        yield "automatic replies", told.get("is_auto_reply") is True


def _reply(expected: Row, told: Row) -> Iterator[tuple[str, bool]]:
    reply = told.get("reply")
    present, absent = (expected.get(key) or () for key in ("reply_contains", "reply_not_contains"))
    if isinstance(expected.get("reply"), str):
        yield "reply exact", _lines(reply) == _lines(expected["reply"])
    elif present or absent:
        text = reply or ""
        is_right = all(part in text for part in present) and not any(p in text for p in absent)
        yield "reply weak", is_right
    if isinstance(expected.get("signature"), str):
        yield "signature exact", _lines(told.get("signature")) == _lines(expected["signature"])


def _forward(expected: Row, told: Row) -> Iterator[tuple[str, bool]]:
    if "forwarded" not in expected:
        return
    wanted, forward = expected["forwarded"], told.get("forward") or {}
    yield ("forwards seen" if wanted else "forward specificity"), bool(forward) is wanted
    if not wanted:
        return
    if expected.get("from"):
        yield "forward sender", (forward.get("from") or "").lower() == expected["from"].lower()
    if expected.get("subject") and expected.get("subject_in") == "body":
        yield "forward subject", _words(forward.get("subject")) == _words(expected["subject"])
    if expected.get("body"):
        yield "forward body", _letters(forward.get("body")) == _letters(expected["body"])


def _mime(expected: Row, told: Row) -> Iterator[tuple[str, bool]]:
    if expected.get("subject") is not None:
        yield "MIME subject", _words(told.get("subject")) == _words(expected["subject"])
    if expected.get("from_email"):
        wanted = expected["from_email"].lower()
        yield "MIME from", (told.get("from_email") or "").lower() == wanted
    text = expected.get("text")
    if isinstance(text, str) and text.strip():
        yield "MIME text", _letters(told.get("text")) == _letters(text)
    files = expected.get("attachments") or ()
    names = sorted(file["filename"] for file in files if file.get("filename"))
    if names:
        is_right = sorted(name for name in told.get("attachments") or () if name) == names
        yield "MIME attachment names", is_right


def _lower(addresses: Any) -> set[str]:
    return {address.lower() for address in addresses}


def _lines(text: str | None) -> list[str]:
    """The lines of a text; blanks behind a line and blank lines around the whole don't count."""
    unix = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return [line.rstrip() for line in unix.strip().split("\n")]


def _words(text: str | None) -> list[str]:
    return (text or "").split()


def _letters(text: str | None) -> str:
    """Everything but white space."""
    return re.sub(r"\s+", "", text or "")

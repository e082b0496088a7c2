"""Pure: single parts of a compat32 tree: their fields, their content, what is broken about them."""

import binascii
import email
import quopri
import re
from email.message import Message as Compat32

from intake.understanding import limits
from intake.understanding.headers import decode_base64

_LOST_BOUNDARY = re.compile(rb"(?:^|\n)--([^\r\n]{1,70}?)[ \t]*\r?\nContent-[A-Za-z-]+:", re.I)


def children(node: Compat32) -> list[Compat32]:
    """The parts of a multipart or the messages of a message/*; none of a leaf."""
    payload = node.get_payload()
    parts = payload if isinstance(payload, list) else []
    return [part for part in parts if isinstance(part, Compat32)]


def raw_items(node: Compat32, prefix: str = "") -> list[tuple[str, str]]:
    """The fields of `node` as they came, or those whose name starts with `prefix`."""
    items = ((name, str(value)) for name, value in node.raw_items())
    return [item for item in items if item[0].lower().startswith(prefix)] if prefix else list(items)


def decode_content(node: Compat32, encoding: str) -> bytes:
    """The content of a leaf by its transfer encoding (RFC 2045 section 6); unknown ones: as is."""
    payload = node.get_payload()
    data = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
    match encoding.partition(";")[0].partition("(")[0].strip().lower():
        case "base64":
            return decode_base64(data)
        case "quoted-printable":
            return quopri.decodestring(data)
        case "x-uuencode" | "uuencode" | "uue" | "x-uue":
            return _decode_uu(data)
        case _:
            return data


def _decode_uu(data: bytes) -> bytes:
    decoded: list[bytes] = []
    for line in data.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(decoded)


def mend(node: Compat32) -> Compat32 | None:
    """The multipart that was meant where its boundary is missing or another one."""
    payload = node.get_payload()
    data = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
    found = _LOST_BOUNDARY.search(data)
    if found is None or b'"' in found[1]:
        return None
    mended = email.message_from_bytes(
        b'Content-Type: multipart/mixed; boundary="' + found[1] + b'"\r\n\r\n' + data
    )
    return mended if isinstance(mended.get_payload(), list) else None


def decode_enclosed(node: Compat32, child: Compat32) -> Compat32:
    """An enclosed message must not be encoded, but some servers do: then it has no fields."""
    encoding = str(node.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in ("base64", "quoted-printable") or len(child):
        return child
    decoded = decode_content(child, encoding)
    limits.check_bytes(decoded)
    return email.message_from_bytes(decoded)


def flatten(node: Compat32) -> bytes:
    """The fields and text below a message/* part, as the bytes they came from."""
    payload = node.get_payload()
    if isinstance(payload, str):
        return payload.encode("utf-8", "surrogateescape")
    blocks: list[str] = []
    for child in children(node):
        fields = "".join(f"{name}: {value}\n" for name, value in raw_items(child))
        inner = child.get_payload()
        blocks.append(fields + ("\n" + inner if isinstance(inner, str) else ""))
    return "\n".join(blocks).encode("utf-8", "surrogateescape")

"""Pure: single parts of a compat32 tree: their fields, their content, what is broken about them."""

import binascii
import quopri
import re
from dataclasses import dataclass
from email.feedparser import BytesFeedParser
from email.message import Message as Compat32

from intake.understanding.mime import limits
from intake.understanding.mime.headers import decode_base64

_LOST_BOUNDARY = re.compile(rb"(?:^|\n)--([^\r\n]{1,70}?)[ \t]*\r?\nContent-[A-Za-z-]+:", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of a message. `index` counts the leaves from 0, `name` is untrusted text on one
    line, `content` is decoded, `content_id` is set on what HTML shows inline."""

    index: int
    media_type: str
    name: str | None
    content: bytes
    disposition: str | None = None
    charset: str | None = None
    content_id: str | None = None


class Node(Compat32):
    """A message or part whose content stays as it came: the standard library's own reading
    decodes 8-bit bytes by the label, which is wrong too often and sometimes raises."""

    _payload: object  # where the standard library keeps it, unread

    @property
    def raw_text(self) -> str:
        """What stands below the fields of a leaf; surrogates stand for 8-bit bytes."""
        return self._payload if isinstance(self._payload, str) else ""

    @property
    def raw_content(self) -> bytes:
        """The bytes below the fields of a leaf, still in their transfer encoding."""
        return self.raw_text.encode("utf-8", "surrogateescape")

    @property
    def children(self) -> list["Node"]:
        """The parts of a multipart or the messages of a message/*; none of a leaf."""
        payload = self.get_payload() if self.is_multipart() else []
        return [part for part in payload if isinstance(part, Node)]


def parse_nodes(raw: bytes) -> Node:
    """The tree of parts of a whole message. May raise what the standard library raises."""
    parser = BytesFeedParser(Node)
    parser.feed(raw)  # in one piece: reading it in blocks takes a third longer
    return parser.close()


def raw_items(node: Node, prefix: str = "") -> list[tuple[str, str]]:
    """The fields of `node` as they came, or those whose name starts with `prefix`."""
    items = ((name, str(value)) for name, value in node.raw_items())
    return [item for item in items if item[0].lower().startswith(prefix)] if prefix else list(items)


def decode_content(node: Node, encoding: str) -> bytes:
    """The content of a leaf by its transfer encoding (RFC 2045 section 6); unknown ones: as is."""
    data = node.raw_content
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


def mend(node: Node) -> Node | None:
    """The multipart that was meant where its boundary is missing or another one."""
    data = node.raw_content
    found = _LOST_BOUNDARY.search(data)
    if found is None or b'"' in found[1]:
        return None
    mended = parse_nodes(
        b'Content-Type: multipart/mixed; boundary="' + found[1] + b'"\r\n\r\n' + data
    )
    return mended if mended.children else None


def decode_enclosed(node: Node, child: Node) -> Node:
    """An enclosed message must not be encoded, but some servers do: then it has no fields."""
    encoding = str(node.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in ("base64", "quoted-printable") or len(child):
        return child
    decoded = decode_content(child, encoding)
    limits.check_bytes(decoded)
    return parse_nodes(decoded)


def write_out(node: Node) -> bytes:
    """A message or part as bytes again: those it was read from, but for the line ends of fields
    and what stands around its parts."""
    chunks: list[str] = []
    pending: list[Node | str] = [node]
    while pending:
        top = pending.pop()
        if isinstance(top, str):
            chunks.append(top)
            continue
        chunks += [*(f"{name}: {value}\n" for name, value in raw_items(top)), "\n"]
        boundary = top.get_boundary() if top.get_content_maintype() == "multipart" else None
        if not top.children:
            chunks.append(top.raw_text)
        elif boundary is None:
            pending += reversed(top.children)
        else:
            pending.append(f"\n--{boundary}--\n")
            for child in reversed(top.children):
                pending += [child, f"\n--{boundary}\n"]
    return "".join(chunks).encode("utf-8", "surrogateescape")


def flatten(node: Node) -> bytes:
    """The fields and text below a message/* part, as the bytes they came from."""
    blocks: list[str] = [node.raw_text] if node.raw_text else []
    for child in node.children:
        fields = "".join(f"{name}: {value}\n" for name, value in raw_items(child))
        blocks.append(fields + ("\n" + child.raw_text if child.raw_text else ""))
    return "\n".join(blocks).encode("utf-8", "surrogateescape")

"""Pure: the walk over the parts of a message: what is to be read, what are files, what a machine
wrote, which messages are enclosed. What is wrapped (in winmail.dat, in a signature) is unwrapped.
"""

from dataclasses import dataclass

from intake.understanding.mime import limits
from intake.understanding.mime.headers import Headers, make_headers, parse_parameters
from intake.understanding.mime.limits import TooMuch
from intake.understanding.mime.parts import (
    Node,
    Part,
    decode_content,
    decode_enclosed,
    flatten,
    mend,
    parse_nodes,
    raw_items,
    write_out,
)
from intake.understanding.mime.signed import unwrap_signed
from intake.understanding.mime.text import read_html, read_plain
from intake.understanding.mime.tnef import BrokenTnef, is_tnef, unpack_tnef

_MAX_NAME = 250
_MAX_WRAPPED = 3
"""Wrappings within wrappings that are undone."""
_READABLE = frozenset({"text/plain", "text/html", "text/enriched"})
_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_SEALED = b"-----BEGIN PGP MESSAGE-----"
_PKCS7 = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


@dataclass(slots=True)
class Body:
    """One readable stretch: alternatives of the same text."""

    plain: str | None = None
    html: str | None = None


class Walk:
    """What a walk over the parts has gathered. `texts` are the readable parts as they came,
    `spare` is read where the message has no other text. Raises TooMuch."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []
        self.spare: list[Body] = []
        self.texts: list[Part] = []
        self.attachments: list[Part] = []
        self.reports: list[Part] = []
        self.enclosed: list[Node] = []
        self._index = 0
        self._wrapped = 0

    def walk(self, node: Node) -> None:
        """Gather what `node` and everything below it hold."""
        media_type = node.get_content_type()
        if media_type.startswith("message/"):
            self._enclose(node, media_type)
        elif node.is_multipart():
            start = len(self.bodies)
            for child in node.children:
                self.walk(child)
            if media_type == "multipart/alternative":
                self.bodies[start:] = _merge_alternatives(self.bodies[start:])
        elif media_type.startswith("multipart/") and (found := mend(node)) is not None:
            self.walk(found)
        else:
            self._leaf(node, media_type)

    def _leaf(self, node: Node, media_type: str) -> None:
        if media_type.startswith("multipart/"):
            media_type = "text/plain"
        part, parameters = self._part(node, media_type)
        if media_type == "text/rfc822-headers":
            self.reports.append(part)
        elif media_type in _READABLE and part.disposition != "attachment" and part.name is None:
            self._read(part, parameters)
        elif not self._unwrap(part):
            self._attach(part)

    def _part(self, node: Node, media_type: str) -> tuple[Part, dict[str, str]]:
        """A leaf and the parameters of its type."""
        fields = make_headers(raw_items(node, "content-"))
        _, parameters = parse_parameters(_first(fields, "Content-Type"))
        disposition, placing = parse_parameters(_first(fields, "Content-Disposition"))
        name = (placing.get("filename") or parameters.get("name") or "")[:_MAX_NAME] or None
        content = decode_content(node, _first(fields, "Content-Transfer-Encoding"))
        if content[:100].lstrip().startswith(_SEALED):
            disposition = "attachment"  # whatever it says: nobody can read it here
        content_id = _first(fields, "Content-ID").strip("<> ") or None
        charset = parameters.get("charset")
        part = Part(
            self._next(), media_type, name, content, disposition or None, charset, content_id
        )
        return part, parameters

    def _next(self) -> int:
        self._index += 1
        return self._index - 1

    def _read(self, part: Part, parameters: dict[str, str]) -> None:
        self.texts.append(part)
        if part.media_type != "text/plain":  # text/enriched has tags that say as little to us
            html = read_html(part.content, part.charset)
            is_html = part.media_type == "text/html"
            self.bodies.append(Body(html=html if is_html else f"<pre>{html}</pre>"))
            return
        flowed = parameters.get("format", "").lower() == "flowed"
        delsp = parameters.get("delsp", "").lower() == "yes"
        text = read_plain(part.content, part.charset, flowed=flowed, delsp=delsp)
        self.bodies.append(Body(plain=text))

    def _unwrap(self, part: Part) -> bool:
        """Whether `part` was a wrapping, and what it holds was gathered in its place."""
        if part.media_type in _PKCS7 and self._wrapped < _MAX_WRAPPED:
            content = unwrap_signed(part.content)
            if content is not None:
                limits.check_bytes(content)
                self._wrapped += 1
                self.walk(parse_nodes(content))
            return content is not None
        return is_tnef(part.media_type, part.content) and self._unpack(part)

    def _unpack(self, part: Part) -> bool:
        try:
            held = unpack_tnef(part.content)
        except BrokenTnef:
            return False
        if held.plain or held.html:
            self.spare.append(Body(held.plain, held.html))
        self._wrapped += 1
        for file in held.files:
            name = file.name[:_MAX_NAME] or None
            found = Part(self._next(), file.media_type, name, file.content)
            is_message = is_tnef("", found.content) and self._wrapped < _MAX_WRAPPED
            if not (is_message and self._unpack(found)):
                self._attach(found)
        return True

    def _attach(self, part: Part) -> None:
        self.attachments.append(part)
        check_count(self.attachments)

    def _enclose(self, node: Node, media_type: str) -> None:
        if media_type not in _MESSAGES:
            self._report(node, media_type)
            return
        part, _ = self._part(node, media_type)
        for child in node.children:
            enclosed = decode_enclosed(node, child)
            self.enclosed.append(enclosed)
            if part.name is not None:
                content = write_out(enclosed)
                self._attach(Part(part.index, media_type, part.name, content, part.disposition))

    def _report(self, node: Node, media_type: str) -> None:
        part, _ = self._part(node, media_type)
        if media_type == "message/external-body":  # a file that did not come with the message
            self._attach(Part(part.index, media_type, part.name, b"", part.disposition))
            return
        self.reports.append(Part(part.index, media_type, None, flatten(node)))
        prose = "".join(child.raw_text for child in node.children if not len(child))
        if media_type in _STATUS and prose.strip():
            content = prose.encode("utf-8", "surrogateescape")
            self._read(Part(part.index, "text/plain", None, content), {})


def check_count(attachments: list[Part]) -> None:
    """Pass as many files as a message may have, images within its HTML aside. Raises TooMuch."""
    files = sum(1 for part in attachments if part.content_id is None)
    if files > limits.MAX_ATTACHMENTS:
        raise TooMuch("more than 25 attachments")


def _first(headers: Headers, name: str) -> str:
    values = headers.get_raw(name)
    return values[0] if values else ""


def _merge_alternatives(bodies: list[Body]) -> list[Body]:
    plain = [body.plain for body in bodies if body.plain is not None]
    html = [body.html for body in bodies if body.html is not None]
    if not plain and not html:
        return []
    return [Body("\n\n".join(plain) if plain else None, "\n".join(html) if html else None)]

"""The envelope of a letter: one sender, one recipient, and what its bytes ask of a server. Pure:
no adapter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from responders.transports.base import PermanentFailure

CHUNK = 64 * 1024
"""Bytes handed to the socket at once: each has a whole timeout, so slow lines carry big packs."""

_SPECIALS = r"\s\x00-\x1f\x7f-\x9f<>(),:;\"\\\[\]@"
_ONE_ADDRESS = re.compile(rf"[^{_SPECIALS}]{{1,64}}@[^{_SPECIALS}]{{1,253}}")
_ADDRESS_LENGTH = 254  # RFC 5321 section 4.5.3.1.3, without the angle brackets


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends to whom, and whether the letter needs SMTPUTF8 or 8BITMIME. Addresses are as
    they go on the wire. Made by `seal`."""

    sender: str
    recipient: str
    size: int
    needs_utf8: bool
    needs_8bit: bool

    def mail_command(self, offers: Mapping[str, str]) -> str:
        """The MAIL command, with the parameters that a server with these EHLO keywords (lower
        case) takes. Raises PermanentFailure when it lacks what the letter needs."""
        parameters = [f"SIZE={self.size}"] if "size" in offers else []
        if self.needs_8bit or self.needs_utf8:
            if "8bitmime" not in offers:
                raise PermanentFailure("the server takes no 8-bit text, which the letter has")
            parameters.append("BODY=8BITMIME")
        if self.needs_utf8:
            if "smtputf8" not in offers:
                raise PermanentFailure("the server takes no address beyond ASCII")
            parameters.append("SMTPUTF8")
        return " ".join([f"MAIL FROM:<{self.sender}>", *parameters])

    @property
    def rcpt_command(self) -> str:
        return f"RCPT TO:<{self.recipient}>"


def seal(sender: str, recipient: str, content: bytes) -> Envelope:
    """The envelope for one letter. Raises PermanentFailure unless sender and recipient are
    exactly one plain address each and `content` has no line end but CRLF: a bare one can make
    a second message out of one (SMTP smuggling)."""
    addresses = _one_address(sender), _one_address(recipient)
    ends = content.count(b"\r\n")
    if content.count(b"\n") != ends or content.count(b"\r") != ends:
        raise PermanentFailure("the letter has a bare line end")
    header_block = content.partition(b"\r\n\r\n")[0]
    return Envelope(
        sender=addresses[0],
        recipient=addresses[1],
        size=len(content),
        needs_utf8=not ("".join(addresses).isascii() and header_block.isascii()),
        needs_8bit=not content.isascii(),
    )


def on_the_wire(content: bytes) -> list[bytes]:
    """`content` as DATA carries it (RFC 5321 section 4.5.2): leading dots doubled, a last line
    end, the final dot; in chunks. The final dot is in the last chunk, never alone."""
    stuffed = content.replace(b"\r\n.", b"\r\n..")
    if stuffed.startswith(b"."):
        stuffed = b"." + stuffed
    ending = b".\r\n" if stuffed.endswith(b"\r\n") or not stuffed else b"\r\n.\r\n"
    chunks = [stuffed[start : start + CHUNK] for start in range(0, len(stuffed), CHUNK)] or [b""]
    chunks[-1] += ending
    return chunks


def _one_address(address: str) -> str:
    """The address with its domain as the wire has it: a domain beyond ASCII in its ASCII form
    (RFC 5890) where the local part is ASCII, so that it needs no SMTPUTF8."""
    if not _ONE_ADDRESS.fullmatch(address) or len(address) > _ADDRESS_LENGTH:
        raise PermanentFailure("not exactly one address")
    local, _, domain = address.partition("@")
    if domain.isascii() or not local.isascii():
        return address
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise PermanentFailure("not exactly one address") from error

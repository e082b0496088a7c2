"""Pure: attached files: what each really is, whether it may be read, and its text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from intake.understanding.files.cards import read_card
from intake.understanding.files.documents import read_document
from intake.understanding.files.filetypes import READABLE, find_type, plain_name
from intake.understanding.files.refusals import Refusal, UnreadableDocument
from intake.understanding.mime.parts import Part
from storage.domain.message import Attachment

MAX_NAME = 200
SMALLEST_PHOTOGRAPH = 100_000
"""Bytes from which a picture within the text is no logo: a photographed page has several times as
many."""
CARD = "vcf"
"""The extension that a contact card has here, whatever it is called."""
_OF_A_PROGRAM = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-encrypted",
        "application/pgp-keys",
        "text/calendar",
        "application/ics",
    }
)
_OF_A_PROGRAM_TEXT = (
    b"BEGIN:VCALENDAR",
    b"-----BEGIN PGP SIGNATURE",
    b"-----BEGIN PGP PUBLIC KEY",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """An attachment, its content and, where it could be read, its text."""

    attachment: Attachment
    content: bytes
    text: str | None = None
    extension: str = ""


def open_attachments(
    parts: Sequence[Part], *, keeps_photographs: bool = False
) -> tuple[Opened, ...]:
    """Every part that is a file of its own (images that the text shows inline are left out, and
    what a mail program adds by itself: signatures, keys, calendar entries). `keeps_photographs`:
    telephones put what somebody photographed into the text, so large pictures there count too."""
    return tuple(
        opened
        for part in parts
        if not _is_decoration(part, opened := _open(part))
        or (keeps_photographs and _is_photograph(part))
    )


def _open(part: Part) -> Opened:
    name = plain_name(part.name or "")[:MAX_NAME] or f"attachment {part.index}"
    found = find_type(part.name or "", part.media_type, part.content)
    problem, text = found.problem, None
    if _is_card(part):
        return _make(part, name, None, text=read_card(part.content), extension=CARD)
    if problem is None and found.extension in READABLE:
        try:
            text = read_document(found.extension, part.content)
        except UnreadableDocument as error:
            problem = error.reason
    return _make(part, name, problem, text=text, extension=found.extension)


def _make(
    part: Part, name: str, problem: Refusal | None, *, text: str | None, extension: str
) -> Opened:
    attachment = Attachment(
        name=name,
        media_type=part.media_type,
        size=len(part.content),
        sha256=hashlib.sha256(part.content).hexdigest(),
        problem=str(problem) if problem else None,
    )
    return Opened(attachment, part.content, text, extension)


def _is_card(part: Part) -> bool:
    return part.content.lstrip()[:32].upper().startswith(b"BEGIN:VCARD")


def _is_photograph(part: Part) -> bool:
    return part.media_type.startswith("image/") and len(part.content) >= SMALLEST_PHOTOGRAPH


def _is_decoration(part: Part, opened: Opened) -> bool:
    if opened.attachment.problem == Refusal.PROGRAM:
        return False
    if part.media_type in _OF_A_PROGRAM or part.content.lstrip().startswith(_OF_A_PROGRAM_TEXT):
        return True
    is_image = part.media_type.startswith("image/")
    return is_image and (part.content_id is not None or part.disposition == "inline")

"""Pure: attached files: what each really is, whether it may be read, and its text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from intake.understanding.files.documents import read_document
from intake.understanding.files.refusals import UnreadableDocument
from intake.understanding.mime.message import Part
from storage.domain.message import Attachment

MAX_NAME = 200
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_IN_ZIP = ("docx", "xlsx", "ods", "odt", "pptx")
_READABLE = ("docx", "pdf", "xlsx", "ods", "odt", "rtf", "csv", "txt")
_WORD_TYPES = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "text/csv": "csv",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_PROBLEMS = {
    "macro": "it holds macros",
    "tnef": "a winmail.dat file, which only Outlook can open",
    "program": "a program",
    "archive": "a packed archive",
    "doc": "an old Word file: please save it as .docx or PDF",
    "ole": "an old or protected Office file: please save it as .docx, .xlsx or PDF",
    "empty": "it is empty",
    "mismatch": "its content is not what its name says",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An attachment, its content and, where it could be read, its text."""

    attachment: Attachment
    content: bytes
    text: str | None = None
    extension: str = ""


def open_attachments(parts: Sequence[Part]) -> tuple[Opened, ...]:
    """Every part that is a file of its own (images that the text shows inline are left out)."""
    return tuple(_open(part) for part in parts if not _is_decoration(part))


def _open(part: Part) -> Opened:
    name = (part.name or f"attachment {part.index}")[:MAX_NAME]
    extension, problem = _type_of(part)
    text = None
    if problem is None and extension in _READABLE:
        try:
            text = read_document(extension, part.content)
        except UnreadableDocument as error:
            problem = error.reason
    attachment = Attachment(
        name=name,
        media_type=part.media_type,
        size=len(part.content),
        sha256=hashlib.sha256(part.content).hexdigest(),
        problem=problem,
    )
    return Opened(attachment, part.content, text, extension)


def _is_decoration(part: Part) -> bool:
    is_image = part.media_type.startswith("image/")
    return is_image and (part.content_id is not None or part.disposition == "inline")


def _type_of(part: Part) -> tuple[str, str | None]:
    """The extension that content and name agree on, and the problem where they do not."""
    named = (part.name or "").rpartition(".")[2].lower() if "." in (part.name or "") else ""
    named = named or _WORD_TYPES.get(part.media_type, "")
    if not part.content.strip():
        return named, _PROBLEMS["empty"]
    magic = next((kind for start, kind in _MAGIC if part.content.startswith(start)), "")
    if part.media_type == "application/ms-tnef" or magic == "tnef" or named == "dat":
        return "dat", _PROBLEMS["tnef"]
    if named in ("docm", "xlsm", "dotm", "xlsb"):
        return named, _PROBLEMS["macro"]
    return _checked(named, magic, part)


def _checked(named: str, magic: str, part: Part) -> tuple[str, str | None]:
    declared = _WORD_TYPES.get(part.media_type, "")
    match magic:
        case "zip" if named in _IN_ZIP:
            return named, None if named in _READABLE else _PROBLEMS["mismatch"]
        case "zip" if declared in _IN_ZIP:
            return declared, None
        case "zip" | "archive":
            return named, _PROBLEMS["archive"]
        case "pdf" | "rtf":
            return magic, None
        case "ole":
            return named, _PROBLEMS["doc" if named == "doc" else "ole"]
        case "program":
            return named, _PROBLEMS["program"]
        case "image":
            return named, None
    if named in (*_IN_ZIP, "pdf"):
        return named, _PROBLEMS["mismatch"]
    return named, None

"""Pure: what a file is by its content, whatever its name says, and whether it may be opened."""

import re
from dataclasses import dataclass

from intake.understanding.files.packages import find_package_type, is_locked_archive
from intake.understanding.files.refusals import Refusal

READABLE = ("docx", "pdf", "xlsx", "ods", "odt", "rtf", "csv", "txt")
_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rt", "rtf"),
    (b"\x89PNG", "shown"),
    (b"\xff\xd8\xff", "shown"),
    (b"GIF8", "shown"),
    (b"RIFF", "shown"),
    (b"II*\x00", "shown"),
    (b"MM\x00*", "shown"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"@echo off", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "program"),
    (b"ITSF", "program"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"MSCF", "archive"),
)
_PDF_WITHIN = 1024
"""Bytes before its first words that readers of PDF forgive."""
_DISC = (32_769, b"CD001")
"""Where the image of a disc says what it is (ISO 9660)."""
_SORTS = {
    "program": "exe scr pif cpl dll msi msp msc jar js jse vb vbs vbe ws wsf wsh wsc hta bat cmd"
    " ps1 psm1 lnk url reg inf sh app apk dmg deb rpm iso img vhd vhdx chm hlp xll ade ocx",
    "macros": "docm dotm xlsm xltm xlsb xlam pptm potm ppam ppsm",
    "package": "docx dotx xlsx xltx pptx ppsx potx odt ott ods ots odp",
    "old": "doc dot xls xlt ppt pps pub mdb wps wpd one",
    "archive": "zip rar 7z gz tgz tar bz2 xz cab arj lzh z zipx",
    "unknown": "pages numbers key gdoc gsheet gslides xps oxps vsd vsdx mpp",
}
_SORT_OF = {extension: sort for sort, names in _SORTS.items() for extension in names.split()}
_PROGRAM_TYPES = frozenset(
    {
        "application/x-msdownload",
        "application/x-msdos-program",
        "application/x-dosexec",
        "application/x-executable",
        "application/x-sh",
        "application/hta",
        "application/java-archive",
        "application/vnd.microsoft.portable-executable",
    }
)
_SEALED_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SEALED_TEXT = b"-----BEGIN PGP MESSAGE-----"
_OLE_STREAMS = (
    ("EncryptedPackage", Refusal.PASSWORD),
    ("_VBA_PROJECT", Refusal.MACROS),
    ("Macros", Refusal.MACROS),
    ("__properties_version1.0", Refusal.OUTLOOK_MESSAGE),
)
_TYPES = {
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
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters that show nothing, or turn the reading order round so that `exe.pdf` ends in `exe`."""


@dataclass(frozen=True, slots=True)
class FileType:
    """The extension that names what a file is, by its content where that tells; and why it may
    not be opened, None where it may."""

    extension: str
    problem: Refusal | None = None


def plain_name(name: str) -> str:
    """A file's name as a person would read it: without what is not seen, in its true order."""
    return _UNSEEN.sub("", name).strip()


def find_type(name: str, media_type: str, content: bytes) -> FileType:
    """What a file of this name and content is. `media_type` counts where the name tells nothing."""
    named = _extension(name) or _TYPES.get(media_type, "")
    if not content.strip(b"\x00\t\n\r\x0b\x0c \xef\xbb\xbf\xff\xfe"):
        return FileType(named, Refusal.EMPTY)
    magic = _magic(content)
    sort = _SORT_OF.get(named, "")
    is_program = sort == "program" or (named == "com" and not magic)
    if magic == "program" or is_program or media_type in _PROGRAM_TYPES:
        return FileType(named, Refusal.PROGRAM)
    if magic == "tnef" or media_type == "application/ms-tnef" or named == "dat":
        return FileType("dat", Refusal.OUTLOOK)
    if media_type in _SEALED_TYPES or content.startswith(_SEALED_TEXT):
        return FileType(named, Refusal.SEALED)
    if sort == "macros":
        return FileType(named, _locked(content) or Refusal.MACROS)
    match magic:
        case "zip":
            return _package_type(named, content)
        case "ole":
            return FileType(named, _locked(content) or Refusal.OLD_OFFICE)
        case "archive":
            return FileType(named, Refusal.ARCHIVE)
        case "pdf" | "rtf":
            return FileType(magic)
        case "shown":
            return FileType(named)
    return _plain_type(named, content)


def _package_type(named: str, content: bytes) -> FileType:
    found = find_package_type(content)
    if found is not None:
        return FileType(found, Refusal.MACROS if found == "xlsb" else None)
    sort = _SORT_OF.get(named, "")
    if sort == "unknown":
        return FileType(named, Refusal.UNKNOWN_TYPE)
    if sort == "package":  # damaged, or another archive under this name: its reader will tell
        return FileType(named, None if named in READABLE else Refusal.DAMAGED)
    locked = Refusal.PASSWORD if is_locked_archive(content) else None
    return FileType(named, locked or Refusal.ARCHIVE)


def _plain_type(named: str, content: bytes) -> FileType:
    """What a file is that has no mark of its own: by its name, if its bytes don't deny it."""
    sort = _SORT_OF.get(named, "")
    if sort == "package" or named == "pdf":
        return FileType(named, Refusal.WRONG_TYPE)
    if sort == "archive":
        return FileType(named, Refusal.ARCHIVE)
    if sort == "unknown":
        return FileType(named, Refusal.UNKNOWN_TYPE)
    if sort == "old" and not is_text(content):
        return FileType(named, Refusal.OLD_OFFICE)
    if named in ("txt", "csv", "rtf") and not is_text(content):
        return FileType(named, Refusal.WRONG_TYPE)
    if named == "rtf":
        return FileType("txt")
    return FileType(named)


def is_text(content: bytes) -> bool:
    """Whether the beginning of a file is text in some encoding: UTF-16 has zeros, but in one half
    of its places; other text has none."""
    head = content[:2_000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    zeros = (head[::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) * 0.3 and min(zeros) < len(head) * 0.05:
        return True
    controls = sum(1 for byte in head if byte < 9 or 14 <= byte < 27)
    return controls <= len(head) // 100


def _extension(name: str) -> str:
    """What stands behind the last dot: Windows ignores dots and blanks at the end of a name."""
    bare = plain_name(name).rstrip(". \t")
    return bare.rpartition(".")[2].strip().lower() if "." in bare else ""


def _magic(content: bytes) -> str:
    """What the first bytes of a file say that it is; empty where they say nothing."""
    start = content[:16].lower() if content[:1] == b"@" else content[:16]
    found = next((kind for mark, kind in _MAGIC if start.startswith(mark)), "")
    if found:
        return found
    if start.startswith(b"MZ") and (b"\x00" in content[:64] or not content[:64].isascii()):
        return "program"
    if start.startswith(b"BM") and start[6:10] == bytes(4):
        return "shown"
    if start[4:8] == b"ftyp":  # pictures of telephones, films
        return "shown"
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "pdf"
    at, mark = _DISC
    return "program" if content[at : at + len(mark)] == mark else ""


def _locked(content: bytes) -> Refusal | None:
    """What the names of its streams say of an old Office file, in which a newer one that has a
    password is wrapped too (MS-CFB, MS-OFFCRYPTO)."""
    for stream, problem in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in content:
            return problem
    return None

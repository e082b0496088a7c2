"""Pure: files that are zip archives inside (Office and OpenDocument files): which document one is,
and whether it may be opened, judged by the list of its entries before anything is unpacked."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Sequence

from intake.understanding.files.refusals import Refusal, UnreadableDocument

MAX_ENTRIES = 1_000
MAX_UNPACKED = 100 * 2**20
MAX_RATIO = 100
MAX_XML = 20 * 2**20
"""Of one part of a document: its tree takes ten times that in memory."""
_MAX_MANIFEST = 2**20
_SMALL = 2**20
"""What unpacks to less than this may do so from next to nothing."""

ZIP_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
"""What unpacking a damaged archive raises."""

_MAIN_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "ppt/presentation.xml": "pptx",
}
_OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_PICTURES = ("word/media/", "xl/media/", "pictures/", "word/embeddings/")


def find_package_type(content: bytes) -> str | None:
    """The extension of the document that this archive is, by what it holds; None: it is another
    archive, or its list of entries can't be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [entry.filename for entry in archive.infolist()[:MAX_ENTRIES]]
            for name in names:
                if name in _MAIN_PARTS:
                    return _MAIN_PARTS[name]
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    told = stream.read(100).strip()
                return _OPEN_TYPES.get(told.removesuffix(b"-template"))
            return "odt" if "content.xml" in names else None
    except ZIP_DAMAGE:
        return None


def check_package(content: bytes) -> None:
    """Refuse an archive that is broken, encrypted, holds macros, or declares to grow too much.
    Raises UnreadableDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            is_locked = _is_locked(archive, entries)
    except ZIP_DAMAGE as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    if is_locked:
        raise UnreadableDocument(Refusal.PASSWORD)
    if any(_is_macro(entry.filename.lower()) for entry in entries):
        raise UnreadableDocument(Refusal.MACROS)
    unpacked = sum(entry.file_size for entry in entries)
    longest = max((e.file_size for e in entries if e.filename.endswith("xml")), default=0)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or longest > MAX_XML:
        raise UnreadableDocument(Refusal.TOO_BIG)
    if unpacked > _SMALL and unpacked > MAX_RATIO * max(1, len(content)):
        raise UnreadableDocument(Refusal.TOO_BIG)


def is_locked_archive(content: bytes) -> bool:
    """Whether entries of an archive are encrypted; False for one that can't be listed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(entry.flag_bits & 0x1 for entry in archive.infolist())
    except ZIP_DAMAGE:
        return False


def holds_pictures(content: bytes) -> bool:
    """Whether a document that may be opened holds pictures."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(name.lower().startswith(_PICTURES) for name in archive.namelist())


def _is_locked(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether entries are encrypted, by the archive itself or, as OpenDocument does, below it."""
    if any(entry.flag_bits & 0x1 for entry in entries):
        return True
    manifest = next((e for e in entries if e.filename == "META-INF/manifest.xml"), None)
    if manifest is None or manifest.file_size > _MAX_MANIFEST:
        return False
    return b"encryption-data" in archive.read(manifest)


def _is_macro(name: str) -> bool:
    is_sheet = name.startswith("xl/macrosheets/")
    is_basic = name.startswith(("basic/", "scripts/")) and not name.endswith(("/", "-lc.xml"))
    return name.endswith("vbaproject.bin") or is_sheet or is_basic

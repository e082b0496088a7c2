"""The application pack: built from the programme, versioned by its bytes, encoded once.

The guidance, the dates and the organisers' own files are the same for all and are stored, encoded
for the wire, as one enclosure. The form is filled in for each case and goes before them.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from responders.errors import PackError, PackTooLarge
from responders.mime import PackFile, decode_enclosure, encode_enclosure
from responders.pack.dates import CALENDAR, DATES_NAME, dates_file, edition_of
from responders.pack.form import build_form
from responders.pack.guidance import build_guidance
from storage import packs
from storage.archive import Archive
from storage.domain.programme import Programme, ProgrammeKind
from storage.packs import PackVersion

LARGEST_PACK = 7 * 1024 * 1024
"""Bytes of all files before encoding: a third more on the wire stays below the 10 MB that many
mailboxes take at most."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {
    ".docx": WORD,
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ics": CALENDAR,
}
"""What an organiser may put into a pack, by the ending of its name."""

FORM_FILE, GUIDANCE_FILE = "form.docx", "guidance.docx"
"""Files of `templates/<programme>/pack/` that stand for the built ones."""

GUIDANCE_NAME = "Guidance for applicants.docx"


@dataclass(frozen=True, slots=True)
class Pack:
    """What is sent: `form` is blank, to be filled in for each case; `enclosed` goes as it is.
    `edition` is printed in the documents and changes when anything in them does."""

    edition: str
    form: bytes
    enclosed: tuple[PackFile, ...]

    @property
    def files(self) -> tuple[PackFile, ...]:
        """All of it as files, the form blank."""
        return (PackFile(form_name(None), WORD, self.form), *self.enclosed)

    @property
    def size(self) -> int:
        """Bytes of all files before encoding."""
        return sum(len(file.content) for file in self.files)


def has_pack(programme: Programme) -> bool:
    """True where letters enclose a pack: not for places in cohorts, not where a link is sent."""
    return programme.kind is ProgrammeKind.GRANT and programme.pack_link is None


def form_name(reference: str | None) -> str:
    return f"{reference} application form.docx" if reference else "Application form.docx"


def build_pack(programme: Programme, templates_folder: Path) -> Pack:
    """The pack of a programme: the same configuration gives the same bytes.

    `templates_folder` holds the templates of all programmes. Raises PackError for a file that
    can't go with a letter, PackTooLarge when all of it together is too large.
    """
    own = _own_contents(programme, templates_folder)
    edition = _edition_of(_parts(programme, own, edition=""))
    form, *enclosed = _parts(programme, own, edition=edition)
    pack = Pack(edition, form.content, tuple(enclosed))
    if pack.size > LARGEST_PACK:
        raise PackTooLarge(
            f"the pack of {programme.slug} has {pack.size:,} bytes; at most {LARGEST_PACK:,} fit "
            "into a letter. Make its files smaller, or set pack_link."
        )
    return pack


def enclosure_sha256(pack: Pack) -> str:
    """The hash under which the archive holds the enclosure of this pack, once it is published."""
    return hashlib.sha256(encode_enclosure(pack.enclosed)).hexdigest()


def find_changes(enclosure: bytes, programme: Programme, templates_folder: Path) -> tuple[str, ...]:
    """The files by which the pack that would be built now differs from one that was published with
    this `enclosure`: all but the number of their edition. Of the form, which is not in it, all that
    is known is that it differs where nothing else does. Raises PackError."""
    before = decode_enclosure(enclosure)
    own = _own_contents(programme, templates_folder)
    edition = edition_of(before[DATES_NAME]) if DATES_NAME in before else ""
    form, *others = _parts(programme, own, edition=edition)
    now = {file.name: file.content for file in others}
    names = dict.fromkeys((*now, *before))
    changed = tuple(name for name in names if now.get(name) != before.get(name))
    is_same = edition == _edition_of(_parts(programme, own, edition=""))
    return changed if changed or is_same else (form.name,)


def publish_pack(
    session: Session,
    archive: Archive,
    programme: Programme,
    *,
    templates_folder: Path,
    now: datetime,
) -> PackVersion | None:
    """Store the enclosure and record its version, the same one while nothing changes. None for a
    programme whose letters enclose no pack."""
    if not has_pack(programme):
        return None
    pack = build_pack(programme, templates_folder)
    enclosure = encode_enclosure(pack.enclosed)
    return packs.publish(
        session,
        programme=programme.slug,
        sha256=archive.put(enclosure),
        size=len(enclosure),
        files=tuple(file.name for file in pack.files),
        now=now,
    )


def _parts(programme: Programme, own: dict[str, bytes], *, edition: str) -> list[PackFile]:
    """The form, the guidance, the dates, then the organisers' own files by name."""
    form = own.get(FORM_FILE) or build_form(programme, edition)
    guidance = own.get(GUIDANCE_FILE) or build_guidance(programme, edition)
    built = [
        PackFile(form_name(None), WORD, form),
        PackFile(GUIDANCE_NAME, WORD, guidance),
        dates_file(programme, edition),
    ]
    others = sorted(name for name in own if name not in (FORM_FILE, GUIDANCE_FILE))
    return built + [PackFile(name, _media_type(name), own[name]) for name in others]


def _own_contents(programme: Programme, templates_folder: Path) -> dict[str, bytes]:
    folder = templates_folder / programme.slug / "pack"
    return {path.name: path.read_bytes() for path in _own_files(folder)}


def _own_files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            _media_type(path.name)
            yield path


def _media_type(name: str) -> str:
    found = MEDIA_TYPES.get(Path(name).suffix.lower())
    if found is None:
        endings = ", ".join(MEDIA_TYPES)
        raise PackError(f"{name} can't go into a pack. Files may end in {endings}.")
    return found


def _edition_of(files: list[PackFile]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.content).digest())
    return digest.hexdigest()[:8]

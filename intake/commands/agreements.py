"""Signed copies that organisers give to `postroom award`, and are given by it."""

from collections.abc import Sequence
from pathlib import Path

import typer

from intake.commands.context import EXIT_USAGE
from intake.commands.files import refusals
from intake.commands.printing import plain
from intake.understanding.files.filetypes import find_type
from storage.archive import Archive
from storage.domain.award import Agreement
from storage.domain.case import Case

TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
"""What a signed copy may be, by the ending of its name."""

LARGEST = 7 * 1024 * 1024
"""Bytes of a copy before encoding, as of a pack: so many mailboxes take."""


def read_signed(path: Path) -> tuple[bytes, str]:
    """A signed copy and its media type; one that could not go with a letter ends the command with
    status 1, one of another type with status 2."""
    media_type = TYPES.get(path.suffix.lower())
    if media_type is None:
        endings = ", ".join(TYPES)
        typer.echo(f"{plain(path)} is no signed copy: it has to end in {endings}.", err=True)
        raise typer.Exit(EXIT_USAGE)
    with refusals(path, "read"):
        content = path.read_bytes()
    found = find_type(path.name, media_type, content).problem
    problem = str(found) if found is not None else None
    if len(content) > LARGEST:
        problem = f"it has {len(content):,} bytes, and {LARGEST:,} fit into a letter"
    if problem is not None:
        typer.echo(f"{plain(path)} can't be taken: {problem}.", err=True)
        raise typer.Exit(1)
    return content, media_type


def write_files(
    archive: Archive, case: Case, agreements: Sequence[Agreement], folder: Path
) -> None:
    """Write each copy into the folder, under names of our own."""
    with refusals(folder, "written"):
        folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(agreements, start=1):
        ending = Path(one.name).suffix.lower()
        ending = ending if ending in TYPES else ".bin"
        path = folder / f"{case.reference} {number} {one.stage}{ending}"
        with refusals(path, "written"):
            path.write_bytes(archive.get(one.sha256))
        typer.echo(f"Written to {plain(path)}.", err=True)

"""The folder a command plays in: only one that it made itself, or an empty one, is ever cleared."""

import shutil
from collections.abc import Iterable
from pathlib import Path

TOLD = "Made by `postroom {}`, which removes what it left here when it runs again.\n"


class NotOurs(Exception):
    """The folder holds things that the command did not put there, and they are left alone. Name a
    folder that is new or empty with --into."""


def marker_of(command: str) -> str:
    """The file by which this command knows a folder as its own."""
    return f".postroom-{command}"


def prepare_stage(folder: Path, command: str, leaves: Iterable[str]) -> None:
    """Make `folder` if it is missing, mark it, and remove what an earlier run of `command` left in
    it: `leaves`, names of files and folders, and nothing else.

    Raises NotOurs before anything is changed where `folder` is a file, or holds something without
    the command's marker; OSError when it can't be written.
    """
    marker = folder / marker_of(command)
    if folder.exists() and not folder.is_dir():
        raise NotOurs(f"{folder} is not a folder")
    if folder.is_dir() and not marker.is_file() and any(folder.iterdir()):
        raise NotOurs(f"{folder} holds files that no {command} put there; nothing was changed")
    folder.mkdir(parents=True, exist_ok=True)
    marker.write_text(TOLD.format(command), encoding="utf-8")
    for name in leaves:
        _remove(folder / name)


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)

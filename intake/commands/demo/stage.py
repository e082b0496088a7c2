"""The folder a demo plays in: only one that a demo made, or an empty one, is ever cleared."""

import shutil
from pathlib import Path

MARKER = ".postroom-demo"
"""The file by which a demo knows a folder as its own."""

OWN = ("config.toml", "mail-password", "data", "letters", "messages", "index.html")
"""What a demo leaves in its folder; the next one begins by removing these, and nothing else."""

TOLD = "Made by `postroom demo`, which removes what it left here when it runs again.\n"


class NotOurs(Exception):
    """The folder holds things that no demo put there, and they are left alone. Name a folder that
    is new or empty with --into."""


def prepare_stage(folder: Path) -> None:
    """Make `folder` if it is missing, mark it, and remove what an earlier demo left in it.

    Raises NotOurs before anything is changed where `folder` is a file, or holds something without
    the demo's marker; OSError when it can't be written.
    """
    marker = folder / MARKER
    if folder.exists() and not folder.is_dir():
        raise NotOurs(f"{folder} is not a folder")
    if folder.is_dir() and not marker.is_file() and any(folder.iterdir()):
        raise NotOurs(f"{folder} holds files that no demo put there; nothing was changed")
    folder.mkdir(parents=True, exist_ok=True)
    marker.write_text(TOLD, encoding="utf-8")
    for name in OWN:
        _remove(folder / name)


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)

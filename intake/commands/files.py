"""Files that a command reads or writes for its user; what can't be done is a sentence, status 1."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from intake.commands.printing import Json, as_line, plain

MESSAGE_SUFFIX = ".eml"
_HEADER_BYTES = 256 * 1024
_LOOKS_LIKE_MAIL = re.compile(rb"^(?:from|date|received)[ \t]*:", re.I | re.M)


def require_writable(path: Path | None) -> None:
    """End the command now if `path` can't be written, rather than after the work; None: nothing
    is to be written. A file that is there is left as it is, one that is not is not left behind,
    and a pipe or a device is not opened before there is something to say."""
    if path is None or (path.exists() and not path.is_file() and not path.is_dir()):
        return
    is_new = not path.exists()
    with refusals(path, "written"):
        with path.open("ab"):
            pass
        if is_new:
            path.unlink()


def require_empty(folder: Path | None) -> None:
    """End the command now where `folder` is there and not empty, or is no folder; None: nothing is
    to be written."""
    if folder is None or not folder.exists():
        return
    with refusals(folder, "written"):
        is_empty = next(folder.iterdir(), None) is None
    if not is_empty:
        typer.echo(f"{plain(folder)} is not empty: name a new or empty folder.", err=True)
        raise typer.Exit(1)


def write_lines(path: Path, values: Iterable[Json]) -> None:
    """One JSON object a line, each written as soon as it is there."""
    with refusals(path, "written"), path.open("w", encoding="utf-8") as lines:
        for value in values:
            lines.write(as_line(value) + "\n")


def find_messages(places: Iterable[Path]) -> list[Path]:
    """Each file as it is named, each folder as the `.eml` files below it; ends the command where
    a folder has none."""
    found: list[Path] = []
    for place in places:
        found += require_messages(place) if place.is_dir() else [place]
    return found


def require_messages(folder: Path) -> list[Path]:
    """The `.eml` files below `folder`, by name; ends the command where there is none."""
    found = sorted(path for path in folder.rglob(f"*{MESSAGE_SUFFIX}") if path.is_file())
    if not found:
        typer.echo(f"{plain(folder)} has no {MESSAGE_SUFFIX} file in it.", err=True)
        raise typer.Exit(1)
    return found


def read_message(path: Path) -> bytes:
    """The bytes of a saved message."""
    with refusals(path, "read"):
        return path.read_bytes()


def read_text(path: Path) -> str:
    """The text of a file that a person wrote."""
    with refusals(path, "read"):
        content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        typer.echo(f"{plain(path)} is no text in UTF-8.", err=True)
        raise typer.Exit(1) from error


def require_mail(paths: Iterable[Path]) -> None:
    """End the command where one of these files is no saved message, as a slip of the hand is."""
    for path in paths:
        if not path.is_dir() and not _LOOKS_LIKE_MAIL.search(read_message(path)[:_HEADER_BYTES]):
            told = "is no saved message: it has no From, Date or Received. Nothing was taken in."
            typer.echo(f"{plain(path)} {told}", err=True)
            raise typer.Exit(1)


@contextmanager
def refusals(path: Path, done: str) -> Iterator[None]:
    """What the system refuses: named with the file and the reason instead of failing."""
    try:
        yield
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else path
        typer.echo(f"{plain(where)} can't be {done}: {error.strerror}.", err=True)
        raise typer.Exit(1) from error

"""A text in the editor of whoever runs the command, in a file of their own that only they read."""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

import typer

from intake.commands.printing import plain

FALLBACKS = ("sensible-editor", "editor", "nano", "vi")
"""Taken where neither VISUAL nor EDITOR names one."""


def ask_editor(text: str, name: str) -> str:
    """`text` as the editor leaves it, in a file whose name ends in `name`; ends the command where
    no editor can be started or it fails."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _fallback()
    path = keep_text(text, name)
    try:
        subprocess.run([*shlex.split(command), str(path)], check=True)
        return path.read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        told = (
            f"The editor {plain(command)} can't be used: set EDITOR, or give the text with --file."
        )
        typer.echo(f"{told} Nothing was changed.", err=True)
        raise typer.Exit(1) from error
    finally:
        path.unlink(missing_ok=True)


def keep_text(text: str, name: str) -> Path:
    """A new file with `text`, which only its owner may read; its name ends in `name`."""
    handle, path = tempfile.mkstemp(suffix=name)
    with os.fdopen(handle, "w", encoding="utf-8") as kept:
        kept.write(text)
    return Path(path)


def _fallback() -> str:
    return next((name for name in FALLBACKS if shutil.which(name)), FALLBACKS[-1])

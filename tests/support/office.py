"""LibreOffice, as a person would use it: opens a spreadsheet, saves it as another file."""

import os
import shutil
import subprocess
from pathlib import Path

PROGRAM = shutil.which("soffice")


class Office:
    """Converts files with a profile of its own, kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save_as(self, content: bytes, extension: str, *, written: str = "xlsx") -> bytes:
        """What LibreOffice saves of `content`, a file with the extension `written`. A filter may
        stand behind a colon."""
        source = self._folder / f"sheet.{written}"
        source.write_bytes(content)
        target = self._folder / "saved"
        command = [
            str(PROGRAM),
            f"-env:UserInstallation=file://{self._folder}/profile",
            "--headless",
            "--convert-to",
            extension,
            "--outdir",
            str(target),
            str(source),
        ]
        environment = os.environ | {"HOME": str(self._folder)}
        told = subprocess.run(command, capture_output=True, env=environment, timeout=60)
        saved = target / f"sheet.{extension.partition(':')[0]}"
        if not saved.exists():
            raise RuntimeError(f"LibreOffice saved nothing:\n{told.stderr.decode()}")
        return saved.read_bytes()

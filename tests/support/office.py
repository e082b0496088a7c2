"""LibreOffice, as a person would use it: opens a spreadsheet, saves it as another file."""

import os
import shutil
import subprocess
from pathlib import Path


def find_office() -> str | None:
    """LibreOffice's program, None where it or its spreadsheets are not installed."""
    program = shutil.which("soffice")
    folder = Path(program).resolve().parent if program else None
    return program if folder and (folder / "libsclo.so").exists() else None


class Office:
    """Converts files with a profile of its own, kept in `folder`."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder

    def save_as(self, content: bytes, extension: str, *, written: str = "xlsx") -> bytes:
        """What LibreOffice saves of `content`, a file with the extension `written`. A filter may
        stand behind a colon."""
        source = self._folder / f"sheet.{written}"
        source.write_bytes(content)
        target = self._folder / "saved"
        command = [
            self._program,
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

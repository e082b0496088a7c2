"""LibreOffice, as a person uses it: opens a spreadsheet, types into it, saves it."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Filling"
  script:language="StarBasic">
Sub Fill(source, target, typed)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, how())
  sheet = book.Sheets.getByIndex(0)
  For Each one In Split(typed, "|")
    at = InStr(one, ":")
    cell = sheet.getCellRangeByName(Left(one, at - 1))
    If Not (sheet.isProtected() And cell.CellProtection.IsLocked) Then
      cell.setFormula(Mid(one, at + 1))
    End If
  Next
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(ConvertToURL(target), kind())
  book.close(True)
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
  library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Filling"/>
</library:library>
"""


def find_office() -> str | None:
    """LibreOffice's program, None where it or its spreadsheets are not installed."""
    program = shutil.which("soffice")
    folder = Path(program).resolve().parent if program else None
    return program if folder and (folder / "libsclo.so").exists() else None


class Office:
    """LibreOffice with a profile of its own, kept in `folder`."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        self._run("--terminate_after_init")
        basic = folder / "profile" / "user" / "basic" / "Standard"
        basic.mkdir(parents=True, exist_ok=True)
        (basic / "Filling.xba").write_text(_MACRO)
        (basic / "script.xlb").write_text(_LIBRARY)

    def save_as(self, content: bytes, extension: str) -> bytes:
        """What LibreOffice saves of an .xlsx file. A filter may stand behind a colon."""
        source = self._folder / "sheet.xlsx"
        source.write_bytes(content)
        target = self._folder / "saved"
        saved = target / f"sheet.{extension.partition(':')[0]}"
        saved.unlink(missing_ok=True)
        told = self._run("--convert-to", extension, "--outdir", str(target), str(source))
        return self._saved(saved, told)

    def fill_in(self, content: bytes, typed: Mapping[str, str]) -> bytes:
        """An .xlsx file with this typed into the cells of its first sheet, by their places, as far
        as they can be typed in."""
        source, target = self._folder / "empty.xlsx", self._folder / "filled.xlsx"
        source.write_bytes(content)
        target.unlink(missing_ok=True)
        told = "|".join(f"{place}:{text}" for place, text in typed.items())
        call = f'macro:///Standard.Filling.Fill("{source}","{target}","{told}")'
        return self._saved(target, self._run(call))

    def _run(self, *arguments: str) -> str:
        """Runs LibreOffice; what it told on standard error."""
        profile = f"-env:UserInstallation=file://{self._folder}/profile"
        told = subprocess.run(
            [self._program, profile, "--headless", *arguments],
            capture_output=True,
            env=os.environ | {"HOME": str(self._folder)},
            timeout=60,
        )
        return told.stderr.decode()

    def _saved(self, path: Path, told: str) -> bytes:
        if not path.exists():
            raise RuntimeError(f"LibreOffice saved nothing:\n{told}")
        return path.read_bytes()

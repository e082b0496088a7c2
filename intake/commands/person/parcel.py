"""What is held of a person, in one .zip that they can open."""

import json
import zipfile
from pathlib import Path

from intake.app import App
from storage.errors import ArchiveDamaged
from storage.privacy.sources import sources_of
from storage.privacy.taking_out import bytes_of_letters, take_out
from storage.privacy.traces import Traces

EXPLANATION = """\
This is everything that is held of {email}.

held.json      what is known, table by table, in a form that programs read as well
messages/      the messages that came from you or about your application, as they came
letters/       the letters that were written to you

Messages that others wrote and that name you are not enclosed, as they are others' data too. Their
numbers here: {others}.
"""


def write_parcel(to: Path, application: App, traces: Traces) -> list[str]:
    """Write it, whole or not at all; the names of the files in it. Raises OSError."""
    beside = to.with_name(f".{to.name}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as parcel:
            _fill(parcel, application, traces)
            names = parcel.namelist()
        beside.chmod(0o600)
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
    return names


def _fill(parcel: zipfile.ZipFile, application: App, traces: Traces) -> None:
    others = ", ".join(map(str, traces.named_in)) or "none"
    parcel.writestr("README.txt", EXPLANATION.format(email=traces.names.email, others=others))
    archive = application.archive
    with application.database.reading() as session:
        held = take_out(session, traces)
        parcel.writestr("held.json", json.dumps(held, indent=1))
        for id, source in zip(traces.messages, sources_of(session, traces.messages), strict=True):
            try:
                parcel.writestr(f"messages/{id:06}.eml", archive.get(source.sha256))
            except ArchiveDamaged:
                continue  # erased before, or lost: `postroom check` tells of those
        for id, content, enclosure in bytes_of_letters(session, traces):
            whole = content + (archive.get(enclosure) if enclosure else b"")
            parcel.writestr(f"letters/{id:06}.eml", whole)

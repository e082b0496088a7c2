"""What changed in the configuration and the templates since they were last seen, written down where
a run or a tick begins; what a mended template kept from being written is tried again at once."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from intake.configuration.fingerprints import (
    INSTALLATION,
    TEMPLATES,
    Fingerprints,
    template_fingerprints,
)
from storage import settings
from storage.unwritten import wake_unwritten


def note_changes(
    session: Session, fingerprints: Fingerprints, templates_folder: Path, now: datetime
) -> None:
    """Cheap where nothing changed: each file is read once."""
    for scope, digests in fingerprints.items():
        programme = scope if scope != INSTALLATION else None
        settings.note(
            session, scope, digests, what="settings_changed", now=now, programme=programme
        )
    files = template_fingerprints(templates_folder)
    if settings.note(session, TEMPLATES, files, what="templates_changed", now=now):
        wake_unwritten(session, now)

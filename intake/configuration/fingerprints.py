"""What a configuration and the templates say, as digests by name: enough to tell which of them
changed since they were last seen, and nothing of what they say. No secret is in them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from intake.configuration.sections import Settings

INSTALLATION = "installation"
"""The scope of what belongs to no single programme."""

TEMPLATES = "templates"
"""The scope of the letters' texts and the packs' files."""

Fingerprints = Mapping[str, Mapping[str, str]]
"""By scope (a programme's slug, or one of the two above): name → digest of what stands there."""


def settings_fingerprints(settings: Settings) -> Fingerprints:
    """Of every setting that is not as it comes: `round.closes_at` of the programme `ace`. A secret
    counts as given or not given."""
    told = settings.model_dump(mode="json", exclude_defaults=True)
    programmes = told.pop("programmes", {})
    return {INSTALLATION: _flat(told), **{slug: _flat(table) for slug, table in programmes.items()}}


def template_fingerprints(folder: Path) -> Mapping[str, str]:
    """Of every file that letters and packs are made of: `default/digest.md.j2`. Those that can't be
    read are left out: what needs them says so."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = _digest(path.read_bytes())
        except OSError:
            continue
    return found


def _flat(table: Mapping[str, object]) -> dict[str, str]:
    return {name: _digest(json.dumps(value).encode()) for name, value in _leaves(table)}


def _leaves(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """What stands in a table and in those within; a list is one thing."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]

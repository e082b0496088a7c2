"""After each tick: what went well and what failed is noted, trouble noticed and ended.

What counts as trouble says `storage.domain.watch`; here is what looks at the world for it.
"""

import shutil
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from intake.tokens import ends_at
from storage import outbox, watches
from storage.database import Database
from storage.domain.watch import Limits, Observation, Pulse, Sign, signs_of

Outcomes = Mapping[str, str | None]
"""By programme: why it failed, None where it went well. What was not tried is left out."""


class Watch:
    """Looks at one installation. `token_files` are by the slug of the programme that logs in with
    them, `breaker_rule` is the rule of the letters that the breaker holds."""

    def __init__(
        self,
        database: Database,
        *,
        limits: Limits,
        data_folder: Path,
        token_files: Mapping[str, Collection[Path]],
        breaker_rule: str,
    ) -> None:
        self._database = database
        self._limits = limits
        self._data_folder = data_folder
        self._token_files = token_files
        self._breaker_rule = breaker_rule

    def look(self, reading: Outcomes, sending: Outcomes, now: datetime) -> bool:
        """Note what a tick came to; True where trouble was noticed or is over. Writes nothing
        where nothing changed lately. Raises StorageError."""
        outcomes: dict[str, str | None] = {watches.TICK: None}
        for what, of_programmes in ((watches.READING, reading), (watches.SENDING, sending)):
            for slug, reason in of_programmes.items():
                outcomes[watches.pulse_name(what, slug)] = reason
        with self._database.reading() as session:
            known = watches.pulses(session)
            told = watches.news_of(known, outcomes, now)
            open_now = watches.open_troubles(session)
            is_breaker_open = outbox.has_held(session, self._breaker_rule)
        signs = signs_of(
            self._observation(known | told, reading, is_breaker_open=is_breaker_open),
            self._limits,
            now,
            known={trouble.kind for trouble in open_now},
        )
        has_changed = watches.differs(open_now, signs)
        if told or has_changed:
            self._write(told, signs if has_changed else None, now)
        return has_changed

    def _observation(
        self, pulses: Mapping[str, Pulse], reading: Outcomes, *, is_breaker_open: bool
    ) -> Observation:
        """`reading` has every mailbox that is configured: others are nobody's trouble."""
        read = watches.of_programmes(pulses, watches.READING)
        return Observation(
            reading={slug: pulse for slug, pulse in read.items() if slug in reading},
            sending=watches.of_programmes(pulses, watches.SENDING),
            tokens=token_ends(self._token_files),
            is_breaker_open=is_breaker_open,
            disk_free=disk_free(self._data_folder),
        )

    def _write(
        self, told: Mapping[str, Pulse], signs: tuple[Sign, ...] | None, now: datetime
    ) -> None:
        with self._database.writing() as session:
            if signs is not None:
                watches.observe(session, signs, now)
            watches.note_pulses(session, told)


def token_ends(files: Mapping[str, Collection[Path]]) -> dict[str, datetime]:
    """When the first token of each programme ends; without those that don't say."""
    found = {}
    for slug, paths in files.items():
        ends = [end for end in map(_end_of, paths) if end is not None]
        if ends:
            found[slug] = min(ends)
    return found


def disk_free(folder: Path) -> int | None:
    """Bytes free for this user where `folder` is, or will be made; None where nobody can tell."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), None)
    try:
        return shutil.disk_usage(there).free if there is not None else None
    except OSError:
        return None


def _end_of(path: Path) -> datetime | None:
    """A file that can't be read is the log-in's trouble."""
    try:
        return ends_at(path.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None

"""What people changed in a letter before it left: who, when, why, and the text before and after."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlmodel import Session

from intake.commands.letter_view import read_view
from intake.commands.printing import Json, local, plain, plain_lines
from storage import deeds
from storage.archive import Archive
from storage.deeds import DeedKind
from storage.domain.letter import Letter

UNSENT_ONLY = "only letters that have not left can be changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One text in place of another. `reason` may be empty, `difference` are lines that begin with
    `-` (before) or `+` (after)."""

    at: datetime
    by: str
    what: DeedKind
    reason: str
    difference: tuple[str, ...]

    @property
    def fields(self) -> Json:
        """For machines."""
        return {
            "at": self.at,
            "by": self.by,
            "what": self.what,
            "reason": self.reason or None,
            "difference": list(self.difference),
        }

    def lines(self, zone: ZoneInfo) -> Iterator[str]:
        """For a terminal, by the clock of `zone`."""
        reason = f": {plain(self.reason)}" if self.reason else ""
        yield f"{_WORDS[self.what]} by {plain(self.by)}, {local(self.at, zone)}{reason}"
        yield from (f"  {line}" for line in self.difference)


_WORDS = {DeedKind.EDITED: "Edited", DeedKind.REWRITTEN: "Written anew"}


def changes_of(
    session: Session, archive: Archive, letter: Letter, content: bytes
) -> tuple[Change, ...]:
    """Every change of a letter, oldest first; `content` are its bytes as they are now. Raises
    ArchiveError."""
    done = [one for one in deeds.of_letters(session, [letter.id]) if one.before is not None]
    texts = [*(archive.get(one.before) for one in done if one.before), content]
    return tuple(
        Change(one.at, one.by, one.what, one.reason, difference(before, after))
        for one, (before, after) in zip(done, pairwise(texts), strict=True)
    )


def difference(before: bytes, after: bytes) -> tuple[str, ...]:
    """The lines of subject and text that differ between two letters, `…` between those that do not
    follow each other."""
    found = difflib.unified_diff(_lines(before), _lines(after), n=0, lineterm="")
    behind_heading = list(found)[3:]
    return tuple("…" if line.startswith("@@") else line for line in behind_heading)


def _lines(content: bytes) -> Sequence[str]:
    view = read_view(content)
    return [f"Subject: {plain(view.subject, limit=1000)}", "", *plain_lines(view.text).splitlines()]

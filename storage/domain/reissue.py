"""A new version of the pack for everybody who holds an old one."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reissue:
    """An organiser wants `pack_version` to go to the holders of older ones. `note` says in one
    line what changed; with `form_still_fine` a form of an older pack is as good as a new one."""

    id: int
    programme: str
    round: str
    pack_version: int
    note: str
    form_still_fine: bool
    by: str
    at: datetime

"""Later closing times, for one case or for the whole round. Each is kept; the latest holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from storage.domain.programme import Round


@dataclass(frozen=True, slots=True)
class Extension:
    """The round closes later: for the case of `case_id`, None for everybody. `reason` is told to
    those concerned, `by` is the organiser's address or the name of a login."""

    id: int
    programme: str
    round: str
    case_id: int | None
    closes_at: datetime
    reason: str
    by: str
    at: datetime


def extended(original: Round, extensions: Iterable[Extension]) -> Round:
    """The round as it holds where these extensions apply: it closes at the latest of all times."""
    later = (extension.closes_at for extension in extensions if extension.round == original.key)
    return replace(original, closes_at=max((original.closes_at, *later)))

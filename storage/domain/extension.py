"""Later closing times, for one case or for the whole round. Each is kept; the latest holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from storage.domain.programme import Move, Round


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
    """The round as it holds where these extensions, in order of recording, apply: it closes at the
    latest of all times, and knows each one that made it later."""
    closes_at, moves = original.closes_at, original.moves
    for extension in extensions:
        if extension.round == original.key and extension.closes_at > closes_at:
            moves += (Move(closes_at, extension.at),)
            closes_at = extension.closes_at
    return replace(original, closes_at=closes_at, moves=moves)

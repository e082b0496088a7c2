"""Later closing times, for one case or for the whole round. Each is kept; the latest holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

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


class Obstacle(StrEnum):
    """Why a closing time can't be set: NOT_LATER than the one that holds, PASSED already,
    AFTER_OUTCOMES: the applicants are told by then, or TOO_FAR, as a slip of the hand is: it could
    not be taken back."""

    NOT_LATER = "not_later"
    PASSED = "passed"
    AFTER_OUTCOMES = "after_outcomes"
    TOO_FAR = "too_far"


FURTHEST = timedelta(days=366)
"""How much later than it is, or than now, a closing can be set."""


def find_obstacle(standing: Round, closes_at: datetime, *, now: datetime) -> Obstacle | None:
    """What keeps the round, as it holds, from closing at this time instead; None: nothing."""
    if closes_at <= standing.closes_at:
        return Obstacle.NOT_LATER
    if closes_at <= now:
        return Obstacle.PASSED
    if standing.outcomes_at is not None and closes_at >= standing.outcomes_at:
        return Obstacle.AFTER_OUTCOMES
    if closes_at - max(standing.closes_at, now) > FURTHEST:
        return Obstacle.TOO_FAR
    return None

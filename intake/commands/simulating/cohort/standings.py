"""How a simulated year ended for each nominee."""

from enum import StrEnum

from intake.commands.simulating.cohort.performance import Performance
from intake.commands.simulating.cohort.reckoning import Fate
from intake.commands.simulating.page import Tone


class Standing(StrEnum):
    """How the year ended for a nominee, as a page or a sentence sorts them."""

    TAKEN = "taken"
    MOVED_UP = "moved-up"
    OFFERED = "offered"
    WAITING = "waiting"
    LEFT = "left"
    NOT_PLACED = "not-placed"


STANDING_WORDS = {
    Standing.TAKEN: "Has a place",
    Standing.MOVED_UP: "Has a place, from the list",
    Standing.OFFERED: "Was offered a place",
    Standing.WAITING: "On the waiting list",
    Standing.LEFT: "Not taking part",
    Standing.NOT_PLACED: "For a person to place",
}

STANDING_TONES = {
    Standing.TAKEN: Tone.GOOD,
    Standing.MOVED_UP: Tone.GOOD,
    Standing.OFFERED: Tone.OPEN,
    Standing.WAITING: Tone.OPEN,
    Standing.LEFT: Tone.QUIET,
    Standing.NOT_PLACED: Tone.QUIET,
}


def standing_of(fate: Fate, performance: Performance) -> Standing:
    """By what was given and what they did, not by the ledger."""
    ends_at = performance.season.ends_at
    given = fate.standing(ends_at)
    if fate.has_left(ends_at):
        return Standing.LEFT
    if given is None:
        return Standing.NOT_PLACED
    if given.cohort is None:
        return Standing.WAITING
    if not fate.is_taken(ends_at):
        return Standing.OFFERED
    return Standing.MOVED_UP if given.had_waited else Standing.TAKEN

"""How a simulated year ended for each applicant."""

from enum import StrEnum

from intake.commands.simulating.grant.cast import Person
from intake.commands.simulating.grant.lives import Deed
from intake.commands.simulating.grant.performance import Performance
from intake.commands.simulating.page import Tone
from storage.domain.decision import Outcome


class Standing(StrEnum):
    """How the year ended for an applicant, as a page or a sentence sorts them."""

    FUNDED = "funded"
    MOVED_UP = "moved-up"
    DECLINED = "declined"
    RESERVE = "reserve"
    NOT_FUNDED = "not-funded"
    WITHDREW = "withdrew"
    NO_FORM = "no-form"


STANDING_WORDS = {
    Standing.FUNDED: "Funded",
    Standing.MOVED_UP: "Funded, from reserve",
    Standing.DECLINED: "Funded, declined",
    Standing.RESERVE: "Reserve",
    Standing.NOT_FUNDED: "Not funded",
    Standing.WITHDREW: "Withdrew",
    Standing.NO_FORM: "No form",
}


STANDING_TONES = {
    Standing.FUNDED: Tone.GOOD,
    Standing.MOVED_UP: Tone.GOOD,
    Standing.DECLINED: Tone.OPEN,
    Standing.RESERVE: Tone.OPEN,
    Standing.NOT_FUNDED: Tone.QUIET,
    Standing.WITHDREW: Tone.QUIET,
    Standing.NO_FORM: Tone.QUIET,
}


def standing_of(person: Person, performance: Performance) -> Standing:
    """By what was approved and what they did, not by the ledger."""
    told = [one.outcome for one in performance.diary.told.get(person.number, ())]
    later = {act.deed for act in performance.diary.later.get(person.number, ())}
    deeds = {act.deed for act in person.acts}
    if Deed.WITHDRAW in deeds:
        return Standing.WITHDREW
    if Outcome.FUNDED in told:
        if Deed.DECLINE in later:
            return Standing.DECLINED
        return Standing.MOVED_UP if Outcome.RESERVE in told else Standing.FUNDED
    if told:
        return Standing.RESERVE if told[-1] is Outcome.RESERVE else Standing.NOT_FUNDED
    return Standing.NO_FORM


def count_funded(performance: Performance) -> int:
    """How many are funded in the end."""
    ended = (standing_of(person, performance) for person in performance.cast)
    return sum(standing in (Standing.FUNDED, Standing.MOVED_UP) for standing in ended)

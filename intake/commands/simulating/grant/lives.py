"""What happens to one applicant in the year: a life is a short script of deeds with their times."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from intake.commands.simulating.grant.season import Season


class Deed(StrEnum):
    """One message that somebody sends."""

    EXPRESS = "expresses interest"
    EXPRESS_THIN = "expresses interest, no summary"
    EXPLAIN = "tells the summary"
    REPEAT = "sends the same again"
    ASK = "asks a question"
    CORRECT = "corrects a detail"
    WITHDRAW = "withdraws"
    FORM = "sends the form"
    BROKEN_FORM = "sends a form nobody can open"
    CONFIRM = "confirms"
    DECLINE = "declines"
    TELL_SOME = "tells some of the details"
    TELL_DETAILS = "tells the details"
    SIGN = "returns the agreement signed"
    COME = "comes to an event"
    STAY_AWAY = "does not come to an event"


class Life(StrEnum):
    """What kind of year somebody has."""

    STEADY = "steady"
    RESENDS = "sends the form twice"
    LATE = "sends the form late"
    IN_GRACE = "sends the form in the minutes of grace"
    SILENT = "never sends a form"
    WITHDRAWS = "withdraws"
    CHANGES_MIND = "withdraws after the form"
    STEPS_BACK = "withdraws the day before the outcome"
    THIN = "says what it is about only when asked"
    NEVER_SAYS = "never says what it is about"
    EARLY = "writes before the opening"
    TOO_LATE = "writes after the closing"
    BOUNCES = "cannot be reached"
    BOUNCES_LATER = "cannot be reached any more"
    HOLIDAY = "goes on holiday"
    ASKS = "asks questions"
    CORRECTS = "corrects details"
    EXTENDED = "gets more time"
    BROKEN_FILE = "sends a broken file first"
    REPEATS = "sends everything twice"


@dataclass(frozen=True, slots=True)
class Act:
    """A deed and when the mail server receives it."""

    at: datetime
    deed: Deed


@dataclass(frozen=True, slots=True)
class Lived:
    """The script of one life. The address is out of order from `gone_from` on, and its owner
    `away` between two instants."""

    acts: tuple[Act, ...]
    gone_from: datetime | None = None
    away: tuple[datetime, datetime] | None = None


def live(life: Life, season: Season, *, chance: Random) -> Lived:
    """The script of one life of this kind, its times drawn from `chance`."""
    return _LIVES[life](_Days(season, chance))


@dataclass(frozen=True, slots=True)
class _Days:
    """Draws times: in the first weeks for expressions, in the last ones for forms."""

    season: Season
    chance: Random

    def draw(self, first: int, last: int) -> datetime:
        """A time on a day from the `first` to the `last` after the opening, now and then at an
        hour at which nobody works."""
        day = self.chance.randint(first, last)
        return self.season.at(day, self.chance.choice(_HOURS), self.chance.randint(0, 59))

    def before(self, end: datetime, first: int, last: int) -> datetime:
        """A time between `last` and `first` days before `end`."""
        day = end - timedelta(days=self.chance.randint(first, last))
        return self.season.on(day, self.chance.choice(_HOURS), self.chance.randint(0, 59))

    def expression(self) -> datetime:
        return self.draw(0, 26)

    def form(self) -> datetime:
        """Many forms come when the closing was meant to be, or has come near after all."""
        season = self.season
        if self.chance.random() < 0.6:
            return self.before(season.extended_to, 1, 6)
        return self.before(season.closes_at, 1, 14)


_HOURS = (7, 9, 9, 10, 10, 11, 12, 14, 14, 15, 16, 17, 19, 21, 22)


def _steady(days: _Days) -> Lived:
    return Lived((Act(days.expression(), Deed.EXPRESS), Act(days.form(), Deed.FORM)))


def _resends(days: _Days) -> Lived:
    first = days.before(days.season.closes_at, 3, 12)
    again = days.before(days.season.extended_to, 1, 5)
    return Lived(
        (Act(days.expression(), Deed.EXPRESS), Act(first, Deed.FORM), Act(again, Deed.FORM))
    )


def _late(days: _Days) -> Lived:
    late = days.season.extended_to + timedelta(minutes=days.chance.randint(40, 60 * 24 * 6))
    return Lived((Act(days.expression(), Deed.EXPRESS), Act(late, Deed.FORM)))


def _in_grace(days: _Days) -> Lived:
    just = days.season.extended_to + days.season.grace * 0.5
    return Lived((Act(days.expression(), Deed.EXPRESS), Act(just, Deed.FORM)))


def _silent(days: _Days) -> Lived:
    return Lived((Act(days.draw(0, 44), Deed.EXPRESS),))


def _withdraws(days: _Days) -> Lived:
    return Lived((Act(days.draw(0, 20), Deed.EXPRESS), Act(days.draw(25, 48), Deed.WITHDRAW)))


def _changes_mind(days: _Days) -> Lived:
    form = days.before(days.season.closes_at, 6, 12)
    gone = days.before(days.season.extended_to, 1, 5)
    return Lived(
        (Act(days.expression(), Deed.EXPRESS), Act(form, Deed.FORM), Act(gone, Deed.WITHDRAW))
    )


def _steps_back(days: _Days) -> Lived:
    """When the outcomes are approved already."""
    gone = days.season.outcomes_at - timedelta(hours=days.chance.randint(2, 40))
    return Lived(
        (
            Act(days.expression(), Deed.EXPRESS),
            Act(days.form(), Deed.FORM),
            Act(gone, Deed.WITHDRAW),
        )
    )


def _thin(days: _Days) -> Lived:
    return Lived(
        (
            Act(days.draw(0, 12), Deed.EXPRESS_THIN),
            Act(days.draw(15, 25), Deed.EXPLAIN),
            Act(days.form(), Deed.FORM),
        )
    )


def _never_says(days: _Days) -> Lived:
    return Lived((Act(days.draw(0, 30), Deed.EXPRESS_THIN),))


def _early(days: _Days) -> Lived:
    return Lived((Act(days.draw(-6, -1), Deed.EXPRESS), Act(days.form(), Deed.FORM)))


def _too_late(days: _Days) -> Lived:
    late = days.season.extended_to + timedelta(minutes=days.chance.randint(60, 60 * 24 * 10))
    return Lived((Act(late, Deed.EXPRESS),))


def _bounces(days: _Days) -> Lived:
    return Lived(
        (Act(days.draw(0, 20), Deed.EXPRESS),), gone_from=days.season.opens_at - timedelta(days=9)
    )


def _bounces_later(days: _Days) -> Lived:
    return Lived((Act(days.draw(0, 15), Deed.EXPRESS),), gone_from=days.draw(24, 28))


def _holiday(days: _Days) -> Lived:
    leaves = days.draw(27, 30)
    return Lived(
        (Act(days.draw(2, 20), Deed.EXPRESS), Act(days.before(_end(days), 1, 4), Deed.FORM)),
        away=(leaves, leaves + timedelta(days=15)),
    )


def _asks(days: _Days) -> Lived:
    return Lived(
        (
            Act(days.draw(0, 15), Deed.EXPRESS),
            Act(days.draw(18, 32), Deed.ASK),
            Act(days.form(), Deed.FORM),
        )
    )


def _corrects(days: _Days) -> Lived:
    return Lived(
        (
            Act(days.draw(0, 15), Deed.EXPRESS),
            Act(days.draw(17, 30), Deed.CORRECT),
            Act(days.form(), Deed.FORM),
        )
    )


def _extended(days: _Days) -> Lived:
    form = days.before(days.season.allowed_until, 1, 3)
    return Lived((Act(days.draw(0, 20), Deed.EXPRESS), Act(form, Deed.FORM)))


def _broken_file(days: _Days) -> Lived:
    first = days.before(days.season.closes_at, 5, 9)
    return Lived(
        (
            Act(days.draw(0, 20), Deed.EXPRESS),
            Act(first, Deed.BROKEN_FORM),
            Act(first + timedelta(hours=26), Deed.FORM),
        )
    )


def _repeats(days: _Days) -> Lived:
    first = days.expression()
    return Lived(
        (
            Act(first, Deed.EXPRESS),
            Act(first + timedelta(minutes=3), Deed.REPEAT),
            Act(days.form(), Deed.FORM),
        )
    )


def _end(days: _Days) -> datetime:
    return days.season.extended_to


_LIVES: dict[Life, Callable[[_Days], Lived]] = {
    Life.STEADY: _steady,
    Life.RESENDS: _resends,
    Life.LATE: _late,
    Life.IN_GRACE: _in_grace,
    Life.SILENT: _silent,
    Life.WITHDRAWS: _withdraws,
    Life.CHANGES_MIND: _changes_mind,
    Life.STEPS_BACK: _steps_back,
    Life.THIN: _thin,
    Life.NEVER_SAYS: _never_says,
    Life.EARLY: _early,
    Life.TOO_LATE: _too_late,
    Life.BOUNCES: _bounces,
    Life.BOUNCES_LATER: _bounces_later,
    Life.HOLIDAY: _holiday,
    Life.ASKS: _asks,
    Life.CORRECTS: _corrects,
    Life.EXTENDED: _extended,
    Life.BROKEN_FILE: _broken_file,
    Life.REPEATS: _repeats,
}

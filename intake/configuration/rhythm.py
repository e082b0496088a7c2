"""The tables of a programme that say when it reminds, chases and tells the news."""

from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from intake.configuration.fields import Section, refusal

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Nation = Literal["england", "wales", "scotland", "northern-ireland"]


def _clock(value: object) -> object:
    if isinstance(value, time) and value.tzinfo is None:
        return value
    try:
        return time.fromisoformat(str(value))
    except ValueError as error:
        raise refusal("a clock time, for example 09:00:00") from error


def _day(value: object) -> object:
    if isinstance(value, datetime) or not isinstance(value, date | str):
        raise refusal("a date without a clock time, for example 2021-08-31")
    return value


def _distinct(values: tuple[int, ...]) -> tuple[int, ...]:
    if any(value < 1 or value > 365 for value in values) or len(set(values)) != len(values):
        raise refusal("whole numbers of days from 1 to 365, each once, for example [14, 7, 2]")
    return values


Clock = Annotated[time, BeforeValidator(_clock)]
DayOff = Annotated[date, BeforeValidator(_day)]
Days = Annotated[tuple[int, ...], AfterValidator(_distinct)]


class RemindersSection(Section):
    """Reminders to those who have the pack and have not sent the form, and to the panel."""

    days_before: Days = Field(
        default=(), description="How many days before the closing day.", examples=[[14, 7, 2]]
    )
    at: Clock = Field(
        default=time(9),
        description="At what time of that day, by the programme's clock.",
        examples=[time(9)],
    )
    working_days_only: bool = Field(
        default=True,
        description="A reminder that falls on a day off comes on the working day before.",
    )
    after_pack_days: int = Field(
        default=2,
        ge=0,
        le=60,
        description="Who got the pack, or the scoring sheet, less than so many days before is left "
        "out.",
        examples=[2],
    )
    scores_days_before: Days = Field(
        default=(),
        description="How many days before the day of `scores_by` the members of the panel who have "
        "not told all their scores are reminded.",
        examples=[[5, 1]],
    )


class DigestsSection(Section):
    """When organisers are told the news."""

    at: Clock = Field(default=time(8), description="By the programme's clock.", examples=[time(8)])
    weekday: Weekday = Field(default="monday", description="The day of the weekly digest.")
    at_risk_days: int = Field(
        default=7,
        ge=0,
        le=60,
        description="From so many days before closing, a case without a form is listed.",
        examples=[7],
    )
    stuck_after_hours: int = Field(
        default=2,
        gt=0,
        le=168,
        description="How long a letter may wait to leave before it is listed as stuck.",
        examples=[2],
    )

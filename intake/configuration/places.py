"""The tables of a cohort programme that say which groups there are, and how they are filled."""

from datetime import datetime, time

from pydantic import Field

from intake.configuration.fields import Line, Moment, Section
from intake.configuration.rhythm import Clock, Days


class CohortSection(Section):
    """A group that starts together."""

    number: int = Field(gt=0, description="Its number, from 1.", examples=[1])
    starts_at: Moment = Field(
        description="When it starts.", examples=[datetime.fromisoformat("2019-05-23T09:00:00")]
    )
    places: int = Field(gt=0, description="How many people it takes.", examples=[100])
    venue: Line | None = Field(
        default=None, description="Where it meets.", examples=["The Assembly Rooms, Dorking"]
    )
    joining: str = Field(
        default="",
        description="What those who come have to know: how to get there, what to bring.",
        examples=["Please bring a photograph of your place of work."],
    )


class PlacingSection(Section):
    """Cohort: how nominees are invited to their places, and what those hear who come."""

    reply_within_days: int = Field(
        default=5,
        gt=0,
        le=60,
        description="Within how many working days a nominee is asked to take their place.",
        examples=[5],
    )
    chase_after_days: Days = Field(
        default=(),
        description="After how many working days a nominee who has not answered is asked once "
        "more. After `reply_within_days` the place is for a person to decide about.",
        examples=[[3]],
    )
    joining_days_before: int = Field(
        default=14,
        gt=0,
        le=120,
        description="How many days before the start the joining instructions go out.",
        examples=[14],
    )
    reminder_days_before: Days = Field(
        default=(),
        description="How many days before the start people are reminded.",
        examples=[[3]],
    )
    at: Clock = Field(
        default=time(9),
        description="At what time of those days, by the programme's clock.",
        examples=[time(9)],
    )
    tell_leads: bool = Field(
        default=False,
        description="Answer who leads the nominations without a person. Without it, the answer is "
        "written and held until an organiser releases it.",
    )

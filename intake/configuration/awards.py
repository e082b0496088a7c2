"""The tables of a grant programme that say what follows an award: the details of whoever receives
the money, the agreement, introductions and events."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints

from intake.configuration.fields import FieldKey, Line, Link, Moment, Section, Slug, instant
from intake.configuration.rhythm import DayOff, Days
from storage.domain.award import (
    DEFAULT_DETAILS,
    Award,
    AwardDetail,
    DetailShape,
    ProgrammeEvent,
)

ShortLine = Annotated[Line, StringConstraints(max_length=80)]
"""A label, which stands in one line of a letter and of a form."""


class AwardDetailSection(Section):
    """Something that the letter after an award asks for."""

    key: FieldKey = Field(
        description="What stands in data, and in an agreement of your own as `{{ details.KEY }}`.",
        examples=["cost_centre"],
    )
    label: ShortLine = Field(
        description="What letters and the form call it.", examples=["Cost centre"]
    )
    labels: tuple[ShortLine, ...] = Field(
        default=(),
        description="Other names by which it is known in an answer.",
        examples=[["Cost code"]],
    )
    help: str = Field(
        default="", description="A hint beside it.", examples=["Ask your finance department."]
    )
    shape: Literal["text", "email", "phone", "yes_no"] = Field(
        default="text", description="What an answer has to be."
    )
    required: bool = Field(
        default=True, description="Without it no agreement is sent, and it is asked for again."
    )


class AwardSection(Section):
    """Grant: what is asked of those who confirmed their award, and what they are sent."""

    reply_within_days: int = Field(
        default=10,
        gt=0,
        le=60,
        description="Within how many working days the details and the signed agreement are asked "
        "for.",
        examples=[10],
    )
    chase_after_days: Days = Field(
        default=(),
        description="After how many working days of silence they are asked once more.",
        examples=[[5, 8]],
    )
    starts_on: DayOff | None = Field(
        default=None,
        description="The first day of the work, for the agreement.",
        examples=[date(2021, 10, 1)],
    )
    ends_on: DayOff | None = Field(
        default=None, description="Its last day.", examples=[date(2022, 3, 31)]
    )
    signatory: Line | None = Field(
        default=None, description="Who signs for the programme.", examples=["Rosalind Okoro"]
    )
    signatory_post: Line | None = Field(
        default=None, description="Their post.", examples=["Programme director"]
    )
    introductions_at: Moment | None = Field(
        default=None,
        description="From when projects that agreed are introduced to each other; without it "
        "nobody is asked whether they do.",
        examples=[datetime.fromisoformat("2021-11-01T09:00:00")],
    )
    hold_agreements: bool = Field(
        default=False,
        description="Hold each agreement until a person has looked at it and released it.",
    )
    details: tuple[AwardDetailSection, ...] = Field(
        default=(),
        description="What is asked for, in place of the usual: organisation, finance department, "
        "contact, e-mail, telephone, order or invoice reference, who signs. Never ask for account "
        "numbers by e-mail.",
    )


class EventSection(Section):
    """Grant: a masterclass or a workshop to which funded projects are invited, with a file for
    their calendar. Change its date, its length, its place or its link here, and they are told."""

    key: Slug = Field(
        description="What stands in data. Never change it once letters left.",
        examples=["masterclass-1"],
    )
    title: Line = Field(
        description="What it is called.", examples=["Masterclass: measuring what matters"]
    )
    starts_at: Moment = Field(
        description="When it begins.", examples=[datetime.fromisoformat("2021-11-18T14:00:00")]
    )
    minutes: int = Field(default=60, gt=0, le=2880, description="How long it takes.", examples=[90])
    where: Line | None = Field(
        default=None, description="Where it is.", examples=["Room 2, Skipton House"]
    )
    link: Link | None = Field(
        default=None,
        description="Where to join it.",
        examples=["https://meet.leadership.nhs.example/masterclass-1"],
    )
    about: str = Field(
        default="",
        description="What it is about, for the invitation.",
        examples=["With Dr Ines Halloran, on measures that people care about."],
    )
    areas: tuple[Slug, ...] = Field(
        default=(),
        description="Keys of the areas whose projects are invited; empty: all.",
        examples=[["north-east-london"]],
    )
    invite_days_before: int = Field(
        default=28,
        ge=0,
        le=365,
        description="How many days before it the invitations leave.",
        examples=[28],
    )
    cancelled: bool = Field(
        default=False, description="Tell those who were invited that it does not take place."
    )


def make_award(section: AwardSection | None, zone: ZoneInfo) -> Award | None:
    """How a programme makes its awards, by the clock of `zone`; None for None."""
    if section is None:
        return None
    starts = section.introductions_at
    return Award(
        details=tuple(map(_detail, section.details)) or DEFAULT_DETAILS,
        reply_within_days=section.reply_within_days,
        chase_after_days=section.chase_after_days,
        starts_on=section.starts_on,
        ends_on=section.ends_on,
        signatory=section.signatory or "",
        signatory_post=section.signatory_post or "",
        introductions_at=instant(starts, zone).astimezone(UTC) if starts else None,
        holds_agreements=section.hold_agreements,
    )


def make_event(section: EventSection, zone: ZoneInfo) -> ProgrammeEvent:
    """An event, by the clock of `zone`."""
    return ProgrammeEvent(
        key=section.key,
        title=section.title,
        starts_at=instant(section.starts_at, zone).astimezone(UTC),
        length=timedelta(minutes=section.minutes),
        where=section.where or "",
        link=section.link or "",
        about=section.about.strip(),
        areas=section.areas,
        invite_before=timedelta(days=section.invite_days_before),
        is_cancelled=section.cancelled,
    )


def _detail(section: AwardDetailSection) -> AwardDetail:
    return AwardDetail(
        key=section.key,
        label=section.label,
        labels=section.labels,
        help=section.help,
        shape=DetailShape(section.shape),
        is_required=section.required,
    )

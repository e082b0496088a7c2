"""The tables of the configuration that describe a programme."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from intake.configuration.awards import AwardSection, EventSection
from intake.configuration.custom import FieldSection, RuleSection
from intake.configuration.fields import (
    EmailAddress,
    Line,
    Link,
    Moment,
    Prefix,
    Section,
    Slug,
    ZoneName,
)
from intake.configuration.people import (
    NominationLeadSection,
    OrganiserSection,
    PanelMemberSection,
    ReachableSection,
)
from intake.configuration.places import CohortSection, PlacingSection
from intake.configuration.rhythm import (
    DayOff,
    Days,
    DigestsSection,
    Nation,
    RemindersSection,
)
from intake.configuration.servers import MailboxSection, TransportSection


class MilestoneSection(Section):
    """A line of the timeline in the pack."""

    when: Line = Field(description="The date in words.", examples=["Friday 20 August 2021, 5 pm"])
    what: Line = Field(description="What happens.", examples=["The call closes"])


class RoundSection(Section):
    """One opening of the programme. Dates without an offset are by the programme's zone."""

    key: Line = Field(description="What tells this round from others.", examples=["2021"])
    opens_at: Moment = Field(
        description="From when messages are answered with a pack.",
        examples=[datetime.fromisoformat("2021-07-05T09:00:00")],
    )
    closes_at: Moment = Field(
        description="The last moment at which a message is in time, by the receiving server.",
        examples=[datetime.fromisoformat("2021-08-20T17:00:00")],
    )
    outcomes_at: Moment | None = Field(
        default=None,
        description="From when outcomes are told.",
        examples=[datetime.fromisoformat("2021-09-27T09:00:00")],
    )
    scores_by: Moment | None = Field(
        default=None,
        description="Until when the panel scores.",
        examples=[datetime.fromisoformat("2021-09-10T17:00:00")],
    )
    grace_minutes: int = Field(
        default=0,
        ge=0,
        le=10080,
        description="How long after closing a message still counts as in time. Letters do not "
        "mention it.",
        examples=[15],
    )
    timeline: tuple[MilestoneSection, ...] = Field(
        default=(), description="The timeline in the pack."
    )


class AreaSection(Section):
    """A part of the programme's ground, known by its names and the places in it."""

    key: Slug = Field(description="What stands in data.", examples=["north-east-london"])
    name: Line = Field(description="What stands in letters.", examples=["North East London"])
    aliases: tuple[Line, ...] = Field(
        default=(), description="Other names and initials.", examples=[["NEL", "NE London"]]
    )
    places: tuple[Line, ...] = Field(
        default=(),
        description="Boroughs, towns and well-known places that lie in this area alone.",
        examples=[["Hackney", "Dalston"]],
    )
    most_in_all: int | None = Field(
        default=None,
        gt=0,
        description="Cohort: how many people of this area can take part in all.",
        examples=[150],
    )
    most_in_a_cohort: int | None = Field(
        default=None,
        gt=0,
        description="Cohort: how many of them in one cohort.",
        examples=[30],
    )


class CriterionSection(Section):
    """What the panel looks at, and what tells a strong proposal from a solid one."""

    key: Slug = Field(description="What stands in data.", examples=["partnership"])
    name: Line = Field(description="What stands in the guidance.", examples=["Partnership"])
    solid: Line = Field(
        description="What a solid proposal does.", examples=["Two or more agencies take part."]
    )
    strong: Line = Field(
        description="What a strong proposal does.", examples=["The agencies share the work."]
    )
    weight: float = Field(
        default=1.0,
        gt=0,
        le=1000,
        description="Its share of the whole, beside the others.",
        examples=[2],
    )


class QuestionSection(Section):
    """A question of the application form."""

    key: Slug = Field(description="What stands in data.", examples=["summary"])
    text: Line = Field(
        description="The question as the form asks it.", examples=["How will you work together?"]
    )
    help: str = Field(
        default="", description="A hint below the question.", examples=["Name the agencies."]
    )
    max_words: int | None = Field(
        default=None, gt=0, description="How long an answer may be.", examples=[300]
    )


class ProgrammeSection(Section):
    """What one applies to. Its short name, the last part of the table's name, is for good."""

    name: Line = Field(description="The name in letters.", examples=["ACE 2021"])
    kind: Literal["grant", "cohort"] = Field(
        description="`grant`: projects express interest and get a pack. `cohort`: people are "
        "nominated to places."
    )
    inbox: EmailAddress = Field(
        description="Where messages come to and letters come from.",
        examples=["ace@leadership.nhs.example"],
    )
    team: Line = Field(
        description="Who signs the letters.", examples=["The London leadership team"]
    )
    reference_prefix: Prefix = Field(
        description="How references begin: ACE gives ACE-0042. Never change it once letters left.",
        examples=["ACE"],
    )
    zone: ZoneName = Field(
        default="Europe/London",
        description="Where the clock of its dates hangs.",
        examples=["Europe/London"],
    )
    introduction: str = Field(
        default="",
        description="A sentence or two about the programme, for letters and the pack.",
        examples=["ACE supports ten local projects."],
    )
    amount: int | None = Field(
        default=None,
        gt=0,
        description="Grant: the most one project gets, whole units.",
        examples=[20000],
    )
    currency: Literal["GBP", "EUR", "USD"] = Field(
        default="GBP", description="The unit of `amount`."
    )
    awards: int | None = Field(
        default=None, gt=0, description="Grant: how many projects are funded.", examples=[10]
    )
    awards_per_area: int | None = Field(
        default=None, gt=0, description="Grant: how many of them at most in one area.", examples=[2]
    )
    budget: int | None = Field(
        default=None,
        gt=0,
        description="Grant: the most that all awards together may have, whole units.",
        examples=[200000],
    )
    places: int | None = Field(
        default=None,
        gt=0,
        description="Cohort: how many people can take part in all.",
        examples=[500],
    )
    answer_within_days: int = Field(
        default=3,
        gt=0,
        le=60,
        description="Within how many working days a person answers a question.",
        examples=[3],
    )
    keep_months: int = Field(
        default=24,
        gt=0,
        le=240,
        description="How long letters say that what people sent is kept; deleting is up to you.",
        examples=[24],
    )
    pack_link: Link | None = Field(
        default=None,
        description="Grant: letters give this link in place of attaching the pack.",
        examples=["https://leadership.nhs.example/ace/pack.zip"],
    )
    bank_holidays: Nation | None = Field(
        default=None, description="Whose bank holidays are no working days."
    )
    days_off: tuple[DayOff, ...] = Field(
        default=(),
        description="Other days that are no working days.",
        examples=[[date(2021, 12, 24)]],
    )
    chase_after_days: Days = Field(
        default=(),
        description="Grant: after how many working days a funded or reserve applicant who has not "
        "answered is asked once more.",
        examples=[[3, 6]],
    )
    reminders: RemindersSection = Field(
        default_factory=RemindersSection, description="Reminders before the closing."
    )
    digests: DigestsSection = Field(
        default_factory=DigestsSection, description="When organisers are told the news."
    )
    placing: PlacingSection = Field(
        default_factory=PlacingSection, description="Cohort: how places are filled."
    )
    award: AwardSection | None = Field(
        default=None, description="Grant: what follows an award; without it, nothing by itself."
    )
    person: ReachableSection = Field(description="Whom an applicant can reach.")
    organisers: tuple[OrganiserSection, ...] = Field(
        default=(),
        description="Who runs the programme: what they write to the inbox waits for a person.",
    )
    panel: tuple[PanelMemberSection, ...] = Field(
        default=(), description="Grant: who scores the applications."
    )
    round: RoundSection = Field(description="When it is open.")
    mailbox: MailboxSection | None = Field(
        default=None, description="Where its messages are; without it, another programme's mailbox."
    )
    transport: TransportSection | None = Field(
        default=None, description="How its letters leave; without it, none do."
    )
    areas: tuple[AreaSection, ...] = Field(default=(), description="The parts of its ground.")
    nomination_leads: dict[str, NominationLeadSection] = Field(
        default_factory=dict,
        description="Cohort: who leads the nominations of an area, by the area's key.",
    )
    criteria: tuple[CriterionSection, ...] = Field(
        default=(), description="What the panel looks at."
    )
    questions: tuple[QuestionSection, ...] = Field(default=(), description="The form's questions.")
    fields: tuple[FieldSection, ...] = Field(
        default=(), description="Details of its own, found in messages and asked in the form."
    )
    rules: tuple[RuleSection, ...] = Field(
        default=(), description="Rules of its own; try them with `postroom rules try`."
    )
    cohorts: tuple[CohortSection, ...] = Field(default=(), description="Cohort: the groups.")
    events: tuple[EventSection, ...] = Field(
        default=(), description="Grant: masterclasses and workshops for funded projects."
    )

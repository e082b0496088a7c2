"""The tables of the configuration that name the people of a programme."""

from typing import Literal

from pydantic import Field

from intake.configuration.fields import EmailAddress, Line, Phone, Section, Slug


class PersonSection(Section):
    """A person with an address."""

    name: Line = Field(description="The name as letters show it.", examples=["Rosalind Okoro"])
    email: EmailAddress = Field(
        description="The address.", examples=["rosalind.okoro@leadership.nhs.example"]
    )


class OrganiserSection(PersonSection):
    """Somebody who runs the programme: what they write to its inbox is not answered at once, it
    waits for a person. They get digests."""

    digest: Literal["daily", "weekly", "both", "never"] = Field(
        default="daily", description="How often they are told the news."
    )
    areas: tuple[Slug, ...] = Field(
        default=(),
        description="Keys of the areas that their digests tell of; empty: all.",
        examples=[["north-east-london"]],
    )


class PanelMemberSection(PersonSection):
    """Somebody who scores applications: they get a scoring sheet and send it back. What else they
    write to the inbox waits for a person."""

    organisation: Line | None = Field(
        default=None,
        description="Theirs: they are given none of its applications to read.",
        examples=["Riverside Community Trust"],
    )


class NominationLeadSection(PersonSection):
    """Who leads the nominations of an area. The last part of the table's name is its key."""


class ReachableSection(PersonSection):
    """Whom an applicant can reach: every letter names this person."""

    phone: Phone | None = Field(
        default=None,
        description="The telephone number, with country code.",
        examples=["+442079460100"],
    )

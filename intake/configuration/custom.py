"""The tables of the configuration by which a programme adds fields and rules of its own."""

from typing import Literal

from pydantic import Field, StrictBool

from intake.configuration.fields import FieldKey, Line, Pattern, RulePlaceName, Section, Slug


class FieldSection(Section):
    """A detail that this programme asks for beside name, telephone, organisation and the like."""

    key: FieldKey = Field(
        description="What stands in data, and in templates as `case.custom.<key>`.",
        examples=["first_language"],
    )
    label: Line = Field(
        description="What it is called in the form and in letters, and its label in messages.",
        examples=["First language"],
    )
    labels: tuple[Line, ...] = Field(
        default=(), description="Other labels people write.", examples=[["Mother tongue"]]
    )
    pattern: Pattern | None = Field(
        default=None,
        description="What a value looks like, in RE2's syntax; of a group in it, the first counts.",
        examples=["£ ?([0-9,]+)"],
    )
    choices: tuple[Line, ...] = Field(
        default=(), description="The only values it can have.", examples=[["Polish", "Bengali"]]
    )
    anywhere: StrictBool = Field(
        default=False,
        description="A choice, or what the pattern finds, counts wherever it stands in the text; "
        "without it, only behind a label.",
    )


class RuleSection(Section):
    """A rule of your own, asked in the order of the file once no machine has been recognised."""

    name: Slug = Field(
        description="What the history shows as the reason.", examples=["press-office"]
    )
    where: RulePlaceName = Field(
        description="Where it looks: `from`, `to` (and Cc), `subject`, `body` (what is new in it), "
        "`attachment` (the files' names), or a header by its name.",
        examples=["subject"],
    )
    pattern: Pattern = Field(
        description="What it looks for, in RE2's syntax; letter case does not count.",
        examples=["press office"],
    )
    kind: (
        Literal[
            "expression",
            "nomination",
            "application",
            "follow_up",
            "question",
            "withdrawal",
            "auto_reply",
            "bulk",
            "unclear",
        ]
        | None
    ) = Field(default=None, description="What such a message is.")
    hold: StrictBool = Field(default=False, description="The answer waits for a person.")
    values: dict[str, Line] = Field(
        default_factory=dict,
        description="What to note: `area` with an area's key, or a field of `fields` by its key.",
        examples=[{"first_language": "Polish"}],
    )
    stop: StrictBool = Field(default=False, description="If it matches, later rules are not asked.")

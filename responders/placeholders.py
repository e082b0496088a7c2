"""Pure: what a template may say. Every placeholder is declared, explained and has a sample.

The same samples drive the check of the templates and their preview.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from responders.kinds.base import Value, Values
from storage.domain.letter import LetterKind
from storage.domain.programme import CustomField


class Shape(StrEnum):
    """TEXT stands as it is, MOMENT needs a filter (`moment`, `day`, `week`, `clock`), FLAG is
    for `if`, NUMBER for both, LIST for `for` or `joined`."""

    TEXT = "text"
    MOMENT = "moment"
    FLAG = "flag"
    NUMBER = "number"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A word a template may use: dotted `name`, what it means, a sample. `may_be_empty`: test it
    with `if` first. `items` are the words of each item of a list of records."""

    name: str
    meaning: str
    sample: Value
    shape: Shape = Shape.TEXT
    may_be_empty: bool = False
    items: tuple["Placeholder", ...] = ()


OPENS, CLOSES = "2021-07-05T09:00:00+01:00", "2021-08-20T17:00:00+01:00"
OUTCOMES, RECEIVED = "2021-09-27T09:00:00+01:00", "2021-07-14T08:41:00+01:00"
ANSWER_BY, COHORT_STARTS = "2021-07-19T08:41:00+01:00", "2021-10-04T09:00:00+01:00"

EVERYWHERE = (
    Placeholder(
        "greeting",
        "Dear and the name, where the name is sure; else Hello",
        "Dear Amina Yusuf-Cole",
    ),
    Placeholder("programme.name", "The programme's name", "ACE 2021"),
    Placeholder("programme.team", "Who signs", "The London leadership team"),
    Placeholder("programme.inbox", "The address messages come to", "ace@leadership.nhs.example"),
    Placeholder(
        "programme.introduction",
        "What the programme is, in a sentence or two",
        "ACE supports ten local projects that work across organisations.",
        may_be_empty=True,
    ),
    Placeholder("programme.amount", "The most a project can have", "£20,000", may_be_empty=True),
    Placeholder("programme.keep_months", "How many months data is kept", 24, Shape.NUMBER),
    Placeholder(
        "programme.is_cohort", "True where people are nominated to places", False, Shape.FLAG
    ),
    Placeholder("person.name", "Whom an applicant can reach", "Rosalind Okoro"),
    Placeholder("person.email", "Their address", "rosalind.okoro@leadership.nhs.example"),
    Placeholder("person.phone", "Their telephone number", "020 7946 0100", may_be_empty=True),
    Placeholder("round.opens_at", "When the round opens", OPENS, Shape.MOMENT),
    Placeholder("round.closes_at", "When the round closes", CLOSES, Shape.MOMENT),
    Placeholder(
        "round.outcomes_at", "When applicants are told", OUTCOMES, Shape.MOMENT, may_be_empty=True
    ),
    Placeholder("round.is_open", "True while the round is open", True, Shape.FLAG),
    Placeholder("round.is_closed", "True once it has closed", False, Shape.FLAG),
    Placeholder("case.reference", "The reference of the case", "ACE-0042", may_be_empty=True),
    Placeholder("case.title", "The project's title", "Up Off the Floor", may_be_empty=True),
    Placeholder(
        "message.received_at", "When the message answered was received", RECEIVED, Shape.MOMENT
    ),
)

NOTED = Placeholder(
    "noted",
    "The details that stand now",
    [
        {"label": "Project lead", "value": "Amina Yusuf-Cole"},
        {"label": "Organisation", "value": "Kentish Town Family Centre"},
        {"label": "Telephone", "value": "07700 900123"},
        {"label": "Area", "value": "North Central London"},
        {"label": "Project title", "value": "Up Off the Floor"},
    ],
    Shape.LIST,
    may_be_empty=True,
    items=(
        Placeholder("label", "What it is", "Telephone"),
        Placeholder("value", "What stands now", "07700 900123"),
    ),
)
MISSING = Placeholder(
    "missing",
    "What nobody has told yet, in words",
    ["a telephone number", "the area in which the project will work"],
    Shape.LIST,
    may_be_empty=True,
)
FILES = (
    Placeholder(
        "files",
        "The files that were kept, by sort and number",
        ["one Word document", "two pictures"],
        Shape.LIST,
        may_be_empty=True,
    ),
    Placeholder(
        "refused",
        "The files that could not be read",
        ["one PDF file"],
        Shape.LIST,
        may_be_empty=True,
    ),
)
JUST_LATE = Placeholder(
    "is_just_late", "True where it came in the minute of the closing time", False, Shape.FLAG
)
SUMMARY_TOLD = Placeholder("has_summary", "True once a summary was told", True, Shape.FLAG)
BY = Placeholder(
    "answer_by", "The day by which a person answers at the latest", ANSWER_BY, Shape.MOMENT
)

OF_KIND: dict[LetterKind, tuple[Placeholder, ...]] = {
    LetterKind.APPLICATION_PACK: (
        NOTED,
        MISSING,
        Placeholder(
            "pack.link",
            "Where the pack is, if it is not attached",
            "https://leadership.nhs.example/ace/pack",
            may_be_empty=True,
        ),
    ),
    LetterKind.DETAILS_REQUEST: (NOTED, MISSING),
    LetterKind.NOMINATION_RECEIPT: (
        Placeholder(
            "nominees",
            "The people whose names were noted",
            [
                {"name": "Joan Achterberg", "reference": "S500-0007", "missing": []},
                {"name": "Piotr Sowa", "reference": "S500-0008", "missing": ["email address"]},
            ],
            Shape.LIST,
            may_be_empty=True,
            items=(
                Placeholder("name", "The person's name", "Joan Achterberg"),
                Placeholder("reference", "Their reference", "S500-0007", may_be_empty=True),
                Placeholder(
                    "missing",
                    "What nobody has told of them yet",
                    ["email address", "job title"],
                    Shape.LIST,
                    may_be_empty=True,
                ),
            ),
        ),
        Placeholder(
            "unread", "How many more names a person has to read", 1, Shape.NUMBER, may_be_empty=True
        ),
        Placeholder("team", "The team's name", "The Hospice at Home team", may_be_empty=True),
        Placeholder(
            "cohort.starts_at",
            "When the next cohort starts",
            COHORT_STARTS,
            Shape.MOMENT,
            may_be_empty=True,
        ),
        BY,
    ),
    LetterKind.APPLICATION_RECEIPT: FILES,
    LetterKind.LATE_RECEIPT: (JUST_LATE, *FILES),
    LetterKind.ACKNOWLEDGEMENT: (
        Placeholder("is_question", "True where something was asked", True, Shape.FLAG),
        BY,
    ),
    LetterKind.UPDATE_RECEIPT: (
        Placeholder(
            "changed",
            "What the message changed, in words",
            ["the telephone number", "the area"],
            Shape.LIST,
            may_be_empty=True,
        ),
        NOTED,
        MISSING,
        SUMMARY_TOLD,
        Placeholder("has_pack", "True once the pack was sent", True, Shape.FLAG),
        BY,
    ),
    LetterKind.WITHDRAWAL_CONFIRMATION: (),
    LetterKind.NOT_YET_OPEN: (
        Placeholder("is_nomination", "True where people were nominated", False, Shape.FLAG),
        Placeholder("pack_follows", "True where a pack follows the opening", True, Shape.FLAG),
        SUMMARY_TOLD,
        MISSING,
    ),
    LetterKind.CLOSED: (
        Placeholder("came_in_time", "True where it came before the closing", False, Shape.FLAG),
        JUST_LATE,
        BY,
    ),
}
"""What only the templates of one kind may say."""


def placeholders_of(
    kind: LetterKind, fields: Sequence[CustomField] = ()
) -> tuple[Placeholder, ...]:
    """Every placeholder that a template of this kind may use; `fields` are the programme's own."""
    own = tuple(
        Placeholder(
            f"case.custom.{field.key}",
            field.label,
            field.choices[0] if field.choices else "as it was told",
            may_be_empty=True,
        )
        for field in fields
    )
    return EVERYWHERE + own + OF_KIND[kind]


def samples_of(
    kind: LetterKind,
    fields: Sequence[CustomField] = (),
    *,
    bare: bool = False,
    contrary: bool = False,
) -> Values:
    """Values for a preview. `bare`: what may be empty is; `contrary`: flags are turned round."""
    values: Values = {}
    for placeholder in placeholders_of(kind, fields):
        value = placeholder.sample
        if bare and placeholder.may_be_empty:
            value = _EMPTY.get(placeholder.shape)
        if contrary and placeholder.shape is Shape.FLAG:
            value = not value
        _put(values, placeholder.name, value)
    return values


_EMPTY: dict[Shape, Value] = {Shape.LIST: [], Shape.NUMBER: 0}


def _put(values: Values, name: str, value: Value) -> None:
    group, _, rest = name.partition(".")
    if not rest:
        values[group] = value
        return
    inner = values.setdefault(group, {})
    if isinstance(inner, dict):
        _put(inner, rest, value)


def names_of(placeholders: tuple[Placeholder, ...]) -> Iterator[str]:
    """Dotted names, those of a list's items as `nominees[].name`."""
    for placeholder in placeholders:
        yield placeholder.name
        yield from (f"{placeholder.name}[].{item.name}" for item in placeholder.items)

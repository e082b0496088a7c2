"""Pure: every word that a template may say, explained and with a sample."""

from dataclasses import dataclass
from enum import StrEnum

from responders.kinds.base import Value, Values
from storage.domain.letter import LetterKind


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
)

ANSWERING = (
    Placeholder(
        "message.received_at", "When the message answered was received", RECEIVED, Shape.MOMENT
    ),
    Placeholder(
        "unread_files",
        "The files that could not be read, by sort and number, with the reason",
        ["one PDF file (it is protected by a password)"],
        Shape.LIST,
        may_be_empty=True,
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
FILES = Placeholder(
    "files",
    "The files that were kept, by sort and number",
    ["one Word document", "two pictures"],
    Shape.LIST,
    may_be_empty=True,
)


def _answer(question: str, words: int, **told: bool) -> Values:
    flags: Values = {"is_blank": False, "is_too_long": False, "is_unchanged": False}
    return {"question": question, "words": words, "limit": 400, **flags, **told}


ANSWERS = Placeholder(
    "answers",
    "What was read under each question of the form",
    [
        _answer("The issue and your idea", 112, is_unchanged=True),
        _answer("What the money is for", 431, is_too_long=True),
        _answer("Who will take part", 0, is_blank=True),
    ],
    Shape.LIST,
    may_be_empty=True,
    items=(
        Placeholder("question", "The question", "Who will take part"),
        Placeholder("words", "How many words the answer has", 112, Shape.NUMBER),
        Placeholder("limit", "How many it may have", 400, Shape.NUMBER, may_be_empty=True),
        Placeholder("is_blank", "True where nothing stands there", False, Shape.FLAG),
        Placeholder("is_too_long", "True where it has more words than it may", False, Shape.FLAG),
        Placeholder(
            "is_unchanged", "True where it was told before, word for word", True, Shape.FLAG
        ),
    ),
)
NEEDS_MORE = Placeholder(
    "needs_more", "True where an answer is blank or too long, or a file unread", True, Shape.FLAG
)
REPLACED = (
    Placeholder(
        "replaced.received_at",
        "When the form that this one replaces was received",
        RECEIVED,
        Shape.MOMENT,
        may_be_empty=True,
    ),
    Placeholder(
        "replaced.changed",
        "The questions that the two answer differently",
        ["“Who will take part”"],
        Shape.LIST,
        may_be_empty=True,
    ),
)
JUST_LATE = Placeholder(
    "is_just_late", "True where it came in the minute of the closing time", False, Shape.FLAG
)
PACK_LINK = Placeholder(
    "pack.link",
    "Where the pack is, if it is not attached",
    "https://leadership.nhs.example/ace/pack",
    may_be_empty=True,
)
SUMMARY_TOLD = Placeholder("has_summary", "True once a summary was told", True, Shape.FLAG)
BY = Placeholder(
    "answer_by", "The day by which a person answers at the latest", ANSWER_BY, Shape.MOMENT
)

DECISIONS = (
    Placeholder(
        "taken",
        "The decisions that were recorded",
        [
            {"reference": "ACE-0007", "decision": "funded, £18,500", "is_changed": False},
            {"reference": "ACE-0042", "decision": "reserve", "is_changed": True},
        ],
        Shape.LIST,
        may_be_empty=True,
        items=(
            Placeholder("reference", "The case", "ACE-0007"),
            Placeholder("decision", "What is decided", "funded, £18,500"),
            Placeholder("is_changed", "True where it was another before", False, Shape.FLAG),
        ),
    ),
    Placeholder(
        "refused",
        "The rows that could not be taken",
        [{"reference": "ACE-0013", "reason": "its state is withdrawn"}],
        Shape.LIST,
        may_be_empty=True,
        items=(
            Placeholder("reference", "The case, as it was typed", "ACE-0013"),
            Placeholder("reason", "Why", "its state is withdrawn"),
        ),
    ),
    Placeholder(
        "unchanged", "How many rows say what stood already", 3, Shape.NUMBER, may_be_empty=True
    ),
    Placeholder(
        "untold", "How many rows the letter leaves out", 1, Shape.NUMBER, may_be_empty=True
    ),
)

OF_ANSWERS: dict[LetterKind, tuple[Placeholder, ...]] = {
    LetterKind.APPLICATION_PACK: (
        NOTED,
        MISSING,
        PACK_LINK,
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
    LetterKind.APPLICATION_RECEIPT: (FILES, ANSWERS, NEEDS_MORE, *REPLACED),
    LetterKind.LATE_RECEIPT: (JUST_LATE, FILES),
    LetterKind.ATTACHMENT_PROBLEM: (
        Placeholder("is_too_big", "True where the whole message was too big", False, Shape.FLAG),
    ),
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
    LetterKind.DECISIONS_RECEIPT: DECISIONS,
}
"""What only the templates of one kind may say, of the letters that answer a message."""

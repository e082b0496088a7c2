"""Pure: what the templates of letters after an award may say."""

from responders.unasked_vocabulary import AMOUNT
from responders.vocabulary import BY, NOTED, Placeholder, Shape
from storage.domain.letter import LetterKind

REPLY_BY = "2021-10-25T09:00:00+01:00"
STARTS_AT, ENDS_AT = "2021-11-18T14:00:00+00:00", "2021-11-18T15:30:00+00:00"
FIRST_DAY, LAST_DAY = "2021-10-01T12:00:00+01:00", "2022-03-31T12:00:00+01:00"


def _asked(name: str, meaning: str, *, may_be_empty: bool) -> Placeholder:
    return Placeholder(
        name,
        meaning,
        [
            {"label": "Finance contact", "help": "Whom our finance team can ring or write to."},
            {"label": "Telephone of the finance contact", "help": None},
        ],
        Shape.LIST,
        may_be_empty=may_be_empty,
        items=(
            Placeholder("label", "What is asked for", "Finance contact"),
            Placeholder("help", "What is meant", "Whom we can ring.", may_be_empty=True),
        ),
    )


AWARD = (
    AMOUNT,
    Placeholder("reply_by", "Until when an answer is asked for", REPLY_BY, Shape.MOMENT),
)
DETAILS = _asked("details", "What is asked of whoever receives the money", may_be_empty=False)
MISSING_DETAILS = _asked("missing", "What nobody has told yet", may_be_empty=True)
SIGNATORY = Placeholder(
    "signatory", "Who signs for the programme", "Rosalind Okoro", may_be_empty=True
)
ASKS = (Placeholder("is_question", "True where something was asked too", False, Shape.FLAG), BY)

OF_AWARD: dict[LetterKind, tuple[Placeholder, ...]] = {
    LetterKind.AWARD_DETAILS: (
        *AWARD,
        DETAILS,
        Placeholder(
            "introductions",
            "The question whether they want to be introduced, where it is asked",
            "May we introduce you to the other funded projects",
            may_be_empty=True,
        ),
    ),
    LetterKind.AWARD_RECEIPT: (
        *AWARD,
        NOTED,
        MISSING_DETAILS,
        Placeholder(
            "unread",
            "What was told and can't be right, such as an address without an @, or is too long",
            ["E-mail of the finance contact"],
            Shape.LIST,
            may_be_empty=True,
        ),
        Placeholder("has_bank_details", "True where an account number was sent", False, Shape.FLAG),
        *ASKS,
    ),
    LetterKind.AWARD_CHASE: (
        *AWARD,
        MISSING_DETAILS,
        Placeholder("is_begun", "True where some of it is known", False, Shape.FLAG),
    ),
    LetterKind.MOU: (
        *AWARD,
        NOTED,
        SIGNATORY,
        Placeholder("is_again", "True where it replaces an earlier one", False, Shape.FLAG),
    ),
    LetterKind.MOU_RECEIPT: (
        *AWARD,
        SIGNATORY,
        Placeholder("files", "How many files the signed copy has", 1, Shape.NUMBER),
        *ASKS,
    ),
    LetterKind.MOU_CHASE: (*AWARD, SIGNATORY),
    LetterKind.MOU_COUNTERSIGNED: (
        *AWARD,
        Placeholder(
            "is_to_finance", "True where it goes to whoever receives the money", False, Shape.FLAG
        ),
        Placeholder(
            "organisation", "Who receives the money", "Riverbank NHS Trust", may_be_empty=True
        ),
        Placeholder(
            "starts_on", "The first day of the work", FIRST_DAY, Shape.MOMENT, may_be_empty=True
        ),
        Placeholder("ends_on", "Its last day", LAST_DAY, Shape.MOMENT, may_be_empty=True),
    ),
    LetterKind.INTRODUCTION: (
        *AWARD,
        Placeholder(
            "fellows",
            "The other projects that agreed",
            [
                {
                    "name": "Piotr Sowa",
                    "organisation": "Porters Lodge Hospital",
                    "title": "Walk With Me",
                    "email": "piotr.sowa@porters.example",
                }
            ],
            Shape.LIST,
            items=(
                Placeholder("name", "The lead's name", "Piotr Sowa"),
                Placeholder("organisation", "Theirs", "Porters Lodge Hospital", may_be_empty=True),
                Placeholder("title", "The project", "Walk With Me", may_be_empty=True),
                Placeholder("email", "The lead's address", "piotr.sowa@porters.example"),
            ),
        ),
        Placeholder("is_again", "True where others were introduced before", False, Shape.FLAG),
    ),
    LetterKind.INVITATION: (
        *AWARD,
        Placeholder("event.title", "What it is called", "Masterclass: measures that matter"),
        Placeholder("event.starts_at", "When it begins", STARTS_AT, Shape.MOMENT),
        Placeholder("event.ends_at", "When it ends", ENDS_AT, Shape.MOMENT),
        Placeholder(
            "event.is_within_a_day", "True where it ends on the same day", True, Shape.FLAG
        ),
        Placeholder("event.where", "Where it is", "The Long Room", may_be_empty=True),
        Placeholder(
            "event.link",
            "Where to join it",
            "https://meet.leadership.nhs.example/1",
            may_be_empty=True,
        ),
        Placeholder(
            "event.about",
            "What it is about, by paragraphs",
            ["With Dr Ines Halloran, on measures that people care about."],
            Shape.LIST,
            may_be_empty=True,
        ),
        Placeholder("is_changed", "True where they were told of it before", False, Shape.FLAG),
        Placeholder("is_cancelled", "True where it does not take place", False, Shape.FLAG),
    ),
}
"""What only the templates of one kind may say, of the letters after an award."""

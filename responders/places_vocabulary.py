"""Pure: what the templates of letters about places in cohorts may say."""

from responders.kinds.base import Values
from responders.vocabulary import COHORT_STARTS, Placeholder, Shape
from responders.wording import LINE_BREAK
from storage.domain.letter import LetterKind

REPLY_BY = "2021-09-13T09:00:00+01:00"

NOMINEE = (
    Placeholder(
        "nominee.name",
        "The nominee, where the letter goes to whoever nominated them",
        "Piotr Sowa",
        may_be_empty=True,
    ),
    Placeholder(
        "nominee.is_unreachable",
        "True where no address of theirs is known, or nothing reaches it",
        True,
        Shape.FLAG,
    ),
)
COHORT = (
    Placeholder("cohort.number", "The number of the cohort", 2, Shape.NUMBER),
    Placeholder("cohort.starts_at", "When it starts", COHORT_STARTS, Shape.MOMENT),
    Placeholder("cohort.venue", "Where it meets", "The Assembly Rooms, Dorking", may_be_empty=True),
    Placeholder(
        "cohort.joining",
        "What those who come have to know, by paragraphs",
        ["Doors open at 8.30 am.", "Please bring one thing from your work."],
        Shape.LIST,
        may_be_empty=True,
    ),
)
PLACE = (*NOMINEE, *COHORT)
BY = Placeholder("reply_by", "Until when the place is kept", REPLY_BY, Shape.MOMENT)


def _people(name: str, who: str) -> Placeholder:
    people = LINE_BREAK.join(("Joan Achterberg (S500-0007)", "Piotr Sowa (S500-0008)"))
    return Placeholder(
        name, f"{who}, each with their reference on a line", people, may_be_empty=True
    )


def _groups(name: str, who: str, *more: Placeholder) -> Placeholder:
    """People by cohort."""
    words = (
        Placeholder("cohort", "The number of their cohort", 2, Shape.NUMBER),
        *more,
        _people("people", "They"),
    )
    sample: Values = {word.name: word.sample for word in words}
    return Placeholder(
        name, f"{who}, in groups", [sample], Shape.LIST, may_be_empty=True, items=words
    )


OF_PLACES: dict[LetterKind, tuple[Placeholder, ...]] = {
    LetterKind.PLACE_INVITATION: (
        *PLACE,
        BY,
        Placeholder("is_moved", "True where they had a place in another cohort", False, Shape.FLAG),
    ),
    LetterKind.PLACE_OFFER: (*PLACE, BY),
    LetterKind.PLACE_CHASE: (*PLACE, BY),
    LetterKind.PLACE_CONFIRMED: (
        *PLACE,
        Placeholder("has_started", "True where the cohort began before", False, Shape.FLAG),
        Placeholder("is_late", "True where their answer came after that", False, Shape.FLAG),
    ),
    LetterKind.WAITING_LIST: (
        *NOMINEE,
        Placeholder("had_place", "True where they were offered a place before", False, Shape.FLAG),
    ),
    LetterKind.JOINING_INSTRUCTIONS: PLACE,
    LetterKind.COHORT_REMINDER: PLACE,
    LetterKind.NOMINATION_OUTCOME: (
        Placeholder(
            "nominees",
            "The nominees",
            [
                {
                    "name": "Joan Achterberg",
                    "reference": "S500-0007",
                    "fate": "has a place in cohort 2",
                }
            ],
            Shape.LIST,
            may_be_empty=True,
            items=(
                Placeholder("name", "The person's name", "Joan Achterberg"),
                Placeholder("reference", "Their reference", "S500-0007"),
                Placeholder("fate", "What became of them", "has a place in cohort 2"),
            ),
        ),
        Placeholder(
            "untold", "How many names the letter leaves out", 1, Shape.NUMBER, may_be_empty=True
        ),
    ),
    LetterKind.NOMINATION_PICTURE: (
        Placeholder("area.name", "The area that the reader leads", "East Surrey"),
        Placeholder(
            "numbers",
            "How many nominees stand where",
            [{"label": "Have confirmed their place", "value": 41}],
            Shape.LIST,
            items=(
                Placeholder("label", "What is counted", "Have confirmed their place"),
                Placeholder("value", "How many", 41, Shape.NUMBER),
            ),
        ),
        _groups(
            "asked",
            "Those who were offered a place and have not answered",
            Placeholder(
                "reply_by",
                "The day until which they are asked to; empty once that is over",
                REPLY_BY,
                Shape.MOMENT,
                may_be_empty=True,
            ),
        ),
        _people("waiting", "Those on the waiting list"),
        _people("nominated", "Those who have only been nominated"),
        _groups("placed", "Those who have confirmed their place"),
        _people("withdrawn", "Those who are not taking part"),
        Placeholder("more", "How many the letter leaves out", 1, Shape.NUMBER, may_be_empty=True),
    ),
    LetterKind.LEAD_ANSWER: (
        Placeholder(
            "leads",
            "Who leads the nominations",
            [
                {
                    "area": "East Surrey",
                    "name": "Gordon Abara",
                    "email": "gordon.abara@heartlands.nhs.example",
                }
            ],
            Shape.LIST,
            items=(
                Placeholder("area", "Of which area", "East Surrey"),
                Placeholder("name", "Their name", "Gordon Abara"),
                Placeholder("email", "Their address", "gordon.abara@heartlands.nhs.example"),
            ),
        ),
        Placeholder("is_sure", "True where it is known which area was meant", True, Shape.FLAG),
    ),
}
"""What only the templates of one kind may say, of the letters about places."""

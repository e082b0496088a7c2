"""Pure: what the templates of letters to the panel may say."""

from responders.vocabulary import Placeholder, Shape
from storage.domain.letter import LetterKind

SCORES_BY = "2021-09-10T17:00:00+01:00"

OF_EVERY_PANEL_LETTER = (
    Placeholder(
        "applications",
        "The applications that the letter is about",
        [
            {"reference": "ACE-0007", "title": "Grow Together"},
            {"reference": "ACE-0042", "title": "Ask Dad"},
        ],
        Shape.LIST,
        may_be_empty=True,
        items=(
            Placeholder("reference", "The reference of the application", "ACE-0042"),
            Placeholder("title", "The project's title", "Ask Dad", may_be_empty=True),
        ),
    ),
    Placeholder(
        "applications_more",
        "How many more there are than are told",
        2,
        Shape.NUMBER,
        may_be_empty=True,
    ),
    Placeholder("scores_by", "When the scores are due", SCORES_BY, Shape.MOMENT, may_be_empty=True),
    Placeholder("criteria", "How many criteria there are", 6, Shape.NUMBER),
    Placeholder("example.scores", "Scores as a line of a reply", "ACE-0007: 4 3 4 5 4 2"),
    Placeholder("example.conflict", "A conflict as a line of a reply", "ACE-0007 conflict"),
)

OF_PANEL: dict[LetterKind, tuple[Placeholder, ...]] = {
    LetterKind.SCORING_SHEET: (
        *OF_EVERY_PANEL_LETTER,
        Placeholder("has_files", "True where applications are attached", True, Shape.FLAG),
        Placeholder(
            "without_files",
            "References of applications that are not attached whole",
            ["ACE-0011", "ACE-0017"],
            Shape.LIST,
            may_be_empty=True,
        ),
        Placeholder("is_again", "True where the member was sent a sheet before", False, Shape.FLAG),
    ),
    LetterKind.SCORING_RECEIPT: (
        *OF_EVERY_PANEL_LETTER,
        Placeholder(
            "taken",
            "What was understood and recorded",
            [
                {
                    "reference": "ACE-0042",
                    "told": "The issue 4, Partnership 3",
                    "words": "A strong start",
                    "has_words": True,
                    "is_changed": False,
                },
                {
                    "reference": "ACE-0013",
                    "told": "a conflict of interest",
                    "words": None,
                    "has_words": False,
                    "is_changed": True,
                },
            ],
            Shape.LIST,
            may_be_empty=True,
            items=(
                Placeholder("reference", "The application", "ACE-0042"),
                Placeholder("told", "What is recorded", "The issue 4, Partnership 3"),
                Placeholder("words", "Their words", "A strong start", may_be_empty=True),
                Placeholder("has_words", "True where there are words", True, Shape.FLAG),
                Placeholder("is_changed", "True where it was other before", False, Shape.FLAG),
            ),
        ),
        Placeholder(
            "refused",
            "The rows and lines that could not be taken",
            [{"reference": "ACE-0011", "reason": "there is no score for The plan"}],
            Shape.LIST,
            may_be_empty=True,
            items=(
                Placeholder("reference", "The application, as it was typed", "ACE-0011"),
                Placeholder("reason", "Why", "there is no score for The plan"),
            ),
        ),
        Placeholder(
            "unchanged", "How many rows say what stood already", 3, Shape.NUMBER, may_be_empty=True
        ),
        Placeholder(
            "untold", "How many rows the letter leaves out", 1, Shape.NUMBER, may_be_empty=True
        ),
    ),
    LetterKind.SCORING_REMINDER: (
        *OF_EVERY_PANEL_LETTER,
        Placeholder("is_overdue", "True where they were due before now", False, Shape.FLAG),
    ),
}
"""What only the templates of one kind may say, of the letters to the panel."""

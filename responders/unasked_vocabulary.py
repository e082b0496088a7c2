"""Pure: what the templates of letters may say that nobody asked for: they follow from the time, or
from what organisers do."""

from responders.vocabulary import PACK_LINK, Placeholder, Shape
from storage.domain.letter import LetterKind

CLOSED_BEFORE, CONFIRM_BY = "2021-08-13T17:00:00+01:00", "2021-10-04T09:00:00+01:00"

FEEDBACK = Placeholder(
    "feedback",
    "What the organisers say about the application, by paragraphs",
    ["The panel liked how fathers shaped the idea.", "It asks how the work goes on afterwards."],
    Shape.LIST,
    may_be_empty=True,
)
AMOUNT = Placeholder("amount", "What the project gets", "£18,500", may_be_empty=True)
OWN_TIME = Placeholder(
    "is_own_time", "True where this case alone closes so late", False, Shape.FLAG
)
HAS_FORM = Placeholder("has_form", "True once their form came", False, Shape.FLAG)

OF_UNASKED: dict[LetterKind, tuple[Placeholder, ...]] = {
    LetterKind.DEADLINE_REMINDER: (
        PACK_LINK,
        OWN_TIME,
        Placeholder("has_unread_form", "True where a form can't be opened", False, Shape.FLAG),
    ),
    LetterKind.EXTENSION_NOTICE: (
        Placeholder("old_closes_at", "When it was to close before", CLOSED_BEFORE, Shape.MOMENT),
        Placeholder(
            "reason",
            "Why, as the organiser says it",
            "Many of you asked for more time over the summer.",
            may_be_empty=True,
        ),
        OWN_TIME,
        Placeholder("has_pack", "True once the pack was sent", True, Shape.FLAG),
        HAS_FORM,
        Placeholder(
            "was_late", "True where their form was late and now is in time", False, Shape.FLAG
        ),
    ),
    LetterKind.PACK_REISSUE: (
        Placeholder(
            "note",
            "What changed, as the organiser says it",
            "The guidance now says what the money can’t be spent on.",
        ),
        Placeholder(
            "form_still_fine",
            "True where a form of the version before is as good",
            True,
            Shape.FLAG,
        ),
        HAS_FORM,
    ),
    LetterKind.OUTCOME_FUNDED: (
        AMOUNT,
        Placeholder(
            "was_reserve", "True where the project was a reserve before", False, Shape.FLAG
        ),
        Placeholder("confirm_by", "The day by which they are to confirm", CONFIRM_BY, Shape.MOMENT),
        FEEDBACK,
    ),
    LetterKind.OUTCOME_RESERVE: (FEEDBACK,),
    LetterKind.OUTCOME_NOT_FUNDED: (FEEDBACK,),
    LetterKind.OUTCOME_CHASE: (
        Placeholder("is_funded", "True where they are funded, not a reserve", True, Shape.FLAG),
        AMOUNT,
    ),
}
"""What only the templates of one kind may say, of the letters that answer no message."""

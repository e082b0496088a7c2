"""What a lead of nominations reads each week: first whom a word may help, then the rest."""

from dataclasses import replace
from pathlib import Path

from responders.kinds import get_kind, letters_due
from responders.kinds.base import Values
from responders.kinds.nomination_picture import MOST_SHOWN
from responders.letterbook import Letterbook, Rendered
from storage.domain.case import CaseState
from storage.domain.letter import LetterKind
from storage.domain.overview import Overview, PlaceLine
from storage.domain.situation import Situation
from tests.support.placing import DAY, MONDAY_MORNING, PLACED_AT, SURREY, a_week_of_east_surrey

TEMPLATES = Path(__file__).parents[2] / "templates"

ASKED = PlaceLine(
    0, "S500-0000", "Joan Achterberg", "east-surrey", CaseState.NOMINATED, 1, offered_at=PLACED_AT
)
PLACED = replace(ASKED, state=CaseState.CONFIRMED)


def a_week(*lines: PlaceLine) -> Situation:
    """Each with a number of their own, in this order."""
    numbered = tuple(
        replace(line, case_id=number, reference=f"S500-{number:04d}")
        for number, line in enumerate(lines, start=1)
    )
    s = a_week_of_east_surrey()
    return replace(s, overview=Overview(places=numbered, begins_at=PLACED_AT))


def values(s: Situation) -> Values:
    (due,) = letters_due(s)
    return get_kind(due.kind).values(s, due)


def letter(s: Situation) -> Rendered:
    return Letterbook(TEMPLATES, SURREY.slug).get(LetterKind.NOMINATION_PICTURE).write(values(s))


def test_offers_are_told_by_cohort_and_day_and_those_first_whose_time_is_over() -> None:
    later, second = replace(ASKED, offered_at=PLACED_AT + DAY), replace(ASKED, cohort=2)
    over = replace(ASKED, offered_at=PLACED_AT - 7 * DAY)

    assert values(a_week(later, second, ASKED, over, ASKED))["asked"] == [
        {"cohort": 1, "reply_by": None, "people": "Joan Achterberg (S500-0004)"},
        {
            "cohort": 1,
            "reply_by": "2019-04-17",
            "people": "Joan Achterberg (S500-0003)\u2028Joan Achterberg (S500-0005)",
        },
        {"cohort": 1, "reply_by": "2019-04-18", "people": "Joan Achterberg (S500-0001)"},
        {"cohort": 2, "reply_by": "2019-04-17", "people": "Joan Achterberg (S500-0002)"},
    ]


def test_time_to_answer_is_over_from_its_minute() -> None:
    week = a_week(replace(ASKED, offered_at=MONDAY_MORNING - 7 * DAY))
    (due,) = letters_due(week)
    ends_at = MONDAY_MORNING + 2 * DAY

    told = [
        get_kind(due.kind).values(replace(week, now=now), due)["asked"]
        for now in (ends_at - DAY / 1440, ends_at)
    ]

    assert [[offer["reply_by"] for offer in offers] for offers in told] == [["2019-04-17"], [None]]


def test_nobody_is_said_to_have_been_asked_before_the_offer_has_left() -> None:
    told = values(a_week(replace(ASKED, offered_at=None)))

    assert (told["asked"], told["nominated"]) == ([], "Joan Achterberg (S500-0001)")
    assert told["numbers"] == [{"label": "Have been nominated", "value": 1}]


def test_nobody_of_another_area_is_counted_or_named() -> None:
    foreign = replace(ASKED, name="Piotr Sowa", area="guildford-and-waverley")
    unknown = replace(foreign, area=None)
    s = a_week(PLACED, foreign, unknown)
    gordon = next(due for due in letters_due(s) if "/east-surrey/" in due.key)

    told = get_kind(gordon.kind).values(s, gordon)

    assert told["numbers"] == [{"label": "Have confirmed their place", "value": 1}]
    assert "Piotr" not in repr(told)


def test_who_is_settled_is_left_out_first_and_all_are_counted() -> None:
    withdrawn = replace(ASKED, state=CaseState.WITHDRAWN, name="Ola Brant")
    told = values(a_week(withdrawn, *[PLACED] * (MOST_SHOWN - 1), ASKED))

    assert (told["withdrawn"], told["more"]) == ("", 1)
    assert str(told["placed"]).count("S500") == MOST_SHOWN - 1
    assert {"label": "Are not taking part", "value": 1} in told["numbers"]


def test_names_that_lead_away_are_counted_and_not_shown() -> None:
    lures = ("Win at https://evil.example", "call 07700 900123", "x" * 61, None, "\u202eeve")
    told = values(a_week(*(replace(ASKED, name=lure) for lure in lures), ASKED))

    assert told["more"] == len(lures)
    assert str(told["asked"]).count("S500-") == 1


def test_empty_groups_have_no_heading() -> None:
    text = letter(a_week(PLACED)).text

    assert "Have their place\n" in text
    for heading in ("A word from you", "On the waiting list", "Nominated,", "Not taking part"):
        assert heading not in text


def test_everybody_stands_on_a_line_of_their_own() -> None:
    written = letter(a_week_of_east_surrey())

    assert "Piotr Sowa (S500-0008)\nPriya Okonkwo (S500-0014)\n" in written.text
    assert "Piotr Sowa (S500-0008)<br>\nPriya Okonkwo (S500-0014)</p>" in written.html


def test_letter_about_sixty_people_is_light() -> None:
    written = letter(a_week(*[ASKED] * 20, *[PLACED] * 40))

    assert len(written.text.encode()) + len(written.html.encode()) < 16_000

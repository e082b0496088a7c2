"""Why somebody is put forward, in whatever breath it is said."""

import pytest

from intake.understanding.finders.summary import find_summary
from intake.understanding.texts.labels import is_labelled
from intake.understanding.texts.lines import split_lines

NOMINEES = ("Deepa Sandford", "Rufus Ogilvy")
REASON = (
    "In a year not one tenant of the two blocks has been taken to hospital on a Friday night, and "
    "they worked that out over a cup of tea. They should show the other blocks how it is done."
)


def _reasons(text: str) -> str | None:
    found = find_summary(split_lines(text), stands_alone=is_labelled, nominees=NOMINEES)
    return found.text if found else None


@pytest.mark.parametrize(
    "introduction",
    [
        "I think you should have Deepa Sandford on this. So does Hamish Orde at the Trust, whose "
        "idea it was. Deepa is a housing officer with us and sits in the clinic two days a week. "
        "Her address is deepa@homes.example. Hamish isn't applying, he did it in 2017.",
        "May I suggest four colleagues? Deepa is a clerk at Mile House, Rufus is our night manager "
        "and Ida is a nurse with the Leith Clinic.",
        "Their director is Mr Tim Ferrier, who agrees.",
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_who_they_are_and_who_agrees_is_no_reason(introduction: str, *, is_above: bool) -> None:
    parts = (introduction, REASON) if is_above else (REASON, introduction)

    assert _reasons("\n\n".join(parts)) == REASON


def test_a_reason_may_stand_in_the_sentence_that_names_somebody() -> None:
    text = (
        "Please put down Deepa Sandford, she's our clerk, deepa@homes.example, she's got forty of "
        "our tenants on to one list and knows every one of them by name. Also Rufus Ogilvy, "
        "rufus@shelter.example, who takes them their tablets himself."
    )

    assert _reasons(text) == text


def test_names_posts_and_addresses_alone_are_no_reason() -> None:
    text = (
        "Please put down Deepa Sandford, who is our clerk and works in the Mile House office with "
        "the rest of us, deepa@homes.example, and Rufus Ogilvy, night manager of the shelter next "
        "door, who can be reached at rufus@shelter.example."
    )

    assert _reasons(text) is None

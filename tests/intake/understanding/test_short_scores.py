"""Scores that a member of the panel writes into the text of a message."""

import pytest

from intake.understanding.texts.short_scores import read_short_scores
from storage.domain.assessment import Scoring, Stance
from storage.domain.programme import Programme
from tests.support.panelling import PANEL, scored

SIX = scored(4, 3, 5, 4, 2, 4)


def read(text: str, programme: Programme = PANEL) -> list[tuple[str, Scoring | None, str]]:
    """Reference, what is understood and the problem of each line."""
    rows = read_short_scores(text, programme)
    assert all((row.line, row.version) == (None, None) for row in rows)
    return [(row.reference, row.scoring, "; ".join(row.problems)) for row in rows]


@pytest.mark.parametrize(
    "line",
    [
        "ACE-0042: 4 3 5 4 2 4",
        "ace-42 4 3 5 4 2 4",
        "ACE 42 - 4, 3, 5, 4, 2, 4",
        "ACE‑0042 = 4/3/5/4/2/4",
        "  • ACE-0042:\t4 3 5 4 2 4  ",
        "[ACE-0042] 4;3;5;4;2;4",
        "ACE-0042: 4\xa03\xa05\xa04\xa02\xa04",
    ],
)
def test_scores_are_read_however_they_are_parted(line: str) -> None:
    assert read(line) == [("ACE-0042", SIX, "")]


@pytest.mark.parametrize(
    ("line", "comment"),
    [
        ("ACE-0042: 4 3 5 4 2 4 - strong on the need", "strong on the need"),
        ("ACE-0042: 4 3 5 4 2 4 (lovely)", "lovely"),
        ("ACE-0042: 4 3 5 4 2 4 lovely", "lovely"),
    ],
)
def test_words_behind_the_scores_are_a_comment(line: str, comment: str) -> None:
    assert read(line) == [("ACE-0042", scored(4, 3, 5, 4, 2, 4, comment=comment), "")]


@pytest.mark.parametrize(
    ("line", "stance", "reason"),
    [
        ("ACE-0013 conflict", Stance.CONFLICT, ""),
        (
            "ACE-0013: Conflict of interest, my sister works there",
            Stance.CONFLICT,
            "my sister works there",
        ),
        ("ACE-0013 - I have a conflict.", Stance.CONFLICT, ""),
        ("ACE-0013 abstain (not my field)", Stance.ABSTAINED, "not my field"),
        ("ACE-0013: I abstain", Stance.ABSTAINED, ""),
    ],
)
def test_conflict_and_abstention_are_a_word(line: str, stance: Stance, reason: str) -> None:
    assert read(line) == [("ACE-0013", Scoring(stance, reason=reason), "")]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("ACE-0042: 4 3 5", "there are 6 criteria, and it has 3 scores"),
        ("ACE-0042: 4", "there are 6 criteria, and it has 1 score"),
        ("ACE-0042: 4 3 5 4 2 4 4", "there are 6 criteria, and it has 7 scores"),
        ("ACE-0042: 4 3 - 4 2 4", "there are 6 criteria, and it has 2 scores"),
        ("ACE-0042: 4/5 3/5 5/5 4/5 2/5 4/5", "there are 6 criteria, and it has 12 scores"),
        ("ACE-0042: 4 3 6 4 2 4", "6 is no whole number from 1 to 5"),
        ("ACE-0042: 4 3 0 4 2 4", "0 is no whole number from 1 to 5"),
        ("ACE-0042: 4 3 4.5 4 2 4", "4.5 is no whole number from 1 to 5"),
        ("ACE-0042 abstain: no", "it can't be told whether you mean it: write “abstain” alone"),
        ("ACE-0042 conflict: none", "it can't be told whether you mean it: write “conflict” alone"),
        (
            "ACE-0042: 4 3 5 4 2 4; ACE-0043 conflict",
            "another case stands on the same line: write each on a line of its own",
        ),
    ],
)
def test_what_is_not_sure_is_refused_with_the_reason(line: str, problem: str) -> None:
    assert read(line) == [("ACE-0042", None, problem)]


@pytest.mark.parametrize(
    "line",
    [
        "I liked ACE-0042: 4 3 5 4 2 4",
        "> ACE-0042: 4 3 5 4 2 4",
        "ACE-0042 was the best of all.",
        "ACE-0042 has 4 partners in 3 boroughs",
        "ACE-0042: 4 agencies take part",
        "ACE-0042 conflict? I am not sure",
        "ACE-0042 conflicts with what ACE-0043 says",
        "XYZ-0042: 4 3 5 4 2 4",
        "ACE-00421234567: 4 3 5 4 2 4",
    ],
)
def test_prose_and_quotes_are_no_scores(line: str) -> None:
    assert read(line) == []


def test_each_line_is_its_own_and_the_same_line_counts_once() -> None:
    text = "ACE-0042: 4 3 5 4 2 4\nACE-0013 conflict\nACE-0042: 4 3 5 4 2 4\nACE-0042: 1 1 1 1 1 1"

    assert [reference for reference, *_ in read(text)] == ["ACE-0042", "ACE-0013", "ACE-0042"]


@pytest.mark.parametrize("unit", ["ACE-0042: 4 ", "4 3 ", "ACE-", " ", "conflict "])
def test_hostile_lines_take_no_time(unit: str) -> None:
    read("ACE-0042: " + unit * 200_000)
    read((unit * 20 + "\n") * 20_000)

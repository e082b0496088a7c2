"""A scoring sheet goes out and comes back: what is read of each row, and what is refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.understanding.files.returned_tables import UnusableTable
from intake.understanding.files.scoring_sheets import is_scoring_sheet, read_scoring_sheet
from responders.sheets.scoring import write_scoring_sheet
from storage.domain.assessment import Scoring, Stance
from storage.domain.cells import cell_text
from storage.domain.decision import Effect
from storage.domain.scoring import judge_scores, refuse_scoring_origin
from storage.domain.scoring_sheet import CRITERIA_SHEET, SHEET, ReturnedScores, ScoringRow
from tests.support.panelling import (
    BEATRICE,
    CONFLICT,
    IDRIS,
    PANEL,
    SEPTEMBER,
    asked,
    said,
    scored,
    scoring_stands,
)
from tests.support.payloads import PAYLOADS
from tests.support.sheets import Formula, Rows, saved_again, tables_of

SECRET = b"a test's own secret"
EMAIL = BEATRICE.address.email
FIRST = 5
"""The column of the first criterion; the conflict's is six further."""
WHOLE = (4, 3, 5, 4, 2, 4)


def made(**standing: object) -> bytes:
    told = scoring_stands(**standing)  # type: ignore[arg-type]
    return write_scoring_sheet(told, EMAIL, secret=SECRET, now=SEPTEMBER)


def typed(*cells: object, at: int = FIRST, row: int = 1) -> Callable[[dict[str, Rows]], None]:
    def change(tables: dict[str, Rows]) -> None:
        tables[SHEET][row][at : at + len(cells)] = cells

    return change


def read(change: Callable[[dict[str, Rows]], object]) -> tuple[ScoringRow, ...]:
    return read_scoring_sheet(saved_again(made(), change), PANEL).rows


def test_sheet_has_a_row_for_each_application_and_says_what_the_scores_mean() -> None:
    tables = tables_of(made())

    assert [row[0] for row in tables[SHEET]] == ["Case", "ACE-0001", "ACE-0002", "ACE-0003"]
    assert tables[SHEET][0][5:13] == [
        "1 The issue",
        "2 Partnership",
        "3 People and communities",
        "4 Leadership",
        "5 The plan",
        "6 Learning and legacy",
        "Conflict of interest",
        "Abstain",
    ]
    assert tables[CRITERIA_SHEET][1][1:] == [
        "17%",
        PANEL.criteria[0].solid,
        PANEL.criteria[0].strong,
    ]


def test_sheet_shows_what_the_member_said_and_nothing_of_others() -> None:
    secretly = scored(1, comment="Told in confidence")
    content = write_scoring_sheet(
        scoring_stands(
            said(1, BEATRICE, scored(*WHOLE, comment="Good")),
            said(2, BEATRICE, CONFLICT),
            said(1, IDRIS, secretly),
            said(3, IDRIS, secretly),
        ),
        EMAIL,
        secret=SECRET,
        now=SEPTEMBER,
    )

    rows = tables_of(content)[SHEET]
    assert rows[1][5:] == [*map(float, WHOLE), "", "", "", "Good"]
    assert rows[2][5:] == [""] * 6 + ["yes", "", "my sister works there", ""]
    assert rows[3][5:] == [""] * 10
    assert "confidence" not in str(tables_of(content))


def test_sheet_as_it_went_out_says_nothing() -> None:
    assert read(lambda _: None) == ()


@pytest.mark.parametrize("cells", [WHOLE, tuple(map(str, WHOLE)), tuple(map(float, WHOLE))])
def test_scores_are_read_however_a_program_keeps_them(cells: tuple[object, ...]) -> None:
    (row,) = read(typed(*cells))

    assert (row.line, row.reference, row.scoring) == (2, "ACE-0001", scored(*WHOLE))


def test_conflict_and_abstention_need_no_scores() -> None:
    (one,) = read(typed("Yes", "", "my sister works there", at=FIRST + 6))
    (other,) = read(typed("x", "", "", at=FIRST + 7))

    assert one.scoring == CONFLICT
    assert other.scoring == Scoring(Stance.ABSTAINED)


@pytest.mark.parametrize(
    ("cells", "at", "problem"),
    [
        ((6, *WHOLE[1:]), FIRST, "“6” for The issue is no whole number from 1 to 5"),
        ((0, *WHOLE[1:]), FIRST, "“0” for The issue is no whole number from 1 to 5"),
        ((4.5, *WHOLE[1:]), FIRST, "“4.5” for The issue is no whole number from 1 to 5"),
        (("four", *WHOLE[1:]), FIRST, "“four” for The issue is no whole number from 1 to 5"),
        ((True, *WHOLE[1:]), FIRST, "“True” for The issue is no whole number from 1 to 5"),
        (WHOLE[:5], FIRST, "there is no score for Learning and legacy"),
        ((*WHOLE, "yes"), FIRST, "it has scores and “Conflict of interest” as well: empty one"),
        (("yes", "yes"), FIRST + 6, "it says a conflict and abstains as well: keep one of them"),
        (("perhaps",), FIRST + 6, "“Conflict of interest” says “perhaps”, neither yes nor no"),
        (("I know them",), FIRST + 9, "it has words but no scores"),
        ((Formula("=5-1", 4), *WHOLE[1:]), FIRST, "“1 The issue” holds a formula: type what it"),
        (("ACE-0099",), 0, "“ACE-0099” is no case of this sheet"),
        (("r99",), 1, "its row version is not that of ACE-0001 in this sheet: put it back"),
    ],
)
def test_row_that_is_not_as_it_should_be_is_refused_with_the_reason(
    cells: tuple[object, ...], at: int, problem: str
) -> None:
    def change(tables: dict[str, Rows]) -> None:
        if at < FIRST:
            typed(*WHOLE)(tables)
        typed(*cells, at=at)(tables)
        typed(*WHOLE, row=2)(tables)

    refused, good = read(change)

    assert refused.scoring is None
    assert refused.problems[0].startswith(problem)
    assert (good.scoring, good.problems) == (scored(*WHOLE), ())


def test_columns_and_rows_may_be_moved() -> None:
    def change(tables: dict[str, Rows]) -> None:
        typed(*WHOLE)(tables)
        rows = tables[SHEET]
        tables[SHEET] = [
            ["My notes"],
            [],
            *(list(reversed(row)) for row in (rows[0], *rows[:0:-1])),
        ]

    (row,) = read(change)

    assert (row.line, row.reference, row.scoring) == (6, "ACE-0001", scored(*WHOLE))


def test_token_holds_the_member_the_round_and_the_rows() -> None:
    origin = read_scoring_sheet(made(), PANEL).origin
    assert origin is not None

    def refusal(**changed: object) -> str | None:
        one = replace(origin, **changed)  # type: ignore[type-var]
        return refuse_scoring_origin(one, PANEL, EMAIL, SECRET)

    assert refusal() is None
    forged = ({"member": IDRIS.address.email}, {"round": "2020"}, {"rows": origin.rows[:1]})
    assert all("not as we made it" in (refusal(**one) or "") for one in forged)
    assert "not as we made it" in (refuse_scoring_origin(origin, PANEL, EMAIL, b"other") or "")
    assert "another member" in (
        refuse_scoring_origin(origin, PANEL, IDRIS.address.email, SECRET) or ""
    )
    fewer = replace(PANEL, criteria=PANEL.criteria[:5])
    assert "criteria are others" in (refuse_scoring_origin(origin, fewer, EMAIL, SECRET) or "")


def test_sheet_without_its_hidden_page_or_headings_is_none() -> None:
    def tear(tables: dict[str, Rows]) -> None:
        del tables["Postroom"]

    def rename(tables: dict[str, Rows]) -> None:
        tables[SHEET][0][FIRST] = "Need"

    for change, told in ((tear, "is gone"), (rename, "no sheet has the headings")):
        content = saved_again(made(), change)
        assert is_scoring_sheet(content)
        with pytest.raises(UnusableTable, match=told):
            read_scoring_sheet(content, PANEL)
    assert not is_scoring_sheet(b"no workbook")


def test_newer_form_makes_the_older_row_stale() -> None:
    returned = read_scoring_sheet(saved_again(made(), typed(*WHOLE)), PANEL)
    newer = scoring_stands(
        assignments=[asked(1, BEATRICE, id=40, form=140), asked(2, BEATRICE), asked(3, BEATRICE)]
    )

    (one,) = judge_scores(returned, newer, EMAIL)

    assert one.effect is Effect.REFUSED
    assert "a newer form came" in one.problems[0]


def test_what_the_text_says_otherwise_than_the_sheet_is_refused() -> None:
    standing = scoring_stands(said(2, BEATRICE, scored(3)))
    rows = (
        ScoringRow(2, "ACE-0001", "r1", scored(4)),
        ScoringRow(None, "ACE-0001", None, scored(5)),
        ScoringRow(3, "ACE-0002", "r2", scored(3)),
        ScoringRow(None, "ACE-0002", None, scored(2)),
        ScoringRow(None, "ACE-0077", None, scored(2)),
    )

    judged = judge_scores(ReturnedScores(rows), standing, EMAIL)

    assert [one.effect for one in judged] == [
        Effect.REFUSED,
        Effect.REFUSED,
        Effect.UNCHANGED,
        Effect.CHANGED,
        Effect.REFUSED,
    ]
    assert judged[4].problems == ("you were not asked to read ACE-0077",)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_comment_comes_back_as_it_was_written_and_nothing_is_live(payload: str) -> None:
    standing = scoring_stands(said(1, BEATRICE, scored(*WHOLE, comment=payload)))
    content = write_scoring_sheet(standing, EMAIL, secret=SECRET, now=SEPTEMBER)

    row = read_scoring_sheet(content, PANEL).rows[0]

    assert row.problems == ()
    assert row.scoring is not None
    assert row.scoring.comment == cell_text(payload).strip()

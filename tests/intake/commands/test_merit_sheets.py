"""Sheets of merits: which columns are found, what a row says, and what can't be used."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from intake.commands.allocating.grids import Layout, UnusableSheet, Wanted, find_grid
from intake.commands.allocating.merit import Merit, MeritSheet, Unusable, read_merit

Row = Sequence[object]
HEAD = ("Reference", "Merit", "Amount")
SEVEN = Decimal("7")


def as_csv(*rows: Row, delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode("utf-8")


def as_xlsx(*rows: Row, **sheets: Sequence[Row]) -> bytes:
    content = io.BytesIO()
    with Workbook(content) as book:
        for name, some in {**({"Scores": rows} if rows else {}), **sheets}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(some):
                sheet.write_row(number, 0, row)
    return content.getvalue()


def read(content: bytes, suffix: str = ".csv", layout: Layout | None = None) -> MeritSheet:
    return read_merit(find_grid(content, suffix=suffix, layout=layout or Layout()), "ACE")


def refusal(content: bytes, suffix: str = ".csv", layout: Layout | None = None) -> str:
    with pytest.raises(UnusableSheet) as caught:
        read(content, suffix, layout)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (as_csv(HEAD, ("ACE-0001", "7", "20000"), ("ACE-0002", "6.5", "")), ".csv"),
        (as_csv(HEAD, ("ACE-0001", 7, "£20,000"), ("ace 2", "6.5"), delimiter=";"), ".CSV"),
        (as_csv(HEAD, ("ACE-1", "7.0", "20000.00"), ("ACE–0002", "+6.50"), delimiter="\t"), ".csv"),
        (as_xlsx(HEAD, ("ACE-0001", 7, 20000), ("ACE-0002", 6.5)), ".xlsx"),
        (as_xlsx(HEAD, ("ACE-0001", "7", "20,000"), ("ACE-0002", "6.5", "")), ".xlsx"),
    ],
    ids=["comma", "semicolon", "tab", "numbers", "texts"],
)
def test_the_same_rows_however_they_are_written(content: bytes, suffix: str) -> None:
    rows = read(content, suffix).rows

    assert rows == (
        Merit(2, "ACE-0001", SEVEN, 20_000),
        Merit(3, "ACE-0002", Decimal("6.5"), None),
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_that_excel_writes(encoding: str) -> None:
    content = "Case,Score,Café\r\nACE-0001,7,£5\r\n".encode(encoding)

    assert read(content).rows == (Merit(2, "ACE-0001", SEVEN, None),)


def test_headings_stand_below_a_title_and_empty_rows_are_passed_over() -> None:
    rows = [("The panel's total",), (), ("Lead", "Case", "Total score"), ("Jo", "ACE-0001", "7")]
    rows += [(), ("", "", " "), ("Sam", "ACE-0002", "")]

    assert read(as_csv(*rows)).rows == (
        Merit(4, "ACE-0001", SEVEN, None),
        Merit(7, "ACE-0002", None, None),
    )


def test_columns_that_are_named_are_taken() -> None:
    content = as_csv(("No.", "First", "Second", "Wanted"), ("ACE-0001", "3", "7", "500"))
    named = {Wanted.REFERENCE: "no.", Wanted.MERIT: "Second", Wanted.AMOUNT: " WANTED "}

    assert read(content, layout=Layout(columns=named)).rows == (Merit(2, "ACE-0001", SEVEN, 500),)


def test_the_first_name_of_a_column_wins_over_the_others() -> None:
    content = as_csv(("Case", "Total", "Merit", "Average"), ("ACE-0001", "70", "7", "3"))

    assert read(content).rows == (Merit(2, "ACE-0001", SEVEN, None),)


def test_the_sheet_with_the_columns_is_found_or_named() -> None:
    one = as_xlsx(Notes=[("read me",)], Scores=[HEAD, ("ACE-0001", 7)])
    two = as_xlsx(First=[HEAD, ("ACE-0001", 7)], Second=[HEAD, ("ACE-0001", 3)])

    assert read(one, ".xlsx").rows == (Merit(2, "ACE-0001", SEVEN, None),)
    assert read(two, ".xlsx", Layout("First")).rows == (Merit(2, "ACE-0001", SEVEN, None),)
    assert refusal(two, ".xlsx") == (
        "its sheets “First” and “Second” have such columns: name one with --sheet"
    )
    assert refusal(two, ".xlsx", Layout("Third")) == (
        "it has no sheet “Third”, but “First”, “Second”"
    )


@pytest.mark.parametrize(
    ("content", "suffix", "told"),
    [
        (as_csv(("Name", "Points")), ".csv", "no row has the headings a reference and a merit; it "
         "begins with “Name”, “Points”"),
        (b"", ".csv", "no row has the headings a reference and a merit; it begins with nothing"),
        (as_csv(("Case", "Score", "Total")), ".csv", "its columns “score” and “total” may both be "
         "the merit: name one with --merit-column"),
        (as_csv(("Case", "Merit", "Merit")), ".csv", "its columns “merit” and “merit” may both be "
         "the merit: name one with --merit-column"),
        (b"PK\x03\x04", ".xlsx", "it can't be read as .xlsx: "),
        (as_csv(HEAD), ".xlsx", "it can't be read as .xlsx: "),
        (b"x", ".ods", "it is neither .xlsx nor .csv: save it as one of these"),
        (b"x" * 10_000_001, ".csv", "it is too big for a list of cases"),
        (as_csv(("Case", "Merit"), ("x" * 200_000, "")), ".csv", "it can't be read as .csv: "),
    ],
    ids=["headings", "empty", "ambiguous", "twice", "damaged", "no-xlsx", "ods", "big", "field"],
)  # fmt: skip
def test_a_file_that_can_not_be_used_is_told(content: bytes, suffix: str, told: str) -> None:
    assert refusal(content, suffix).startswith(told)


def test_a_column_that_is_not_there_is_told() -> None:
    layout = Layout(columns={Wanted.MERIT: "Marks"})

    assert refusal(as_csv(HEAD), layout=layout) == (
        "no row has the headings “Marks” for the merit; it begins with “Reference”, “Merit”, "
        "“Amount”"
    )


@pytest.mark.parametrize(
    ("row", "found", "write"),
    [
        (("", "7"), "there is no reference", "one like ACE-0001, or empty the row"),
        (("42", "7"), "the reference is “42”", "one like ACE-0042, or empty the row"),
        (("BCE-0042", "7"), "the reference is “BCE-0042”", "one like ACE-0001, or empty the row"),
        (("Average", "7.1"), "the reference is “Average”", "one like ACE-0001, or empty the row"),
        (("ACE-0001", "n/a"), "the merit of ACE-0001 is “n/a”", None),
        (("ACE-0001", "7,5"), "the merit of ACE-0001 is “7,5”", None),
        (("ACE-0001", "75%"), "the merit of ACE-0001 is “75%”", None),
        (("ACE-0001", "nan"), "the merit of ACE-0001 is “nan”", None),
        (("ACE-0001", "1e400"), "the merit of ACE-0001 is “1e400”", None),
        (("ACE-0001", "=7"), "the merit of ACE-0001 is “=7”", None),
        (("ACE-0001", "٧"), "the merit of ACE-0001 is “٧”", None),
        (("ACE-0001", "7", "20k"), "the amount of ACE-0001 is “20k”", None),
        (("ACE-0001", "7", "199.50"), "the amount of ACE-0001 is “199.50”", None),
        (("ACE-0001", "7", "0"), "the amount of ACE-0001 is “0”", None),
        (("ACE-0001", "7", "-5"), "the amount of ACE-0001 is “-5”", None),
    ],
)
def test_a_row_that_can_not_be_used_says_what_to_write(
    row: Row, found: str, write: str | None
) -> None:
    read_sheet = read(as_csv(HEAD, row))

    assert [(one.line, one.found) for one in read_sheet.unusable] == [(2, found)]
    assert write in (None, read_sheet.unusable[0].write)
    assert read_sheet.rows == ()


@pytest.mark.parametrize("cell", [True, "#DIV/0!"])
def test_cells_of_excel_that_are_no_numbers(cell: object) -> None:
    assert len(read(as_xlsx(HEAD, ("ACE-0001", cell)), ".xlsx").unusable) == 1


def test_a_formula_counts_by_what_it_shows_and_not_without() -> None:
    content = io.BytesIO()
    with Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_column(1, 0, ("ACE-0001", "ACE-0002"))
        sheet.write_formula(1, 1, "=3+4", None, 7)
        sheet.write_formula(2, 1, "=3+4", None, "")

    told = read(content.getvalue(), ".xlsx")

    assert told.rows == (Merit(2, "ACE-0001", SEVEN, None),)
    assert told.unusable == (
        Unusable(
            3,
            "the merit is a formula that nobody has worked out",
            "the number, or open and save the file in Excel",
        ),
    )


def test_a_case_stands_there_once() -> None:
    told = read(as_csv(HEAD, ("ACE-0001", "7"), ("ACE-1", "7"), ("ACE-0002", "x")))

    assert told.unusable == (
        Unusable(3, "ACE-0001 stands in row 2 already", "each case once"),
        Unusable(
            4,
            "the merit of ACE-0002 is “x”",
            "a number such as 7.5, or nothing where it is not scored",
        ),
    )


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(("ACE-0001", "ace 2", "42", "7.5", "7,5", "-1", "£20,000", "=1+1", "nan", "")),
)


@settings(max_examples=100)
@given(st.lists(st.tuples(cells, cells, cells), max_size=6))
def test_whatever_stands_in_a_row_is_taken_or_told(rows: list[tuple[str, str, str]]) -> None:
    told = read(as_csv(HEAD, *rows))

    lines = {one.line for one in told.rows} | {one.line for one in told.unusable}
    assert lines == {n for n, row in enumerate(rows, 2) if any(cell.split() for cell in row)}
    assert all(one.amount is None or one.amount > 0 for one in told.rows)
    assert all(one.merit is None or one.merit.is_finite() for one in told.rows)


@settings(max_examples=100)
@given(st.binary(max_size=200), st.sampled_from((".csv", ".xlsx")))
@example(b"Case,Merit\n\x00,1", ".csv")
@example(b"\xff\xfeC", ".csv")
@example(b'Case,Merit\n"ACE-0001', ".csv")
def test_whatever_a_file_holds_is_read_or_refused(content: bytes, suffix: str) -> None:
    try:
        assert isinstance(read(content, suffix), MeritSheet)
    except UnusableSheet as refused:
        assert str(refused)

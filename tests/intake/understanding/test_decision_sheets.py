"""Decision sheets that came back: whatever was done to them, each row is read or refused."""

import contextlib
import io
import time
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings, strategies

from intake.understanding.files.decision_sheets import NotADecisionSheet, read_decision_sheet
from responders.sheets.decisions import write_decision_sheet
from storage.domain.decision import Outcome, Ruling
from storage.domain.decision_sheet import ORIGIN_SHEET, SHEET, SheetColumn, SheetRow
from tests.support.decisions import EXPORTED, FUNDED, SECRET, decided, stands
from tests.support.sheets import Formula, Rows, saved_again, tables_of, workbook_of

Tables = dict[str, Rows]
HEADINGS = list(SheetColumn)
DECISION = HEADINGS.index(SheetColumn.DECISION)
AMOUNT = HEADINGS.index(SheetColumn.AMOUNT)
FEEDBACK = HEADINGS.index(SheetColumn.FEEDBACK)
REASON = HEADINGS.index(SheetColumn.REASON)
NAMED = {
    "case": 0,
    "version": 1,
    "decision": DECISION,
    "amount": AMOUNT,
    "feedback": FEEDBACK,
    "reason": REASON,
}


@pytest.fixture(scope="module")
def exported() -> bytes:
    """A sheet of twelve cases; the second one is decided already."""
    standing = stands(decisions=(decided(2, Ruling(Outcome.FUNDED, 15_000, "Well\ndone")),))
    return write_decision_sheet(standing, {3}, secret=SECRET, now=EXPORTED)


def typed(line: int, **cells: object) -> Callable[[Tables], None]:
    """Types into row `line` of the sheet, as the sheet numbers it."""

    def change(tables: Tables) -> None:
        for name, cell in cells.items():
            tables[SHEET][line - 1][NAMED[name]] = cell

    return change


def read_row(content: bytes, reference: str = "ACE-0001") -> SheetRow:
    return next(r for r in read_decision_sheet(content).rows if r.reference == reference)


def test_the_sheet_shows_what_is_known(exported: bytes) -> None:
    tables = tables_of(exported)

    assert tables[SHEET][0] == list(SheetColumn)
    area, area2 = "North Central London", "North East London"
    assert tables[SHEET][1][:9] == ["ACE-0001", "v1-d0", "Project 1", "Trust 1", area, *[""] * 4]
    told = ["funded", 15_000, "funded", 15_000, "Well\ndone", "as scored"]
    assert tables[SHEET][2] == ["ACE-0002", "v1-d102", "Project 2", "Trust 2", area, "", "", *told]
    assert tables[SHEET][3][3:6] == ["Trust 3", area2, "late"]


def test_a_sheet_comes_back_as_it_went(exported: bytes) -> None:
    sheet = read_decision_sheet(exported)

    assert sheet.origin.is_ours(SECRET)
    assert (sheet.origin.programme, sheet.origin.round) == ("ace", "2021")
    assert sheet.origin.made_at == EXPORTED
    assert len(sheet.origin.rows) == len(sheet.rows) == 12
    assert sheet.rows[0] == SheetRow(2, "ACE-0001", "v1-d0")
    ruling = Ruling(Outcome.FUNDED, 15_000, "Well\ndone")
    assert sheet.rows[1] == SheetRow(3, "ACE-0002", "v1-d102", ruling, "as scored")


def test_what_is_filled_in_is_read(exported: bytes) -> None:
    told = {"decision": "funded", "amount": 12_000, "feedback": "Good.\n\nVery.", "reason": 2021}

    row = read_row(saved_again(exported, typed(2, **told)))

    assert row.ruling == Ruling(Outcome.FUNDED, 12_000, "Good.\n\nVery.")
    assert (row.reason, row.problems) == ("2021", ())


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("funded", Outcome.FUNDED),
        (" Funded ", Outcome.FUNDED),
        ("FUNDED.", Outcome.FUNDED),
        ("ｆｕｎｄｅｄ", Outcome.FUNDED),
        ("Reserve", Outcome.RESERVE),
        ("not funded", Outcome.NOT_FUNDED),
        ("Not\u00a0funded", Outcome.NOT_FUNDED),
        ("not_funded", Outcome.NOT_FUNDED),
        ("Not-Funded", Outcome.NOT_FUNDED),
    ],
)
def test_decisions_are_known_in_any_spelling(exported: bytes, words: str, outcome: Outcome) -> None:
    assert read_row(saved_again(exported, typed(2, decision=words))).ruling == Ruling(outcome)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (20_000, 20_000),
        ("20000", 20_000),
        ("£20,000", 20_000),
        ("£ 20,000.00", 20_000),
        ("€1 000", 1_000),
        ("", None),
        ("  ", None),
    ],
)
def test_amounts_are_read_as_people_write_them(
    exported: bytes, cell: object, amount: int | None
) -> None:
    row = read_row(saved_again(exported, typed(2, decision="funded", amount=cell)))

    assert row.ruling == Ruling(Outcome.FUNDED, amount)


KNOWN = "is none of funded, reserve, not funded"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"decision": "fundet"}, f"the decision “fundet” {KNOWN}; did you mean funded?"),
        ({"decision": "not funde"}, f"the decision “not funde” {KNOWN}; did you mean not funded?"),
        ({"decision": "yes"}, f"the decision “yes” {KNOWN}"),
        ({"decision": True}, f"the decision “True” {KNOWN}"),
        ({"decision": "=1+1"}, f"the decision “=1+1” {KNOWN}"),
        ({"decision": "funded", "amount": "20k"}, "the amount “20k” is no whole number"),
        ({"decision": "funded", "amount": "lots"}, "the amount “lots” is no whole number"),
        ({"decision": "funded", "amount": 99.5}, "the amount “99.5” is no whole number"),
        ({"decision": "funded", "amount": 1e300}, "the amount “1e+300” is no whole number"),
        ({"decision": "funded", "amount": True}, "the amount “True” is no whole number"),
        ({"decision": "funded", "amount": 0}, "the amount 0 is not above 0"),
        ({"decision": "funded", "amount": -5}, "the amount -5 is not above 0"),
        (
            {"decision": "reserve", "amount": 100},
            "only a funded case has an amount, and this one is reserve",
        ),
        (
            {"feedback": "Lovely"},
            "it says more but has no decision: choose one, or empty the whole row",
        ),
        ({"case": "", "decision": "funded"}, "it names no case"),
        ({"case": "ACE-0099"}, "“ACE-0099” is no case of this sheet"),
        (
            {"version": "v9-d9"},
            "its row version is not that of ACE-0001 in this sheet: export it again",
        ),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_row_that_cannot_be_taken_says_why(
    exported: bytes, cells: dict[str, object], problem: str
) -> None:
    row = read_decision_sheet(saved_again(exported, typed(2, **cells))).rows[0]

    assert (row.ruling, row.problems) == (row.ruling, (problem,))
    assert row.ruling is None or "case" in cells or "version" in cells


@pytest.mark.parametrize("cell", ["case", "version", "decision", "amount", "feedback", "reason"])
def test_a_formula_is_refused_whatever_it_shows(exported: bytes, cell: str) -> None:
    shows = {"case": "ACE-0001", "version": "v1-d0", "amount": 5}.get(cell, "funded")
    change = typed(2, **{"decision": "funded", cell: Formula('="x"', shows)})

    row = read_row(saved_again(exported, change))

    named = HEADINGS[NAMED[cell]]
    assert row.problems == (f"“{named}” holds a formula: type what it shows",)
    assert row.ruling is None


def test_formulas_of_ranges_reach_every_cell() -> None:
    first = stands()
    content = write_decision_sheet(first, set(), secret=SECRET, now=EXPORTED)
    place = f"J2:J{len(first.cases) + 1}"
    array = f'<f t="array" ref="{place}">"funded"</f><v>0</v>'
    changed = _with_cell(content, "J2", array)

    rows = read_decision_sheet(changed).rows

    assert {row.problems for row in rows} == {
        ("“Decision” holds a formula: type what it shows",),
    }


def test_a_reference_twice_is_refused_in_both_rows(exported: bytes) -> None:
    def change(tables: Tables) -> None:
        tables[SHEET].append(list(tables[SHEET][1]))
        typed(2, decision="funded")(tables)
        typed(14, decision="reserve")(tables)

    rows = [r for r in read_decision_sheet(saved_again(exported, change)).rows if r.problems]

    told = "“ACE-0001” stands in rows 2, 14: keep one of them"
    assert [(row.line, row.ruling, row.problems) for row in rows] == [
        (2, None, (told,)),
        (14, None, (told,)),
    ]


def test_rows_and_columns_may_be_moved_and_added_to(exported: bytes) -> None:
    def change(tables: Tables) -> None:
        typed(2, decision="funded", amount=9_000)(tables)
        heading, *rows = tables[SHEET]
        rows = [rows[-1], ["", *[""] * (len(heading) - 1)], *rows[:-1]]
        order = [*reversed(range(len(heading)))]
        moved = [["note", *(row[place] for place in order)] for row in (heading, *rows)]
        tables[SHEET] = [["Our own title"], [], *moved, []]

    sheet = read_decision_sheet(saved_again(exported, change))

    assert len(sheet.rows) == 12
    assert sheet.rows[0].reference == "ACE-0012"
    read = next(row for row in sheet.rows if row.reference == "ACE-0001")
    assert read.ruling == Ruling(Outcome.FUNDED, 9_000)
    assert sheet.origin.is_ours(SECRET)


def test_the_sheet_is_found_under_another_name(exported: bytes) -> None:
    def change(tables: Tables) -> None:
        tables["Tabelle1"] = tables.pop(SHEET)

    assert len(read_decision_sheet(saved_again(exported, change)).rows) == 12


def test_headings_are_known_in_any_case_and_with_line_breaks(exported: bytes) -> None:
    def change(tables: Tables) -> None:
        tables[SHEET][0] = [str(cell).upper().replace(" ", "\n") for cell in tables[SHEET][0]]

    assert len(read_decision_sheet(saved_again(exported, change)).rows) == 12


def test_rows_that_are_gone_are_not_missed(exported: bytes) -> None:
    def change(tables: Tables) -> None:
        del tables[SHEET][2:]

    sheet = read_decision_sheet(saved_again(exported, change))

    assert [row.reference for row in sheet.rows] == ["ACE-0001"]
    assert sheet.origin.is_ours(SECRET)


def _renamed(tables: Tables) -> None:
    tables[SHEET][0][DECISION] = "Verdict"


def _doubled(tables: Tables) -> None:
    tables[SHEET][0].append("Decision")


def _copied(tables: Tables) -> None:
    tables["One"], tables["Two"] = tables[SHEET], tables.pop(SHEET)


def _without_origin(tables: Tables) -> None:
    del tables[ORIGIN_SHEET]


def _with_other_origin(tables: Tables) -> None:
    tables[ORIGIN_SHEET][3][1] = date(2021, 9, 20)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_renamed, "no sheet has the headings “Case”, “Row version”, “Decision”"),
        (_doubled, "the heading “Decision” stands there twice"),
        (_copied, "several sheets look alike: call the right one “Decisions”"),
        (_without_origin, "its hidden sheet “Postroom” is gone"),
        (_with_other_origin, "its hidden sheet “Postroom” was changed"),
    ],
)
def test_another_workbook_is_refused_as_a_whole(
    exported: bytes, change: Callable[[Tables], None], told: str
) -> None:
    content = saved_again(exported, change)

    with pytest.raises(NotADecisionSheet, match=told):
        read_decision_sheet(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"Case;Decision\r\n", b"PK\x03\x04 no archive", b"\xd0\xcf\x11\xe0" * 200],
    ids=["nothing", "csv", "half an archive", "an old workbook"],
)
def test_another_file_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(NotADecisionSheet, match="the file can't be read: "):
        read_decision_sheet(content)


def test_a_sheet_saved_in_another_format_is_asked_for_as_a_workbook() -> None:
    with pytest.raises(NotADecisionSheet, match=r"no Excel workbook: save it as \.xlsx"):
        read_decision_sheet(b"Case;Decision\r\n")


@pytest.mark.parametrize("field", range(4))
def test_an_origin_that_was_changed_is_not_ours(exported: bytes, field: int) -> None:
    def change(tables: Tables) -> None:
        row = tables[ORIGIN_SHEET][1 + field]
        row[1] = "2020-01-01T00:00:00+00:00" if field == 2 else f"{row[1]}0"

    assert not read_decision_sheet(saved_again(exported, change)).origin.is_ours(SECRET)


def test_a_row_version_that_was_changed_is_not_ours(exported: bytes) -> None:
    def change(tables: Tables) -> None:
        tables[ORIGIN_SHEET][5][1] = "v2-d9"
        typed(2, version="v2-d9")(tables)

    sheet = read_decision_sheet(saved_again(exported, change))

    assert sheet.rows[0].problems == ()
    assert not sheet.origin.is_ours(SECRET)


@settings(max_examples=30)
@given(strategies.lists(strategies.text(max_size=20) | strategies.integers(0, 10**15), max_size=6))
def test_whatever_is_typed_a_row_is_read_or_refused(cells: list[object]) -> None:
    standing = stands(decisions=(decided(2, FUNDED),))
    content = write_decision_sheet(standing, (), secret=SECRET, now=EXPORTED)
    change = typed(
        2, **dict(zip(("decision", "amount", "feedback", "reason"), cells, strict=False))
    )

    row = read_row(saved_again(content, change))

    assert not (row.ruling and row.problems)


def test_formulas_of_vast_ranges_cost_little(exported: bytes) -> None:
    cells = '<f t="array" ref="A1:XFD1048576">1</f><v>0</v>' * 200
    started = time.process_time()

    with pytest.raises(NotADecisionSheet, match="its table is too large"):
        read_decision_sheet(_with_cell(exported, "J2", cells))

    assert time.process_time() - started < 4


@settings(max_examples=30)
@given(strategies.data())
def test_whatever_is_damaged_is_refused_in_words(data: strategies.DataObject) -> None:
    content = write_decision_sheet(stands(), (), secret=SECRET, now=EXPORTED)
    noise = strategies.sampled_from([b"9" * 20, b"<", b'"', b" ", b"<f>1</f>", b"A1:ZZZ999999"])

    def damaged(part: bytes) -> bytes:
        at = data.draw(strategies.integers(0, len(part)))
        gone = data.draw(strategies.integers(0, 20))
        return part[:at] + data.draw(noise) + part[at + gone :]

    with contextlib.suppress(NotADecisionSheet):
        read_decision_sheet(_with_part(content, "xl/worksheets/sheet1.xml", damaged))


@pytest.mark.slow
def test_a_sheet_of_five_thousand_cases_is_read_in_seconds() -> None:
    heading, row = list(SheetColumn), ["", "v1-d0", *[""] * 7, "funded", 100, "Good", "best"]
    rows = [[f"ACE-{number:04d}", *row[1:]] for number in range(1, 4_990)]
    origin = [["x", "x"], ["Programme", "ace"], ["Round", "2021"]]
    origin += [["Exported", EXPORTED.isoformat()], ["Token", "x"], *[r[:2] for r in rows]]
    content = workbook_of({SHEET: [heading, *rows], ORIGIN_SHEET: origin})
    started = time.process_time()

    sheet = read_decision_sheet(content)

    assert len(sheet.rows) == 4_989
    assert not any(row.problems for row in sheet.rows)
    assert time.process_time() - started < 10


def _with_cell(content: bytes, place: str, inner: str) -> bytes:
    """The workbook with this inside a cell of its first sheet."""

    def change(part: bytes) -> bytes:
        before, mark, after = part.partition(f'<c r="{place}"'.encode())
        assert mark
        return before + mark + b">" + inner.encode() + b"</c>" + after.partition(b"/>")[2]

    return _with_part(content, "xl/worksheets/sheet1.xml", change)


def _with_part(content: bytes, path: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its entries changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == path else data)
    return buffer.getvalue()

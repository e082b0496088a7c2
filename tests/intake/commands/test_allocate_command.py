"""`postroom allocate` on a ledger: what it proposes and refuses, and that it changes nothing."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from storage import cases, decisions
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, Ruling
from storage.domain.decision_sheet import SHEET, SheetColumn
from storage.domain.message import MessageKind
from storage.domain.people import Contact
from tests.intake.commands.conftest import Call
from tests.support.configurations import GRANT, write_configuration
from tests.support.ledger import MONDAY, open_case, record, remember
from tests.support.office import Office
from tests.support.payloads import PAYLOADS
from tests.support.sheets import Rows, saved_again, tables_of, workbook_of
from tests.support.understandings import make_understanding

LIMITS = "amount = 20000\nawards = 3\nawards_per_area = 2\nbudget = 60000\n"
LATE = datetime.fromisoformat("2021-08-25T09:00:00+00:00")
NORTH, SOUTH = "north", "south"
AREAS = (NORTH, NORTH, NORTH, SOUTH, None)
ORGANISATION = "Holloway Dental Institute and Community Partnership"


def set_limits(folder: Path, limits: str = LIMITS) -> None:
    told = GRANT.replace('kind = "grant"\n', f'kind = "grant"\n{limits}')
    write_configuration(folder, 'data_folder = "data"\n' + told)


@pytest.fixture
def applied(folder: Path, ledger: Database) -> Database:
    """Five cases that applied: three of the North, one of the South, one of an unknown area; and
    one that withdrew. Three awards, two at most in an area."""
    set_limits(folder)
    with ledger.writing() as session:
        for number, area in enumerate(AREAS, start=1):
            contact = Contact(f"Person {number}", organisation=ORGANISATION)
            case = open_case(session, number, contact=contact, state=CaseState.APPLIED)
            cases.save(session, replace(case, area=area, title=f"=Title {number}"), MONDAY)
        open_case(session, 6, state=CaseState.WITHDRAWN)
    return ledger


@pytest.fixture
def scores(folder: Path) -> Path:
    return write_scores(folder, (9, 8, 7, 6, 5))


def write_scores(folder: Path, merits: Sequence[object], heading: str = "Case,Merit") -> Path:
    rows = [f"ACE-{number:04d},{merit}" for number, merit in enumerate(merits, start=1)]
    path = folder / "scores.csv"
    path.write_text("\n".join((heading, *rows)) + "\n", "utf-8")
    return path


def decide(ledger: Database, number: int, ruling: Ruling, reason: str = "the panel's word") -> None:
    with ledger.writing() as session:
        case = cases.get_by_reference(session, f"ACE-{number:04d}")
        decisions.decide(session, case, ruling, reason=reason, by="rosalind", now=MONDAY)


def allocated(call: Call, scores: Path, *options: str) -> dict[str, str]:
    """What is proposed for each case, and why."""
    result = call("allocate", "--programme", "ace", "--merit", str(scores), "--json", *options)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    return {one["case"]: f"{one['outcome']}: {one['words']}" for one in told["cases"]}


@pytest.mark.usefixtures("applied")
def test_the_best_of_each_area_are_proposed(scores: Path, call: Call) -> None:
    assert allocated(call, scores) == {
        "ACE-0001": "funded: one of the best 2 of its area",
        "ACE-0002": "funded: one of the best 2 of its area",
        "ACE-0003": "reserve: the 2 places of its area are taken",
        "ACE-0004": "funded: one of the best 2 of its area",
        "ACE-0005": "reserve: area not known",
    }


@pytest.mark.usefixtures("applied")
def test_the_whole_of_it_for_machines(scores: Path, call: Call) -> None:
    result = call("allocate", "--programme", "ace", "--merit", str(scores), "--json")

    told = json.loads(result.stdout)
    assert (told["funded"], told["spent"], told["currency"]) == (3, 60_000, "GBP")
    assert told["areas"][0] == {
        "area": "north",
        "places": 2,
        "candidates": 3,
        "funded": 2,
        "held": 0,
        "left_over": 0,
    }
    assert told["reserves"] == ["ACE-0003", "ACE-0005"]
    assert told["remarks"] == [
        "The area is not known, and without it there is no place: ACE-0005.",
        "The South leaves 1 place over, with 1 application; others get none of it without "
        "--overflow.",
    ]


def test_the_tables_fit_a_terminal_and_nothing_changes(
    applied: Database, scores: Path, call: Call
) -> None:
    before = dump(applied)

    result = call("allocate", "--programme", "ace", "--merit", str(scores))

    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "ACE 2021: 3 of 3 awards, £60,000 of £60,000"
    assert any(line.startswith("The North: 2 of 2 places, 3 applications") for line in lines)
    rows = [line for line in lines if "ACE-0003" in line]
    assert "│ reserve 1 │ area full" in rows[0]
    assert dump(applied) == before


def dump(ledger: Database) -> list[object]:
    with ledger.reading() as session:
        return [*cases.list_cases(session), decisions.current(session, "ace", "2021")]


@pytest.mark.usefixtures("applied")
def test_a_tie_is_named_with_what_there_is_to_choose(folder: Path, call: Call) -> None:
    scores = write_scores(folder, (9, 7.5, "7.50", 6, 5))

    shown = call("allocate", "--programme", "ace", "--merit", str(scores), columns=200).stdout

    assert "The North: 1 of 2 places, 1 held for a tie, 3 applications" in shown
    assert (
        "→ ACE-0002 and ACE-0003 have the same merit, 7.5, and share the last place in The North: "
        "choose 1 of 2."
    ) in shown
    assert allocated(call, scores)["ACE-0002"] == (
        "reserve: tied with ACE-0003 for the last place of its area"
    )


def test_what_is_decided_stands_with_its_amount(
    applied: Database, scores: Path, call: Call
) -> None:
    decide(applied, 3, Ruling(Outcome.FUNDED, 5_000))
    decide(applied, 1, Ruling(Outcome.NOT_FUNDED), reason="out of scope")

    told = allocated(call, scores)

    assert told["ACE-0003"] == "funded: decided: the panel's word"
    assert told["ACE-0001"] == "not_funded: decided: out of scope"
    assert told["ACE-0002"].startswith("funded: ")
    shown = call("allocate", "--programme", "ace", "--merit", str(scores)).stdout
    assert "3 of 3 awards, £45,000 of £60,000" in shown


def test_decisions_beyond_a_limit_are_told(applied: Database, scores: Path, call: Call) -> None:
    for number in (1, 2, 3):
        decide(applied, number, Ruling(Outcome.FUNDED, 10_000))

    shown = call("allocate", "--programme", "ace", "--merit", str(scores), columns=200).stdout

    assert "→ What is decided goes beyond a limit: 3 of at most 2 in The North." in shown
    assert "Recording it asks" not in shown


def test_late_forms_compete_only_when_told_to_unless_they_are_decided(
    applied: Database, scores: Path, call: Call
) -> None:
    with applied.writing() as session:
        for number in (1, 2):
            remember(session, number + 10, received_at=LATE)
            form = make_understanding(MessageKind.APPLICATION)
            record(session, number + 10, understanding=form, case_ids=(number,))
    decide(applied, 2, Ruling(Outcome.RESERVE))

    told = allocated(call, scores)
    shown = call("allocate", "--programme", "ace", "--merit", str(scores), columns=200).stdout

    assert list(told) == ["ACE-0002", "ACE-0003", "ACE-0004", "ACE-0005"]
    assert "→ Late, and left out unless --with-late: ACE-0001." in shown
    assert "late, decided: the panel's word" in shown
    assert allocated(call, scores, "--with-late")["ACE-0001"].startswith("funded: ")


def test_overflow_gives_left_over_places_and_says_what_that_breaks(
    applied: Database, folder: Path, scores: Path, call: Call
) -> None:
    set_limits(folder, LIMITS.replace("= 3", "= 4").replace("60000", "80000"))
    with applied.writing() as session:
        case = cases.get_by_reference(session, "ACE-0005")
        cases.save(session, replace(case, state=CaseState.WITHDRAWN), MONDAY)
    told = ("allocate", "--programme", "ace", "--merit", str(scores))

    shown = call(*told, "--overflow", columns=200).stdout

    assert "3 of 4 awards" in call(*told, columns=200).stdout
    assert "4 of 4 awards" in shown
    assert "left-over place" in shown
    assert "→ The South leaves 1 place over, with 1 application." in shown
    assert "→ This goes beyond a limit: 3 of at most 2 in The North." in shown


@pytest.mark.usefixtures("applied")
def test_the_workbook_shows_areas_proposals_and_what_to_decide(
    folder: Path, scores: Path, call: Call
) -> None:
    path = folder / "proposal.xlsx"

    result = call("allocate", "--programme", "ace", "--merit", str(scores), "--into", str(path))

    assert result.exit_code == 0, result.output
    tables = tables_of(path.read_bytes())
    assert list(tables) == ["Overview", "To decide", "Proposal"]
    overview = {row[0]: row[1:] for row in tables["Overview"]}
    assert overview["The North"][:3] == [3, 2, 2]
    assert overview["In all"] == [5, 3, 3, "", 1, 2, 0, 60_000, 60_000]
    assert [row[0] for row in tables["Proposal"]][:3] == ["Case", "ACE-0001", "ACE-0002"]
    assert "ACE-0005" in str(tables["To decide"])
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert b"<pane " in archive.read("xl/worksheets/sheet3.xml")


@pytest.mark.usefixtures("applied")
def test_the_workbook_may_come_back_as_the_sheet_of_merits(
    folder: Path, scores: Path, call: Call
) -> None:
    path = folder / "proposal.xlsx"
    call("allocate", "--programme", "ace", "--merit", str(scores), "--into", str(path))

    assert allocated(call, path) == allocated(call, scores)


@pytest.mark.usefixtures("applied")
def test_the_merits_of_a_decision_sheet_are_read(folder: Path, scores: Path, call: Call) -> None:
    path = folder / "decisions.xlsx"
    exported = call("decisions", "export", str(path))
    at = list(SheetColumn).index(SheetColumn.MERIT)

    def score(tables: dict[str, Rows]) -> None:
        for row, merit in zip(tables[SHEET][1:], (9, 8, 7, 6, 5), strict=True):
            row[at] = merit

    path.write_bytes(saved_again(path.read_bytes(), score))

    assert exported.exit_code == 0, exported.output
    assert allocated(call, path) == allocated(call, scores)


@pytest.mark.slow
@pytest.mark.usefixtures("applied")
def test_libreoffice_opens_the_workbook_and_works_out_merits(
    folder: Path, scores: Path, call: Call, office: Office
) -> None:
    path = folder / "proposal.xlsx"
    call("allocate", "--merit", str(scores), "--into", str(path))
    written = path.read_bytes()

    path.write_bytes(office.save_as(written, "xlsx"))
    assert tables_of(path.read_bytes()) == tables_of(written)
    assert allocated(call, path) == allocated(call, scores)

    rows: Rows = [["Case", "Merit"], *([f"ACE-{n:04d}"] for n in range(1, 6))]
    typed = {f"B{line}": f"=AVERAGE({14 - line};{8 - line})" for line in range(2, 7)}
    path.write_bytes(office.fill_in(workbook_of({"Scores": rows}), typed))
    assert allocated(call, path) == allocated(call, scores)


@pytest.mark.usefixtures("applied")
def test_the_workbook_takes_no_place_of_another_file(
    folder: Path, scores: Path, call: Call
) -> None:
    told = ("allocate", "--merit")
    book = folder / "proposal.xlsx"
    call(*told, str(scores), "--into", str(book))
    before = book.read_bytes()

    same = call(*told, str(book), "--into", str(book))
    other = call(*told, str(scores), "--into", str(scores))

    assert (same.exit_code, other.exit_code) == (2, 2)
    assert "is the sheet with the merits: name another file." in same.stderr
    assert "scores.csv must end in .xlsx." in other.stderr
    assert book.read_bytes() == before


def test_texts_of_applicants_are_no_formulas(
    applied: Database, folder: Path, scores: Path, call: Call
) -> None:
    path = folder / "proposal.xlsx"
    with applied.writing() as session:
        for number, payload in enumerate(PAYLOADS):
            told = Contact(payload, organisation=payload)
            case = open_case(session, 100 + number, contact=told, state=CaseState.APPLIED)
            cases.save(session, replace(case, title=payload, area=payload), MONDAY)

    result = call("allocate", "--programme", "ace", "--merit", str(scores), "--into", str(path))

    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 80
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/s")]
        assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


@pytest.mark.usefixtures("applied")
def test_every_row_that_can_not_be_used_is_named_and_nothing_is_proposed(
    folder: Path, call: Call
) -> None:
    scores = folder / "scores.csv"
    rows = ("Case,Merit,Amount", "ACE-0001,nine,", "ACE-0002,8,20001", "ACE-0099,7,", "x,1,")
    scores.write_text("\n".join(rows), "utf-8")

    result = call("allocate", "--programme", "ace", "--merit", str(scores))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "scores.csv, row 2: the merit of ACE-0001 is “nine”. Write a number such as 7.5, or "
        "nothing where it is not scored.",
        "scores.csv, row 3: the amount of ACE-0002 is £20,001. Write at most £20,000, what one "
        "award may have.",
        "scores.csv, row 4: ACE-0099 is no case of ACE 2021. Write a reference of this round, such "
        "as ACE-0001.",
        "scores.csv, row 5: the reference is “x”. Write one like ACE-0001, or empty the row.",
        "Nothing was proposed: correct these rows and try again.",
    ]


@pytest.mark.usefixtures("applied")
def test_cases_that_do_not_compete_are_told(folder: Path, call: Call) -> None:
    scores = write_scores(folder, (9, "", 7, 6, 5, 4))

    shown = call("allocate", "--programme", "ace", "--merit", str(scores), columns=200).stdout

    assert "→ Not scored, and so not proposed: ACE-0002." in shown
    assert "→ In the sheet, but withdrawn or without a form: ACE-0006." in shown


@pytest.mark.usefixtures("ledger")
def test_nobody_competes(folder: Path, call: Call) -> None:
    scores = write_scores(folder, ())

    told = call("allocate", "--programme", "ace", "--merit", str(scores)).stdout

    assert told == "Nobody competes: no case has a form that came back.\n"


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("content", "name", "status", "told"),
    [
        (None, "gone.csv", 1, "gone.csv can't be read: No such file or directory."),
        ("A,B\n", "scores.csv", 1, "scores.csv can't be used: no row has the headings a"),
        ("A,B\n", "scores.ods", 1, "scores.ods can't be used: it is neither .xlsx nor .csv"),
    ],
)
def test_a_sheet_that_can_not_be_used_is_told(
    content: str | None, name: str, status: int, told: str, folder: Path, call: Call
) -> None:
    if content is not None:
        (folder / name).write_text(content, "utf-8")

    result = call("allocate", "--programme", "ace", "--merit", str(folder / name))

    assert result.exit_code == status
    assert told in result.stderr


def test_a_budget_wants_amounts(folder: Path, ledger: Database, call: Call) -> None:
    set_limits(folder, "budget = 60000\n")
    with ledger.writing() as session:
        open_case(session, 1, state=CaseState.APPLIED)
    without = write_scores(folder, (9,))

    refused = call("allocate", "--programme", "ace", "--merit", str(without))
    taken = call(
        *("allocate", "--programme", "ace", "--merit"),
        str(write_scores(folder, ("9,50000",), "Case,Merit,Amount")),
    )

    assert refused.exit_code == 1
    assert refused.stderr == (
        "There is a budget, and nothing says what these would cost: ACE-0001. Write their amounts "
        "into the sheet.\n"
    )
    assert "1 award, £50,000 of £60,000" in taken.stdout


@pytest.mark.usefixtures("ledger")
def test_it_is_for_a_grant_that_there_is(folder: Path, call: Call) -> None:
    scores = write_scores(folder, (9,))

    assert call("allocate", "--programme", "nope", "--merit", str(scores)).exit_code == 2
    assert call("allocate").exit_code == 1

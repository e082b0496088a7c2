"""The decision sheet goes out and comes back, and single decisions are recorded, by command."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from intake.commands import decisions as command
from storage import cases, decisions, messages
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, Ruling
from storage.domain.decision_sheet import ORIGIN_SHEET, SHEET, SheetColumn
from storage.domain.message import MessageKind
from tests.intake.commands.conftest import Call
from tests.support.ledger import MONDAY, make_arrival, open_case
from tests.support.office import Office
from tests.support.sheets import Rows, saved_again, tables_of
from tests.support.understandings import make_understanding

BY = ("--by", "rosalind okoro")
ORGANISER = "rosalind.okoro@leadership.nhs.example"
ORGANISERS = f"""
[[programmes.ace.organisers]]
name = "Rosalind Okoro"
email = "{ORGANISER}"
"""
TITLES = ("=1+1", "A second chance", "Quiet wards", "Night buses", "Too early")
HEADINGS = list(SheetColumn)


@pytest.fixture
def applied(folder: Path, ledger: Database) -> Database:
    """Four cases that applied, two in each area, and one that has not; one award in each area."""
    path = folder / "config.toml"
    told = path.read_text("utf-8").replace(
        'kind = "grant"\n', 'kind = "grant"\namount = 20000\nawards = 2\nawards_per_area = 1\n'
    )
    path.write_text(told + ORGANISERS, "utf-8")
    with ledger.writing() as session:
        for number, title in enumerate(TITLES, start=1):
            state = CaseState.EXPRESSED if number == 5 else CaseState.APPLIED
            case = open_case(session, number, state=state)
            area = "north" if number % 2 else "south"
            cases.save(session, replace(case, title=title, area=area), MONDAY)
    return ledger


@pytest.fixture
def sheet(applied: Database, folder: Path, call: Call) -> Path:  # noqa: ARG001  it is exported
    """The exported decision sheet."""
    path = folder / "decisions.xlsx"
    result = call("decisions", "export", str(path))
    assert result.exit_code == 0, result.output
    return path


Change = Callable[[dict[str, Rows]], object]


def fill_in(path: Path, **rows: tuple[object, ...]) -> None:
    """Types decision, amount, feedback and reason, as many as are given, behind `ACE_0001`."""

    def change(tables: dict[str, Rows]) -> None:
        at = HEADINGS.index(SheetColumn.DECISION)
        for row in tables[SHEET]:
            typed = rows.get(str(row[0]).replace("-", "_"), ())
            row[at : at + len(typed)] = typed

    path.write_bytes(saved_again(path.read_bytes(), change))


def standing(ledger: Database) -> dict[str, Ruling]:
    with ledger.reading() as session:
        found = decisions.current(session, "ace", "2021")
        return {cases.get(session, id).reference: one.ruling for id, one in found.items()}


def test_the_sheet_has_a_row_for_each_case_that_applied(sheet: Path) -> None:
    rows = tables_of(sheet.read_bytes())[SHEET]

    assert [row[0] for row in rows] == ["Case", *(f"ACE-000{n}" for n in (1, 2, 3, 4))]
    assert rows[1][2:5] == ["=1+1", "Riverside Trust", "The North"]


def test_a_sheet_that_could_not_come_back_is_not_written(
    sheet: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = call("decisions", "export", str(sheet), "--replace", "--json")
    assert json.loads(again.stdout)["cases"] == 4
    monkeypatch.setattr(command, "MOST_CASES", 3)

    result = call("decisions", "export", str(sheet), "--replace")

    assert (result.exit_code, "4 cases are more" in result.output) == (1, True)


def test_a_sheet_that_is_being_filled_in_is_not_written_over(sheet: Path, call: Call) -> None:
    before = sheet.read_bytes()

    result = call("decisions", "export", str(sheet))

    assert (result.exit_code, "is there already" in result.output) == (1, True)
    assert sheet.read_bytes() == before


def test_import_records_what_is_good_and_tells_the_rest(
    sheet: Path, applied: Database, call: Call
) -> None:
    fill_in(
        sheet,
        ACE_0001=("funded", 15_000, "Lovely", "best"),
        ACE_0002=("fundet",),
        ACE_0003=("reserve",),
    )

    dry = call("decisions", "import", str(sheet), *BY, "--dry-run")
    assert standing(applied) == {}
    done = call("decisions", "import", str(sheet), *BY)

    assert (dry.exit_code, done.exit_code) == (1, 1)
    assert "Would be recorded" in dry.output
    assert "2 new, 0 changed, 1 unchanged, 1 refused. Nothing was recorded." in dry.output
    assert "Row 3, ACE-0002 is refused: the decision “fundet” is none of" in done.output
    assert standing(applied) == {
        "ACE-0001": Ruling(Outcome.FUNDED, 15_000, "Lovely"),
        "ACE-0003": Ruling(Outcome.RESERVE),
    }
    with applied.reading() as session:
        first, third = (decisions.history(session, id)[0] for id in (1, 3))
    assert (first.by, first.reason) == (ORGANISER, "best")
    assert third.reason.startswith("decision sheet of ")


def test_importing_twice_changes_nothing(sheet: Path, applied: Database, call: Call) -> None:
    fill_in(sheet, ACE_0001=("funded", "", "Lovely"), ACE_0003=("reserve",))
    call("decisions", "import", str(sheet), *BY)

    again = call("decisions", "import", str(sheet), *BY, "--json")

    assert again.exit_code == 0, again.output
    assert {row["effect"] for row in json.loads(again.stdout)["rows"]} == {"unchanged"}
    with applied.reading() as session:
        assert len(decisions.history(session, 1)) == 1


def test_a_conflict_is_told_and_the_later_word_stands(
    sheet: Path, applied: Database, call: Call
) -> None:
    call("decide", "ace-1", "not-funded", "--reason", "out of scope", *BY)
    fill_in(sheet, ACE_0001=("funded",), ACE_0002=("funded",))

    result = call("decisions", "import", str(sheet), *BY)

    assert "ACE-0001 is refused: it was changed since the sheet was exported" in result.output
    assert standing(applied) == {
        "ACE-0001": Ruling(Outcome.NOT_FUNDED),
        "ACE-0002": Ruling(Outcome.FUNDED),
    }


def test_limits_hold_until_they_are_lifted_with_a_reason(
    sheet: Path, applied: Database, call: Call
) -> None:
    fill_in(sheet, ACE_0001=("funded",), ACE_0003=("funded",))

    refused = call("decisions", "import", str(sheet), *BY)
    assert "it would be 2 of at most 1 in The North" in refused.output
    assert standing(applied) == {}
    lifted = call("decisions", "import", str(sheet), *BY, "--lift", "no good bid in the South")

    assert lifted.exit_code == 0, lifted.output
    with applied.reading() as session:
        assert decisions.history(session, 3)[0].lifted == "no good bid in the South"


def test_an_outcome_that_was_released_stands(sheet: Path, applied: Database, call: Call) -> None:
    call("decide", "ACE-0001", "funded", "--reason", "best", *BY)
    call("decisions", "export", str(sheet))
    call("outcomes", "release", "ace", *BY, "--only", "ACE-0001")
    fill_in(sheet, ACE_0001=("not funded", ""))

    by_sheet = call("decisions", "import", str(sheet), *BY)
    by_word = call("decide", "ACE-0001", "reserve", "--reason", "a slip", *BY)

    told = "its outcome, funded, has been released to the applicant"
    assert told in by_sheet.output
    assert told in by_word.output
    assert standing(applied) == {"ACE-0001": Ruling(Outcome.FUNDED)}


def _of_another_round(tables: dict[str, Rows]) -> None:
    tables[ORIGIN_SHEET][2][1] = "2020"


def _of_another_programme(tables: dict[str, Rows]) -> None:
    tables[ORIGIN_SHEET][1][1] = "mse"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_of_another_round, "its token is not one of this installation"),
        (_of_another_programme, "it is of mse, no programme of ours"),
        (lambda tables: tables.pop(ORIGIN_SHEET), "its hidden sheet “Postroom” is gone"),
    ],
    ids=["another round", "another programme", "no origin"],
)
def test_a_sheet_that_is_not_ours_is_refused_as_a_whole(
    sheet: Path, applied: Database, call: Call, change: Change, told: str
) -> None:
    fill_in(sheet, ACE_0001=("funded",))
    sheet.write_bytes(saved_again(sheet.read_bytes(), change))

    result = call("decisions", "import", str(sheet), *BY)

    assert result.exit_code == 1
    assert told in " ".join(result.output.split())
    assert standing(applied) == {}


def test_only_an_organiser_decides(sheet: Path, applied: Database, call: Call) -> None:
    fill_in(sheet, ACE_0001=("funded",))

    by_sheet = call("decisions", "import", str(sheet), "--by", "Mallory")
    by_word = call("decide", "ACE-0001", "funded", "--reason", "x", "--by", "m@evil.example")

    assert (by_sheet.exit_code, by_word.exit_code) == (2, 2)
    assert "Rosalind Okoro" in by_sheet.output
    assert standing(applied) == {}


def test_a_late_case_is_marked(folder: Path, applied: Database, call: Call) -> None:
    late = make_arrival(9, received_at=MONDAY.replace(month=8, day=25))
    with applied.writing() as session:
        messages.remember(session, [late], MONDAY)
        waiting = next(w.id for w in messages.waiting(session, 10) if w.sha256 == late.sha256)
        form = make_understanding(MessageKind.APPLICATION)
        messages.record(
            session,
            waiting,
            programme="ace",
            understanding=form,
            placement_rule="thread",
            case_ids=(2,),
            changed=("state",),
            attention_at=None,
            now=MONDAY,
        )
    call("decisions", "export", str(folder / "late.xlsx"))

    rows = tables_of((folder / "late.xlsx").read_bytes())[SHEET]
    assert [row[HEADINGS.index(SheetColumn.LATE)] for row in rows[1:]] == ["", "late", "", ""]


def test_decide_records_quietly_and_keeps_the_feedback(applied: Database, call: Call) -> None:
    first = call("decide", "ace-1", "Reserve", "--reason", "close", "--feedback", "Good", *BY)
    second = call("decide", "ACE-0001", "funded", "--amount", "9000", "--reason", "room", *BY)
    again = call("decide", "ACE-0001", "funded", "--amount", "9000", "--reason", "room", *BY)

    assert first.exit_code == 0, first.output
    assert "reserve" in second.output
    assert "funded, £9,000" in second.output
    assert "0 new, 0 changed, 1 unchanged, 0 refused" in again.output
    assert standing(applied) == {"ACE-0001": Ruling(Outcome.FUNDED, 9_000, "Good")}
    with applied.reading() as session:
        assert len(decisions.history(session, 1)) == 2
    assert "No letters" in call("outbox").output


def test_decide_takes_feedback_from_a_file(applied: Database, folder: Path, call: Call) -> None:
    (folder / "told.txt").write_bytes("\ufeffThank you.\n\nDo try again.\n".encode())
    (folder / "told.doc").write_bytes(b"\xff\xfe\x00")
    wish = ("decide", "ACE-0001", "not funded", "--reason", "x", *BY, "--feedback-file")

    assert call(*wish, str(folder / "told.doc")).exit_code == 1
    assert call(*wish, str(folder / "told.txt"), "--feedback", "x").exit_code == 2
    assert call(*wish, str(folder / "told.txt")).exit_code == 0
    assert standing(applied)["ACE-0001"].feedback == "Thank you.\n\nDo try again."


@pytest.mark.usefixtures("applied")
@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("ACE-0001", "fundet"), 2, "did you mean funded?"),
        (("ACE-0001", "maybe"), 2, "maybe is none of funded, reserve, not-funded"),
        (("ACE-0099", "funded"), 1, "There is no case ACE-0099"),
        (("ACE-0005", "funded"), 1, "its state is expressed"),
        (("ACE-0001", "funded", "--amount", "30000"), 1, "£30,000 of at most £20,000"),
        (("ACE-0001", "reserve", "--amount", "3"), 1, "only a funded case has an amount"),
    ],
)
def test_decide_says_what_cannot_be(
    call: Call, arguments: tuple[str, ...], status: int, told: str
) -> None:
    result = call("decide", *arguments, "--reason", "x", *BY, columns=200)

    assert (result.exit_code, told in result.output) == (status, True), result.output


def test_decide_tries_without_recording(applied: Database, call: Call) -> None:
    result = call("decide", "ACE-0001", "funded", "--reason", "x", *BY, "--dry-run", "--json")

    told = json.loads(result.stdout)
    assert (told["done"], told["effect"]) == (False, "new")
    assert told["becomes"] == {"outcome": "funded", "amount": None, "feedback": ""}
    assert standing(applied) == {}


@pytest.mark.usefixtures("applied")
def test_list_tells_what_stands_and_who_waits(call: Call) -> None:
    assert "Nothing is decided yet in ace 2021." in call("decisions", "list").output
    call("decide", "ACE-0001", "funded", "--reason", "best", *BY)
    call("decide", "ACE-0002", "reserve", "--reason", "close", *BY)

    shown = call("decisions", "list", columns=200).output
    told = json.loads(call("decisions", "list", "--json").stdout)

    assert "1 funded, 1 reserve, 0 not funded; £20,000 in all" in shown
    assert "Without a decision: ACE-0003, ACE-0004." in shown
    assert [one["case"] for one in told["decisions"]] == ["ACE-0001", "ACE-0002"]
    assert told["undecided"] == ["ACE-0003", "ACE-0004"]


def test_list_counts_nobody_who_withdrew(applied: Database, call: Call) -> None:
    for reference in ("ACE-0001", "ACE-0002"):
        call("decide", reference, "funded", "--reason", "best", *BY)
    with applied.writing() as session:
        case = cases.get_by_reference(session, "ACE-0001")
        cases.save(session, replace(case, state=CaseState.WITHDRAWN), MONDAY)

    shown = call("decisions", "list", columns=200).output

    assert "1 funded, 0 reserve, 0 not funded, 1 withdrew; £20,000 in all" in shown
    assert "funded, withdrew" in shown


@pytest.mark.usefixtures("applied")
@pytest.mark.parametrize("arguments", [("x.csv",), ("x.xlsx", "--programme", "mse")])
def test_export_is_called_wrongly(call: Call, arguments: tuple[str, ...]) -> None:
    assert call("decisions", "export", *arguments).exit_code == 2


@pytest.mark.slow
def test_libreoffice_fills_in_the_sheet(
    sheet: Path, applied: Database, call: Call, office: Office
) -> None:
    typed = {
        "A2": "ACE-0004",
        "C3": "another title",
        "J2": "funded",
        "K2": "15000",
        "L2": "Lovely idea",
        "J3": '=CONCATENATE("fun";"ded")'.replace('"', '""'),
        "J4": "not funded",
        "M4": "=1+1",
        "J5": "reserve",
        "M5": "close",
    }
    sheet.write_bytes(office.fill_in(sheet.read_bytes(), typed))

    result = call("decisions", "import", str(sheet), *BY, "--json")

    told = {row["case"]: row for row in json.loads(result.stdout)["rows"]}
    assert {case: row["effect"] for case, row in told.items()} == {
        "ACE-0001": "new",
        "ACE-0002": "refused",
        "ACE-0003": "refused",
        "ACE-0004": "new",
    }
    assert told["ACE-0002"]["problems"] == ["“Decision” holds a formula: type what it shows"]
    assert standing(applied) == {
        "ACE-0001": Ruling(Outcome.FUNDED, 15_000, "Lovely idea"),
        "ACE-0004": Ruling(Outcome.RESERVE),
    }

"""The whole ledger in a file, for Excel, for programs that read tables, and for machines."""

import csv
import json
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies

from intake.commands.exporting.tables import KEYS, FlatTable
from intake.commands.exporting.writers import inert
from storage import awards, cases, decisions, extensions, outbox
from storage.database import Database
from storage.domain.award import AgreementStage, SignedFile
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, Ruling
from storage.exports import EXPORTS
from tests.intake.commands.conftest import Call
from tests.support.configurations import COHORT
from tests.support.ledger import MONDAY, enqueue, make_draft, open_case, record
from tests.support.payloads import PAYLOADS
from tests.support.programmes import ACE
from tests.support.sheets import tables_of
from tests.support.understandings import make_understanding

FIELDS = """
[[programmes.ace.fields]]
key = "ward"
label = "Ward"
"""


@pytest.fixture
def filled(folder: Path, ledger: Database) -> Database:
    """A funded case with all details and two letters, one of another programme, and a message that
    belongs to no case."""
    path = folder / "config.toml"
    path.write_text(path.read_text("utf-8") + FIELDS, "utf-8")
    with ledger.writing() as session:
        case = open_case(session, 1, state=CaseState.APPLIED)
        told = replace(
            case,
            title="=1+1",
            area="north",
            partners=("Age Concern", "The Trust"),
            custom=(("ward", "Tottenham Green"), ("gone", "x")),
        )
        cases.save(session, told, MONDAY)
        for number in (1, 2):
            letter = enqueue(session, make_draft(f"letter/{number}", case_id=case.id, cause=1))
            outbox.claim(session, MONDAY, 1, "w")
            outbox.mark_sent(session, letter.id, MONDAY, "250 ok")
        enqueue(session, make_draft("letter/3", case_id=case.id))
        ruling = Ruling(Outcome.FUNDED, 9_000, "Lovely")
        for reason in ("best", "best of all"):
            decision = decisions.decide(
                session, told, ruling, reason=reason, by="rosalind", now=MONDAY
            )
        decisions.release(session, [(told, decision)], by="r", now=MONDAY, not_before=MONDAY)
        awards.tell(session, told, {"contact": "=1+1"}, by="rosalind", now=MONDAY)
        scan = SignedFile("=scan.pdf", "application/pdf", 9, "c" * 64)
        awards.file(session, told, AgreementStage.RETURNED, [scan], by="rosalind", now=MONDAY)
        awards.answer_event(session, told, "workshop", comes=True, message_id=1, now=MONDAY)
        extensions.extend(
            session, ACE, ACE.round.closes_at + timedelta(1), reason="snow", by="r", now=MONDAY
        )
        open_case(session, 2, programme="surrey500")
        record(session, 3, understanding=make_understanding(title="x"))
    return ledger


def as_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("filled")
def test_json_holds_everything(folder: Path, call: Call) -> None:
    result = call("export", "--to", str(folder / "ace.json"))

    told = json.loads((folder / "ace.json").read_text("ascii"))
    assert result.exit_code == 0, result.output
    assert (told["programme"], told["round"]) == ("ace", "2021")
    assert list(told)[3:] == list(EXPORTS)
    (case,) = told["cases"]
    assert case["reference"] == "ACE-0001"
    assert case["letters_sent"] == ["application_pack", "application_pack"]
    assert case["partners"] == ["Age Concern", "The Trust"]
    assert case["custom"] == {"ward": "Tottenham Green", "gone": "x"}
    assert (case["decision"], case["amount"], case["outcome"]) == ("funded", 9_000, "funded")
    assert [one["subject"] for one in told["messages"]] == ["ACE", "ACE"]
    assert [one["cases"] for one in told["messages"]] == [["ACE-0001"], []]
    assert [one["state"] for one in told["letters"]] == ["sent", "sent", "queued"]
    assert {one["case"] for one in told["letters"]} == {"ACE-0001"}
    assert [one["reason"] for one in told["decisions"]] == ["best", "best of all"]
    assert [one["outcome"] for one in told["outcomes"]] == ["funded"]
    assert [(one["reason"], one["case"]) for one in told["extensions"]] == [("snow", None)]
    happened = [one["what"] for one in told["history"]]
    assert happened[:3] == ["message_arrived", "case_opened", "message_recorded"]
    assert {"decided", "outcome_released", "round_extended", "letter_sent"} <= set(happened)


@pytest.mark.usefixtures("filled")
def test_a_workbook_has_a_sheet_for_each_table(folder: Path, call: Call) -> None:
    path = folder / "ace.xlsx"

    result = call("export", "--programme", "ace", "--to", str(path))

    assert "1 cases, 2 messages, 3 letters, 2 decisions" in result.output
    sheets = tables_of(path.read_bytes())
    assert list(sheets) == [name.capitalize() for name in EXPORTS]
    case = dict(zip(sheets["Cases"][0], sheets["Cases"][1], strict=True))
    assert case["title"] == "=1+1"
    assert case["area"] == "The North"
    assert (case["Ward"], case["other details"]) == ("Tottenham Green", "gone: x")
    assert case["letters sent"] == "application pack; application pack"
    assert (case["decision"], case["amount"]) == ("funded", 9_000)
    with zipfile.ZipFile(path) as archive:
        sheets_xml = [archive.read(n) for n in archive.namelist() if "worksheets/" in n]
    assert not any(re.search(rb"<f\b", xml) for xml in sheets_xml)


@pytest.mark.usefixtures("filled")
def test_a_table_of_values_is_one_table(folder: Path, call: Call) -> None:
    assert call("export", "--to", str(folder / "cases.csv")).exit_code == 0
    call("export", "--to", str(folder / "letters.csv"), "--table", "letters")

    (case,) = as_table(folder / "cases.csv")
    assert case["title"] == "'=1+1"
    assert case["phone"] == "'+447700900101"
    assert case["opened at"] == "2021-07-05 10:00:00"
    assert [one["state"] for one in as_table(folder / "letters.csv")] == ["sent", "sent", "queued"]


@pytest.mark.usefixtures("filled")
def test_every_table_is_flat_as_its_rows_are(filled: Database) -> None:
    with filled.reading() as session:
        for name, export in EXPORTS.items():
            table = FlatTable(ACE, name)
            rows = [table.flat(row) for row in export(session, ACE)]
            assert {len(row) for row in rows} == {len(table.columns)}, name


def test_the_tables_show_all_that_the_rows_tell(filled: Database) -> None:
    with filled.reading() as session:
        told = {name: set(next(export(session, ACE))) for name, export in EXPORTS.items()}

    assert told == {name: set(keys) for name, keys in KEYS.items()}


@pytest.mark.usefixtures("filled")
def test_only_the_tables_that_are_named_are_written(folder: Path, call: Call) -> None:
    told = ("--table", "letters", "--table", "cases")
    for name in ("some.xlsx", "some.json"):
        assert call("export", "--to", str(folder / name), *told).exit_code == 0

    assert list(tables_of((folder / "some.xlsx").read_bytes())) == ["Cases", "Letters"]
    some = json.loads((folder / "some.json").read_text("ascii"))
    assert list(some)[3:] == ["cases", "letters"]


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_value_of_a_table_begins_as_a_formula_does(payload: str) -> None:
    for part in re.split("[;\n]", inert(payload)):
        assert not re.match(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]", part)


@given(strategies.text(alphabet="=+-@;\n\t\r ab'"))
def test_nothing_but_apostrophes_is_added(text: str) -> None:
    shown = inert(text)

    assert shown.replace("'", "") == inert("a" + text)[1:].replace("'", "")
    assert not re.search(r"(^|[;\n])\s*[=+@-]", shown)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--to", "x.ods"), "must end in .xlsx, .csv, .json"),
        (("--to", "x.csv", "--table", "cases", "--table", "letters"), "A .csv holds one table"),
        (("--to", "x.csv", "--table", "people"), "There is no table people"),
        (("--to", "x.csv", "--programme", "mse"), "There is no programme mse"),
    ],
)
def test_export_is_called_wrongly(arguments: tuple[str, ...], told: str, call: Call) -> None:
    result = call("export", *arguments)

    assert (result.exit_code, told in result.output) == (2, True), result.output


def test_of_several_programmes_one_is_named(folder: Path, call: Call) -> None:
    path = folder / "config.toml"
    path.write_text(path.read_text("utf-8") + COHORT, "utf-8")

    result = call("export", "--to", str(folder / "x.csv"))

    assert (result.exit_code, "takes one of ace, surrey500" in result.output) == (2, True)


@pytest.mark.usefixtures("filled")
def test_a_file_that_was_there_is_replaced_whole(folder: Path, call: Call) -> None:
    path = folder / "ace.csv"
    path.write_text("older")

    assert call("export", "--to", str(path), "--json").exit_code == 0

    assert len(as_table(path)) == 1
    assert not list(folder.glob(".*.part"))


@pytest.mark.usefixtures("ledger")
def test_an_empty_ledger_gives_headings(folder: Path, call: Call) -> None:
    call("export", "--to", str(folder / "x.xlsx"))

    sheets = tables_of((folder / "x.xlsx").read_bytes())
    assert [len(rows) for rows in sheets.values()] == [1] * len(EXPORTS)

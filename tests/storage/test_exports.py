"""The ledger, row by row: everything of one programme, nothing of another, in few queries."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from storage import cases, decisions, exports
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, Ruling
from storage.domain.people import Contact
from storage.exports import EXPORTS
from tests.support.ledger import MONDAY, count_queries, enqueue, make_draft, open_case
from tests.support.programmes import ACE, SURREY

MOST_QUERIES = 8
"""Of one chunk of rows."""


def fill(session: Session, count: int) -> None:
    """Cases of both programmes in turn, each with a letter and a decision."""
    for number in range(1, count + 1):
        programme = ACE if number % 2 else SURREY
        case = open_case(session, number, programme=programme.slug, state=CaseState.APPLIED)
        told = replace(case, nominated_by=Contact(name="Imelda", email="imelda@x.example"))
        cases.save(session, told, MONDAY)
        draft = make_draft(f"application_pack/case:{case.id}", case_id=case.id, cause=None)
        enqueue(session, replace(draft, programme=programme.slug))
        ruling = Ruling(Outcome.RESERVE)
        decided = decisions.decide(session, told, ruling, reason="x", by="r", now=MONDAY)
        decisions.release(session, [(told, decided)], by="r", now=MONDAY, not_before=MONDAY)


@pytest.mark.parametrize("chunk", [1, 2, 1_000])
def test_every_table_has_the_programmes_rows_whatever_the_chunks(
    database: Database, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as session:
        fill(session, 5)
    monkeypatch.setattr(exports, "CHUNK", chunk)

    with database.reading() as session:
        told = {name: list(export(session, ACE)) for name, export in EXPORTS.items()}

    references = ["ACE-0001", "ACE-0002", "ACE-0003"]
    assert [row["reference"] for row in told["cases"]] == references
    assert {row["nominated_by"] for row in told["cases"]} == {"Imelda, imelda@x.example"}
    assert [row["people"] for row in told["cases"]] == [["amina@riverside.example"]] * 3
    assert {row["outcome"] for row in told["cases"]} == {"reserve"}
    assert [row["cases"] for row in told["messages"]] == [[one] for one in references]
    for name in ("letters", "decisions", "outcomes"):
        assert [row["case"] for row in told[name]] == references
    assert told["extensions"] == []
    assert {row["case"] for row in told["history"]} == {None, *references}
    ids = [row["id"] for row in told["history"]]
    assert ids == sorted(ids)


@pytest.mark.parametrize("name", EXPORTS)
def test_queries_grow_with_the_chunks_and_not_with_the_rows(database: Database, name: str) -> None:
    with database.writing() as session:
        fill(session, 9)

    with database.reading() as session, count_queries(session) as statements:
        list(EXPORTS[name](session, ACE))

    assert len(statements) <= MOST_QUERIES + 1


def test_the_history_of_messages_is_theirs(database: Database) -> None:
    with database.writing() as session:
        fill(session, 2)

    with database.reading() as session:
        told = {p.slug: list(exports.export_history(session, p)) for p in (ACE, SURREY)}

    assert {row["message"] for row in told["ace"]} == {None, 1}
    assert {row["message"] for row in told["surrey500"]} == {None, 2}
    assert "message_arrived" in {row["what"] for row in told["surrey500"]}

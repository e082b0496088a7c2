"""Decisions are recorded quietly and kept; what was approved is told, whatever comes later."""

from datetime import timedelta

from storage import cases, decisions, events
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, Ruling
from tests.support.ledger import MONDAY, open_case

ROSALIND = "rosalind.okoro@leadership.nhs.example"
LATER = MONDAY + timedelta(days=80)


def test_newest_decision_stands_and_all_are_kept(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, state=CaseState.APPLIED)
        for outcome in (Outcome.RESERVE, Outcome.FUNDED):
            ruling = Ruling(outcome, 18_500, "Well done.\n\nMore on the plan.")
            decisions.decide(session, case, ruling, reason="panel", by=ROSALIND, now=MONDAY)
    with database.reading() as session:
        standing = decisions.current(session, "ace", "2021")
        history = decisions.history(session, case.id)
        told = [(e.what, e.actor) for e in events.of_case(session, case.id)][-2:]
        attention = cases.get(session, case.id).attention_at

    assert standing == {case.id: history[-1]}
    assert [one.ruling.outcome for one in history] == [Outcome.RESERVE, Outcome.FUNDED]
    assert history[-1].ruling.feedback == "Well done.\n\nMore on the plan."
    assert told == [("decided", ROSALIND)] * 2
    assert attention is None


def test_decisions_of_another_round_or_programme_do_not_stand_here(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        decisions.decide(session, case, Ruling(Outcome.FUNDED), reason="", by=ROSALIND, now=MONDAY)
    with database.reading() as session:
        assert decisions.current(session, "ace", "2022") == {}
        assert decisions.current(session, "surrey500", "2021") == {}


def test_released_outcome_is_a_snapshot_that_wants_its_letter_on_its_day(
    database: Database,
) -> None:
    with database.writing() as session:
        case = open_case(session, state=CaseState.APPLIED)
        first = decisions.decide(
            session, case, Ruling(Outcome.FUNDED), reason="", by=ROSALIND, now=MONDAY
        )
        done = decisions.release(
            session, [(case, first)], by=ROSALIND, now=MONDAY, not_before=LATER
        )
        again = decisions.release(
            session, [(case, first)], by=ROSALIND, now=MONDAY, not_before=LATER
        )
        decisions.decide(
            session, case, Ruling(Outcome.NOT_FUNDED), reason="", by=ROSALIND, now=MONDAY
        )
    with database.reading() as session:
        released = decisions.released(session, "ace", "2021")
        attention = cases.get(session, case.id).attention_at

    assert again == ()
    assert released == done
    assert (released[0].ruling.outcome, released[0].not_before) == (Outcome.FUNDED, LATER)
    assert attention == LATER

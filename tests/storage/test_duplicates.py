"""Likely duplicates in a ledger: found when a case opens, told in the history of both."""

from dataclasses import replace
from time import process_time

from sqlmodel import Session

from storage import cases, duplicates, events
from storage.database import Database
from storage.domain.case import Case, CaseState, NewCase
from storage.domain.likeness import Likeness, Reason
from storage.domain.people import Contact
from tests.support.ledger import MONDAY, count_queries, remember

_ADA = Contact("Ada Bell", "ada@bell.example", "+447700900123", None, "Bell Trust")
_AT_HOME = Contact("Ada Bell", "ada@home.example", "+447700900123", None, None)
_ZOE = Contact("Zoë Quill", "zoe@bell.example", "+447700900456", None, "Bell Trust")


def _new(contact: Contact, **told: object) -> NewCase:
    base = NewCase("ace", "2021", "ACE", CaseState.EXPRESSED, contact, frozenset())
    return replace(base, **told)  # type: ignore[arg-type]


def _open(session: Session, number: int, new: NewCase) -> Case:
    opened_by = remember(session, number)
    case = cases.open_case(session, new, opened_by=opened_by, opened_at=MONDAY, now=MONDAY)
    duplicates.flag(session, case, message_id=opened_by, now=MONDAY)
    return case


def test_a_likely_duplicate_is_told_in_both_histories(database: Database) -> None:
    with database.writing() as session:
        first = _open(session, 1, _new(_ADA, title="Seen First"))
        other = _open(session, 2, _new(_ZOE, title="Warm Libraries"))
        again = _open(session, 3, _new(_AT_HOME, title="Seen First"))

        told = duplicates.of_cases(session, [first.id, other.id, again.id])
        history = [e for e in events.of_case(session, first.id) if e.what == "likely_duplicate"]

    reasons = (Reason.PHONE, Reason.TITLE)
    assert told == {
        first.id: (Likeness("ACE-0003", reasons),),
        again.id: (Likeness("ACE-0001", reasons),),
    }
    assert [dict(e.detail) for e in history] == [
        {"case": "ACE-0003", "reasons": "same_phone same_title"}
    ]


def test_a_changed_case_is_found_by_what_it_tells_now(database: Database) -> None:
    with database.writing() as session:
        first = _open(session, 1, _new(_ADA))
        cases.save(session, replace(first, contact=replace(_ADA, phone="+447700900999")), MONDAY)
        old = _open(session, 2, _new(Contact(phone="+447700900123")))
        new = _open(session, 3, _new(Contact(phone="+447700900999")))

        told = duplicates.of_cases(session, [old.id, new.id])

    assert told == {new.id: (Likeness("ACE-0001", (Reason.PHONE,)),)}


def test_other_programmes_and_withdrawn_cases_are_left_out(database: Database) -> None:
    with database.writing() as session:
        _open(session, 1, _new(_ADA, programme="s5", prefix="S5"))
        _open(session, 2, _new(_ADA, round="2020"))
        _open(session, 3, _new(_ADA, state=CaseState.WITHDRAWN))
        case = _open(session, 4, _new(_ADA))

        assert duplicates.of_cases(session, [case.id]) == {}


def test_flagging_costs_the_same_however_many_cases_there_are(database: Database) -> None:
    with database.writing() as session:
        opened_by = remember(session, 1)
        for number in range(400):
            name = f"Lead{number} Quill{number % 40}"
            contact = Contact(name, f"{number}@bell.example", f"+44{number}", None, "Bell Trust")
            summary = " ".join(f"word{(number * 31 + n * 17) % 997}" for n in range(80))
            new = _new(contact, title=f"Community {number} health", summary=summary)
            cases.open_case(session, new, opened_by=opened_by, opened_at=MONDAY, now=MONDAY)
        case = _open(session, 2, _new(_ADA, title="Community health"))

        with count_queries(session) as queries:
            started = process_time()
            duplicates.flag(session, case, message_id=case.opened_by, now=MONDAY)
            taken = process_time() - started

    assert len(queries) <= 4
    assert taken < 0.5

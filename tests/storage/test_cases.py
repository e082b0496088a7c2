from dataclasses import replace
from datetime import timedelta

import pytest

from storage import cases, events
from storage.database import Database
from storage.domain.case import Case, CaseState, NewCase
from storage.domain.people import Contact
from storage.errors import Conflict, NotFound
from tests.support.ledger import MONDAY, open_case, remember
from tests.support.understandings import AMINA, BEN

LATER = MONDAY + timedelta(days=1)


def test_opened_case_comes_back_whole(database: Database) -> None:
    new = NewCase(
        programme="ace",
        round="2021",
        prefix="ACE",
        state=CaseState.NOMINATED,
        contact=AMINA,
        people=frozenset({"Amina@Riverside.example", "ben@riverside.example"}),
        title="Calls after discharge",
        summary="Carers wait.\n\nNobody calls.",
        area="south-east-london",
        senior_leader="Dr Mei Castellanos",
        partners=("Riverside Trust", "Lantern House"),
        team="The bridge team",
        nominated_by=BEN,
    )
    with database.writing() as session:
        message_id = remember(session)
        opened = cases.open_case(session, new, opened_by=message_id, opened_at=MONDAY, now=LATER)

    with database.reading() as session:
        found = cases.get(session, opened.id)
        (event,) = events.of_case(session, opened.id)
    assert found == opened
    assert found == Case(
        id=opened.id,
        reference="ACE-0001",
        programme="ace",
        round="2021",
        state=CaseState.NOMINATED,
        contact=AMINA,
        opened_at=MONDAY,
        opened_by=message_id,
        title=new.title,
        summary=new.summary,
        area=new.area,
        senior_leader=new.senior_leader,
        partners=new.partners,
        team=new.team,
        nominated_by=BEN,
        people=frozenset({"amina@riverside.example", "ben@riverside.example"}),
    )
    assert (event.what, event.at, event.message_id) == ("case_opened", LATER, message_id)
    assert event.detail == {"reference": "ACE-0001", "state": "nominated"}


def test_numbers_run_on_for_each_programme(database: Database) -> None:
    with database.writing() as session:
        opened = [
            open_case(session, number, programme=programme).reference
            for number, programme in enumerate(("ace", "ace", "s5", "ace"))
        ]

    assert opened == ["ACE-0001", "ACE-0002", "S5-0001", "ACE-0003"]


def test_number_of_a_case_that_was_not_opened_after_all_is_used(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        open_case(session)
        raise ZeroDivisionError

    with database.writing() as session:
        assert open_case(session).reference == "ACE-0001"


def test_same_reference_twice_is_refused_by_the_database(database: Database) -> None:
    with database.writing() as session:
        open_case(session, 1)
    contact = replace(AMINA, name="Other")
    new = NewCase("ace", "2021", "ACE", CaseState.EXPRESSED, contact, frozenset())

    with pytest.raises(Conflict), database.writing() as session:
        message_id = remember(session, 2)
        session.connection().exec_driver_sql("UPDATE counters SET value = 0")
        cases.open_case(session, new, opened_by=message_id, opened_at=MONDAY, now=MONDAY)


def test_saved_case_has_its_next_version_and_names_what_changed(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        changed = replace(
            case,
            state=CaseState.APPLIED,
            summary="New",
            contact=replace(AMINA, phone="+447700900199"),
            people=frozenset({"ben@riverside.example"}),
        )
        saved = cases.save(session, changed, LATER)

    assert saved == replace(changed, version=2)
    with database.reading() as session:
        assert cases.get(session, case.id) == saved
        event = events.of_case(session, case.id)[-1]
    assert (event.what, event.at) == ("case_changed", LATER)
    assert event.detail == {"changed": "state summary people contact.phone"}


def test_saving_over_somebody_elses_change_is_a_conflict(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        cases.save(session, replace(case, title="First"), MONDAY)

    with pytest.raises(Conflict), database.writing() as session:
        cases.save(session, replace(case, title="Second"), MONDAY)

    with database.reading() as session:
        assert cases.get(session, case.id).title == "First"


def test_saving_never_puts_attention_off(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        cases.set_attention(session, case.id, MONDAY)
        saved = cases.save(session, replace(case, attention_at=LATER), MONDAY)
        again = cases.save(session, replace(saved, attention_at=None), MONDAY)

    assert saved.attention_at == again.attention_at == MONDAY


def test_attention_goes_to_the_longest_waiting(database: Database) -> None:
    with database.writing() as session:
        first, second, third = (open_case(session, number) for number in (1, 2, 3))
        cases.set_attention(session, first.id, MONDAY)
        cases.set_attention(session, second.id, MONDAY - timedelta(days=1))
        cases.set_attention(session, third.id, LATER)
        found = cases.wanting_attention(session, MONDAY, 10)
        limited = cases.wanting_attention(session, MONDAY, 1)
        cases.set_attention(session, first.id, None)
        left = cases.wanting_attention(session, LATER, 10)

    assert found == ((second.id, "ace"), (first.id, "ace"))
    assert limited == found[:1]
    assert left == ((second.id, "ace"), (third.id, "ace"))


def test_moved_dates_have_all_cases_of_the_programme_looked_at(database: Database) -> None:
    with database.writing() as session:
        sleeping, late, early = (open_case(session, number) for number in (1, 2, 3))
        other = open_case(session, 4, programme="s5")
        cases.set_attention(session, late.id, LATER)
        cases.set_attention(session, early.id, MONDAY - timedelta(days=1))
        count = cases.want_attention(session, "ace", MONDAY)
        found = cases.wanting_attention(session, LATER, 10)

    assert count == 2
    assert [id for id, _ in found] == [early.id, sleeping.id, late.id]
    assert other.id not in [id for id, _ in found]


def test_cases_are_found_by_reference_and_id(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        assert cases.find_by_reference(session, "ACE-0001") == case
        assert cases.get_by_reference(session, "ACE-0001") == case
        assert cases.find_by_reference(session, "ACE-0002") is None
        with pytest.raises(NotFound):
            cases.get_by_reference(session, "ACE-0002")
        with pytest.raises(NotFound):
            cases.get(session, 404)
        with pytest.raises(NotFound):
            cases.save(session, replace(case, id=404), MONDAY)


def test_cases_are_listed_by_programme_and_state_in_pages(database: Database) -> None:
    with database.writing() as session:
        one = open_case(session, 1)
        two = open_case(session, 2, state=CaseState.WITHDRAWN)
        three = open_case(session, 3, programme="s5", contact=Contact(), people=frozenset())
        assert cases.list_cases(session) == (three, two, one)
        assert cases.list_cases(session, "ace") == (two, one)
        assert cases.list_cases(session, state=CaseState.WITHDRAWN) == (two,)
        assert cases.list_cases(session, "s5", CaseState.WITHDRAWN) == ()
        assert cases.list_cases(session, limit=2) == (three, two)

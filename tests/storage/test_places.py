"""Places are kept, the newest stands, and those whom they concern are looked at."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage import cases, events, messages, places, situations
from storage.database import Database
from storage.domain.case import Case, CaseState
from tests.support.ledger import MONDAY, enqueue, make_draft, open_case
from tests.support.programmes import SURREY

WINIFRED = "winifred.asante@heartlands.nhs.example"
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def nominee(database: Database) -> Case:
    with database.writing() as session:
        case = open_case(session, state=CaseState.NOMINATED)
        cases.set_attention(session, case.id, None)
        return case


def test_newest_place_stands_and_all_are_kept(database: Database, nominee: Case) -> None:
    with database.writing() as session:
        first = places.place(session, nominee, None, rank=3, reason="full", by=WINIFRED, now=MONDAY)
        second = places.place(session, nominee, 2, reason="freed", by=WINIFRED, now=LATER)
    with database.reading() as session:
        standing = places.standing(session, nominee.programme, nominee.round)
        kept = places.of_cases(session, [nominee.id])
        told = [(e.what, e.actor) for e in events.of_case(session, nominee.id)][-2:]
        elsewhere = places.standing(session, nominee.programme, "another")

    assert standing == {nominee.id: second}
    assert kept == (first, second)
    assert (first.cohort, first.rank, second.cohort) == (None, 3, 2)
    assert told == [("waitlisted", WINIFRED), ("placed", WINIFRED)]
    assert elsewhere == {}


def test_nominee_and_nominator_are_looked_at_at_once(database: Database, nominee: Case) -> None:
    with database.writing() as session:
        places.place(session, nominee, 1, reason="", by=WINIFRED, now=LATER)
    with database.reading() as session:
        assert cases.get(session, nominee.id).attention_at == LATER
        assert messages.wanting_attention(session, LATER, 10) == ((nominee.opened_by, "ace"),)


def test_who_confirmed_another_place_is_asked_again(database: Database, nominee: Case) -> None:
    with database.writing() as session:
        confirmed = cases.save(session, replace(nominee, state=CaseState.CONFIRMED), MONDAY)
        places.place(session, confirmed, 2, reason="moved", by=WINIFRED, now=LATER)
    with database.reading() as session:
        assert cases.get(session, nominee.id).state is CaseState.NOMINATED


def test_place_counts_as_offered_once_its_letter_is_written(
    database: Database, nominee: Case
) -> None:
    with database.writing() as session:
        place = places.place(session, nominee, 1, reason="", by=WINIFRED, now=MONDAY)
        before = places.find_offered(session, nominee)
        key = f"place_invitation/case:{nominee.id}/{place.id}"
        enqueue(session, make_draft(f"{key}9", case_id=nominee.id))
        another = places.find_offered(session, nominee)
        enqueue(session, make_draft(key, case_id=nominee.id))
        offered = places.find_offered(session, nominee)
        taken = places.find_offered(session, replace(nominee, state=CaseState.CONFIRMED))
        places.place(session, nominee, None, rank=1, reason="", by=WINIFRED, now=LATER)
        waiting = places.find_offered(session, nominee)

    assert (before, another, taken, waiting) == (None, None, None, None)
    assert offered == place


def test_situation_shows_the_places_of_the_case(database: Database, nominee: Case) -> None:
    with database.writing() as session:
        place = places.place(session, nominee, 1, reason="", by=WINIFRED, now=MONDAY)
    with database.reading() as session:
        s = situations.situation_of_case(session, SURREY, nominee.id, LATER)
        lone = situations.situation_of_message(session, SURREY, nominee.opened_by, LATER)

    assert s.placements == (place,)
    assert lone.placements == (place,)

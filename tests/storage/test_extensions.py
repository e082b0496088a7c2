"""Later closings: whom they concern is looked at at once, and the latest of them holds."""

from dataclasses import replace
from datetime import timedelta

from storage import cases, extensions, programmes, situations
from storage.database import Database
from tests.support.ledger import MONDAY, open_case
from tests.support.programmes import ACE

ROSALIND = "rosalind.okoro@leadership.nhs.example"
WEEK = timedelta(days=7)
CLOSES = ACE.round.closes_at


def test_extension_of_the_round_holds_for_everybody(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        programmes.watch(session, ACE, MONDAY)
        programmes.set_attention(session, "ace", None)
        extensions.extend(session, ACE, CLOSES + WEEK, reason="A strike.", by=ROSALIND, now=MONDAY)
    with database.reading() as session:
        s = situations.situation_of_case(session, ACE, case.id, MONDAY)
        standing = extensions.as_extended(session, ACE)
        wanted = programmes.wanting_attention(session, MONDAY)

    assert s.programme.round.closes_at == standing.round.closes_at == CLOSES + WEEK
    assert (s.case and s.case.attention_at, wanted) == (MONDAY, ("ace",))
    assert ACE.round.closes_at == CLOSES


def test_extension_of_a_case_concerns_that_case_alone(database: Database) -> None:
    with database.writing() as session:
        one, other = open_case(session, 1), open_case(session, 2)
        for later in (2 * WEEK, WEEK):
            extensions.extend(
                session, ACE, CLOSES + later, case_id=one.id, reason="Ill.", by=ROSALIND, now=MONDAY
            )
    with database.reading() as session:
        held = situations.situation_of_case(session, ACE, one.id, MONDAY)
        free = situations.situation_of_case(session, ACE, other.id, MONDAY)
        standing = extensions.as_extended(session, ACE)

    assert held.programme.round.closes_at == CLOSES + 2 * WEEK
    assert len(held.extensions) == 2
    assert free.programme == standing == ACE
    assert free.case is not None and free.case.attention_at is None


def test_programme_whose_dates_changed_has_all_its_cases_looked_at(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        programmes.watch(session, ACE, MONDAY)
        first = cases.get(session, case.id).attention_at
        programmes.watch(session, ACE, MONDAY + WEEK)
        same = cases.get(session, case.id).attention_at
    moved = replace(ACE, round=replace(ACE.round, closes_at=CLOSES - WEEK))
    with database.writing() as session:
        programmes.watch(session, moved, MONDAY + WEEK)
    with database.reading() as session:
        attention = cases.get(session, case.id).attention_at

    assert (first, same, attention) == (None, None, MONDAY + WEEK)

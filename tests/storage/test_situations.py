import threading
from datetime import timedelta

import pytest

from storage import cases, situations
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.letter import LetterKind
from storage.domain.message import MessageKind
from storage.domain.situation import Situation
from storage.errors import NotFound
from tests.support.ledger import (
    MONDAY,
    count_queries,
    enqueue,
    make_draft,
    open_case,
    record,
)
from tests.support.programmes import ACE
from tests.support.understandings import make_understanding


def test_case_is_seen_with_all_its_messages_and_letters(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, 5)
        other = open_case(session, 6)
        earlier = record(session, 1, case_ids=(case.id, other.id))
        pack = enqueue(session, make_draft("application_pack/case:1", case_id=case.id))
        held = enqueue(session, make_draft("closed/message:1", case_id=case.id, hold="cap"))
        enqueue(session, make_draft("application_pack/case:2", case_id=other.id))

    with database.reading() as session:
        situation = situations.situation_of_case(session, ACE, case.id, MONDAY)

    assert situation.case == case
    assert [message.id for message in situation.messages] == [earlier.id, case.opened_by]
    assert situation.messages[0].case_ids == (case.id, other.id)
    assert situation.letters == (pack, held)
    assert situation.nominees == ()
    assert (situation.programme, situation.now) == (ACE, MONDAY)


def test_lone_message_is_seen_with_its_letters_and_the_cases_it_opened(
    database: Database,
) -> None:
    with database.writing() as session:
        nominee = open_case(session, 1, state=CaseState.NOMINATED)
        receipt = enqueue(
            session,
            make_draft(
                "nomination_receipt/message:1",
                kind=LetterKind.NOMINATION_RECEIPT,
                cause=nominee.opened_by,
            ),
        )
        question = record(session, 2, understanding=make_understanding(MessageKind.QUESTION))

    with database.reading() as session:
        nomination = situations.situation_of_message(session, ACE, nominee.opened_by, MONDAY)
        lone = situations.situation_of_message(session, ACE, question.id, MONDAY)

    assert nomination.case is None
    assert [message.id for message in nomination.messages] == [nominee.opened_by]
    assert nomination.letters == (receipt,)
    assert nomination.nominees == (nominee,)
    assert lone == Situation(ACE, MONDAY, None, (question,))


def test_unknown_matters_are_not_found(database: Database) -> None:
    with database.reading() as session:
        with pytest.raises(NotFound):
            situations.situation_of_case(session, ACE, 404, MONDAY)
        with pytest.raises(NotFound):
            situations.situation_of_message(session, ACE, 404, MONDAY)


def test_queries_do_not_grow_with_the_history(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, 1)
        with count_queries(session) as few:
            situations.situation_of_case(session, ACE, case.id, MONDAY)
        with count_queries(session) as lone_few:
            situations.situation_of_message(session, ACE, case.opened_by, MONDAY)
        for number in range(2, 40):
            record(session, number, case_ids=(case.id,))
            enqueue(
                session,
                make_draft(f"closed/message:{number}", case_id=case.id, cause=case.opened_by),
            )
        with count_queries(session) as many:
            situation = situations.situation_of_case(session, ACE, case.id, MONDAY)
        with count_queries(session) as lone_many:
            situations.situation_of_message(session, ACE, case.opened_by, MONDAY)

    assert len(situation.messages) == 39
    assert len(many) == len(few) == 9
    assert len(lone_many) == len(lone_few) == 7


def test_wish_for_attention_is_not_lost_to_a_planner_at_work(database: Database) -> None:
    """The planner reads a case and puts it to sleep; meanwhile a message makes it wake up."""
    with database.writing() as session:
        case = open_case(session)
    began, later = threading.Event(), MONDAY + timedelta(days=30)

    def record_meanwhile() -> None:
        began.wait()
        with database.writing() as session:
            cases.set_attention(session, case.id, MONDAY)

    recorder = threading.Thread(target=record_meanwhile)
    recorder.start()
    with database.writing() as session:
        situations.situation_of_case(session, ACE, case.id, MONDAY)
        began.set()
        recorder.join(timeout=0.2)
        cases.set_attention(session, case.id, later)
    recorder.join()

    with database.reading() as session:
        assert cases.get(session, case.id).attention_at == MONDAY

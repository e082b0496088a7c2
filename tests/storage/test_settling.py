"""Messages that only a person can deal with: ticked off, they wait for nobody."""

from datetime import timedelta

import pytest

from storage import events, settling
from storage.database import Database
from storage.domain.message import MessageKind, Understanding
from storage.errors import NotFound
from storage.received import get_received, list_received
from tests.support.ledger import MONDAY, open_case, record, with_id
from tests.support.understandings import make_understanding

ROSALIND = "rosalind.okoro@leadership.nhs.example"
LATER = MONDAY + timedelta(days=1)


def _asks(number: int) -> Understanding:
    question = make_understanding(MessageKind.QUESTION)
    return with_id(question, f"<{number}@x.example>")


def test_settled_message_waits_for_nobody_until_it_is_taken_up_again(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        asked = record(session, 2, understanding=_asks(2), case_ids=(case.id,))
    with database.writing() as session:
        waiting = settling.waiting_in_case(session, case.id, before=LATER)

        first = settling.settle(session, asked.id, by=ROSALIND, now=LATER, note="by telephone")
        again = settling.settle(session, asked.id, by=ROSALIND, now=LATER)

        assert (waiting, first, again) == ((asked.id,), True, False)
        assert settling.waiting_in_case(session, case.id, before=LATER) == ()
        assert list_received(session, only_for_a_person=True) == ()
        received = get_received(session, asked.id)
        assert (received.settled_by, received.wants_a_person) == (ROSALIND, False)
        assert settling.unsettle(session, asked.id, by=ROSALIND, now=LATER)
        assert not settling.unsettle(session, asked.id, by=ROSALIND, now=LATER)
        assert [one.id for one in list_received(session, only_for_a_person=True)] == [asked.id]
        told = [event.what for event in events.of_case(session, case.id)][-2:]
    assert told == ["message_settled", "message_unsettled"]


def test_message_nobody_has_seen_can_not_be_settled(database: Database) -> None:
    with database.writing() as session, pytest.raises(NotFound):
        settling.settle(session, 7, by=ROSALIND, now=LATER)

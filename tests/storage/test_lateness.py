"""Which cases have no form that came in time, judged by the closing that holds for each."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from storage import extensions, lateness, messages
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.message import Attachment, MessageKind
from tests.support.ledger import MONDAY, make_arrival, open_case
from tests.support.programmes import ACE
from tests.support.understandings import make_understanding

CLOSES = ACE.round.closes_at
FILE = Attachment("form.docx", "application/msword", 9, "0" * 64, problem="it is damaged")
HOUR = timedelta(hours=1)


@pytest.fixture
def cases(database: Database) -> Database:
    """Three cases that applied."""
    with database.writing() as session:
        for number in (1, 2, 3):
            open_case(session, number, state=CaseState.APPLIED)
    return database


def send_form(
    session: Session, case_id: int, after: timedelta, *, is_unreadable: bool = False
) -> None:
    """A form of the case that comes so long after the closing."""
    number = 1_000 * case_id + int(after / HOUR) % 1_000
    arrival = make_arrival(number, received_at=CLOSES + after)
    messages.remember(session, [arrival], MONDAY)
    waiting = next(w.id for w in messages.waiting(session, 100) if w.sha256 == arrival.sha256)
    attachments = (FILE,) if is_unreadable else ()
    form = make_understanding(
        MessageKind.APPLICATION, attachments=attachments, title='said "answers":[]'
    )
    messages.record(
        session,
        waiting,
        programme="ace",
        understanding=form,
        placement_rule="thread",
        case_ids=(case_id,),
        changed=(),
        attention_at=None,
        now=MONDAY,
    )


def late(database: Database) -> frozenset[int]:
    with database.reading() as session:
        return lateness.late_cases(session, ACE)


def test_a_form_after_the_closing_is_late(cases: Database) -> None:
    with cases.writing() as session:
        send_form(session, 1, -HOUR)
        send_form(session, 2, HOUR)

    assert late(cases) == {2}
    with cases.reading() as session:
        assert lateness.first_forms(session, "ace", (1, 1)) == {1: CLOSES - HOUR}
        assert lateness.first_forms(session, "ace") == {1: CLOSES - HOUR, 2: CLOSES + HOUR}


def test_a_newer_form_after_the_closing_does_not_make_a_case_late(cases: Database) -> None:
    with cases.writing() as session:
        send_form(session, 1, -HOUR)
        send_form(session, 1, 2 * HOUR)

    assert late(cases) == frozenset()


def test_a_form_that_nobody_could_read_is_none(cases: Database) -> None:
    with cases.writing() as session:
        send_form(session, 1, -HOUR, is_unreadable=True)
        send_form(session, 1, HOUR)

    assert late(cases) == {1}


def test_an_extension_is_for_those_it_was_given_to(cases: Database) -> None:
    with cases.writing() as session:
        for case_id in (1, 2, 3):
            send_form(session, case_id, 30 * HOUR)
        told = {"reason": "ill", "by": "x", "now": MONDAY}
        extensions.extend(session, ACE, CLOSES + 48 * HOUR, case_id=2, **told)

    assert late(cases) == {1, 3}

    with cases.writing() as session:
        extensions.extend(session, ACE, CLOSES + 31 * HOUR, **told)

    assert late(cases) == frozenset()

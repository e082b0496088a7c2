"""Letters of which nobody knows whether they left, and what makes that certain."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from storage import deeds, events, outbox
from storage.database import Database
from storage.deeds import Deed, DeedKind
from storage.domain.letter import RESTORED, Letter, LetterKind, LetterState
from storage.errors import Conflict, NotFound
from storage.rows import CaseRow
from tests.support.ledger import MONDAY, enqueue, make_draft, open_case

LATER = MONDAY + timedelta(hours=1)
ROSALIND = "rosalind.okoro@leadership.nhs.example"
CERTAIN = (LetterState.QUEUED, LetterState.SENT, LetterState.FAILED, LetterState.HELD)


def _doubted(session: Session, key: str = "outcome_funded/case:1", **told: int) -> Letter:
    """An outcome whose process died while it was being sent."""
    letter = enqueue(session, make_draft(key, kind=LetterKind.OUTCOME_FUNDED, **told))
    outbox.claim(session, MONDAY, 1, "worker")
    return outbox.requeue_in_doubt(session, letter.id, MONDAY)


def _certain(session: Session, state: LetterState) -> Letter:
    """A letter in this state of which nobody doubts whether it left."""
    hold = "stranger" if state is LetterState.HELD else None
    letter = enqueue(session, make_draft(hold=hold))
    if state in (LetterState.SENT, LetterState.FAILED):
        outbox.claim(session, MONDAY, 1, "worker")
    if state is LetterState.SENT:
        outbox.mark_sent(session, letter.id, MONDAY, "250 ok")
    if state is LetterState.FAILED:
        outbox.mark_failed(session, letter.id, "refused", "550 no", MONDAY)
    return outbox.get(session, letter.id)


def _name(session: Session, *named: str, programme: str = "ace") -> tuple[int, ...]:
    return outbox.mark_named(session, named, programme=programme, named_by=57, now=LATER)


def test_person_says_that_a_letter_in_doubt_arrived(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        letter = _doubted(session, case_id=case.id)

        outbox.mark_arrived(session, letter.id, LATER, ROSALIND, "they rang")

        arrived = outbox.get(session, letter.id)
        last = events.of_letter(session, letter.id)[-1]
        wanted = session.exec(select(CaseRow.attention_at).where(col(CaseRow.id) == case.id)).one()
        assert deeds.of_letters(session, [letter.id]) == (
            Deed(letter.id, DeedKind.ARRIVED, "they rang", ROSALIND, LATER),
        )

    assert (arrived.state, arrived.rule, arrived.sent_at) == (LetterState.SENT, None, MONDAY)
    assert arrived.server_reply == "a person found out that it arrived"
    assert (last.what, last.actor) == ("letter_arrived", ROSALIND)
    assert wanted == LATER


def test_letter_that_was_discarded_in_doubt_can_have_arrived(database: Database) -> None:
    with database.writing() as session:
        letter = _doubted(session)
        outbox.discard(session, letter.id, MONDAY, ROSALIND, "never came")

        outbox.mark_arrived(session, letter.id, LATER, ROSALIND)

        assert outbox.get(session, letter.id).state is LetterState.SENT


@pytest.mark.parametrize("state", CERTAIN)
def test_letter_that_nobody_doubts_cannot_have_arrived(
    database: Database, state: LetterState
) -> None:
    with database.writing() as session:
        letter = _certain(session, state)

        with pytest.raises(Conflict, match=f"letter {letter.id} is {state}"):
            outbox.mark_arrived(session, letter.id, LATER, ROSALIND)

        assert outbox.get(session, letter.id) == letter


def test_letter_that_does_not_exist_has_not_arrived(database: Database) -> None:
    with database.writing() as session, pytest.raises(NotFound):
        outbox.mark_arrived(session, 404, LATER, ROSALIND)


def test_letters_that_a_message_names_have_left(database: Database) -> None:
    with database.writing() as session:
        held = _doubted(session)
        again = enqueue(session, make_draft("pack/case:2"))
        outbox.claim(session, MONDAY, 1, "worker")
        outbox.requeue_in_doubt(session, again.id, MONDAY)
        in_hand = enqueue(session, make_draft("pack/case:3"))
        outbox.hold(session, again.id, "kept_back", MONDAY)
        outbox.claim(session, MONDAY, 1, "another worker")

        found = _name(session, in_hand.message_id, held.message_id, again.message_id, "<x@y>")

        letters = [outbox.get(session, one.id) for one in (held, again, in_hand)]
        last = events.of_letter(session, held.id)[-1]
    assert found == (held.id, again.id, in_hand.id)
    assert {(x.state, x.rule, x.sent_at) for x in letters} == {(LetterState.SENT, None, MONDAY)}
    assert {x.server_reply for x in letters} == {"message 57 answers it"}
    assert (last.what, last.actor) == ("letter_found", events.POSTROOM)


@pytest.mark.parametrize("state", CERTAIN)
def test_letter_that_nobody_doubts_is_not_found_by_its_name(
    database: Database, state: LetterState
) -> None:
    with database.writing() as session:
        letter = _certain(session, state)

        assert _name(session, letter.message_id) == ()
        assert outbox.get(session, letter.id) == letter


def test_guesses_and_messages_to_another_programme_prove_nothing(database: Database) -> None:
    with database.writing() as session:
        letter = _doubted(session)

        assert _name(session) == ()
        assert _name(session, letter.message_id[:-1], f"<a{letter.message_id[1:]}") == ()
        assert _name(session, letter.message_id, programme="surrey500") == ()
        assert outbox.get(session, letter.id).rule == outbox.IN_DOUBT


@pytest.mark.parametrize("is_said", [True, False])
def test_letter_of_a_ledger_put_back_may_have_left_as_well(
    database: Database, is_said: bool
) -> None:
    with database.writing() as session:
        letter = enqueue(session)
        outbox.hold(session, letter.id, RESTORED, MONDAY)

        if is_said:
            outbox.mark_arrived(session, letter.id, LATER, ROSALIND, "in the Sent folder")
        else:
            _name(session, letter.message_id)

        arrived = outbox.get(session, letter.id)
    assert (arrived.state, arrived.sent_at) == (LetterState.SENT, LATER)

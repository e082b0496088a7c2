from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from storage import events, outbox
from storage.database import Database
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.people import Address
from storage.errors import Conflict, NotFound
from tests.support.ledger import MONDAY, enqueue, make_draft, open_case

LATER = MONDAY + timedelta(hours=1)
Verb = Callable[[Session, int], object]

VERBS: dict[str, Verb] = {
    "sent": lambda s, id: outbox.mark_sent(s, id, LATER, "250 2.0.0 ok"),
    "deferred": lambda s, id: outbox.mark_deferred(s, id, LATER, "451 later", MONDAY),
    "failed": lambda s, id: outbox.mark_failed(s, id, "refused", "550 no", LATER),
    "held": lambda s, id: outbox.hold(s, id, "cap", LATER),
    "released": lambda s, id: outbox.release(s, id, LATER, "organiser"),
    "discarded": lambda s, id: outbox.discard(s, id, LATER, "organiser", "answered by phone"),
    "in doubt": lambda s, id: outbox.requeue_in_doubt(s, id, LATER),
}
"""What can be done to a letter."""

ALLOWED = {
    LetterState.QUEUED: {"held", "discarded"},
    LetterState.SENDING: {"sent", "deferred", "failed", "held", "in doubt"},
    LetterState.SENT: set(),
    LetterState.DEFERRED: {"held", "discarded"},
    LetterState.FAILED: {"released", "discarded"},
    LetterState.HELD: {"released", "discarded"},
    LetterState.DISCARDED: set(),
}
"""From each state, what can be done; everything else is a conflict."""


def claim_one(session: Session) -> Letter:
    (letter,) = outbox.claim(session, LATER, 1, "worker")
    return letter


def bring_into(session: Session, state: LetterState) -> int:
    """The id of a new letter that is in this state."""
    hold = "cap" if state is LetterState.HELD else None
    letter = enqueue(session, make_draft(hold=hold))
    if state in (LetterState.QUEUED, LetterState.HELD):
        return letter.id
    if state is LetterState.DISCARDED:
        VERBS["discarded"](session, letter.id)
        return letter.id
    claim_one(session)
    if state is not LetterState.SENDING:
        VERBS[state.value](session, letter.id)
    return letter.id


def test_enqueued_letter_comes_back_with_its_frozen_bytes(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        content = bytes(range(256)) * 40
        draft = make_draft(case_id=case.id, cause=case.opened_by, content=content)
        letter = enqueue(session, draft)

    with database.reading() as session:
        assert outbox.get(session, letter.id) == letter
        assert outbox.get_by_key(session, draft.due.key) == letter
        assert outbox.find_by_message_id(session, draft.message_id) == letter
        assert outbox.find_by_message_id(session, "<none@x.example>") is None
        assert outbox.list_answers(session, case.opened_by) == (letter,)
        assert outbox.wire_parts(session, letter.id) == (content, None)
        (event,) = events.of_letter(session, letter.id)
    assert letter == Letter(
        id=letter.id,
        key="application_pack/case:1",
        kind=LetterKind.APPLICATION_PACK,
        programme="ace",
        case_id=case.id,
        cause=case.opened_by,
        recipient=Address("amina@riverside.example", "Amina Okonjo"),
        message_id=draft.message_id,
        subject="ACE-0001",
        state=LetterState.QUEUED,
        created_at=MONDAY,
        not_before=MONDAY,
        template_version="1",
    )
    assert (event.what, event.case_id, event.message_id) == (
        "letter_queued",
        case.id,
        case.opened_by,
    )
    assert event.detail == {"kind": "application_pack"}


def test_enqueueing_the_same_key_again_does_nothing(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session)
        outbox.discard(session, letter.id, MONDAY, "organiser", "no")

    with database.writing() as session:
        assert outbox.enqueue(session, make_draft(content=b"other"), LATER) is None

    with database.reading() as session:
        assert len(outbox.list_letters(session)) == 1
        assert outbox.wire_parts(session, letter.id)[0] != b"other"


@pytest.mark.parametrize(("due", "given"), [("stranger", None), (None, "cap"), ("one", "cap")])
def test_letter_with_a_rule_against_it_is_held(
    database: Database, due: str | None, given: str | None
) -> None:
    with database.writing() as session:
        letter = outbox.enqueue(session, make_draft(hold=due), MONDAY, hold=given)
        claimed = outbox.claim(session, LATER, 10, "worker")

    assert letter is not None
    assert (letter.state, letter.rule) == (LetterState.HELD, given or due)
    assert claimed == ()


def test_claimed_letters_are_the_oldest_whose_turn_has_come(database: Database) -> None:
    with database.writing() as session:
        ids = [enqueue(session, make_draft(f"closed/message:{n}")).id for n in range(4)]
        assert [letter.id for letter in outbox.claim(session, MONDAY, 1, "w")] == ids[:1]
        outbox.mark_deferred(session, ids[0], LATER, "451 later", MONDAY)

        early = outbox.claim(session, MONDAY, 2, "w")
        rest = outbox.claim(session, LATER, 10, "w")
        nothing = outbox.claim(session, LATER, 10, "w")

    assert [letter.id for letter in early] == ids[1:3]
    assert [(letter.id, letter.attempts) for letter in rest] == [(ids[0], 2), (ids[3], 1)]
    assert {letter.state for letter in early + rest} == {LetterState.SENDING}
    assert nothing == ()


def test_claim_leaves_other_programmes_alone(database: Database) -> None:
    with database.writing() as session:
        enqueue(session)
        assert outbox.claim(session, LATER, 10, "w", programmes={"s5"}) == ()
        assert outbox.claim(session, LATER, 10, "w", programmes=()) == ()
        assert len(outbox.claim(session, LATER, 10, "w", programmes={"s5", "ace"})) == 1


def test_letter_given_back_untried_is_no_attempt_older(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session)
        claim_one(session)
        outbox.mark_deferred(session, letter.id, LATER, "", MONDAY, attempted=False)
        back = outbox.get(session, letter.id)

    assert (back.state, back.attempts, back.not_before) == (LetterState.DEFERRED, 0, LATER)


def test_letters_of_workers_known_to_be_gone_are_in_doubt_at_once(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session)
        assert outbox.workers_sending(session) == frozenset()
        claim_one(session)
        assert outbox.workers_sending(session) == {"worker"}
        assert outbox.in_doubt(session, MONDAY, workers=["other"]) == ()
        found = outbox.in_doubt(session, MONDAY, workers=["worker"])
        again = outbox.requeue_in_doubt(session, letter.id, MONDAY, not_before=LATER)

    assert [doubtful.id for doubtful in found] == [letter.id]
    assert again.not_before == LATER


def test_rule_holds_while_a_letter_waits_by_it(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session, make_draft(hold="breaker"))
        assert outbox.has_held(session, "breaker")
        assert not outbox.has_held(session, "cap")
        outbox.release(session, letter.id, LATER, "organiser")
        assert not outbox.has_held(session, "breaker")


def test_sent_letter_keeps_the_servers_reply(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session)
        claim_one(session)
        outbox.mark_sent(session, letter.id, LATER, "250 2.0.0 ok")

    with database.reading() as session:
        sent = outbox.get(session, letter.id)
        history = [event.what for event in events.of_letter(session, letter.id)]
    assert (sent.state, sent.sent_at, sent.server_reply, sent.attempts) == (
        LetterState.SENT,
        LATER,
        "250 2.0.0 ok",
        1,
    )
    assert history == ["letter_queued", "letter_claimed", "letter_sent"]


def test_failed_letter_says_why(database: Database) -> None:
    with database.writing() as session:
        letter_id = bring_into(session, LetterState.FAILED)
        failed = outbox.get(session, letter_id)
        event = events.of_letter(session, letter_id)[-1]

    assert (failed.rule, failed.server_reply) == ("refused", "550 no")
    assert event.what == "letter_failed"
    assert event.detail == {"kind": "application_pack", "rule": "refused"}


def test_released_letter_is_sent_as_if_new(database: Database) -> None:
    with database.writing() as session:
        letter_id = bring_into(session, LetterState.FAILED)
        outbox.release(session, letter_id, LATER, "organiser")
        released = outbox.get(session, letter_id)
        event = events.of_letter(session, letter_id)[-1]

    assert (released.state, released.rule, released.attempts, released.not_before) == (
        LetterState.QUEUED,
        None,
        0,
        LATER,
    )
    assert (event.what, event.actor) == ("letter_released", "organiser")


def test_reason_of_a_discarded_letter_stays_out_of_the_history(database: Database) -> None:
    with database.writing() as session:
        letter_id = bring_into(session, LetterState.DISCARDED)
        letter = outbox.get(session, letter_id)
        event = events.of_letter(session, letter_id)[-1]

    assert letter.rule == "answered by phone"
    assert (event.what, event.actor) == ("letter_discarded", "organiser")
    assert event.detail == {"kind": "application_pack"}


@pytest.mark.parametrize("state", list(LetterState))
def test_only_what_the_state_allows_can_be_done(database: Database, state: LetterState) -> None:
    for name, verb in VERBS.items():
        try:
            with database.writing() as session:
                letter_id = bring_into(session, state)
                assert outbox.get(session, letter_id).state is state
                verb(session, letter_id)
                assert name in ALLOWED[state]
                raise ZeroDivisionError  # so that the next verb finds an empty ledger
        except Conflict:
            assert name not in ALLOWED[state]
        except ZeroDivisionError:
            pass


@pytest.mark.parametrize("name", VERBS)
def test_unknown_letter_is_not_found(database: Database, name: str) -> None:
    with pytest.raises(NotFound), database.writing() as session:
        VERBS[name](session, 404)


def test_looking_for_an_unknown_letter_is_not_found(database: Database) -> None:
    with database.reading() as session:
        for look in (
            lambda: outbox.get(session, 404),
            lambda: outbox.get_by_key(session, "none"),
            lambda: outbox.wire_parts(session, 404),
        ):
            with pytest.raises(NotFound):
                look()


def test_letter_in_doubt_is_sent_once_more_then_held(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session)
        claim_one(session)
        assert outbox.in_doubt(session, LATER) == ()
        assert [found.id for found in outbox.in_doubt(session, LATER + timedelta(seconds=1))] == [
            letter.id
        ]

        first = outbox.requeue_in_doubt(session, letter.id, LATER)
        claim_one(session)
        second = outbox.requeue_in_doubt(session, letter.id, LATER)
        history = [event.what for event in events.of_letter(session, letter.id)]

    assert first.state is LetterState.QUEUED
    assert (second.state, second.rule) == (LetterState.HELD, outbox.IN_DOUBT)
    assert history == [
        "letter_queued",
        "letter_claimed",
        "letter_in_doubt",
        "letter_claimed",
        "letter_held",
    ]


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind.is_outcome])
def test_outcome_in_doubt_is_held_at_once(database: Database, kind: LetterKind) -> None:
    with database.writing() as session:
        letter = enqueue(session, make_draft(kind=kind))
        claim_one(session)
        held = outbox.requeue_in_doubt(session, letter.id, LATER)

    assert (held.state, held.rule) == (LetterState.HELD, outbox.IN_DOUBT)


def test_letter_that_is_left_out_is_written_down_once_and_never_leaves(database: Database) -> None:
    due = replace(make_draft().due, skip="overtaken")
    with database.writing() as session:
        letter = outbox.skip(session, due, "ace", MONDAY)
        again = outbox.skip(session, due, "ace", LATER)
        written = outbox.enqueue(session, make_draft(), LATER)
        claimed = outbox.claim(session, LATER, 10, "worker")

    assert letter is not None
    assert (letter.state, letter.rule, letter.is_left_out) == (
        LetterState.DISCARDED,
        "overtaken",
        True,
    )
    assert (again, written, claimed) == (None, None, ())


def test_sent_letters_are_counted_by_address_domain_case_and_in_all(database: Database) -> None:
    recipients = ("a@one.example", "b@one.example", "c@two.example", "d@two.example")
    with database.writing() as session:
        case = open_case(session)
        for number, recipient in enumerate(recipients):
            draft = make_draft(f"closed/message:{number}", recipient=recipient)
            enqueue(session, draft)
        about = make_draft("closed/message:9", recipient="a@one.example", case_id=case.id)
        enqueue(session, about)
        claimed = outbox.claim(session, MONDAY, 10, "w")
        outbox.mark_sent(session, claimed[0].id, LATER, "250 ok")
        outbox.mark_deferred(session, claimed[1].id, LATER, "451 later", MONDAY)
        outbox.mark_failed(session, claimed[2].id, "refused", "550 no", MONDAY)

        def count(**whom: object) -> int:
            return outbox.sent_count(session, since=MONDAY, **whom)  # type: ignore[arg-type]

        assert count() == 3
        assert count(recipient="a@one.example") == 2
        assert count(recipient="b@one.example") == 0
        assert count(domain="two.example") == 1
        assert count(case_id=case.id) == 1
        assert outbox.sent_count(session, since=MONDAY + timedelta(seconds=1)) == 0


def test_letters_are_listed_newest_first(database: Database) -> None:
    with database.writing() as session:
        old = enqueue(session, make_draft("closed/message:1", kind=LetterKind.CLOSED))
        held = enqueue(session, make_draft("closed/message:2", hold="cap"))
        new = enqueue(session, make_draft("closed/message:3"))
        assert outbox.list_letters(session) == (new, held, old)
        assert outbox.list_letters(session, "ace", limit=2) == (new, held)
        assert outbox.list_letters(session, "s5") == ()
        assert outbox.list_letters(session, state=LetterState.HELD) == (held,)
        assert outbox.list_letters(session, kind=LetterKind.CLOSED) == (old,)

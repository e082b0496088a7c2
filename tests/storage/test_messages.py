from datetime import timedelta

import pytest

from storage import events, messages, quarantine
from storage.database import Database
from storage.domain.message import MessageKind, Verdict
from storage.errors import Conflict, NotFound
from storage.messages import Arrival, Sighting, Waiting
from tests.support.ledger import (
    MAILBOX,
    MONDAY,
    count_queries,
    make_arrival,
    make_hash,
    open_case,
    record,
    remember,
    with_id,
)
from tests.support.understandings import make_understanding

EARLIER = MONDAY - timedelta(days=1)


def kinds_of(history: tuple[events.Event, ...]) -> list[str]:
    return [event.what for event in history]


def test_remembered_messages_wait_in_order_of_receipt(database: Database) -> None:
    late = make_arrival(1, received_at=MONDAY)
    early = make_arrival(2, received_at=EARLIER, programme=None)
    with database.writing() as session:
        new = messages.remember(session, [late, early], MONDAY)
        first, second = messages.waiting(session, 10)

    assert new == 2
    assert first == Waiting(first.id, make_hash(2), None, EARLIER, 0, too_big=False)
    assert second == Waiting(second.id, make_hash(1), "ace", MONDAY, 0, too_big=False)


def test_remembering_again_changes_nothing(database: Database) -> None:
    arrivals = [make_arrival(1), make_arrival(2)]
    with database.writing() as session:
        messages.remember(session, arrivals, MONDAY)
        before = messages.waiting(session, 10)

    with database.writing() as session:
        assert messages.remember(session, arrivals, MONDAY + timedelta(hours=1)) == 0

    with database.reading() as session:
        assert messages.waiting(session, 10) == before


def test_same_bytes_in_other_places_are_one_message_with_the_first_time(
    database: Database,
) -> None:
    """A new UIDVALIDITY, a second folder, a second mailbox, twice in one batch."""
    copies = [
        make_arrival(1, key="INBOX/1/1"),
        make_arrival(1, key="INBOX/2/1", received_at=EARLIER),
        make_arrival(1, key="Other/1/1"),
        make_arrival(1, mailbox="surrey500@heartlands.nhs.example", programme="surrey500"),
    ]
    with database.writing() as session:
        assert messages.remember(session, copies[:2], MONDAY) == 1
        assert messages.remember(session, copies[2:], MONDAY) == 0
        (waiting,) = messages.waiting(session, 10)

    assert waiting.received_at == copies[0].received_at
    assert waiting.programme == "ace"


def test_unseen_keys_keep_their_order_and_know_their_mailbox(database: Database) -> None:
    with database.writing() as session:
        messages.remember(session, [make_arrival(2)], MONDAY)

    with database.reading() as session:
        keys = [make_arrival(number).key for number in (3, 2, 1)]
        assert messages.unseen_keys(session, MAILBOX, keys) == [keys[0], keys[2]]
        assert messages.unseen_keys(session, "other", keys) == keys
        assert messages.unseen_keys(session, MAILBOX, []) == []


def test_many_keys_and_arrivals_fit_into_the_statements(database: Database) -> None:
    arrivals = [make_arrival(number) for number in range(6_000)]
    with database.writing() as session, count_queries(session) as statements:
        assert messages.remember(session, arrivals, MONDAY) == 6_000
        assert messages.unseen_keys(session, MAILBOX, [a.key for a in arrivals]) == []

    assert len(statements) < 100


def test_key_that_was_filed_and_is_back_is_fetched_and_filed_again(database: Database) -> None:
    """Somebody moved the message back, or the server gave its key to another message."""
    with database.writing() as session:
        record(session, 1)
        (sighting,) = messages.to_file(session, MAILBOX, 10)
        messages.mark_filed(session, [sighting.id], MONDAY)
        assert messages.to_file(session, MAILBOX, 10) == ()
        assert messages.unseen_keys(session, MAILBOX, [sighting.key]) == [sighting.key]

        assert messages.remember(session, [make_arrival(1)], MONDAY) == 0
        assert messages.to_file(session, MAILBOX, 10) == (sighting,)

        other = make_arrival(2, key=sighting.key)
        assert messages.remember(session, [other], MONDAY) == 1
        assert messages.to_file(session, MAILBOX, 10) == ()


def test_remembering_nothing_is_nothing(database: Database) -> None:
    with database.writing() as session:
        assert messages.remember(session, [], MONDAY) == 0


def test_recorded_message_comes_back_as_it_was_understood(database: Database) -> None:
    understanding = with_id(make_understanding(), "<1@x.example>")
    with database.writing() as session:
        case = open_case(session, 1)
        recorded = record(session, 2, understanding=understanding, case_ids=(case.id,))

    with database.reading() as session:
        assert messages.get(session, recorded.id) == recorded
        assert messages.find_by_sha256(session, make_hash(2)) == recorded
        assert messages.waiting(session, 10) == ()
        history = events.of_message(session, recorded.id)
    assert recorded.understanding == understanding
    assert recorded.case_ids == (case.id,)
    assert recorded.received_at == make_arrival(2).received_at
    assert kinds_of(history) == ["message_arrived", "message_recorded", "same_message_id"]
    assert history[1].case_id == case.id
    assert history[1].detail == {"kind": "expression", "rule": "test", "placement": "test"}


def test_history_holds_no_values_of_the_message(database: Database) -> None:
    with database.writing() as session:
        message = record(session)

    with database.reading() as session:
        details = str([event.detail for event in events.of_message(session, message.id)])
    for value in ("amina", "Amina", "riverside", "447700900101", "Carers"):
        assert value not in details


def test_same_message_id_over_other_bytes_is_flagged(database: Database) -> None:
    with database.writing() as session:
        first = record(session, 1)
        second = record(session, 2, understanding=with_id(make_understanding(), "<1@x.example>"))
        record(session, 3, understanding=with_id(make_understanding(), "<3@x.example>"))

    with database.reading() as session:
        flagged = [event for event in events.recent(session) if event.what == "same_message_id"]
    assert [(event.message_id, event.detail) for event in flagged] == [
        (second.id, {"message": str(first.id)})
    ]


def test_message_is_recorded_only_once(database: Database) -> None:
    with database.writing() as session:
        message = record(session)

    with pytest.raises(Conflict), database.writing() as session:
        messages.record(
            session,
            message.id,
            programme="ace",
            understanding=message.understanding,
            placement_rule="test",
            case_ids=(),
            changed=(),
            attention_at=None,
            now=MONDAY,
        )
    with pytest.raises(Conflict), database.writing() as session:
        messages.quarantine(session, message.id, "late", MONDAY)


def test_waiting_message_is_not_found_as_recorded(database: Database) -> None:
    with database.writing() as session:
        message_id = remember(session)

    with database.reading() as session:
        assert messages.find_by_sha256(session, make_hash(1)) is None
        assert messages.find_by_sha256(session, make_hash(404)) is None
        with pytest.raises(NotFound):
            messages.get(session, message_id)
        with pytest.raises(NotFound):
            messages.get(session, 404)


def test_tried_messages_are_exhausted_after_three_attempts(database: Database) -> None:
    with database.writing() as session:
        message_id = remember(session)
        messages.count_failure(session, message_id)
        messages.count_failure(session, message_id)
        assert [item.attempts for item in messages.waiting(session, 10)] == [2]
        assert messages.exhausted(session) == ()

        messages.count_failure(session, message_id)
        assert messages.waiting(session, 10) == ()
        assert [item.id for item in messages.exhausted(session)] == [message_id]


def test_quarantined_message_waits_for_a_person_and_can_be_tried_again(
    database: Database,
) -> None:
    with database.writing() as session:
        message_id = remember(session)
        messages.count_failure(session, message_id)
        messages.quarantine(session, message_id, "nesting", MONDAY)

    with database.reading() as session:
        received_at = make_arrival(1).received_at
        (held,) = quarantine.list_quarantined(session)
        assert held == quarantine.Quarantined(
            message_id, make_hash(1), "ace", received_at, "nesting", 1, 2_000, too_big=False
        )
        assert quarantine.get_quarantined(session, message_id) == held
        assert quarantine.list_quarantined(session, "surrey500") == ()
        assert messages.find_reason(session, make_hash(1)) == "nesting"
        assert messages.waiting(session, 10) == ()

    with database.writing() as session:
        quarantine.requeue(session, message_id, MONDAY, actor="organiser")
    with database.reading() as session:
        assert quarantine.list_quarantined(session) == ()
        assert messages.find_reason(session, make_hash(1)) is None
        assert [item.attempts for item in messages.waiting(session, 10)] == [0]
        history = events.of_message(session, message_id)
    assert kinds_of(history) == ["message_arrived", "message_quarantined", "message_requeued"]
    assert history[-1].actor == "organiser"

    with pytest.raises(Conflict), database.writing() as session:
        quarantine.requeue(session, message_id, MONDAY, actor="organiser")


def test_only_what_is_recorded_or_quarantined_is_filed(database: Database) -> None:
    with database.writing() as session:
        done = record(session, 1)
        messages.quarantine(session, bad := remember(session, 2), "nesting", MONDAY)
        remember(session, 3)
        found = messages.to_file(session, MAILBOX, 10)
        elsewhere = messages.to_file(session, "other", 10)
        limited = messages.to_file(session, MAILBOX, 1)

    assert [(s.message_id, s.key, s.quarantined) for s in found] == [
        (done.id, "INBOX/1/1", False),
        (bad, "INBOX/1/2", True),
    ]
    assert isinstance(found[0], Sighting)
    assert elsewhere == ()
    assert limited == found[:1]


def test_filed_message_is_not_filed_again(database: Database) -> None:
    with database.writing() as session:
        message = record(session)
        (sighting,) = messages.to_file(session, MAILBOX, 10)
        messages.mark_filed(session, {sighting.id}, MONDAY)
        messages.mark_filed(session, [], MONDAY)

    with database.reading() as session:
        assert messages.to_file(session, MAILBOX, 10) == ()
        history = events.of_message(session, message.id)
    assert kinds_of(history)[-1] == "message_filed"


def test_lone_messages_want_attention_in_their_order(database: Database) -> None:
    with database.writing() as session:
        later = record(session, 1, attention_at=MONDAY)
        earlier = record(session, 2, attention_at=EARLIER)
        record(session, 3, attention_at=MONDAY + timedelta(seconds=1))
        record(session, 4)
        assert messages.wanting_attention(session, MONDAY, 10) == (
            (earlier.id, "ace"),
            (later.id, "ace"),
        )
        assert messages.wanting_attention(session, MONDAY, 1) == ((earlier.id, "ace"),)

        messages.set_attention(session, earlier.id, None)
        assert messages.wanting_attention(session, MONDAY, 10) == ((later.id, "ace"),)


def test_hostile_head_is_stored_and_found(database: Database) -> None:
    """Longer than any index entry, with what no database can hold."""
    message_id = "<" + "\x00\udc80ü" * 5_000 + "@x.example>"
    understanding = with_id(
        make_understanding(MessageKind.BULK, sender="a" * 9_000 + "@x.example"), message_id
    )
    arrivals = [Arrival(MAILBOX, "k" * 250, make_hash(1), 1, MONDAY)]
    with database.writing() as session:
        messages.remember(session, arrivals, MONDAY)
        recorded = record(session, 2, understanding=understanding)

    with database.reading() as session:
        assert messages.get(session, recorded.id).understanding == understanding


def test_verdicts_hold_is_in_the_history(database: Database) -> None:
    understanding = make_understanding(verdict=Verdict(MessageKind.EXPRESSION, "test", "dmarc"))
    with database.writing() as session:
        message = record(session, understanding=understanding)
        history = events.of_message(session, message.id)

    assert history[-1].detail["hold"] == "dmarc"


def test_messages_of_one_second_are_understood_in_the_order_of_their_mailbox(
    database: Database,
) -> None:
    """A correction that is sent at once must not come before what it corrects."""
    arrivals = [make_arrival(number, received_at=MONDAY) for number in range(1, 41)]
    with database.writing() as session:
        messages.remember(session, [*arrivals[:30], arrivals[3], *arrivals[30:]], MONDAY)

    with database.reading() as session:
        waiting = [one.sha256 for one in messages.waiting(session, 100)]
    assert waiting == [arrival.sha256 for arrival in arrivals]

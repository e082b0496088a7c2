from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage import messages
from storage.columns import OpaqueKey, PlainText, ShortText, UtcDateTime
from storage.database import Database
from tests.support.ledger import MAILBOX, MONDAY, make_arrival

DIALECT = sqlite.dialect()
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_any_key_comes_back_exactly(key: str) -> None:
    stored = OpaqueKey().process_bind_param(key, DIALECT)

    assert stored is not None
    assert "\x00" not in stored
    stored.encode()
    assert OpaqueKey().process_result_value(stored, DIALECT) == key


def test_different_keys_are_stored_differently() -> None:
    keys = ["a\x00", "a\\0000", "a\\\\0000", "a\udc80", "a\\dc80"]

    assert len({OpaqueKey().process_bind_param(key, DIALECT) for key in keys}) == len(keys)


@given(ANY_TEXT)
def test_any_text_can_be_stored(text: str) -> None:
    stored = PlainText().process_bind_param(text, DIALECT)

    assert stored is not None
    assert "\x00" not in stored
    assert len(stored) == len(text)
    stored.encode()


def test_short_text_is_cut_in_question_and_answer_alike() -> None:
    assert ShortText().process_bind_param("x" * 9_000, DIALECT) == "x" * 500


def test_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(datetime(2021, 7, 5), DIALECT)  # noqa: DTZ001


def test_times_of_any_zone_come_back_in_utc(database: Database) -> None:
    summer = timezone(timedelta(hours=1))
    received_at = datetime(2021, 8, 20, 23, 59, 59, 123456, tzinfo=summer)
    with database.writing() as session:
        messages.remember(session, [make_arrival(received_at=received_at)], MONDAY)

    with database.reading() as session:
        (waiting,) = messages.waiting(session, 10)

    assert waiting.received_at == received_at
    assert waiting.received_at.tzinfo is UTC


def test_odd_keys_of_a_mailbox_come_back_exactly(database: Database) -> None:
    keys = ["caf\udce9.eml", "new\\1.eml", "zero\x00", "£ ok"]
    arrivals = [make_arrival(number, key=key) for number, key in enumerate(keys)]
    with database.writing() as session:
        messages.remember(session, arrivals, MONDAY)
        for waiting in messages.waiting(session, 10):
            messages.quarantine(session, waiting.id, "test", MONDAY)

    with database.reading() as session:
        found = messages.to_file(session, MAILBOX, 10)
        assert messages.unseen_keys(session, MAILBOX, [*keys, "other"]) == ["other"]

    assert sorted(sighting.key for sighting in found) == sorted(keys)

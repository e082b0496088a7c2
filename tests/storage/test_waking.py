"""When time alone makes something due: the instant to which a clock may jump."""

from datetime import UTC, datetime, timedelta

from storage import cases
from storage.database import Database
from storage.waking import next_wake
from tests.support.ledger import open_case

NOW = datetime(2021, 7, 12, 9, tzinfo=UTC)


def test_nothing_wakes_an_empty_ledger(database: Database) -> None:
    with database.reading() as session:
        assert next_wake(session, NOW) is None


def test_earliest_wish_behind_now_counts(database: Database) -> None:
    with database.writing() as session:
        for number, days in ((1, -1), (2, 9), (3, 4)):
            case = open_case(session, number)
            cases.set_attention(session, case.id, NOW + timedelta(days=days))

    with database.reading() as session:
        assert next_wake(session, NOW) == NOW + timedelta(days=4)
        assert next_wake(session, NOW + timedelta(days=4)) == NOW + timedelta(days=9)

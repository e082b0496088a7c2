"""The history can't be changed unseen: not by Postroom, and not by whoever holds the database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlmodel import Session

from storage import events, sealing
from storage.database import Database
from storage.errors import StorageError

NOW = datetime(2021, 8, 20, 12, tzinfo=UTC)


@pytest.fixture
def sealed(database: Database) -> Database:
    """A ledger with two seals, over four lines and three."""
    for count in (4, 3):
        with database.writing() as session:
            for _ in range(count):
                events.append(session, at=NOW, what="case_opened", programme="ace", case_id=1)
        with database.writing() as session:
            sealing.seal(session, NOW)
    return database


def test_sealed_history_is_found_whole(sealed: Database) -> None:
    with sealed.reading() as session:
        found = sealing.inspect(session)

    assert (found.lines, found.seals, found.unsealed, found.breaks) == (7, 2, 0, ())


def test_nothing_new_needs_no_seal(sealed: Database) -> None:
    with sealed.writing() as session:
        assert sealing.seal(session, NOW) is None


def test_lines_since_the_last_seal_are_counted(sealed: Database) -> None:
    with sealed.writing() as session:
        events.append(session, at=NOW, what="letter_sent")
    with sealed.reading() as session:
        assert sealing.inspect(session).unsealed == 1


def test_same_history_has_the_same_seal_on_every_database(sealed: Database) -> None:
    """So that a digest noted down once can be held against a ledger that has moved."""
    with sealed.reading() as session:
        last = sealing.newest(session)

    assert last is not None
    assert last.digest == "381e7c06bb1421cde71dc56bcab674e60655257dac04012b1f527ade451ea996"


@pytest.mark.parametrize(
    ("deed", "after", "found"),
    [
        ("UPDATE events SET actor = 'somebody' WHERE id = 2", 0, 4),
        ("UPDATE events SET case_id = NULL WHERE id = 6", 4, 3),
        ("DELETE FROM events WHERE id = 3", 0, 3),
        ("DELETE FROM events WHERE id = 7", 4, 2),
    ],
)
def test_tampering_is_refused_by_the_database_and_shows_where_it_was_forced(
    sealed: Database, deed: str, after: int, found: int
) -> None:
    with pytest.raises(StorageError), sealed.writing() as session:
        session.connection().execute(text(deed))

    with sealed.writing() as session:
        _lift_guards(session)
        session.connection().execute(text(deed))
    with sealed.reading() as session:
        breaks = sealing.inspect(session).breaks

    assert [(one.after, one.found) for one in breaks] == [(after, found)]


def test_seals_themselves_are_only_added(sealed: Database) -> None:
    with pytest.raises(StorageError), sealed.writing() as session:
        session.connection().execute(text("UPDATE seals SET digest = 'x'"))
    with pytest.raises(StorageError), sealed.writing() as session:
        session.connection().execute(text("DELETE FROM seals"))


def _lift_guards(session: Session) -> None:
    """As somebody who owns the database can."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = 'replica'"))
    else:
        connection.execute(text("DROP TRIGGER events_no_update"))
        connection.execute(text("DROP TRIGGER events_no_delete"))

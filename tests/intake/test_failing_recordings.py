"""Messages that are understood and can't be recorded: each is tried once a run, so that what passes
by itself puts nothing in quarantine."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from intake.isolation import Reader, Result, UnderstoodMessage
from intake.pipeline import READ_BATCH, Intake, Pipeline
from storage import messages
from storage.archive import Archive
from storage.database import Database
from storage.domain.programme import Programme
from tests.support.empty_ledgers import open_empty_ledger
from tests.support.ledger import MONDAY, make_arrival
from tests.support.programmes import ACE
from tests.support.understandings import make_understanding


class _AtOnce(Reader):
    """Understands each message as an expression, without children."""

    def read(
        self, raws: Sequence[tuple[bytes, str | None]], **_told: Collection[int]
    ) -> list[Result]:
        return [UnderstoodMessage(ACE.slug, make_understanding()) for _ in raws]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    ledger = open_empty_ledger(f"sqlite:///{tmp_path}/ledger.db")
    yield ledger
    ledger.close()


def a_pipeline(
    database: Database, folder: Path, count: int, programmes: Mapping[str, Programme]
) -> Pipeline:
    """With so many messages waiting. One whose programme is not known can't be recorded."""
    archive = Archive(folder / "archive")
    arrivals = [
        make_arrival(number, sha256=archive.put(f"Message {number}".encode()))
        for number in range(count)
    ]
    with database.writing() as session:
        messages.remember(session, arrivals, MONDAY)
    reader = _AtOnce([ACE], archive_folder=None)
    return Pipeline(
        database=database, archive=archive, reader=reader, programmes=programmes, secret=b"secret"
    )


def tries(database: Database) -> list[int]:
    """Of each message that waits, how often it was tried."""
    with database.reading() as session:
        return [item.attempts for item in messages.waiting(session, 1_000)]


@pytest.mark.parametrize("count", [READ_BATCH - 1, READ_BATCH, 2 * READ_BATCH])
def test_where_all_fail_each_is_tried_once_a_run(
    database: Database, tmp_path: Path, count: int
) -> None:
    pipeline = a_pipeline(database, tmp_path, count, {})

    done = pipeline.understand_all(MONDAY)

    assert done == Intake()
    assert tries(database) == ([1] * READ_BATCH + [0] * count)[:count]


def test_those_that_fail_hold_up_the_rest_for_three_runs(
    database: Database, tmp_path: Path
) -> None:
    pipeline = a_pipeline(database, tmp_path, READ_BATCH + 1, {})

    done = [pipeline.understand(MONDAY) for _ in range(messages.MAX_ATTEMPTS + 1)]

    assert [run.quarantined for run in done] == [0, 0, 0, READ_BATCH]
    assert tries(database) == [1]


@pytest.mark.parametrize("count", [READ_BATCH - 1, READ_BATCH, READ_BATCH + 1, 2 * READ_BATCH + 1])
def test_all_that_wait_are_recorded_in_one_run(
    database: Database, tmp_path: Path, count: int
) -> None:
    pipeline = a_pipeline(database, tmp_path, count, {ACE.slug: ACE})

    assert pipeline.understand_all(MONDAY) == Intake(recorded=count)
    assert tries(database) == []

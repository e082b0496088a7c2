"""Several processes on one ledger: nothing twice, nothing lost, no lock error that surfaces."""

import hashlib
import multiprocessing
from itertools import chain
from pathlib import Path

import pytest

from storage import messages, outbox
from storage.archive import Archive
from storage.database import Database
from storage.domain.letter import LetterState
from tests.support import ledger_workers as workers
from tests.support.ledger import MAILBOX, MONDAY, make_arrival, make_draft
from tests.support.ledger_workers import Crew


def test_processes_that_remember_the_same_bytes_make_one_message(
    database: Database, database_url: str, crew: Crew
) -> None:
    """Two mailboxes, one reader each way round, the same messages in both."""
    new = crew.run(
        workers.remember_all,
        [
            (database_url, "one@leadership.nhs.example", 100, False),
            (database_url, "two@leadership.nhs.example", 100, True),
        ],
    )

    with database.reading() as session:
        waiting = messages.waiting(session, 1_000)
        for mailbox in ("one@leadership.nhs.example", "two@leadership.nhs.example"):
            keys = [make_arrival(number).key for number in range(100)]
            assert messages.unseen_keys(session, mailbox, keys) == []
    assert sum(new) == 100
    assert len(waiting) == len({item.sha256 for item in waiting}) == 100


def test_four_processes_claim_400_letters_without_doubles(
    database: Database, database_url: str, crew: Crew
) -> None:
    with database.writing() as session:
        for number in range(400):
            outbox.enqueue(session, make_draft(f"application_pack/case:{number}"), MONDAY)

    claimed = crew.run(
        workers.claim_all, [(database_url, f"worker-{number}") for number in range(4)]
    )

    ids = list(chain.from_iterable(claimed))
    assert len(ids) == len(set(ids)) == 400
    with database.reading() as session:
        letters = outbox.list_letters(session, limit=1_000)
    assert {letter.state for letter in letters} == {LetterState.SENDING}
    assert {letter.attempts for letter in letters} == {1}


@pytest.mark.usefixtures("database")
def test_processes_that_open_cases_get_each_number_once(database_url: str, crew: Crew) -> None:
    given = crew.run(workers.open_cases, [(database_url, first, 20) for first in (0, 100, 200)])

    references = sorted(chain.from_iterable(given))
    assert references == [f"ACE-{number:04d}" for number in range(1, 61)]


def test_processes_that_publish_the_same_pack_agree_on_its_version(
    database: Database, database_url: str, crew: Crew
) -> None:
    with database.reading():
        versions = crew.run(workers.publish, [(database_url, "a" * 64)] * 3)

    assert versions == [1, 1, 1]


def test_processes_that_start_together_migrate_once(empty_url: str, crew: Crew) -> None:
    crew.run(workers.migrate, [(empty_url,)] * 3)

    database = Database(empty_url)
    database.check()
    database.close()


def test_death_between_archive_and_ledger_loses_nothing(database: Database, tmp_path: Path) -> None:
    """The mailbox still shows the message: the next run archives it again and remembers it."""
    content = b"From: amina@riverside.example\r\n\r\nOur project\r\n"
    child = multiprocessing.get_context("spawn").Process(
        target=workers.archive_and_die, args=(tmp_path / "archive", content)
    )
    child.start()
    child.join()
    archive = Archive(tmp_path / "archive")
    key = make_arrival().key

    with database.writing() as session:
        unseen = messages.unseen_keys(session, MAILBOX, [key])
        sha256 = archive.put(content)
        new = messages.remember(session, [make_arrival(sha256=sha256)], MONDAY)

    assert child.exitcode == 9
    assert unseen == [key]
    assert new == 1
    assert archive.get(hashlib.sha256(content).hexdigest()) == content

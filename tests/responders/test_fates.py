"""What became of a letter is not forgotten while the ledger is away."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import storage.database
from responders.delivery import Delivered, DeliverySettings, deliver
from responders.fates import KEPT_FOR, Unmarked
from storage.domain.letter import LetterState
from storage.errors import LedgerUnavailable
from tests.support.ledger import MONDAY
from tests.support.post_office import PROGRAMMES, Played, PostOffice, open_post_office

MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """A ledger for which nobody waits longer than a moment."""
    monkeypatch.setattr(storage.database, "BUSY_SECONDS", 0)
    with open_post_office(f"sqlite:///{tmp_path}/ledger.db", tmp_path) as office:
        yield office


def hand_over(office: PostOffice, unmarked: Unmarked, now: datetime = MONDAY) -> Delivered:
    return deliver(
        office.database,
        office.archive,
        office.transports.__getitem__,
        programmes=PROGRAMMES,
        now=now,
        settings=DeliverySettings(),
        unmarked=unmarked,
    )


def lock_while_sending(office: PostOffice, folder: Path) -> tuple[Played, sqlite3.Connection]:
    """Another program takes the ledger's lock when the first letter is with the server."""
    other = sqlite3.connect(folder / "ledger.db", isolation_level=None)

    def act(_: str) -> str:
        if not other.in_transaction:
            other.execute("BEGIN IMMEDIATE")
        return "250 OK"

    office.transports["ace"] = played = Played(act)
    return played, other


def test_a_letter_that_left_while_the_ledger_was_away_is_not_sent_again(
    office: PostOffice, tmp_path: Path
) -> None:
    letter_id, unmarked = office.enqueue(1), Unmarked()
    played, other = lock_while_sending(office, tmp_path)
    with pytest.raises(LedgerUnavailable):
        hand_over(office, unmarked)
    with pytest.raises(LedgerUnavailable):
        hand_over(office, unmarked, MONDAY + MINUTE)  # it is still away
    other.close()

    assert hand_over(office, unmarked, MONDAY + 2 * MINUTE).sent == 1

    assert office.letter(letter_id).state is LetterState.SENT
    assert len(played.offered) == 1
    assert hand_over(office, unmarked, MONDAY + 3 * MINUTE) == Delivered()


def test_what_is_old_is_left_to_those_who_resolve_doubts(
    office: PostOffice, tmp_path: Path
) -> None:
    letter_id, unmarked = office.enqueue(1), Unmarked()
    _, other = lock_while_sending(office, tmp_path)
    with pytest.raises(LedgerUnavailable):
        hand_over(office, unmarked)
    other.close()

    assert hand_over(office, unmarked, MONDAY + KEPT_FOR) == Delivered()
    assert office.letter(letter_id).state is LetterState.SENDING

from dataclasses import replace
from datetime import timedelta

from storage import outbox
from storage.database import Database
from storage.domain.acquaintance import Echoes
from storage.domain.letter import LetterKind
from storage.echoes import find_echoes
from tests.support.ledger import MONDAY, enqueue, make_draft, record
from tests.support.understandings import make_understanding


def test_stranger_has_no_echo(database: Database) -> None:
    with database.writing() as session:
        assert find_echoes(session, make_understanding(), MONDAY) == Echoes()


def test_acknowledgement_of_the_last_days_counts_unless_discarded(database: Database) -> None:
    with database.writing() as session:
        draft = make_draft("acknowledgement/message:1", kind=LetterKind.ACKNOWLEDGEMENT)
        letter = enqueue(session, draft)
        asked = make_understanding(sender=letter.recipient.email)

        assert find_echoes(session, asked, MONDAY + timedelta(days=6)).is_acknowledged
        assert not find_echoes(session, asked, MONDAY + timedelta(days=8)).is_acknowledged
        outbox.discard(session, letter.id, MONDAY, "user:test", "answered by telephone")
        assert not find_echoes(session, asked, MONDAY).is_acknowledged


def test_same_text_counts_other_senders_of_the_last_day(database: Database) -> None:
    same = replace(make_understanding(), fingerprint="f" * 64)
    with database.writing() as session:
        for number in (1, 2):
            sender = f"robot{number}@bots.example"
            told = replace(make_understanding(sender=sender), fingerprint="f" * 64)
            record(session, number, understanding=told)

        assert find_echoes(session, same, MONDAY).same_text == 2
        assert find_echoes(session, same, MONDAY + timedelta(days=3)).same_text == 0

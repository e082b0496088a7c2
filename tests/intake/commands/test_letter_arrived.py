"""`postroom letter arrived`: somebody found out that a letter in doubt has come."""

import json

import pytest

from storage import outbox
from storage.database import Database
from storage.domain.letter import LetterKind
from tests.intake.commands.conftest import Call
from tests.support.ledger import MONDAY, enqueue, make_draft

BY = ("--by", "Rosalind Okoro")


@pytest.fixture
def doubted(ledger: Database) -> Database:
    """Letter 1 is an outcome held in doubt, letter 2 is held by another rule."""
    with ledger.writing() as session:
        outcome = enqueue(session, make_draft(kind=LetterKind.OUTCOME_FUNDED))
        outbox.claim(session, MONDAY, 1, "worker")
        outbox.requeue_in_doubt(session, outcome.id, MONDAY)
        enqueue(session, make_draft("ack/message:9", hold="stranger"))
    return ledger


def _states(ledger: Database) -> list[str]:
    with ledger.reading() as session:
        return [str(x.state) for x in reversed(outbox.list_letters(session))]


def test_letter_that_arrived_counts_as_sent(doubted: Database, call: Call) -> None:
    done = call("letter", "arrived", "1", *BY, "--reason", "they rang")

    assert done.stdout == "Letter 1 has arrived, and counts as sent.\n"
    assert _states(doubted) == ["sent", "held"]
    assert "a person found out that it arrived" in call("letter", "show", "1").stdout


def test_dry_run_says_so_and_changes_nothing(doubted: Database, call: Call) -> None:
    tried = call("letter", "arrived", "1", *BY, "--dry-run")

    assert tried.stdout == "Letter 1 has arrived, and would count as sent.\n"
    assert _states(doubted) == ["held", "held"]


def test_arrival_is_told_to_machines(doubted: Database, call: Call) -> None:
    told = json.loads(call("letter", "arrived", "1", *BY, "--json").stdout)

    assert (told["state"], told["done"], told["sent_at"]) == ("sent", True, MONDAY.isoformat())
    assert _states(doubted)[0] == "sent"


@pytest.mark.parametrize("option", [(), ("--dry-run",)])
def test_letter_that_nobody_doubts_is_refused(
    doubted: Database, call: Call, option: tuple[str, ...]
) -> None:
    refused = call("letter", "arrived", "2", *BY, *option)

    assert refused.exit_code == 1
    assert refused.stderr == (
        "Nothing was done: letter 2 is held by another rule (stranger), and only a letter that may "
        "have left, such as one held in doubt, can have arrived.\n"
    )
    assert _states(doubted) == ["held", "held"]


def test_all_that_may_have_left_are_known_to_have_arrived_together(
    doubted: Database, call: Call
) -> None:
    options = ("--programme", "ace", *BY, "--rule")
    refused = call("letter", "held", "arrived", *options, "stranger")
    done = call("letter", "held", "arrived", *options, "in_doubt")

    assert (refused.exit_code, done.exit_code) == (2, 0)
    assert "No letter that stranger holds can have arrived: in_doubt and restored" in refused.stderr
    assert done.stdout == "1 letters known to have arrived; they count as sent.\n"
    assert _states(doubted) == ["sent", "held"]


def test_whoever_discards_a_letter_in_doubt_can_put_it_right(doubted: Database, call: Call) -> None:
    told = call("letter", "discard", "1", *BY).stdout
    other = call("letter", "discard", "2", *BY).stdout

    assert told == (
        "Letter 1 will not be sent. If it turns out to have arrived: `postroom letter arrived 1`.\n"
    )
    assert other == "Letter 2 will not be sent.\n"
    assert call("letter", "arrived", "1", *BY).exit_code == 0
    assert _states(doubted) == ["sent", "discarded"]

"""`postroom letter held`: what a flood left behind is decided about in one go."""

import json

import pytest

from storage import events, outbox
from storage.database import Database
from tests.intake.commands.conftest import Call
from tests.support.ledger import MONDAY, enqueue, make_draft

BREAKER = ("--programme", "ace", "--rule", "budget.breaker", "--by", "Rosalind Okoro")


@pytest.fixture
def flood(ledger: Database) -> list[int]:
    """Three letters that the breaker holds, and one that a stranger does."""
    with ledger.writing() as session:
        ids = [enqueue(session, make_draft(f"ack/message:{n}")).id for n in range(3)]
        for letter_id in ids:
            outbox.claim(session, MONDAY, 1, "a")
            outbox.hold(session, letter_id, "budget.breaker", MONDAY)
        enqueue(session, make_draft("ack/message:9", hold="stranger"))
    return ids


def states(ledger: Database) -> list[tuple[str, str | None]]:
    with ledger.reading() as session:
        return [(x.state.value, x.rule) for x in reversed(outbox.list_letters(session))]


def test_all_of_a_rule_are_released_together(
    flood: list[int], call: Call, ledger: Database
) -> None:
    done = call("letter", "held", "release", *BREAKER, "--reason", "a good day")

    assert done.stdout == "3 letters released; they leave with the next tick.\n"
    assert states(ledger) == [("queued", None)] * 3 + [("held", "stranger")]
    with ledger.reading() as session:
        last = events.of_letter(session, flood[0])[-1]
    assert (last.what, last.actor) == (
        "letter_released",
        "rosalind.okoro@leadership.nhs.example",
    )


def test_all_of_a_rule_are_discarded_together(
    flood: list[int], call: Call, ledger: Database
) -> None:
    told = json.loads(call("letter", "held", "discard", *BREAKER, "--json").stdout)

    assert [one["id"] for one in told] == flood
    assert [state for state, _ in states(ledger)] == ["discarded"] * 3 + ["held"]


@pytest.mark.usefixtures("flood")
def test_a_dry_run_lists_them_and_changes_nothing(call: Call, ledger: Database) -> None:
    shown = call("letter", "held", "release", *BREAKER, "--dry-run")

    assert "3 letters, still held" in shown.stdout
    assert [state for state, _ in states(ledger)] == ["held"] * 4


@pytest.mark.usefixtures("flood")
def test_a_rule_that_holds_nothing_is_told_with_those_that_do(call: Call) -> None:
    options = ("--programme", "ace", "--rule", "budget.case", "--by", "Rosalind Okoro")
    refused = call("letter", "held", "release", *options)

    assert refused.exit_code == 2
    assert "budget.breaker (too many letters left within an hour" in refused.stderr
    assert "stranger" in refused.stderr

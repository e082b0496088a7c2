"""`postroom person erase` of an address that nobody has: a slip of the pen gets no receipt."""

import json

import pytest
from sqlmodel import select

from storage.database import Database
from storage.keeping_rows import ErasureRow
from tests.intake.commands.conftest import Call
from tests.support.ledger import enqueue, make_draft, open_case

AMINA = "amina@riverside.example"
BY = ("--by", "Rosalind Okoro")


@pytest.fixture
def held(ledger: Database) -> Database:
    """Amina's case, and a letter to her."""
    with ledger.writing() as session:
        case = open_case(session)
        assert case.contact.email == AMINA
        enqueue(session, make_draft(case_id=case.id))
    return ledger


def _receipts(ledger: Database) -> int:
    with ledger.reading() as session:
        return len(session.exec(select(ErasureRow)).all())


@pytest.mark.parametrize("option", [(), ("--dry-run",), ("--json",)])
@pytest.mark.parametrize("typed", ["amina@riversde.example", "amima@riverside.example"])
def test_mistyped_address_is_told_with_those_alike(
    held: Database, call: Call, typed: str, option: tuple[str, ...]
) -> None:
    refused = call("person", "erase", typed, *BY, *option)

    assert refused.exit_code == 1
    assert refused.stderr.endswith(
        f"Nothing was erased: nothing is held of {typed}. Did you mean {AMINA}?\n"
    )
    assert refused.stdout == ""
    assert _receipts(held) == 0


def test_unknown_address_is_told_where_none_is_alike(held: Database, call: Call) -> None:
    refused = call("person", "erase", "zebedee@harbour.example", *BY)

    assert refused.exit_code == 1
    assert "nothing is held of zebedee@harbour.example. To remove what the" in refused.stderr
    assert "--even-if-unknown" in refused.stderr
    assert _receipts(held) == 0


def test_unknown_address_is_erased_where_somebody_insists(held: Database, call: Call) -> None:
    done = call("person", "erase", "zebedee@harbour.example", *BY, "--even-if-unknown", "--json")

    assert json.loads(done.stdout)["counts"]["cases"] == 0
    assert _receipts(held) == 1


def test_who_was_erased_before_can_be_erased_again(held: Database, call: Call) -> None:
    """As after a mailbox could not be reached."""
    first = call("person", "erase", AMINA, *BY)
    again = call("person", "erase", AMINA, *BY)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert _receipts(held) == 2


@pytest.mark.usefixtures("held")
def test_nobody_is_added_to_a_case_that_was_erased(call: Call) -> None:
    call("person", "erase", AMINA, *BY)

    refused = call("people", "ACE-0001", "--add", "pa@trust.example", *BY)

    assert refused.exit_code == 1
    assert refused.stderr == (
        "ACE-0001 was erased, and nobody can be added to it: nothing was changed.\n"
    )
    assert json.loads(call("people", "ACE-0001", "--json").stdout)["people"] == []

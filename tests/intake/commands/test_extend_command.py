"""`postroom extend`: what it says, what it refuses, and the letters that follow."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import cases, extensions, outbox
from storage.database import Database
from storage.domain.case import Case, CaseState
from storage.domain.letter import LetterKind, LetterState
from storage.domain.people import Contact
from tests.intake.commands.conftest import Call
from tests.support.configurations import GRANT, write_configuration
from tests.support.ledger import MONDAY, enqueue, make_draft, open_case

COMING = (
    GRANT.replace("closes_at = 2021-08-20T17:00:00", "closes_at = 2098-08-20T17:00:00")
    + """
[[programmes.ace.organisers]]
name = "Rosalind Okoro"
email = "rosalind.okoro@leadership.nhs.example"
"""
)
OUTCOMES = "closes_at = 2098-08-20T17:00:00\noutcomes_at = 2098-09-27T09:00:00"
WHY = ("--reason", "Many asked for more time.", "--by", "rosalind okoro")
LATER = ("--to", "2098-08-27T17:00")
NEW = datetime(2098, 8, 27, 16, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation whose round, opened long ago, closes far ahead of any clock."""
    text = COMING.replace("closes_at = 2098-08-20T17:00:00", OUTCOMES)
    write_configuration(tmp_path, 'data_folder = "data"\n' + text).chmod(0o600)
    return tmp_path


@pytest.fixture
def applicants(ledger: Database) -> list[Case]:
    """Three cases: with the pack, with nothing yet, withdrawn with the pack."""
    with ledger.writing() as session:
        opened = [
            open_case(session, number, contact=Contact(email=f"lead{number}@riverside.example"))
            for number in (1, 2, 3)
        ]
        for case in (opened[0], opened[2]):
            draft = make_draft(f"application_pack/case:{case.id}", case_id=case.id)
            enqueue(session, replace(draft, pack_version=1))
        cases.save(session, replace(opened[2], state=CaseState.WITHDRAWN), MONDAY)
    return opened


def recorded(ledger: Database) -> list[tuple[datetime, int | None, str, str]]:
    with ledger.reading() as session:
        found = extensions.of_programme(session, "ace")
    return [(one.closes_at, one.case_id, one.reason, one.by) for one in found]


@pytest.mark.usefixtures("applicants")
def test_round_closes_later_and_those_told_otherwise_are_named(call: Call, ledger: Database):
    result = call("extend", "--programme", "ace", *LATER, *WHY)

    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    assert told.startswith(
        "ACE 2021 now closes at 5 pm on Wednesday 27 August 2098, not at 5 pm on Wednesday 20 "
        "August 2098. Told with the next tick: 1"
    )
    assert "ACE-0001" in told
    assert not {"ACE-0002", "ACE-0003"} & set(told.split())
    by = "rosalind.okoro@leadership.nhs.example"
    assert recorded(ledger) == [(NEW, None, "Many asked for more time.", by)]


@pytest.mark.usefixtures("applicants")
def test_dry_run_says_the_same_and_changes_nothing(call: Call, ledger: Database):
    result = call("extend", "ACE-0001", *LATER, *WHY, "--dry-run")

    assert "ACE 2021 for ACE-0001 would close at 5 pm" in result.stdout
    assert "Would be told: 1" in result.stdout
    assert result.stdout.endswith("Nothing was changed.\n")
    assert recorded(ledger) == []


def test_one_case_as_json(call: Call, ledger: Database, applicants: list[Case]):
    told = json.loads(call("extend", "ace-1", *LATER, *WHY, "--json").stdout)

    assert told == {
        "done": True,
        "programme": "ace",
        "round": "2021",
        "case": "ACE-0001",
        "old_closes_at": "2098-08-20T16:00:00+00:00",
        "closes_at": "2098-08-27T16:00:00+00:00",
        "reason": "Many asked for more time.",
        "by": "rosalind.okoro@leadership.nhs.example",
        "told": [
            {
                "case": "ACE-0001",
                "to": "lead1@riverside.example",
                "left_out": None,
                "late_form": None,
            }
        ],
    }
    assert [case_id for _, case_id, _, _ in recorded(ledger)] == [applicants[0].id]


@pytest.mark.usefixtures("applicants")
def test_next_tick_tells_them_once_and_with_their_dates(call: Call, ledger: Database):
    call("extend", "--programme", "ace", *LATER, *WHY)
    call("tick")
    call("tick")

    with ledger.reading() as session:
        notices = outbox.list_letters(session, kind=LetterKind.EXTENSION_NOTICE)
        content, _ = outbox.wire_parts(session, notices[0].id)
    assert [(letter.recipient.email, letter.state) for letter in notices] == [
        ("lead1@riverside.example", LetterState.QUEUED)
    ]
    assert b"Dates for your calendar.ics" in content


REFUSED = [
    (("--programme", "ace", "--to", "2098-08-20T17:00"), "it closes at 5 pm on Wednesday 20"),
    (("--programme", "ace", "--to", "2021-08-27T17:00"), "it closes at 5 pm on Wednesday 20"),
    (("--programme", "ace", "--to", "2098-09-27T09:00"), "told from 9 am on Saturday 27 Sep"),
    (("--programme", "ace", *LATER, "--reason", "x" * 401), "room for a reason of 400 characters"),
    (("ACE-0003", *LATER), "ACE-0003 was withdrawn"),
    (("ACE-0099", *LATER), "There is no case ACE-0099"),
]


@pytest.mark.usefixtures("applicants")
@pytest.mark.parametrize(("arguments", "told"), REFUSED)
def test_what_can_not_be_is_refused_with_the_reason(
    arguments: tuple[str, ...], told: str, call: Call, ledger: Database
):
    result = call("extend", *WHY, *arguments)

    assert result.exit_code == 1
    assert told in result.stderr
    assert recorded(ledger) == []


MISCALLED = [
    (("--programme", "ace", "ACE-0001"), "Name either one case or, with --programme"),
    ((), "Name either one case or, with --programme"),
    (("--programme", "nope"), "There is no programme nope"),
    (("--programme", "ace", "--by", "Nobody"), "Nobody is no organiser of ace"),
    (("--programme", "ace", "--to", "2098-03-30T01:30"), "summer time begins"),
]


@pytest.mark.usefixtures("applicants")
@pytest.mark.parametrize(("arguments", "told"), MISCALLED)
def test_wrong_calls_are_told(arguments: tuple[str, ...], told: str, call: Call, ledger: Database):
    result = call("extend", *LATER, *WHY, *arguments)

    assert result.exit_code == 2
    assert told in result.stderr
    assert recorded(ledger) == []


@pytest.mark.usefixtures("applicants")
def test_reason_is_wanted(call: Call):
    result = call("extend", "ACE-0001", *LATER, "--reason", "  ", "--by", "Rosalind Okoro")

    assert (result.exit_code, result.stderr) == (
        1,
        "Nothing was changed: the letter needs a reason.\n",
    )


@pytest.mark.usefixtures("applicants")
def test_second_extension_starts_from_the_first(call: Call):
    call("extend", "ACE-0001", *LATER, *WHY)

    again = call("extend", "ACE-0001", *LATER, *WHY)
    whole = call("extend", "--programme", "ace", "--to", "2098-08-25T17:00", *WHY)

    assert "it closes at 5 pm on Wednesday 27 August 2098" in again.stderr
    assert whole.exit_code == 0
    assert "Nobody has been told the old time" in whole.stdout

"""Outcomes are released by a named organiser, together, and a reserve moves up by their word."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake.commands.outcomes_view import name_some
from storage import cases, decisions
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, Ruling
from tests.intake.commands.conftest import Call
from tests.support.ledger import MONDAY, open_case
from tests.support.situations import a_case

BY = ("--by", "rosalind okoro")
ORGANISERS = """
[[programmes.ace.organisers]]
name = "Rosalind Okoro"
email = "rosalind.okoro@leadership.nhs.example"
"""


@pytest.fixture
def decided(folder: Path, ledger: Database) -> Database:
    """A funded case, a reserve, one not funded, one that withdrew and one that nobody decided."""
    path = folder / "config.toml"
    closes = "closes_at = 2021-08-20T17:00:00\n"
    told = path.read_text("utf-8").replace(closes, closes + "outcomes_at = 2021-09-27T09:00:00\n")
    told = told.replace('kind = "grant"\n', 'kind = "grant"\nawards = 1\namount = 20000\n')
    path.write_text(told + ORGANISERS, "utf-8")
    outcomes = (Outcome.FUNDED, Outcome.RESERVE, Outcome.NOT_FUNDED, Outcome.FUNDED, None)
    with ledger.writing() as session:
        for number, outcome in enumerate(outcomes, start=1):
            state = CaseState.WITHDRAWN if number == 4 else CaseState.APPLIED
            case = open_case(session, number, state=state)
            if outcome is not None:
                decisions.decide(
                    session, case, Ruling(outcome), reason="panel", by="rosalind", now=MONDAY
                )
    return ledger


@pytest.mark.usefixtures("decided")
def test_release_stops_while_somebody_waits_for_a_decision(call: Call) -> None:
    stopped = call("outcomes", "release", "ace", *BY)
    shown = call("outcomes", "show", "ace")

    assert stopped.exit_code == 1
    assert "nobody has decided about ACE-0005" in stopped.output
    assert "No outcome" in shown.output


@pytest.mark.usefixtures("decided")
def test_release_that_stops_says_so_and_no_more(call: Call) -> None:
    stopped = call("outcomes", "release", "ace", *BY, "--dry-run")

    assert (stopped.exit_code, stopped.stdout) == (1, "")
    assert stopped.stderr.count("ACE-0005") == 1
    assert stopped.stderr.startswith("Nothing would be released: nobody has decided about ACE")


@pytest.mark.parametrize(
    ("count", "named"), [(2, "ACE-0001, ACE-0002"), (12, ", ACE-0009, ACE-0010 and 2 more")]
)
def test_many_cases_are_named_in_part(count: int, named: str) -> None:
    one = a_case()
    cases = [replace(one, reference=f"ACE-{number:04}") for number in range(1, count + 1)]

    assert name_some(cases).endswith(named)


def test_release_tells_those_who_can_be_told_once(call: Call, decided: Database) -> None:
    dry = call("outcomes", "release", "ace", *BY, "--although-undecided", "--dry-run", "--json")
    first = call("outcomes", "release", "ace", *BY, "--although-undecided")
    again = call("outcomes", "release", "ace", *BY, "--although-undecided", "--json")
    with decided.reading() as session:
        released = decisions.released(session, "ace", "2021")

    assert first.exit_code == 0, first.output
    assert [one["case"] for one in json.loads(dry.stdout)["ready"]] == [
        *("ACE-0001", "ACE-0002", "ACE-0003")
    ]
    assert "ACE-0004: withdrew" in first.output
    assert json.loads(again.stdout)["ready"] == []
    assert [one.ruling.outcome for one in released] == [
        *(Outcome.FUNDED, Outcome.RESERVE, Outcome.NOT_FUNDED)
    ]
    assert {one.by for one in released} == {"rosalind.okoro@leadership.nhs.example"}


def test_nothing_is_told_before_the_outcome_date(call: Call, decided: Database) -> None:
    early = ("--at", "2021-08-30T09:00")
    call("outcomes", "release", "ace", *BY, "--only", "ace-1", *early)
    with decided.reading() as session:
        (released,) = decisions.released(session, "ace", "2021")

    assert released.not_before - MONDAY > timedelta(days=80)


def test_case_named_twice_is_released_once(call: Call, decided: Database) -> None:
    result = call("outcomes", "release", "ace", *BY, "--only", "ace-1", "--only", "ACE-0001")
    with decided.reading() as session:
        released = decisions.released(session, "ace", "2021")

    assert "Released: 1" in result.output
    assert len(released) == 1


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--at", "9999-12-31T23:59"), 1, "more than a year ahead"),
        (("--at", "2022-03-27T01:30"), 2, "summer time begins"),
        (("--only", "other-1"), 1, "OTHER-0001 is no case of ace 2021"),
    ],
)
def test_slips_of_the_hand_release_nothing(
    arguments: tuple[str, ...], status: int, told: str, call: Call, decided: Database
) -> None:
    with decided.writing() as session:
        open_case(session, 6, programme="other", state=CaseState.APPLIED)
    result = call("outcomes", "release", "ace", *BY, "--although-undecided", *arguments)
    with decided.reading() as session:
        released = decisions.released(session, "ace", "2021")

    assert (result.exit_code, released) == (status, ())
    assert told in result.output


@pytest.mark.usefixtures("decided")
def test_only_a_reserve_moves_up_within_the_limits(call: Call, decided: Database) -> None:
    call("outcomes", "release", "ace", *BY, "--although-undecided")
    reason = ("--reason", "ACE-0001 declined")

    funded = call("outcomes", "promote", "ACE-0001", *BY, *reason)
    beyond = call("outcomes", "promote", "ACE-0002", *BY, *reason)
    with decided.writing() as session:
        one = cases.get_by_reference(session, "ACE-0001")
        cases.save(session, replace(one, state=CaseState.WITHDRAWN), MONDAY)
    tried = call("outcomes", "promote", "ACE-0002", *BY, *reason, "--dry-run")
    moved = call("outcomes", "promote", "ACE-0002", *BY, *reason)
    with decided.reading() as session:
        released = decisions.released(session, "ace", "2021")

    assert "was told “funded”" in funded.output
    assert "2 of at most 1 in all" in beyond.output
    assert (tried.exit_code, moved.exit_code) == (0, 0), moved.output
    assert [(one.case_id, one.ruling.outcome) for one in released if one.case_id == 2] == [
        (2, Outcome.RESERVE),
        (2, Outcome.FUNDED),
    ]


@pytest.mark.usefixtures("decided")
def test_who_is_no_organiser_releases_nothing(call: Call) -> None:
    result = call("outcomes", "release", "ace", "--by", "Sam Hill")

    assert result.exit_code == 2
    assert "Sam Hill is no organiser of ace: its organisers are Rosalind Okoro." in result.output


@pytest.mark.usefixtures("decided")
def test_a_reserve_moves_up_for_a_reason(call: Call) -> None:
    call("outcomes", "release", "ace", *BY, "--although-undecided")
    result = call("outcomes", "promote", "ACE-0002", *BY, "--reason", "  ", "--lift", "  ")

    assert result.exit_code == 2
    assert "--reason says nothing" in result.output

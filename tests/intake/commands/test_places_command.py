"""Places are given by a named organiser, in order and within limits; ties are theirs to decide."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import cases, messages, places
from storage.database import Database
from storage.domain.case import Case, CaseState, NewCase
from storage.domain.message import MessageKind
from storage.domain.people import Contact
from tests.intake.commands.conftest import Call
from tests.support.configurations import COHORT, write_configuration
from tests.support.ledger import remember, with_id
from tests.support.understandings import AMINA, make_understanding

BY = ("--by", "winifred asante")
COMING = (datetime.now(UTC) + timedelta(days=90)).replace(tzinfo=None, microsecond=0)
COHORTS = f"""
[[programmes.surrey500.organisers]]
name = "Winifred Asante"
email = "winifred.asante@heartlands.nhs.example"

[[programmes.surrey500.cohorts]]
number = 1
starts_at = {COMING.isoformat()}
places = 3

[[programmes.surrey500.cohorts]]
number = 2
starts_at = {(COMING + timedelta(days=90)).isoformat()}
places = 2

[[programmes.surrey500.areas]]
key = "east"
name = "East Surrey"
most_in_a_cohort = 2
"""
APRIL = datetime(2019, 4, 3, 13, 5, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_configuration(tmp_path, 'data_folder = "data"\n' + COHORT + COHORTS).chmod(0o600)
    return tmp_path


@pytest.fixture
def nominated(ledger: Database) -> Iterator[Database]:
    """Three of East Surrey in one message, a team of two, then one more at the same instant as
    another."""
    with ledger.writing() as session:
        _nominate(session, 1, ["Joan", "Piotr", "Bea"], area="east")
        _nominate(
            session, 2, ["Idris", "Ola"], team="The night team", at=APRIL + timedelta(hours=1)
        )
        _nominate(session, 3, ["Wes"], at=APRIL + timedelta(hours=2))
        _nominate(session, 4, ["Una"], at=APRIL + timedelta(hours=2))
    yield ledger


def _nominate(session, number, names, *, area=None, team=None, at=APRIL):  # type: ignore[no-untyped-def]
    message_id = remember(session, number, programme="surrey500")
    opened = tuple(
        cases.open_case(
            session,
            NewCase(
                programme="surrey500",
                round="2019",
                prefix="S500",
                state=CaseState.NOMINATED,
                contact=Contact(name, f"{name.lower()}@hospice.example"),
                people=frozenset({f"{name.lower()}@hospice.example"}),
                area=area,
                team=team,
                nominated_by=AMINA,
            ),
            opened_by=message_id,
            opened_at=at,
            now=at,
        )
        for name in names
    )
    messages.record(
        session,
        message_id,
        programme="surrey500",
        understanding=with_id(make_understanding(MessageKind.NOMINATION), f"<{number}@x.example>"),
        placement_rule="nomination",
        case_ids=tuple(case.id for case in opened),
        changed=(),
        attention_at=None,
        now=at,
    )


def _standing(ledger: Database) -> dict[str, int | None]:
    with ledger.reading() as session:
        standing = places.standing(session, "surrey500", "2019")
        return {cases.get(session, id).reference[-1]: one.cohort for id, one in standing.items()}


def _case(ledger: Database, number: int) -> Case:
    with ledger.reading() as session:
        return cases.get_by_reference(session, f"S500-{number:04d}")


def _withdraw(ledger: Database, number: int) -> None:
    with ledger.writing() as session:
        case = cases.get_by_reference(session, f"S500-{number:04d}")
        cases.save(session, replace(case, state=CaseState.WITHDRAWN), APRIL)


def test_proposal_says_who_comes_where_and_changes_nothing(call: Call, nominated: Database) -> None:
    shown = call("places", "propose", "surrey500")
    told = json.loads(call("places", "propose", "surrey500", "--json").stdout)

    assert shown.exit_code == 0, shown.output
    assert max(map(len, shown.output.splitlines())) <= 80
    assert "For you to decide with `postroom places move`: S500-0006, S500-0007." in shown.output
    assert [(one["case"][-1], one["cohort"], one["why"]) for one in told["places"]] == [
        ("1", 1, "fits"),
        ("2", 1, "fits"),
        ("3", 2, "later"),
        ("4", None, "team"),
        ("5", None, "team"),
        ("6", None, "tie"),
        ("7", None, "tie"),
    ]
    assert _standing(nominated) == {}


def test_places_are_given_once_and_ties_are_left_to_a_person(
    call: Call, nominated: Database
) -> None:
    dry = call("places", "apply", "surrey500", *BY, "--dry-run")
    unchanged = _standing(nominated)
    done = call("places", "apply", "surrey500", *BY)
    standing = _standing(nominated)
    again = json.loads(call("places", "apply", "surrey500", *BY, "--json").stdout)

    assert "Nothing was changed." in dry.output
    assert (unchanged, done.exit_code) == ({}, 0)
    assert standing == {"1": 1, "2": 1, "3": 2, "4": None, "5": None}
    assert [one["case"][-1] for one in again["places"]] == ["4", "5", "6", "7"]
    assert _standing(nominated) == standing


def test_free_places_go_to_the_team_that_waits(call: Call, nominated: Database) -> None:
    call("places", "apply", "surrey500", *BY)
    none = call("places", "promote", "surrey500", *BY)
    _withdraw(nominated, 1)
    done = json.loads(call("places", "promote", "surrey500", *BY, "--json").stdout)

    assert "There is nobody to be placed." in none.output
    assert [(one["case"][-1], one["cohort"]) for one in done["places"]] == [("4", 1), ("5", 1)]
    assert _standing(nominated) == {"1": 1, "2": 1, "3": 2, "4": 1, "5": 1}


def test_nominee_is_moved_within_the_limits_or_for_a_reason(
    call: Call, nominated: Database
) -> None:
    call("places", "apply", "surrey500", *BY)
    move = ("places", "move", "S500-0003", "--to", "1", *BY, "--reason", "asked")

    refused = call(*move)
    dry = call(*move, "--lift", "the partnership agreed", "--dry-run")
    lifted = call(*move, "--lift", "the partnership agreed")
    there = call(*move)
    with nominated.reading() as session:
        (newest,) = places.of_cases(session, [_case(nominated, 3).id])[-1:]

    assert (refused.exit_code, dry.exit_code, lifted.exit_code) == (1, 0, 0)
    assert "cohort 1 has no place left for them" in refused.output
    assert "Nothing was changed" in dry.output
    assert (newest.cohort, newest.lifted, newest.reason) == (1, "the partnership agreed", "asked")
    assert "is there already" in there.output


@pytest.mark.usefixtures("nominated")
def test_waiting_list_keeps_its_order_and_its_head_can_be_given(call: Call) -> None:
    call("places", "apply", "surrey500", *BY)
    call("places", "move", "s500-7", "--to", "waiting", *BY, "--reason", "agreed")
    call("places", "move", "s500-6", "--to", "waiting", *BY, "--reason", "agreed", "--first")

    shown = json.loads(call("places", "show", "surrey500", "--json").stdout)

    assert [reference[-1] for reference in shown["waiting"]] == ["6", "4", "5", "7"]
    assert shown["not_placed"] == []
    assert [row["free"] for row in shown["cohorts"]] == [1, 1]


@pytest.mark.usefixtures("nominated")
def test_standing_fits_a_terminal(call: Call) -> None:
    call("places", "apply", "surrey500", *BY)

    shown = call("places", "show", "surrey500")

    assert shown.exit_code == 0, shown.output
    assert max(map(len, shown.output.splitlines())) <= 80
    assert "Not placed yet: 2" in shown.output


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("apply", "surrey500", "--by", "Joan"), 2, "is no organiser"),
        (("propose", "ace"), 2, "There is no programme"),
        (("move", "S500-0001", "--to", "9", *BY, "--reason", "x"), 2, "is no cohort"),
        (("move", "S500-0099", "--to", "1", *BY, "--reason", "x"), 1, "no case"),
    ],
)
def test_what_cannot_be_is_told(
    call: Call, nominated: Database, arguments: tuple[str, ...], status: int, told: str
) -> None:
    done = call("places", *arguments)

    assert (done.exit_code, told in done.output) == (status, True), done.output
    assert _standing(nominated) == {}


def test_who_withdrew_is_given_no_place(call: Call, nominated: Database) -> None:
    _withdraw(nominated, 1)

    refused = call("places", "move", "S500-0001", "--to", "1", *BY, "--reason", "x")

    assert refused.exit_code == 1
    assert "the state of S500-0001 is withdrawn" in refused.output

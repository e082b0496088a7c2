"""Commands that show the ledger: what is left of a former programme, tables, wrong calls."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.cli import COMMANDS, app
from intake.commands.reference import write_reference
from storage.database import Database
from storage.domain.people import Contact
from tests.intake.commands.conftest import Call
from tests.support.ledger import enqueue, make_draft, open_case

BY = ("--by", "Rosalind Okoro")

CONTACT = Contact(
    name="Ngozi Amadi-Clarke",
    email="ngozi.amadi-clarke@holloway-dental-institute.nhs.example",
    phone="+447700900101",
    role="Consultant Orthodontist",
    organisation="Holloway Dental Institute and Community Partnership",
)


@pytest.fixture
def filled(ledger: Database) -> Database:
    """Two cases, one of a programme that is no longer configured, with a letter each."""
    with ledger.writing() as session:
        for number, programme in enumerate(("ace", "gone"), start=1):
            case = open_case(session, number, programme=programme, contact=CONTACT)
            draft = make_draft(f"application_pack/case:{case.id}", case_id=case.id)
            enqueue(session, replace(draft, programme=programme))
    return ledger


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "command",
    [("cases",), ("outbox",), ("case", "GONE-0001"), ("letter", "show", "2")],
    ids=" ".join,
)
def test_a_programme_that_is_no_longer_configured_is_shown(
    command: tuple[str, ...], call: Call
) -> None:
    result = call(*command)

    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("command", "headings"),
    [
        (("cases",), {"case", "state", "name", "organisation", "area", "opened"}),
        (("outbox",), {"id", "kind", "to", "state", "subject", "sent"}),
        (("case", "ACE-0001"), {"received", "rule", "changed", "what", "detail", "subject"}),
    ],
    ids=["cases", "outbox", "case"],
)
def test_tables_break_no_heading_at_80_columns(
    command: tuple[str, ...], headings: set[str], call: Call
) -> None:
    lines = call(*command).stdout.splitlines()

    assert max(map(len, lines)) <= 80
    words = {word for line in lines if "┃" in line for word in line.replace("┃", " ").split()}
    assert headings <= words
    assert any("ACE-0001" in line for line in lines)


@pytest.mark.usefixtures("filled")
def test_case_prints_times_and_lists_for_people(call: Call) -> None:
    told = call("case", "ace-0001", columns=200).stdout

    assert "Mon 05 Jul 2021 10:00" in told
    assert "ngozi.amadi-clarke@holloway-dental-institute.nhs.example" in told
    assert not {"2021-07-05", "frozenset", "None", "['"} & set(told.replace(",", " ").split())
    assert "datetime" not in told


@pytest.mark.usefixtures("filled")
def test_case_as_json_says_where_values_came_from(call: Call) -> None:
    told = json.loads(call("case", "ACE-0001", "--json").stdout)

    assert [message["findings"] for message in told["messages"]] == [[]]


@pytest.mark.parametrize("command", ["cases", "outbox"])
def test_an_unknown_programme_is_answered_with_those_there_are(command: str, call: Call) -> None:
    result = call(command, "--programme", "nope")

    assert result.exit_code == 2
    assert result.stderr == "There is no programme nope: the configuration has ace.\n"


@pytest.mark.parametrize("command", ["cases", "outbox"])
def test_a_limit_is_at_least_one(command: str, call: Call) -> None:
    assert call(command, "--limit", "0").exit_code == 2


def test_a_list_that_a_limit_cuts_says_so(ledger: Database, call: Call) -> None:
    with ledger.writing() as session:
        for number in (1, 2):
            open_case(session, number)
            enqueue(session, make_draft(f"application_pack/case:{number}"))

    for command in ("cases", "messages", "outbox"):
        cut, whole = call(command, "--limit", "1"), call(command, "--limit", "2")

        assert cut.stderr == (
            "These are the newest 1, and there are more: --limit 10 shows more.\n"
        )
        assert whole.stderr == ""


def test_a_pack_that_can_not_be_written_is_told(folder: Path, call: Call) -> None:
    (folder / "file").touch()

    result = call("pack", "build", "ace", "--into", str(folder / "file"))

    assert (result.exit_code, result.stderr) == (
        1,
        f"{folder}/file can't be written: File exists.\n",
    )


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"init", "demo", "simulate"}))
def test_every_command_takes_its_configuration_after_its_name(name: str) -> None:
    section = write_reference().partition(f"\n## postroom {name}\n")[2].partition("\n## ")[0]

    assert section.count("`--config, -c PATH`") == section.count("```text")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("outbox",), "No letters.\n"),
        (("outbox", "--state", "held"), "No such letters.\n"),
        (("cases",), "No cases.\n"),
        (("rules", "list"), "The configuration has no rules: add [[programmes.…rules]].\n"),
    ],
    ids=" ".join,
)
def test_an_empty_list_is_a_sentence(command: tuple[str, ...], told: str, call: Call) -> None:
    assert call(*command).stdout == told


@pytest.mark.usefixtures("filled")
def test_tables_break_no_word_that_fits(call: Call) -> None:
    told = call("outbox").stdout

    assert " application pack " in told or ("application " in told and "pack " in told)
    assert "applicatio │" not in told


@pytest.mark.usefixtures("filled")
def test_a_decision_that_is_too_late_says_so(call: Call) -> None:
    call("letter", "discard", "1", *BY)

    released, discarded = call("letter", "release", "1", *BY), call("letter", "discard", "1", *BY)

    assert (released.exit_code, released.stderr) == (
        1,
        "Nothing was done: letter 1 is discarded, and only held and failed letters can be "
        "released.\n",
    )
    assert "only letters that have not been sent can be discarded, once" in discarded.stderr


def test_an_unknown_state_is_told_in_our_words(call: Call) -> None:
    result = call("cases", "--state", "bogus")

    assert result.exit_code == 2
    assert "'bogus' is not one of 'expressed'" in result.stderr
    assert "Value error" not in result.stderr


def test_help_shows_no_value_of_flags() -> None:
    told = [CliRunner().invoke(app, [*name, "--help"]).stdout for name in ((), ("rules", "try"))]

    assert "--help" in told[0]
    assert "--json" in told[1]
    assert not any("<bool>" in one for one in told)

"""`postroom rules`: listed, tried on what is stored, drafted; wrong calls are told."""

import json
from pathlib import Path

import pytest

from tests.intake.commands.conftest import Call
from tests.support.configurations import GRANT, write_configuration
from tests.support.incoming import STORY, write_message

RULES = """
[[programmes.ace.fields]]
key = "desk"
label = "Desk"

[[programmes.ace.rules]]
name = "estates"
where = "body"
pattern = 'housing repairs'
values = { desk = "estates" }

[[programmes.ace.rules]]
name = "nobody"
where = "from"
pattern = 'nobody@'
kind = "bulk"
hold = true
stop = true
"""


@pytest.fixture
def with_rules(folder: Path, call: Call) -> Call:
    """An installation with two rules and two stored messages, one of which a rule matches."""
    write_configuration(folder, 'data_folder = "data"\n' + GRANT + RULES).chmod(0o600)
    messages = folder / "messages"
    messages.mkdir()
    text = f"We would like to express our interest.\n\n{STORY}"
    (messages / "1.eml").write_bytes(write_message(text, subject="Cold homes"))
    (messages / "2.eml").write_bytes(write_message("When do you close?", subject="Half term"))
    result = call("ingest", str(messages))
    assert result.exit_code == 0, result.output
    return call


def test_rules_are_listed_in_order(with_rules: Call) -> None:
    told = with_rules("rules", "list", columns=120).stdout

    assert told.index("estates") < told.index("nobody")
    assert "is bulk, answer waits, stop" in told


def test_only_matching_messages_are_shown(with_rules: Call) -> None:
    (found,) = json.loads(with_rules("rules", "try", "--json").stdout)

    assert found["subject"] == "Cold homes"
    assert found["rules"] == ["estates"]
    assert (found["was"], found["would_be"]) == ("expression", "expression")
    assert found["custom"] == {"desk": "estates"}


def test_a_draft_is_tried_before_it_is_written_down(with_rules: Call) -> None:
    told = with_rules(
        "rules", "try", "--where", "subject", "--pattern", "half term", "--kind", "bulk"
    )

    assert "1 of 2 stored messages; 1 would change kind" in told.stdout


def test_a_rule_that_matches_nothing_says_so(with_rules: Call) -> None:
    assert "0 of 2 stored messages" in with_rules("rules", "try", "nobody").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("estate",), "There is no rule estate: the configuration has estates, nobody."),
        (("--pattern", "(half"), "--pattern “(half” can't be used: missing ): (half."),
        (("--where", "nonsense", "--pattern", "x"), '--where nonsense: write "from", "to", "subj'),
    ],
)
def test_wrong_calls_are_told(arguments: tuple[str, ...], told: str, with_rules: Call) -> None:
    result = with_rules("rules", "try", *arguments)

    assert result.exit_code == 2
    assert told in result.stderr


def test_a_configuration_without_rules_says_where_they_belong(call: Call) -> None:
    result = call("rules", "try")

    assert result.exit_code == 2
    assert "add [[programmes.…rules]], or give --pattern" in result.stderr


def test_a_file_that_is_no_message_is_not_taken_in(folder: Path, call: Call) -> None:
    result = call("ingest", str(folder / "config.toml"))

    assert result.exit_code == 1
    assert "is no saved message" in result.stderr
    assert call("cases").stdout == "No cases.\n"

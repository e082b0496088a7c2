"""`postroom explain`: one message, its pieces and what was taken from it."""

import json
from pathlib import Path

import pytest

from tests.intake.commands.conftest import Call

MESSAGE = """From: Amina Okonjo <amina@riverside.example>
To: ace@leadership.nhs.example
Subject: Re: ACE: the call is open
Date: Mon, 12 Jul 2021 09:00:00 +0100
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Dear team,

We would like to express our interest. Half the wheelchairs in Tottenham were lent out by a
hospital that has forgotten them, and when one breaks it goes to the tip. We want to mend two
hundred of them with the people who use them, and to tell the hospital what breaks.

Kind regards

Amina Okonjo
Director, Riverside Tool Library\x9b31m\u202e
07700 900123

On 5 July 2021 at 10:02, ACE <ace@leadership.nhs.example> wrote:
> ACE will work with ten projects.
"""


@pytest.fixture
def message(folder: Path) -> Path:
    path = folder / "amina.eml"
    path.write_text(MESSAGE, "utf-8")
    return path


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_the_terminal_tells_pieces_marks_and_reasons(
    message: Path, call: Call, columns: int
) -> None:
    result = call("explain", str(message), columns=columns)

    assert result.exit_code == 0, result.output
    said, _, _ = result.stdout.partition("What was taken")
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= columns
    margins = [line[:12].strip() for line in said.splitlines()]
    assert [margins.count(name) for name in ("new", "signature", "attribution", "quoted")] == [
        1
    ] * 4
    text = " ".join(result.stdout.split())
    assert "[1 name: Amina Okonjo]" in text
    assert "[3 phone: 07700 900123]" in text
    assert "+447700900123" in text
    assert "interest_expressed: it expresses interest" in text
    assert "answer the application pack" in text


def test_control_and_direction_characters_reach_no_terminal(message: Path, call: Call) -> None:
    shown = call("explain", str(message)).stdout

    assert not {"\x1b", "\x9b", "\u202e"} & set(shown)


def test_json_tells_the_same_with_places_in_the_texts(message: Path, call: Call) -> None:
    told = json.loads(call("explain", str(message), "--json").stdout)

    assert told["verdict"]["kind"] == "expression"
    assert told["action"] == "pack"
    assert told["missing"] == []
    taken = {field["field"]: field["taken"] for field in told["fields"]}
    assert [value["value"] for value in taken["area"]] == ["north"]
    for field, value in (
        ("name", "Amina Okonjo"),
        ("phone", "07700 900123"),
        ("area", "Tottenham"),
    ):
        (one,) = taken[field]
        span = one["span"]
        assert told["texts"][span["source"]][span["start"] : span["end"]] == value
        assert 0.5 < one["confidence"] < 1
    text = told["texts"]["body"]
    pieces = [text[piece["start"] : piece["end"]] for piece in told["pieces"]]
    assert "".join(pieces) == text
    assert [p["kind"] for p in told["pieces"]] == ["new", "signature", "attribution", "quoted"]


def test_candidates_that_lost_are_told_with_the_reason(folder: Path, call: Call) -> None:
    path = folder / "two.eml"
    path.write_text(
        MESSAGE.replace("07700 900123", "Direct: 07700 900123 | Switchboard: 020 7946 0300")
    )

    told = json.loads(call("explain", str(path), "--json").stdout)

    (phone,) = [field for field in told["fields"] if field["field"] == "phone"]
    assert [value["value"] for value in phone["taken"]] == ["+447700900123"]
    assert [(lost["value"], lost["reason"]) for lost in phone["lost"]] == [
        ("+442079460300", "below 50%")
    ]


def test_a_page_is_written_beside(message: Path, folder: Path, call: Call) -> None:
    page = folder / "amina.html"

    result = call("explain", str(message), "--html", str(page))

    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "Half the wheelchairs in" in page.read_text("utf-8")


def test_a_message_that_is_refused_is_told_with_its_reason(folder: Path, call: Call) -> None:
    path = folder / "deep.eml"
    path.write_bytes(
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
            for n in range(200)
        )
    )

    result = call("explain", str(path), "--json")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "can't be understood" in result.stderr


def test_a_machine_is_shown_without_values(folder: Path, call: Call) -> None:
    path = folder / "away.eml"
    path.write_text(MESSAGE.replace("Subject:", "Auto-Submitted: auto-replied\nSubject:", 1))

    result = call("explain", str(path))

    assert "auto_replied: it says of itself that it is an automatic reply" in " ".join(
        result.stdout.split()
    )
    assert "a machine is never answered" in " ".join(result.stdout.split())
    assert "What was taken" not in result.stdout

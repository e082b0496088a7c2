"""Commands that read saved messages: `parse`, `rehearse`, `ingest`."""

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.cli import app
from intake.commands.files import require_writable
from tests.intake.commands.conftest import Call

MESSAGE = (
    b"Received: from a by b; Mon, 12 Jul 2021 10:00:00 +0000\r\n"
    b"From: Amina Okonjo <amina@riverside.example>\r\n"
    b"To: ace@leadership.nhs.example\r\nDelivered-To: ace@leadership.nhs.example\r\n"
    b"Subject: Expression of interest\r\nMessage-ID: <1@riverside.example>\r\n"
    b"Date: Mon, 12 Jul 2021 10:00:00 +0000\r\n\r\n"
    b"We would like to express our interest.\r\n\r\nAmina Okonjo\r\nPhone: 07700 900101\r\n"
)


@pytest.fixture
def saved(folder: Path) -> Path:
    """A folder with one message, two folders down, and something that is no message."""
    place = folder / "saved" / "monday"
    place.mkdir(parents=True)
    (place / "amina.eml").write_bytes(MESSAGE)
    (place / "notes.txt").write_text("not a message", "utf-8")
    return folder / "saved"


def test_parse_takes_the_messages_of_a_folder(saved: Path, call: Call) -> None:
    result = call("parse", str(saved), "--json")

    (told,) = map(json.loads, result.stdout.splitlines())
    assert told["file"] == str(saved / "monday" / "amina.eml")
    assert told["contact"]["name"] == "Amina Okonjo"


def test_parse_says_where_values_came_from(saved: Path, call: Call) -> None:
    (told,) = map(json.loads, call("parse", str(saved), "--json").stdout.splitlines())

    phones = [finding for finding in told["findings"] if finding["field"] == "phone"]
    assert [finding["value"] for finding in phones] == ["+447700900101"]
    assert set(phones[0]) == {"field", "value", "method", "confidence", "span"}
    body = MESSAGE.partition(b"\r\n\r\n")[2].decode().replace("\r\n", "\n")
    span = phones[0]["span"]
    assert span["source"] == "body"
    assert "07700 900101" in body[span["start"] : span["end"]]


def test_parse_shows_where_values_came_from(saved: Path, call: Call) -> None:
    lines = call("parse", str(saved), columns=160).stdout.splitlines()

    phone = next(line for line in lines if line.startswith("contact.phone"))
    cells = [cell.strip() for cell in phone.split("│")]
    assert cells[1] == "+447700900101"
    assert cells[2]
    assert cells[3].endswith("%")
    assert cells[4].startswith("body ")


def test_parse_leaves_out_what_only_the_ledger_knows(saved: Path, call: Call) -> None:
    lines = call("parse", str(saved)).stdout.splitlines()

    fields = {line.partition("│")[0].strip() for line in lines if "│" in line}
    assert {"programme", "kind", "contact.name"} <= fields
    assert not fields & {"case", "cases", "letters", "findings"}
    assert max(map(len, lines[1:])) <= 80


@pytest.mark.parametrize("command", ["parse", "rehearse"])
def test_a_folder_without_messages_is_told(command: str, folder: Path, call: Call) -> None:
    (folder / "empty").mkdir()

    result = call(command, str(folder / "empty"))

    assert (result.exit_code, result.stderr) == (1, f"{folder}/empty has no .eml file in it.\n")


@pytest.mark.parametrize("command", ["parse", "rehearse"])
def test_lines_that_can_not_be_written_are_told_before_the_work(
    command: str, saved: Path, call: Call
) -> None:
    result = call(command, str(saved), "--jsonl", "/nowhere/x.jsonl")

    assert result.exit_code == 1
    assert result.stderr == "/nowhere/x.jsonl can't be written: No such file or directory.\n"
    assert result.stdout == ""


def test_a_look_whether_a_file_can_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    there, new = tmp_path / "there", tmp_path / "new"
    there.write_text("mine", "utf-8")

    require_writable(there)
    require_writable(new)

    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert there.read_text("utf-8") == "mine"


@pytest.mark.parametrize("command", ["parse", "rehearse"])
def test_lines_replace_those_of_an_earlier_run(
    command: str, saved: Path, folder: Path, call: Call
) -> None:
    (folder / "x.jsonl").write_text("earlier\n", "utf-8")

    result = call(command, str(saved), "--jsonl", str(folder / "x.jsonl"))

    assert result.exit_code == 0, result.output
    (line,) = (folder / "x.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["kind"]


def test_ingest_tells_how_many_were_known_already(saved: Path, call: Call) -> None:
    first = call("ingest", str(saved), columns=200)
    second = call("ingest", str(saved), columns=200)

    assert first.stdout.startswith("1 read, 1 new, 0 known already, 1 recorded (1 expression), ")
    assert second.stdout.startswith("1 read, 0 new, 1 known already, 0 recorded, 0 quarantined.")


def test_what_reads_without_a_configuration_says_by_whose_programmes(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POSTROOM_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(saved))

    result = CliRunner().invoke(app, ["parse", str(saved), "--json"])

    assert result.stderr == (
        "No configuration found: read as by the example programmes (ACE 2021, Surrey 500).\n"
    )
    assert json.loads(result.stdout)["contact"]["name"] == "Amina Okonjo"


def test_parse_leaves_out_what_a_message_does_not_say(saved: Path, call: Call) -> None:
    lines = call("parse", str(saved)).stdout.splitlines()

    cells = [line.split("│") for line in lines if "│" in line]
    assert cells
    assert all(row[1].strip() not in ("", "–") for row in cells if row[0].strip())


def later(message: bytes, year: int) -> bytes:
    """The same message from another year."""
    return message.replace(b" 2021 ", b" %d " % year)


def test_a_rehearsal_says_that_mail_came_before_the_opening(saved: Path, call: Call) -> None:
    (saved / "early.eml").write_bytes(later(MESSAGE, 2020).replace(b"<1@", b"<2@"))

    result = call("rehearse", str(saved), columns=200)
    as_json = call("rehearse", str(saved), "--json")

    sentence = (
        "1 of 2 messages to ace came before the opening on Mon 05 Jul 2021 09:00; "
        "add --shift-to-opening to move all of them into the round.\n"
    )
    assert result.stdout.endswith(sentence)
    assert as_json.stderr.endswith(sentence)
    windows = [one["window"] for one in json.loads(as_json.stdout)]
    assert windows == ["before", "open"]


def test_a_rehearsal_moves_mail_to_the_opening(saved: Path, call: Call) -> None:
    (saved / "monday" / "amina.eml").write_bytes(later(MESSAGE, 2020))
    next_day = later(MESSAGE, 2020).replace(b"12 Jul", b"13 Jul").replace(b"<1@", b"<2@")
    (saved / "next.eml").write_bytes(next_day.replace(b"amina@", b"kwame@"))

    result = call("rehearse", str(saved), "--shift-to-opening", "--json")

    told = json.loads(result.stdout)
    assert [(one["received_at"], one["window"]) for one in told] == [
        ("2021-07-05T08:00:00+00:00", "open"),
        ("2021-07-06T08:00:00+00:00", "open"),
    ]
    assert all("not_yet_open" not in one["letters"] for one in told)
    assert "opening" not in result.stderr


def test_a_rehearsal_moves_no_mail_beyond_the_last_year(saved: Path, call: Call) -> None:
    (saved / "monday" / "amina.eml").write_bytes(later(MESSAGE, 2020))
    (saved / "odd.eml").write_bytes(later(MESSAGE, 9999).replace(b"<1@", b"<2@"))

    told = json.loads(call("rehearse", str(saved), "--shift-to-opening", "--json").stdout)

    assert [one["window"] for one in told] == ["open", "after"]


def test_a_rehearsal_says_that_mail_came_after_the_closing(saved: Path, call: Call) -> None:
    (saved / "monday" / "amina.eml").write_bytes(later(MESSAGE, 2022))

    told = call("rehearse", str(saved), columns=200).stdout.splitlines()[-1]

    assert told.startswith("1 of 1 messages to ace came after the closing on Fri 20 Aug 2021 17:00")


def test_a_rehearsal_leaves_its_letters_in_an_empty_folder(
    saved: Path, folder: Path, call: Call
) -> None:
    letters = folder / "letters"

    result = call("rehearse", str(saved), "--letters", str(letters), columns=200)
    again = call("rehearse", str(saved), "--letters", str(letters))

    assert result.exit_code == 0, result.output
    (letter,) = letters.iterdir()
    assert letter.name == "0001-details_request.eml"
    wire = message_from_bytes(letter.read_bytes(), policy=default)
    assert wire["To"].addresses[0].addr_spec == "amina@riverside.example"
    assert f"1 letter in {letters}." in result.stdout
    assert (again.exit_code, again.stderr) == (
        1,
        f"{letters} is not empty: name a new or empty folder.\n",
    )

"""`postroom parse --pieces`: the pieces of each message on its JSON line."""

import json
from pathlib import Path

from tests.intake.commands.conftest import Call

PIECES = {
    *("is_bounce", "bounced", "is_auto_reply", "reply", "signature", "forward"),
    *("subject", "from_email", "text", "attachments"),
}
MESSAGE = (
    b"From: Amina Okonjo <amina@riverside.example>\r\nTo: ace@leadership.nhs.example\r\n"
    b"Subject: =?utf-8?q?Gr=C3=BCn?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nYes, please.\r\n\r\n-- \r\n'
    b"Amina\r\n--b\r\nContent-Type: application/pdf; name=form.pdf\r\n\r\n%PDF-1.4\r\n--b--\r\n"
)
ODD = {
    "empty": b"",
    "nul": b"\x00" * 100,
    "no-fields": b"\r\n\r\nhello",
    "not-mime.bin": bytes(range(256)) * 4,
    "too-deep": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(40)
    ),
    "long-subject": b"Subject: " + b"a" * 9000 + b"\r\n\r\nhello",
}


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_parse_adds_the_pieces(folder: Path, call: Call) -> None:
    message = folder / "amina.eml"
    message.write_bytes(MESSAGE)

    result = call("parse", "--pieces", "--jsonl", str(folder / "out.jsonl"), str(message))

    assert result.exit_code == 0, result.output
    (told,) = _lines(folder / "out.jsonl")
    assert told["file"] == str(message)
    assert {piece: told[piece] for piece in PIECES} == {
        "is_bounce": False,
        "bounced": [],
        "is_auto_reply": False,
        "reply": "Yes, please.",
        "signature": "-- \nAmina",
        "forward": None,
        "subject": "Grün",
        "from_email": "amina@riverside.example",
        "text": "Yes, please.\n\n-- \nAmina",
        "attachments": ["form.pdf"],
    }


def test_parse_tells_no_pieces_unless_asked(folder: Path, call: Call) -> None:
    message = folder / "amina.eml"
    message.write_bytes(MESSAGE)

    (told,) = map(json.loads, call("parse", str(message), "--json").stdout.splitlines())

    assert not PIECES & told.keys()


def test_every_odd_file_has_a_line_with_all_pieces(folder: Path, call: Call) -> None:
    for name, content in ODD.items():
        (folder / name).write_bytes(content)
    files = [str(folder / name) for name in ODD]

    result = call("parse", "--pieces", "--jsonl", str(folder / "out.jsonl"), *files)

    assert result.exit_code == 0, result.output
    told = _lines(folder / "out.jsonl")
    assert [line["file"] for line in told] == files
    assert all(line.keys() >= PIECES for line in told)


def test_parse_takes_texts_without_their_message(folder: Path, call: Call) -> None:
    text = folder / "reply.txt"
    text.write_text("Thank you.\n\nOn 2 Aug 2021, at 11:12, ACE wrote:\n> Which?\n", "utf-8")

    result = call("parse", "--pieces", "--body", "--json", str(text))

    (told,) = map(json.loads, result.stdout.splitlines())
    assert told["reply"] == "Thank you."
    assert told["from_email"] is None


def test_pieces_need_lines_of_json(folder: Path, call: Call) -> None:
    message = folder / "amina.eml"
    message.write_bytes(MESSAGE)

    result = call("parse", "--pieces", str(message))

    assert (result.exit_code, result.stderr) == (
        2,
        "--pieces tells more than a table can show: add --json or --jsonl FILE.\n",
    )

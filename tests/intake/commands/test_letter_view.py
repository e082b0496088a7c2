"""`postroom letter show` shows the letter as its reader gets it."""

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from intake.commands.letter_view import LetterView, read_view
from storage.archive import Archive
from storage.database import Database
from storage.domain.letter import LetterDraft
from tests.intake.commands.conftest import Call
from tests.support.ledger import enqueue, make_draft

CONTENT = (
    b"From: The ACE team <ace@leadership.nhs.example>\r\n"
    b"To: =?utf-8?q?Zo=C3=AB_Okonjo?= <zoe@riverside.example>\r\n"
    b"Subject: Your application pack [ACE-0001]\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n'
    b"\r\n--b\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Dear Zo\xc3\xab,\r\n\r\n  your pack \x1b[31m\xe2\x80\xaeis here.\r\n"
)
ENCLOSURE = (
    b"\r\n--b\r\n"
    b'Content-Disposition: attachment; filename="form.docx"\r\n'
    b"Content-Type: application/octet-stream\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAECAwQ=\r\n--b--\r\n"
)


def make_letter(folder: Path, *, hold: str | None = None) -> LetterDraft:
    sha256 = Archive(folder / "data" / "archive").put(ENCLOSURE)
    return replace(make_draft(content=CONTENT, hold=hold), enclosure_sha256=sha256)


def show(folder: Path, ledger: Database, call: Call, *options: str) -> Result:
    with ledger.writing() as session:
        enqueue(session, make_letter(folder, hold="stranger"))
    return call("letter", "show", "1", *options)


def test_letter_show_prints_what_the_reader_gets(
    folder: Path, ledger: Database, call: Call
) -> None:
    result = show(folder, ledger, call)

    assert result.stdout.splitlines() == [
        "Letter 1, application pack, not sent",
        "State:   held: its writer does not belong to the case that it names or answers (stranger)",
        "To:      Zoë Okonjo <zoe@riverside.example>",
        "Subject: Your application pack [ACE-0001]",
        "",
        "Dear Zoë,",
        "",
        "  your pack  [31m is here.",
        "",
        "Attached:",
        "  form.docx, 5 bytes",
    ]
    assert {c for c in result.stdout if unicodedata.category(c) in ("Cc", "Cf")} == {"\n"}


def test_letter_show_keeps_the_internals_for_machines(
    folder: Path, ledger: Database, call: Call
) -> None:
    told = json.loads(show(folder, ledger, call, "--json").stdout)

    assert (told["key"], told["state"]) == ("application_pack/case:1", "held")


def test_letter_show_saves_the_bytes_that_are_sent(
    folder: Path, ledger: Database, call: Call
) -> None:
    result = show(folder, ledger, call, "--save", str(folder / "letter.eml"))

    assert result.exit_code == 0
    assert (folder / "letter.eml").read_bytes() == CONTENT + ENCLOSURE


def test_letter_that_can_not_be_saved_is_told(folder: Path, ledger: Database, call: Call) -> None:
    result = show(folder, ledger, call, "--save", "/nowhere/letter.eml")

    assert result.exit_code == 1
    assert result.stderr == "/nowhere/letter.eml can't be written: No such file or directory.\n"


@pytest.mark.parametrize("wire", [b"", b"Subject: x\r\nContent-Type: text/html\r\n\r\n<p>y</p>"])
def test_letter_without_plain_text_has_none(wire: bytes) -> None:
    assert read_view(wire) == LetterView(to="", subject="x" if wire else "", text="")


def test_letter_whose_markdown_was_not_kept_says_so(
    folder: Path, ledger: Database, call: Call
) -> None:
    result = show(folder, ledger, call, "--markdown")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "The Markdown of letter 1 was not kept.\n"

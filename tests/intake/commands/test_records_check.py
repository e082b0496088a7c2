"""`postroom check --records`: templates held against every open record before anybody gets them."""

import json
from pathlib import Path

import pytest

from intake.config import default_templates_folder
from storage import outbox
from storage.archive import Archive
from storage.database import Database
from storage.domain.letter import LetterKind
from tests.intake.commands.conftest import Call
from tests.intake.commands.test_messages_command import INTEREST, SAM, take
from tests.support.configurations import GRANT, write_configuration
from tests.support.incoming import write_message
from tests.support.ledger import enqueue, make_draft


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation with templates of its own."""
    (tmp_path / "templates" / "default").mkdir(parents=True)
    for path in (default_templates_folder() / "default").iterdir():
        (tmp_path / "templates" / "default" / path.name).write_bytes(path.read_bytes())
    linked = GRANT.replace("team =", 'pack_link = "https://ace.example/pack"\nteam =', 1)
    text = 'data_folder = "data"\ntemplates_folder = "templates"\n' + linked
    write_configuration(tmp_path, text).chmod(0o600)
    return tmp_path


@pytest.fixture
def filled(folder: Path, ledger: Database) -> Database:
    """A case with its pack, and a question with its answer."""
    archive = Archive(folder / "data" / "archive")
    question = write_message("When does it close?", subject="When", sender="eve@quill.example")
    with ledger.writing() as session:
        first = take(session, archive, 1, write_message(INTEREST, subject="Pack", sender=SAM))
        second = take(session, archive, 2, question)
        enqueue(session, make_draft("application_pack/case:1", case_id=1, cause=first))
        kind = LetterKind.ACKNOWLEDGEMENT
        enqueue(session, make_draft(f"{kind}/message:{second}", kind=kind, cause=second))
    return ledger


def records(call: Call, *options: str) -> list[dict[str, object]]:
    told = json.loads(call("check", "--records", "--json", *options).stdout)
    return [one for one in told["checks"] if one["what"] == "records"]


def wrong(folder: Path, name: str) -> None:
    """A template that no sample finds wrong."""
    path = folder / "templates" / "default" / name
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text + "{% if case.reference == 'ACE-0001' %}{{ message.received_at | moment }}"
        "{{ round.outcomes_at | moment }}{% endif %}\n",
        encoding="utf-8",
    )


@pytest.mark.usefixtures("filled")
def test_letters_of_all_open_records_can_be_written(call: Call) -> None:
    (told,) = records(call)

    assert told["ok"]
    assert str(told["found"]).endswith("letters of 2 open records can be written")


def test_letter_that_would_fail_is_told_with_its_record_and_value(
    filled: Database, folder: Path, call: Call
) -> None:
    wrong(folder, "application_pack.md.j2")

    (told,) = records(call)

    assert not told["ok"]
    found = str(told["found"])
    assert found.startswith("the application pack can't be written for ACE-0001: ")
    assert "round.outcomes_at" in found
    with filled.reading() as session:
        assert len(outbox.list_letters(session)) == 2


@pytest.mark.usefixtures("filled")
def test_only_the_newest_are_looked_at(call: Call) -> None:
    (told,) = records(call, "--most", "1")

    assert "2 open records" in str(told["found"])

"""`postroom digest`: what an organiser would be told, without a trace in the ledger."""

import json
from pathlib import Path

import pytest

from storage import events, outbox
from storage.database import Database
from tests.intake.commands.conftest import Call
from tests.support.configurations import GRANT, write_configuration
from tests.support.ledger import open_case

ORGANISERS = """
[[programmes.ace.organisers]]
name = "Rosalind Okoro"
email = "rosalind.okoro@leadership.nhs.example"

[[programmes.ace.organisers]]
name = "Tomasz Brandt"
email = "tomasz.brandt@leadership.nhs.example"
digest = "never"
"""


@pytest.fixture
def run_by_two(folder: Path, ledger: Database) -> Database:
    write_configuration(folder, 'data_folder = "data"\n' + GRANT + ORGANISERS).chmod(0o600)
    with ledger.writing() as session:
        open_case(session, 1)
    return ledger


def test_the_digest_is_shown_and_nothing_is_written(run_by_two: Database, call: Call) -> None:
    shown = call("digest")

    assert shown.exit_code == 0, shown.output
    assert "To:      rosalind.okoro@leadership.nhs.example\n" in shown.stdout
    assert "Subject: 1 new: ACE 2021\n" in shown.stdout
    assert "Dear Rosalind Okoro,\n" in shown.stdout
    assert "- ACE-0001, Riverside Trust: no area yet\n" in shown.stdout
    assert "Attached: ace-" in shown.stdout
    with run_by_two.reading() as session:
        assert outbox.list_letters(session) == ()
        before = events.recent(session)
    assert call("digest", "--programme", "ace").stdout == shown.stdout
    with run_by_two.reading() as session:
        assert events.recent(session) == before


@pytest.mark.usefixtures("run_by_two")
def test_any_organiser_can_be_asked_for_also_weekly(call: Call) -> None:
    address = "Tomasz.Brandt@leadership.nhs.example"
    told = json.loads(
        call("digest", "--programme", "ace", "--to", address, "--weekly", "--json").stdout
    )

    assert (told["to"], told["subject"]) == (address.lower(), "Your week: 1 new: ACE 2021")
    assert told["news"][0]["lines"][0]["label"] == "ACE-0001, Riverside Trust"
    assert told["numbers"][0] == {"label": "Expressions of interest", "value": 1}


@pytest.mark.usefixtures("run_by_two")
def test_html_and_workbook_are_written_to_files(call: Call, folder: Path) -> None:
    page, book = folder / "digest.html", folder / "digest.xlsx"
    shown = call("digest", "--programme", "ace", "--html", str(page), "--xlsx", str(book))

    assert shown.exit_code == 0, shown.output
    assert "<h1" in page.read_text("utf-8")
    assert book.read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("run_by_two")
def test_who_is_no_organiser_has_no_digest(call: Call) -> None:
    refused = call("digest", "--programme", "ace", "--to", "amina@riverside.example")

    assert refused.exit_code == 2
    assert refused.stderr == (
        "amina@riverside.example is no organiser of ace: "
        "its organisers are Rosalind Okoro, Tomasz Brandt.\n"
    )


@pytest.mark.usefixtures("ledger")
def test_a_programme_without_organisers_says_so(call: Call) -> None:
    refused = call("digest", "--programme", "ace")

    assert refused.exit_code == 2
    assert refused.stderr == (
        "There is no organiser of ace: it has no organisers: add [[programmes.ace.organisers]].\n"
    )

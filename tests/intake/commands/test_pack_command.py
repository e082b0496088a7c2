"""`postroom pack status` and `reissue`: who holds which version, and a new one for all of them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from storage import outbox, packs
from storage.database import Database
from storage.domain.letter import LetterKind, LetterState
from storage.domain.people import Contact
from tests.intake.commands.conftest import Call
from tests.support.configurations import COHORT, GRANT, write_configuration
from tests.support.ledger import MONDAY, enqueue, make_draft, open_case

COMING = (
    GRANT.replace("closes_at = 2021-08-20T17:00:00", "closes_at = 2098-08-20T17:00:00")
    + """
[[programmes.ace.organisers]]
name = "Rosalind Okoro"
email = "rosalind.okoro@leadership.nhs.example"
"""
)
WORDS = ("--note", "Childcare can be paid.", "--by", "Rosalind Okoro")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation of two programmes; the round of `ace` is open for long."""
    write_configuration(tmp_path, f'data_folder = "data"\n{COMING}{COHORT}').chmod(0o600)
    return tmp_path


@pytest.fixture
def holders(ledger: Database) -> Database:
    """Version 1 is out, which is not what would be built now. Of three cases two hold it."""
    with ledger.writing() as session:
        packs.publish(session, programme="ace", sha256="0" * 64, size=9, files=(), now=MONDAY)
        for number in (1, 2, 3):
            contact = Contact(email=f"lead{number}@riverside.example")
            case = open_case(session, number, contact=contact)
            if number < 3:
                draft = make_draft(
                    f"application_pack/case:{case.id}", case_id=case.id, recipient=contact.email
                )
                enqueue(session, replace(draft, pack_version=1))
    return ledger


def status_of(call: Call):
    return json.loads(call("pack", "status", "ace", "--json").stdout)


@pytest.mark.usefixtures("holders")
def test_status_says_who_holds_what_and_that_a_new_one_is_ready(call: Call):
    told = status_of(call)

    assert [(one["version"], one["held_by"]) for one in told["versions"]] == [
        (1, ["ACE-0001", "ACE-0002"])
    ]
    assert (told["without"], told["is_changed"], told["reissue"]) == (["ACE-0003"], True, None)
    shown = call("pack", "status", "ace").stdout
    assert "Version 2 is ready, and out from the next tick on." in shown


def test_status_says_by_which_files_the_next_version_differs(call: Call, folder: Path):
    call("pack", "build", "ace", "--into", str(folder / "pack"))
    path = folder / "config.toml"
    path.write_text(path.read_text().replace("2098-08-20", "2098-08-27"))

    told, shown = status_of(call), call("pack", "status", "ace").stdout

    files = ["Guidance for applicants.docx", "Dates for your calendar.ics"]
    assert told["changes"] == files
    assert f"It differs in {', '.join(files)}." in shown


def test_status_before_the_first_pack(call: Call):
    told = call("pack", "status", "ace").stdout

    assert told == "Version 1 is ready, and out from the next tick on.\n"


@pytest.mark.usefixtures("holders")
def test_reissue_goes_to_holders_of_older_versions(call: Call, ledger: Database):
    dry = json.loads(call("pack", "reissue", "ace", *WORDS, "--dry-run", "--json").stdout)
    with ledger.reading() as session:
        assert packs.current_reissue(session, "ace") is None
        assert len(packs.list_versions(session, "ace")) == 1

    done = call("pack", "reissue", "ace", *WORDS, "--form-still-fine").stdout

    assert (dry["done"], dry["version"]) == (False, 2)
    assert [one["case"] for one in dry["told"]] == ["ACE-0001", "ACE-0002"]
    assert "Version 2 goes out with the next tick to 2" in done
    with ledger.reading() as session:
        reissue = packs.current_reissue(session, "ace")
    assert reissue is not None
    assert (reissue.pack_version, reissue.note, reissue.form_still_fine, reissue.by) == (
        2,
        "Childcare can be paid.",
        True,
        "rosalind.okoro@leadership.nhs.example",
    )
    assert status_of(call)["is_changed"] is False


@pytest.mark.usefixtures("holders")
def test_next_tick_sends_it_once(call: Call, ledger: Database):
    call("pack", "reissue", "ace", *WORDS)
    call("tick")
    call("pack", "reissue", "ace", *WORDS)
    call("tick")

    with ledger.reading() as session:
        letters = outbox.list_letters(session, kind=LetterKind.PACK_REISSUE)
    assert sorted((x.recipient.email, x.pack_version, x.state) for x in letters) == [
        ("lead1@riverside.example", 2, LetterState.QUEUED),
        ("lead2@riverside.example", 2, LetterState.QUEUED),
    ]
    again = call("pack", "reissue", "ace", *WORDS)
    assert again.stdout == "Nobody holds a version older than 2.\nNothing was changed.\n"


@pytest.mark.usefixtures("holders")
@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("ace", "--note", " ", "--by", "Rosalind Okoro"), 1, "needs a note"),
        (("ace", "--note", "x" * 301, "--by", "Rosalind Okoro"), 1, "room for a note of 300"),
        (("ace", "--note", "x", "--by", "Nobody"), 2, "Nobody is no organiser of ace"),
        (("nope", *WORDS), 2, "There is no programme nope"),
        (("surrey500", *WORDS), 1, "Letters of surrey500 enclose no pack."),
    ],
)
def test_wrong_reissues_are_told(arguments: tuple[str, ...], status: int, told: str, call: Call):
    result = call("pack", "reissue", *arguments)

    assert result.exit_code == status
    assert told in result.stderr

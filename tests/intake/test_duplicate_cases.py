"""The same project told twice, from two addresses: two cases, and a word about it in each."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from intake.app import App
from intake.config import example_path, load_configuration
from intake.mailboxes import FolderAccount, open_mailbox
from storage import cases, duplicates
from storage.domain.likeness import Likeness, Reason
from tests.support.incoming import STORY, write_message

NOW = datetime(2021, 7, 14, 9, 0, tzinfo=UTC)
OTHER = """Men who leave prison in Haringey on a Friday find every pharmacy and hostel shut. Most \
are back inside within the month, and nobody who meets them knows the others.

We would bring a pharmacist, the probation officers and four peers together to meet each of them \
at the gate with their medicine and their papers, and to learn from every case."""


def _letter(at: str, idea: str, name: str, address: str, phone: str) -> bytes:
    text = (
        f"Dear team,\n\nPlease accept this expression of interest.\n\n{idea}\n\nKind regards\n\n"
        f"{name}\nManager\nActon Advice\n{phone}\n"
    )
    stamp = f"Received: from a.example by mx.example; Mon, 12 Jul 2021 {at}:00 +0000"
    raw = write_message(text, stamp, subject="Expression of interest", sender=f"{name} <{address}>")
    return raw.replace(b"<1@actonadvice", f"<{at}@actonadvice".encode())


def test_a_project_told_from_another_address_is_flagged_and_others_are_not(
    tmp_path: Path,
) -> None:
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    inbox.mkdir()
    retold = STORY.replace("Every winter", "Each winter").replace("knows", "ever knows")
    for number, (idea, name, address, phone) in enumerate(
        (
            (STORY, "Sam Hill", "sam@actonadvice.example", "07700 900123"),
            (OTHER, "Zoe Quill", "zoe@actonadvice.example", "07700 900456"),
            (retold, "Sam Hill", "sam.hill@home.example", "07700 900123"),
        )
    ):
        (inbox / f"{number}.eml").write_bytes(
            _letter(f"0{8 + number}:00"[-5:], idea, name, address, phone)
        )
    example = load_configuration(example_path(), is_scratch=True)
    throwaway = replace(example, data_folder=data, database_url=f"sqlite:///{data}/ledger.db")

    with App(throwaway, sends=False) as application:
        mailbox = open_mailbox(FolderAccount(name="saved", path=inbox, max_bytes=2**20))
        application.pipeline.collect(mailbox, "ace", NOW)
        application.pipeline.understand_all(NOW)
        with application.database.reading() as session:
            opened = cases.list_cases(session)
            alike = duplicates.of_cases(session, [case.id for case in opened])

    names = {case.reference: case.contact.name for case in opened}
    told = {case.reference: alike[case.id] for case in opened if case.id in alike}
    reasons = (Reason.PHONE, Reason.NAME, Reason.SUMMARY)
    assert names == {"ACE-0001": "Sam Hill", "ACE-0002": "Zoe Quill", "ACE-0003": "Sam Hill"}
    assert told == {
        "ACE-0001": (Likeness("ACE-0003", reasons),),
        "ACE-0003": (Likeness("ACE-0001", reasons),),
    }

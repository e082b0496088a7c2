"""A message too big to be read: recorded by its headers, its sender told, a machine is not."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.app import App
from intake.config import example_path, load_configuration
from intake.mailboxes import FolderAccount, open_mailbox
from storage import messages, outbox
from storage.domain.letter import Letter, LetterKind
from storage.domain.message import TOO_BIG, MessageKind, RecordedMessage
from tests.support.incoming import write_message

NOW = datetime(2021, 7, 14, 9, 0, tzinfo=UTC)
RECEIVED = "Received: from a.example by mx2.leadership.nhs.example; Wed, 14 Jul 2021 08:00:00 +0000"


def take_in(folder: Path, *fields: str, **told: str) -> tuple[list[RecordedMessage], list[Letter]]:
    """What becomes of one message of 3 MB in a mailbox that takes 1 MB."""
    inbox = folder / "inbox"
    inbox.mkdir()
    (inbox / "1.eml").write_bytes(write_message("x\n" * 1_500_000, RECEIVED, *fields, **told))
    example = load_configuration(example_path(), is_scratch=True)
    data = folder / "data"
    throwaway = replace(example, data_folder=data, database_url=f"sqlite:///{data}/ledger.db")
    with App(throwaway, sends=False) as application:
        mailbox = open_mailbox(FolderAccount(name="saved", path=inbox, max_bytes=2**20))
        application.pipeline.collect(mailbox, "ace", NOW)
        application.pipeline.understand_all(NOW)
        application.plan(NOW)
        with application.database.reading() as session:
            return (
                list(messages.recorded(session)),
                list(outbox.list_letters(session)),
            )


def test_the_sender_is_told(tmp_path: Path) -> None:
    (message,), (letter,) = take_in(tmp_path, subject="Our application")

    assert message.understanding.verdict.rule == TOO_BIG
    assert message.understanding.head.subject == "Our application"
    assert letter.kind is LetterKind.ATTACHMENT_PROBLEM
    assert letter.recipient.email == "sam@actonadvice.example"
    assert letter.subject.startswith("We could not read your message")


@pytest.mark.parametrize(
    ("fields", "sender"),
    [
        (("Auto-Submitted: auto-replied",), "Sam <sam@actonadvice.example>"),
        (("Return-Path: <>",), "Mail Delivery System <MAILER-DAEMON@mx.example>"),
        (
            ("List-Id: <news.list.example>", "List-Unsubscribe: <https://x.example/u>"),
            "n@x.example",
        ),
    ],
)
def test_a_machine_is_not(fields: tuple[str, ...], sender: str, tmp_path: Path) -> None:
    (message,), letters = take_in(tmp_path, *fields, sender=sender, subject="Undelivered")

    assert message.understanding.verdict.kind.is_machine
    assert message.understanding.verdict.kind is not MessageKind.UNCLEAR
    assert letters == []

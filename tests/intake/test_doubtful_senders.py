"""No person is silenced for how their mail program writes From: a letter goes, or is held."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.app import App
from intake.mailboxes import FolderAccount, open_mailbox
from storage import outbox
from tests.support.installations import Servers, make_installation

NOW = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)

EXPRESSION = """\
We would like to express our interest in ACE.

Tenants of the Morning Lane flats in Hackney miss dialysis when the lift is out, because nobody
tells the ambulance. We want the landlord and patient transport to find out on the same morning.

Robin Tull
Morning Lane Tenants
07700 900155
"""


@pytest.mark.parametrize(
    ("sender", "letter"),
    [
        ("Robin Tull (TENANTS) <robin@t.example>", ("robin@t.example", "queued", None)),
        ("Tull, Robin <robin@t.example>", ("robin@t.example", "queued", None)),
        (
            "boss@nhs.example <robin@t.example>",
            ("robin@t.example", "held", "second_address_in_from"),
        ),
        (
            '"ace@leadership.nhs.example" <robin@t.example>',
            ("robin@t.example", "held", "second_address_in_from"),
        ),
        (
            "Robin <robin@t.example>, Jo <jo@t.example>",
            ("robin@t.example", "held", "no_single_sender"),
        ),
        ("robin@t.example\r\nFrom: jo@t.example", ("robin@t.example", "held", "no_single_sender")),
    ],
)
def test_every_address_that_can_be_used_gets_a_letter(
    tmp_path: Path, sender: str, letter: tuple[str, str, str | None]
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1.eml").write_bytes(
        (
            f"Received: from a.example by mx.example; Mon, 12 Jul 2021 10:00:00 +0000\r\n"
            f"From: {sender}\r\nTo: ace@leadership.nhs.example\r\nSubject: ACE\r\n"
            f"Message-ID: <1@t.example>\r\nContent-Type: text/plain\r\n\r\n{EXPRESSION}"
        ).encode()
    )
    installation = make_installation(tmp_path / "data", Servers(1, 1, "nobody", "nothing"))

    with App(installation, sends=False) as application:
        mailbox = open_mailbox(FolderAccount("inbox", inbox))
        application.pipeline.collect(mailbox, "ace", NOW)
        application.pipeline.understand_all(NOW)
        application.plan(NOW)
        with application.database.reading() as session:
            found = outbox.list_letters(session, limit=10)

    assert [(one.recipient.email, one.state.value, one.rule) for one in found] == [letter]

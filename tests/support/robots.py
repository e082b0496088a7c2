"""A robot that carries no marks and answers every letter it gets, hour by hour."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from intake.mailboxes import FolderAccount, open_mailbox
from storage import outbox
from tests.support.installations import Servers, make_installation
from tests.support.worlds import make_app

START = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
HOURS = 7

EXPRESSION = """\
We would like to express our interest in ACE.

Tenants of the Morning Lane flats in Hackney miss dialysis when the lift is out, because nobody
tells the ambulance. We want the landlord and patient transport to find out on the same morning.

Robin Tull
Morning Lane Tenants
07700 900155
"""
ANSWERS = {
    "thanks": "Thank you for your message.",
    "ticket": "Your request was noted under number 4711. We will come back to you.",
    "question": "Who is calling, please, and what is this about?",
    "echo": EXPRESSION,
    "withdrawal": "We withdraw our expression of interest.",
    "number": "My new telephone number is 07700 900177.",
}

MOST_LETTERS = dict.fromkeys(ANSWERS, 2) | {"number": 3}
"""The answer to the expression and one more; what is new is told back once, too."""


def count_letters_to_robot(folder: Path, answer: str, *, threads: bool) -> int:
    """How many letters it gets that begins with an expression and then says `answer` to each.
    `threads`: it says what it answers."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    installation = make_installation(folder / "data", Servers(1, 1, "nobody", "nothing"))
    letters = 0
    with make_app(installation, sends=False) as application:
        mailbox = open_mailbox(FolderAccount("inbox", inbox))
        _write(inbox, 0, EXPRESSION, None)
        for number in range(1, HOURS + 1):
            now = START + timedelta(hours=number)
            application.pipeline.collect(mailbox, "ace", now)
            application.pipeline.understand_all(now)
            application.plan(now)
            with application.database.writing() as session:
                claimed = outbox.claim(session, now, 10, "test")
                for letter in claimed:
                    outbox.mark_sent(session, letter.id, now, "250 OK")
                wires = [outbox.wire_parts(session, letter.id)[0] for letter in claimed]
            letters += len(claimed)
            for wire in wires:
                name = str(message_from_bytes(wire)["Message-ID"])
                _write(inbox, number, ANSWERS[answer], name if threads else None)
    return letters


def _write(folder: Path, number: int, text: str, answers: str | None) -> None:
    thread = f"In-Reply-To: {answers}\r\nReferences: {answers}\r\n" if answers else ""
    received = (START + timedelta(hours=number)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    (folder / f"{number:03d}.eml").write_bytes(
        (
            f"Return-Path: <robin@tenants.example>\r\n"
            f"Received: from a.example by mx.leadership.nhs.example; {received}\r\n"
            f"From: Robin Tull <robin@tenants.example>\r\nTo: ace@leadership.nhs.example\r\n"
            f"Subject: Re: ACE\r\nMessage-ID: <{number}@tenants.example>\r\n{thread}"
            f"Date: {received}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        ).encode()
        + text.replace("\n", "\r\n").encode()
    )

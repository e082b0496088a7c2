"""The main job, whole: a mailbox on a real IMAP server, the ledger, letters on a real wire."""

import imaplib
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from intake.app import App
from intake.mailboxes.folder import received_at_of
from storage import outbox
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import MessageKind
from tests.support.dovecot import Dovecot
from tests.support.installations import Servers, make_installation
from tests.support.smtp_recorder import SmtpRecorder

INBOX = Path(__file__).parents[2] / "intake" / "commands" / "demo" / "inbox"
LATER = datetime(2021, 8, 19, 12, 0, tzinfo=UTC)


@pytest.fixture
def installed(dovecot: Dovecot, smtp_recorder: SmtpRecorder, tmp_path: Path) -> App:
    """ACE on a Dovecot mailbox that holds every message of the sample inbox addressed to it."""
    user = dovecot.new_user()
    for path in sorted(INBOX.glob("*.eml")):
        raw = path.read_bytes()
        if b"ace@leadership.nhs.example" in raw:
            dovecot.deliver(user, raw, received_at_of(raw))
    servers = Servers(dovecot.port, smtp_recorder.port, user, dovecot.password)
    return App(make_installation(tmp_path, servers))


def test_every_expression_gets_its_pack_and_no_machine_an_answer(
    installed: App, smtp_recorder: SmtpRecorder
) -> None:
    with installed:
        report = installed.tick(LATER)
        with installed.database.reading() as session:
            letters = outbox.list_letters(session, limit=1000)

    assert report.mailbox_errors == {}
    assert report.intake.recorded == report.intake.new > 10  # one is delivered twice
    by_message = {letter.cause: letter for letter in letters}
    kinds = Counter(message.understanding.verdict.kind for message in report.messages)
    assert kinds[MessageKind.EXPRESSION] >= 5
    for message in report.messages:
        verdict = message.understanding.verdict
        if verdict.kind.is_machine:
            assert message.id not in by_message, verdict
    packs = [letter for letter in letters if letter.kind is LetterKind.APPLICATION_PACK]
    assert len(packs) >= 5
    sent = [letter for letter in letters if letter.state is LetterState.SENT]
    assert len(sent) == len(smtp_recorder.received) == report.delivered.sent
    assert all(len(wire.recipients) == 1 for wire in smtp_recorder.received)


def test_second_tick_sends_nothing_and_leaves_the_mailbox_filed(
    installed: App, smtp_recorder: SmtpRecorder
) -> None:
    with installed:
        first = installed.tick(LATER)
        sent = len(smtp_recorder.received)
        second = installed.tick(LATER)

    assert second.intake.fetched == 0
    assert second.planned.enqueued == ()
    assert len(smtp_recorder.received) == sent == first.delivered.sent


def test_letters_on_the_wire_say_that_they_are_automatic_and_thread(
    installed: App, smtp_recorder: SmtpRecorder
) -> None:
    with installed:
        installed.tick(LATER)

    for wire in smtp_recorder.received:
        letter: Message = message_from_bytes(wire.raw)
        assert letter["Auto-Submitted"] in ("auto-replied", "auto-generated")
        assert letter["X-Auto-Response-Suppress"] == "All"
        assert letter["In-Reply-To"]
        assert letter["From"].endswith("<ace@leadership.nhs.example>")


def test_mailbox_that_people_use_too_keeps_their_marks(installed: App, dovecot: Dovecot) -> None:
    account = installed.configuration.mailboxes["ace"]
    theirs = imaplib.IMAP4("127.0.0.1", dovecot.port)
    theirs.login(account.username, dovecot.password)
    theirs.create("Kept")
    theirs.append("Kept", r"(\Seen \Flagged \Deleted)", None, b"Subject: theirs\r\n\r\nhello\r\n")
    theirs.select("INBOX")
    total = len(theirs.search(None, "ALL")[1][0].split())
    theirs.store("1", "+FLAGS", r"(\Deleted)")  # somebody threw it away: it is theirs now

    with installed:
        report = installed.tick(LATER)

    assert report.intake.filed == total - 1
    assert theirs.select("Kept")[1] == [b"1"]
    assert b"\\Deleted" in theirs.fetch("1", "(FLAGS)")[1][0]
    assert theirs.select("INBOX")[1] == [b"1"]
    assert b"\\Deleted" in theirs.fetch("1", "(FLAGS)")[1][0]
    theirs.select('"Postroom/Processed"')
    flags = [line for line in theirs.fetch("1:*", "(FLAGS)")[1] if line]
    assert len(flags) == total - 1
    assert not [line for line in flags if b"\\Seen" in line]
    theirs.logout()

"""A person's messages leave the mailbox, wherever they were filed, and nobody else's."""

import hashlib
from datetime import UTC, datetime

import pytest

from intake.mailboxes.base import Destination, MaildirAccount
from intake.mailboxes.removing import Wanted, remove_from
from tests.intake.mailboxes.conftest import Source

NOON = datetime(2021, 7, 5, 11, 0, tzinfo=UTC)
PERSON = "ann@trust.example"

everywhere = pytest.mark.parametrize(
    "source", ["dovecot plain", "embedded", "maildir"], indirect=True
)


def message(sender: str, number: int) -> bytes:
    return (
        f"From: Somebody <{sender}>\r\nSubject: {number}\r\n"
        f"Message-ID: <{number}@trust.example>\r\n\r\nGood morning\r\n"
    ).encode()


@everywhere
def test_what_they_wrote_goes_and_what_others_wrote_stays(source: Source) -> None:
    theirs, others = message(PERSON, 1), message("bob@trust.example", 2)
    alike = message("joann@trust.example", 3)
    for raw in (theirs, others, alike):
        source.deliver(raw, NOON)
    source.mailbox.file(source.mailbox.keys()[:2], Destination.PROCESSED)
    source.mailbox.close()

    removed = remove_from(source.account, Wanted(_hashes(theirs), email=PERSON))

    assert removed == 1
    assert source.contents("INBOX") == [alike]
    assert source.contents("Postroom/Processed") == [others]


@everywhere
def test_what_others_wrote_about_them_goes_by_its_hash(source: Source) -> None:
    named, alike = message("bob@trust.example", 4), message("bob@trust.example", 5)
    source.deliver(named, NOON)
    source.deliver(alike, NOON)
    source.mailbox.close()

    wanted = Wanted(_hashes(named), ("<4@trust.example>", "<5@trust.example>"))
    removed = remove_from(source.account, wanted)

    assert removed == 1
    assert source.contents("INBOX") == [alike]


@everywhere
def test_empty_mailbox_gives_nothing_to_remove(source: Source) -> None:
    assert remove_from(source.account, Wanted(frozenset(), email=PERSON)) == 0


@pytest.mark.parametrize("source", ["dovecot plain"], indirect=True)
def test_address_in_capitals_or_on_a_folded_line_is_found(source: Source) -> None:
    assert not isinstance(source.account, MaildirAccount)
    raw = b"From: Somebody with a long name\r\n\t<ANN@Trust.Example>\r\nSubject: 1\r\n\r\nHello\r\n"
    source.deliver(raw, NOON)
    source.mailbox.close()

    assert remove_from(source.account, Wanted(frozenset(), email=PERSON)) == 1


def _hashes(*raws: bytes) -> frozenset[str]:
    return frozenset(hashlib.sha256(raw).hexdigest() for raw in raws)

"""A Maildir is shared: names change, files go, and other programs' files lie about."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.mailboxes import open_mailbox
from intake.mailboxes.base import Destination, Mailbox, MailboxRefused, MaildirAccount


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for place in ("tmp", "new", "cur"):
        (tmp_path / "Maildir" / place).mkdir(parents=True)
    return tmp_path / "Maildir"


@pytest.fixture
def mailbox(root: Path) -> Mailbox:
    return open_mailbox(MaildirAccount("ace", root))


def test_a_message_keeps_its_key_when_somebody_reads_it(root: Path, mailbox: Mailbox) -> None:
    (root / "new" / "1.a.host").write_bytes(b"Subject: 1\n\nx\n")
    keys = mailbox.keys()
    fetching = mailbox.fetch([*keys, *keys])
    first = next(fetching)

    (root / "new" / "1.a.host").rename(root / "cur" / "1.a.host:2,S")

    assert mailbox.keys() == keys == ["1.a.host"]
    assert next(fetching) == first


def test_flags_go_along_when_a_message_is_filed(root: Path, mailbox: Mailbox) -> None:
    (root / "cur" / "1.a.host:2,RS").write_bytes(b"Subject: 1\n\nx\n")
    (root / "new" / "2.a.host").write_bytes(b"Subject: 2\n\nx\n")

    mailbox.file(mailbox.keys(), Destination.PROCESSED)

    folder = root / ".Postroom.Processed"
    assert [file.name for file in (folder / "cur").iterdir()] == ["1.a.host:2,RS"]
    assert [file.name for file in (folder / "new").iterdir()] == ["2.a.host"]
    assert (folder / "maildirfolder").exists()


def test_what_is_still_being_delivered_or_hidden_is_no_message(
    root: Path, mailbox: Mailbox
) -> None:
    (root / "tmp" / "1.a.host").write_bytes(b"half")
    (root / "new" / ".nfs0001").write_bytes(b"x")

    assert mailbox.keys() == []


def test_the_oldest_comes_first_whatever_its_name(root: Path, mailbox: Mailbox) -> None:
    for name, hour in (("1.b.host", 10), ("9.a.host", 8), ("5.c.host", 9)):
        (root / "new" / name).write_bytes(b"Subject: x\n\n")
        received_at = datetime(2021, 7, 5, hour, tzinfo=UTC).timestamp()
        os.utime(root / "new" / name, (received_at, received_at))

    assert mailbox.keys() == ["9.a.host", "5.c.host", "1.b.host"]


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    mailbox = open_mailbox(MaildirAccount("ace", tmp_path / "nowhere"))

    with pytest.raises(MailboxRefused, match="nowhere"):
        mailbox.keys()
    with pytest.raises(MailboxRefused, match="nowhere"):
        mailbox.check()

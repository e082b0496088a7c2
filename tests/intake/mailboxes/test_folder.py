"""Saved messages are imported in the order in which they were received."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.mailboxes import FolderAccount, open_mailbox
from intake.mailboxes.base import Destination, FetchedMessage, MailboxRefused
from intake.mailboxes.folder import received_at_of

RECEIVED = (
    b"Received: from b.example by a.example; Mon, 5 Jul 2021 09:02:00 +0100\r\n"
    b"Received: from c.example by b.example; Mon, 5 Jul 2021 08:00:30 +0000\r\n"
)
DATE = b"Date: Mon, 5 Jul 2021 07:00:00 +0000\r\n"


def fetch_all(path: Path, **changes: int) -> list[FetchedMessage]:
    mailbox = open_mailbox(FolderAccount("saved", path, **changes))
    return list(mailbox.fetch(mailbox.keys()))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (RECEIVED + DATE, datetime(2021, 7, 5, 8, 2, tzinfo=UTC)),
        (DATE + RECEIVED, datetime(2021, 7, 5, 8, 2, tzinfo=UTC)),
        (DATE, datetime(2021, 7, 5, 7, 0, tzinfo=UTC)),
        (b"Received: by a.example (no time)\r\n" + DATE, datetime(2021, 7, 5, 7, 0, tzinfo=UTC)),
        (
            b"Received: by a;\r\n\tMon, 5 Jul 2021\r\n 08:00 -0000 (x)\r\n",
            datetime(2021, 7, 5, 8, 0, tzinfo=UTC),
        ),
        (b"Date: 5 July 2021 at eight\r\n", None),
        (b"Date: Mon, 5 Jul 99999 07:00:00 +0000\r\n", None),
        (b"Date: Fri, 31 Dec 9999 23:00:00 -2300\r\n", None),
        (b"Subject: none\r\n", None),
        (b"", None),
    ],
)
def test_the_last_server_says_when_a_message_came(header: bytes, expected: datetime | None) -> None:
    assert received_at_of(header + b"\r\nDate: Mon, 5 Jul 2020 07:00:00 +0000\r\n") == expected


def test_an_endless_header_is_not_read_to_its_end() -> None:
    assert received_at_of(b"X: y\r\n" * 100_000 + DATE + b"\r\n") is None
    assert received_at_of(b"Date: " + b"(" * 200_000 + b"\r\n\r\n") is None


def test_a_folder_is_read_deeply_and_in_order_of_receipt(tmp_path: Path) -> None:
    (tmp_path / "late").mkdir()
    (tmp_path / "a.eml").write_bytes(RECEIVED + b"\r\n")
    (tmp_path / "late" / "b.eml").write_bytes(DATE + b"\r\n")
    (tmp_path / "c.eml").write_bytes(b"Subject: c\r\n\r\n")
    (tmp_path / "notes.txt").write_text("no message")
    modified_at = datetime(2021, 7, 5, 7, 30, tzinfo=UTC)
    os.utime(tmp_path / "c.eml", (modified_at.timestamp(), modified_at.timestamp()))

    fetched = fetch_all(tmp_path)

    assert [(m.raw, m.received_at) for m in fetched] == [
        (DATE + b"\r\n", datetime(2021, 7, 5, 7, 0, tzinfo=UTC)),
        (b"Subject: c\r\n\r\n", modified_at),
        (RECEIVED + b"\r\n", datetime(2021, 7, 5, 8, 2, tzinfo=UTC)),
    ]
    assert [m.key.partition(".eml/")[0] for m in fetched] == ["late/b", "c", "a"]


def test_one_file_is_a_mailbox_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"From: x@y.example\r\n" + DATE + b"\r\nFrom me\r\n")

    assert [m.raw for m in fetch_all(tmp_path / "a.eml")] == [(tmp_path / "a.eml").read_bytes()]


def test_another_message_under_the_same_name_is_another_message(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(DATE + b"\r\none\r\n")
    first = fetch_all(path)
    path.write_bytes(DATE + b"\r\ntwo\r\n")
    second = fetch_all(path)

    assert first[0].key != second[0].key


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_an_mbox_is_split_where_messages_begin(tmp_path: Path, end: bytes) -> None:
    lines = [
        b"From amara@trust.example Mon Jul  5 08:00:00 2021",
        b"Subject: one",
        b"Date: Mon, 5 Jul 2021 08:00:00 +0000",
        b"",
        b"From here on, 2021 is an ordinary line,",
        b"",
        b">From the quoted, and",
        b">>From the quoted twice.",
        b"",
        b"From MAILER-DAEMON Mon Jul  5 07:00:00 2021",
        b"Subject: two",
        b"Date: Mon, 5 Jul 2021 07:00:00 +0000",
        b"",
        b"no empty line at the end",
        b"",
    ]
    (tmp_path / "saved.mbox").write_bytes(end.join(lines))

    fetched = fetch_all(tmp_path / "saved.mbox")

    assert [m.raw.split(end)[0] for m in fetched] == [b"Subject: two", b"Subject: one"]
    assert fetched[1].raw == end.join(
        [*lines[1:6], b"From the quoted, and", b">From the quoted twice.", b""]
    )
    assert fetched[0].raw == end.join(lines[10:])


def test_of_a_saved_message_too_big_only_the_header_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(DATE + b"\r\n" + b"x" * 1000)

    (fetched,) = fetch_all(tmp_path, max_bytes=500)

    assert (fetched.raw, fetched.size, fetched.too_big) == (
        DATE + b"\r\n",
        len(DATE) + 1002,
        True,
    )


def test_nothing_is_moved_and_nothing_more_comes(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(DATE + b"\r\n")
    mailbox = open_mailbox(FolderAccount("saved", tmp_path))
    keys = mailbox.keys()

    assert mailbox.file(keys, Destination.PROCESSED) == set(keys)
    assert mailbox.keys() == keys
    mailbox.check()


def test_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MailboxRefused, match="nowhere"):
        open_mailbox(FolderAccount("saved", tmp_path / "nowhere.eml")).keys()

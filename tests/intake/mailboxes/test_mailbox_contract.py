"""What every mailbox does, wherever it is."""

import time
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from intake.mailboxes.base import Destination, FetchedMessage
from tests.intake.mailboxes.conftest import MAX_BYTES, WITH_FLAGS, Source

FIRST = datetime(2021, 7, 5, 8, 0, tzinfo=UTC)
AT_ONCE, LONG = timedelta(0), timedelta(seconds=20)


def raw_message(number: int, *, size: int = 0) -> bytes:
    header = (
        f"From: Amara Okafor <amara.okafor@trust.example>\r\n"
        f"Subject: Expression of interest {number}\r\n"
        f"Message-ID: <{number}@trust.example>\r\n\r\n"
    )
    return header.encode() + b"x" * size + b"\r\n"


def received_at(number: int) -> datetime:
    return FIRST + timedelta(hours=number)


def deliver(source: Source, count: int) -> None:
    for number in range(count):
        source.deliver(raw_message(number), received_at(number))


def as_fetched(key: str, number: int) -> FetchedMessage:
    raw = raw_message(number)
    return FetchedMessage(key, raw, received_at(number), len(raw))


def test_an_empty_mailbox_has_nothing(source: Source) -> None:
    assert source.mailbox.keys() == []
    assert list(source.mailbox.fetch([])) == []
    assert source.mailbox.file([], Destination.PROCESSED) == set()


def test_messages_come_whole_and_oldest_first_with_the_servers_time(source: Source) -> None:
    deliver(source, 5)

    keys = source.mailbox.keys()
    fetched = list(source.mailbox.fetch(keys))

    assert fetched == [as_fetched(key, number) for number, key in enumerate(keys)]
    assert len(set(keys)) == 5


def test_fetch_keeps_the_order_it_is_asked_in(source: Source) -> None:
    deliver(source, 4)
    wanted = source.mailbox.keys()[::-1]

    assert [message.key for message in source.mailbox.fetch(wanted)] == wanted


def test_a_message_that_was_read_by_somebody_still_waits(source: Source) -> None:
    deliver(source, 2)
    before = source.mailbox.keys()

    source.mark("seen")

    assert source.mailbox.keys() == before
    assert [message.raw for message in source.mailbox.fetch(before)] == [
        raw_message(0),
        raw_message(1),
    ]


def test_reading_marks_nothing(source: Source) -> None:
    deliver(source, 3)

    list(source.mailbox.fetch(source.mailbox.keys()))
    source.mailbox.wait(AT_ONCE)

    assert source.marked("seen") == 0
    assert source.marked("deleted") == 0


@pytest.mark.parametrize("source", WITH_FLAGS, indirect=True)
def test_what_somebody_marked_as_deleted_neither_waits_nor_vanishes(source: Source) -> None:
    deliver(source, 1)
    source.mark("deleted")
    source.deliver(raw_message(1), received_at(1))

    keys = source.mailbox.keys()
    source.mailbox.file(keys, Destination.PROCESSED)

    assert len(keys) == 1
    assert source.contents("INBOX") == [raw_message(0)]
    assert source.contents("Postroom/Processed") == [raw_message(1)]


def test_of_a_message_too_big_only_the_header_comes(source: Source) -> None:
    huge = raw_message(1, size=MAX_BYTES)
    source.deliver(raw_message(0), received_at(0))
    source.deliver(huge, received_at(1))
    source.deliver(raw_message(2), received_at(2))

    keys = source.mailbox.keys()
    fetched = list(source.mailbox.fetch(keys))

    header = huge[: huge.index(b"\r\n\r\n") + 4]
    size = len(huge) if source.has_exact_sizes else fetched[1].size
    assert size > MAX_BYTES
    assert fetched == [
        as_fetched(keys[0], 0),
        FetchedMessage(keys[1], header, received_at(1), size, too_big=True),
        as_fetched(keys[2], 2),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: eight bits\r\n\r\ncaf\xe9 \xff\xfe\r\n",
        b"Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n",
        b"Subject: looks like an answer\r\n\r\n)\r\n* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n",
        b"Subject: no body\r\n\r\n",
        b"Subject: From line\r\n\r\nFrom here on\r\n",
    ],
)
def test_bytes_arrive_as_they_were_sent(source: Source, raw: bytes) -> None:
    source.deliver(raw, received_at(0))

    assert [message.raw for message in source.mailbox.fetch(source.mailbox.keys())] == [raw]


def test_keys_that_are_gone_are_left_out(source: Source) -> None:
    deliver(source, 3)
    keys = source.mailbox.keys()
    source.mailbox.file(keys[:1], Destination.PROCESSED)

    asked = ["never/was/here", *keys, "INBOX/1/1"]

    assert [message.key for message in source.mailbox.fetch(asked)] == keys[1:]


def test_filing_moves_messages_out_of_the_inbox(source: Source) -> None:
    deliver(source, 5)
    keys = source.mailbox.keys()

    filed = source.mailbox.file(keys[:3], Destination.PROCESSED)
    quarantined = source.mailbox.file(keys[3:4], Destination.QUARANTINE)

    assert (filed, quarantined) == (set(keys[:3]), set(keys[3:4]))
    assert source.mailbox.keys() == keys[4:]
    assert source.contents("INBOX") == [raw_message(4)]
    assert source.contents("Postroom/Processed") == [raw_message(n) for n in range(3)]
    assert source.contents("Postroom/Quarantine") == [raw_message(3)]


def test_filing_again_is_harmless_and_counts_what_is_gone(source: Source) -> None:
    deliver(source, 3)
    keys = source.mailbox.keys()
    source.mailbox.file(keys[:2], Destination.PROCESSED)

    again = source.mailbox.file([*keys, "never/was/here"], Destination.PROCESSED)

    assert again == {*keys, "never/was/here"}
    assert source.contents("Postroom/Processed") == [raw_message(n) for n in range(3)]


def test_wait_ends_at_once_when_something_came_since_the_last_look(source: Source) -> None:
    source.mailbox.keys()
    deliver(source, 1)

    assert source.mailbox.wait(LONG)
    assert len(source.mailbox.keys()) == 1


def test_wait_ends_when_something_comes(source: Source) -> None:
    source.mailbox.keys()
    assert not source.mailbox.wait(AT_ONCE)
    started = time.monotonic()
    post = Thread(target=deliver, args=(source, 1))

    post.start()
    heard = source.mailbox.wait(LONG)
    post.join()

    assert heard
    assert time.monotonic() - started < 20
    assert len(source.mailbox.keys()) == 1


def test_wait_gives_up_after_its_time(source: Source) -> None:
    deliver(source, 2)
    source.mailbox.keys()

    assert not source.mailbox.wait(timedelta(milliseconds=50))
    assert not source.mailbox.wait(AT_ONCE)


def test_a_mailbox_that_nobody_has_looked_into_may_hold_something(source: Source) -> None:
    assert source.mailbox.wait(LONG)
    assert not source.mailbox.wait(AT_ONCE)


def test_check_makes_the_folders(source: Source) -> None:
    source.mailbox.check()
    source.mailbox.check()
    deliver(source, 1)

    assert source.mailbox.file(source.mailbox.keys(), Destination.QUARANTINE)


def test_a_closed_mailbox_opens_again(source: Source) -> None:
    deliver(source, 1)
    before = source.mailbox.keys()
    source.mailbox.close()
    source.mailbox.close()

    assert source.mailbox.keys() == before


def test_survey_finds_everything_by_size_and_time_and_recall_reads_it(source: Source) -> None:
    deliver(source, 3)
    keys = source.mailbox.keys()
    source.mailbox.file(keys[:1], Destination.PROCESSED)
    source.mailbox.file(keys[1:2], Destination.QUARANTINE)

    found = sorted(source.mailbox.survey(), key=lambda one: one.received_at)

    assert [one.place for one in found] == [Destination.PROCESSED, Destination.QUARANTINE, None]
    assert found[2].key == keys[2]
    read = {one.key: one for one in source.mailbox.recall([one.key for one in found])}
    assert [read[one.key].raw for one in found] == [raw_message(n) for n in range(3)]
    assert [x.received_at for x in found] == [read[x.key].received_at for x in found]
    sizes = [read[x.key].size for x in found]
    assert [x.size for x in found] == sizes or not source.has_exact_sizes
    assert source.marked("seen") == 0
    assert list(source.mailbox.recall(["INBOX/1/999999", "elsewhere/1/1"])) == []
    assert source.mailbox.keys() == keys[2:]

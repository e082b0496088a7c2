"""A line that breaks, a server that stalls, renumbers or says too much."""

import imaplib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from intake.mailboxes.base import Destination, ImapAccount, MailboxRefused, MailboxUnavailable
from intake.mailboxes.imap import ImapMailbox
from tests.support.dovecot import Dovecot, DovecotOptions
from tests.support.tap import CUT, FREEZE, Spoil, Tap

RECEIVED_AT = datetime(2021, 7, 5, 8, 0, tzinfo=UTC)
AT_ONCE = timedelta(0)

MakeDovecot = Callable[[DovecotOptions], Dovecot]


def raw_message(number: int) -> bytes:
    return f"Subject: {number}\r\n\r\n".encode() + b"words\r\n" * 200


class Line:
    """A mailbox with three messages, reached through a tap."""

    def __init__(self, server: Dovecot, tap: Tap, timeout: float = 10.0) -> None:
        self.server, self.tap = server, tap
        self.user = server.new_user()
        for number in range(3):
            server.deliver(self.user, raw_message(number), RECEIVED_AT)
        self.account = ImapAccount(
            "ace",
            server.host,
            tap.port,
            self.user,
            server.password,
            security="plain",
            timeout=timeout,
        )
        self.mailbox = ImapMailbox(self.account)

    def raws(self) -> list[bytes]:
        return [message.raw for message in self.mailbox.fetch(self.mailbox.keys())]


ALL = [raw_message(number) for number in range(3)]


@pytest.fixture
def line(dovecot: Dovecot) -> Iterator[Line]:
    with Tap(dovecot.port) as tap:
        made = Line(dovecot, tap)
        yield made
        made.mailbox.close()


def once(mark: bytes, *pieces: bytes) -> Spoil:
    """Where the server first says `mark`, say `pieces` instead of what begins with it."""
    used: list[bool] = []

    def spoil(data: bytes) -> Iterable[bytes]:
        if used or mark not in data:
            return (data,)
        used.append(True)
        before, _, after = data.partition(mark)
        rest = () if pieces and pieces[-1] in (CUT, FREEZE) else (after,)
        return (before, *pieces, *rest)

    return spoil


@pytest.mark.parametrize(
    "mark",
    [b"BODY[] {", b"RFC822.SIZE", b"* SEARCH", b"NOOP completed", b"Logged in"],
)
def test_a_line_that_breaks_is_mended_once(line: Line, mark: bytes) -> None:
    line.tap.spoil = once(mark, mark[:3], CUT)

    if mark == b"Logged in":
        with pytest.raises(MailboxUnavailable):
            line.mailbox.keys()

    assert line.raws() == ALL


def test_a_line_that_breaks_in_the_middle_of_a_message_gives_no_half_of_it(line: Line) -> None:
    line.tap.spoil = once(b"words\r\nwords", b"words\r\nwo", CUT)

    assert line.raws() == ALL


def test_a_line_that_always_breaks_is_given_up(line: Line) -> None:
    keys = line.mailbox.keys()
    line.tap.spoil = lambda data: (data[:20], CUT) if b"BODY[]" in data else (data,)

    with pytest.raises(MailboxUnavailable):
        list(line.mailbox.fetch(keys))
    assert line.tap.connections == 2

    line.tap.spoil = None
    assert line.raws() == ALL


def test_a_line_that_breaks_while_filing_loses_nothing(line: Line) -> None:
    keys = line.mailbox.keys()
    line.tap.spoil = once(b"COPYUID", CUT)

    assert line.mailbox.file(keys, Destination.PROCESSED) == set(keys)
    assert contents(line, "Postroom/Processed") == ALL
    assert contents(line, "INBOX") == []


def test_a_server_that_stalls_is_given_up_and_tried_anew(dovecot: Dovecot) -> None:
    with Tap(dovecot.port) as tap:
        line = Line(dovecot, tap, timeout=0.2)
        keys = line.mailbox.keys()
        tap.spoil = once(b"BODY[] {", b"BODY", FREEZE)

        with pytest.raises(MailboxUnavailable, match="in time"):
            list(line.mailbox.fetch(keys))
        connections = tap.connections

        assert line.raws() == ALL
        assert (connections, tap.connections) == (1, 2)
        line.mailbox.close()


def test_a_server_that_was_restarted_is_found_again(make_dovecot: MakeDovecot) -> None:
    server = make_dovecot(DovecotOptions())
    with Tap(server.port) as tap:
        line = Line(server, tap)
        before = line.mailbox.keys()

        server.stop()
        with pytest.raises(MailboxUnavailable):
            line.mailbox.keys()
        server.start()

        assert line.mailbox.keys() == before
        line.mailbox.close()


def test_nobody_listening_is_for_later() -> None:
    with Tap(1) as tap:
        port = tap.port
    mailbox = ImapMailbox(ImapAccount("ace", "127.0.0.1", port, "ace", "x", security="plain"))

    with pytest.raises(MailboxUnavailable):
        mailbox.keys()
    with pytest.raises(MailboxUnavailable):
        mailbox.wait(AT_ONCE)


def test_waiting_on_a_line_that_breaks_says_so_and_the_next_wait_looks_again(line: Line) -> None:
    line.mailbox.keys()
    line.tap.spoil = once(b"+ idling", CUT)

    with pytest.raises(MailboxUnavailable):
        line.mailbox.wait(timedelta(seconds=5))
    assert line.mailbox.wait(AT_ONCE)


def test_what_a_server_says_unasked_is_no_message(line: Line) -> None:
    unasked = (
        b"* 2 FETCH (FLAGS (\\Seen UID 7))\r\n"
        b"* 1 FETCH (UID 99 FLAGS () BODY[] {5}\r\nwrong)\r\n"
        b"* 3 FETCH (UID 3 FLAGS (\\Seen))\r\n"
    )
    line.tap.spoil = once(b"* 1 FETCH (UID 1 BODY[]", unasked, b"* 1 FETCH (UID 1 BODY[]")

    assert line.raws() == ALL


def test_a_message_larger_than_the_server_said_is_cut_to_its_header(dovecot: Dovecot) -> None:
    with Tap(dovecot.port) as tap:
        line = Line(dovecot, tap)
        line.mailbox = ImapMailbox(replace(line.account, max_bytes=1000))
        size = str(len(raw_message(0))).encode()
        tap.spoil = lambda data: (data.replace(b"RFC822.SIZE " + size, b"RFC822.SIZE 7"),)

        fetched = list(line.mailbox.fetch(line.mailbox.keys()))
        line.mailbox.close()

    assert [(m.raw, m.size, m.too_big) for m in fetched] == [
        (f"Subject: {n}\r\n\r\n".encode(), len(raw_message(n)), True) for n in range(3)
    ]


def test_an_inbox_full_of_large_messages_is_fetched_in_bites(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.mailboxes.imap.LARGEST_BITE", 2 * len(raw_message(0)))

    assert line.raws() == ALL
    assert [said.split()[3] for said in line.tap.said if "BODY.PEEK" in said] == ["1:2", "3"]


def test_keys_of_an_older_numbering_name_nothing_any_more(line: Line) -> None:
    before = line.mailbox.keys()
    line.mailbox.close()
    line.server.renumber(line.user)

    after = line.mailbox.keys()

    assert len(after) == 3
    assert not set(after) & set(before)
    assert list(line.mailbox.fetch(before)) == []
    assert line.mailbox.file(before, Destination.PROCESSED) == set(before)
    assert line.mailbox.keys() == after


def test_without_idle_the_server_is_asked(dovecot: Dovecot) -> None:
    with Tap(dovecot.port, lambda data: (data.replace(b" IDLE", b""),)) as tap:
        line = Line(dovecot, tap)
        line.mailbox.keys()

        assert not line.mailbox.wait(timedelta(milliseconds=30))
        dovecot.deliver(line.user, raw_message(3), RECEIVED_AT)
        assert line.mailbox.wait(timedelta(seconds=5))
        line.mailbox.close()

        assert "IDLE" not in tap.verbs()


def test_a_sign_of_life_during_idle_is_no_news(line: Line) -> None:
    line.mailbox.keys()
    line.tap.spoil = once(b"+ idling\r\n", b"+ idling\r\n* OK Still here\r\n")

    assert not line.mailbox.wait(timedelta(milliseconds=50))
    assert line.tap.verbs().count("IDLE") == 2


def test_news_that_comes_with_the_answer_to_idle_is_heard(line: Line) -> None:
    line.mailbox.keys()
    line.tap.spoil = once(b"+ idling\r\n", b"+ idling\r\n* 4 EXISTS\r\n")

    assert line.mailbox.wait(timedelta(seconds=60))


def test_news_that_comes_before_the_answer_to_idle_is_heard(line: Line) -> None:
    line.mailbox.keys()
    line.tap.spoil = once(b"+ idling\r\n", b"* 4 EXISTS\r\n+ idling\r\n")

    assert line.mailbox.wait(timedelta(seconds=60))


def test_an_inbox_that_may_only_be_read_is_refused(line: Line) -> None:
    line.tap.spoil = lambda data: (data.replace(b"[READ-WRITE]", b"[READ-ONLY]"),)

    with pytest.raises(MailboxRefused, match="only be read"):
        line.mailbox.keys()


def test_a_folder_that_is_not_there_is_refused(dovecot: Dovecot) -> None:
    user = dovecot.new_user()
    settings = ImapAccount(
        "ace",
        dovecot.host,
        dovecot.port,
        user,
        dovecot.password,
        security="plain",
        folder="Nowhere",
    )

    with pytest.raises(MailboxRefused, match="Nowhere"):
        ImapMailbox(settings).keys()


def contents(line: Line, folder: str) -> list[bytes]:
    with imaplib.IMAP4(line.server.host, line.server.port) as client:
        client.login(line.user, line.server.password)
        _, count = client.select(folder, readonly=True)
        if count == [b"0"]:
            return []
        _, data = client.fetch("1:*", "(BODY.PEEK[])")
        return [item[1] for item in data if isinstance(item, tuple)]

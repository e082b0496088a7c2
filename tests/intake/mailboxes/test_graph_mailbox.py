"""A mailbox of Microsoft 365 in what only Graph does; all else is in test_mailbox_contract."""

import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from intake.graph.client import TRIES
from intake.mailboxes.base import (
    Destination,
    MailboxRefused,
    MailboxUnavailable,
    MessageFailed,
)
from intake.mailboxes.graph.patience import LONGEST_WAIT, MOST_IN_A_ROW
from intake.mailboxes.graph.resources import Facts, read_facts
from intake.mailboxes.graph.session import GraphSession
from intake.mailboxes.removing import Wanted, remove_from
from intake.mailboxes.sent import find_sent_folder
from tests.support.graph_box import OVERHEAD
from tests.support.graph_desk import TOKEN, GraphDesk, open_desk
from tests.support.graph_server import Fault

FIRST = datetime(2021, 7, 5, 8, tzinfo=UTC)
PROCESSED = "Postroom/Processed"


def raw(number: int, *, sender: str = "ann@trust.example", to: str = "", size: int = 0) -> bytes:
    named = f"To: {to}\r\n" if to else ""
    return (
        f"From: Somebody <{sender}>\r\n{named}Subject: {number}\r\n"
        f"Message-ID: <{number}@trust.example>\r\n\r\n{'x' * size}\r\n"
    ).encode()


@pytest.fixture
def desk() -> Iterator[GraphDesk]:
    with open_desk() as desk:
        yield desk


def deliver(desk: GraphDesk, count: int) -> None:
    for number in range(count):
        desk.box.put("inbox", raw(number), FIRST + timedelta(hours=number))


def lying(desk: GraphDesk, path: str) -> list[bytes]:
    folder = desk.box.at(path)
    return [one.raw for one in desk.box.lying(folder.id)] if folder else []


def test_a_long_inbox_is_read_over_its_pages(desk: GraphDesk) -> None:
    desk.server.largest_page = 3
    deliver(desk, 8)
    mailbox = desk.mailbox()

    keys = mailbox.keys()

    assert [one.raw for one in mailbox.fetch(keys)] == [raw(n) for n in range(8)]
    assert mailbox.file(keys, Destination.PROCESSED) == set(keys)
    assert len(mailbox.survey()) == 8


def test_of_a_long_inbox_no_more_is_asked_than_holds_what_is_filed(desk: GraphDesk) -> None:
    desk.server.largest_page = 3
    deliver(desk, 12)
    mailbox = desk.mailbox()
    oldest = mailbox.keys()[:3]
    mailbox.file(oldest[:1], Destination.PROCESSED)
    desk.server.asked.clear()

    assert mailbox.file(oldest[1:], Destination.PROCESSED) == set(oldest[1:])

    assert desk.server.whats().count("GET /mailFolders/inbox/messages") == 1


def test_a_key_stays_where_a_message_is_moved(desk: GraphDesk) -> None:
    deliver(desk, 2)
    mailbox = desk.mailbox()
    keys = mailbox.keys()

    mailbox.file(keys[:1], Destination.PROCESSED)

    places = {one.key: one.place for one in mailbox.survey()}
    assert places == {keys[0]: Destination.PROCESSED, keys[1]: None}
    assert [one.raw for one in mailbox.recall(keys)] == [raw(0), raw(1)]


def test_what_somebody_put_elsewhere_stays_there(desk: GraphDesk) -> None:
    deliver(desk, 2)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    theirs = desk.box.make(None, "Theirs")
    desk.box.move(desk.box.lying("inbox")[0], theirs)

    filed = mailbox.file(keys, Destination.PROCESSED)

    assert filed == set(keys)
    assert lying(desk, "Theirs") == [raw(0)]
    assert lying(desk, PROCESSED) == [raw(1)]


def test_a_folder_that_was_thrown_away_is_made_again(desk: GraphDesk) -> None:
    deliver(desk, 2)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    mailbox.file(keys[:1], Destination.PROCESSED)
    thrown = desk.box.at("Postroom")
    assert thrown is not None
    desk.box.throw_away(thrown)

    mailbox.file(keys[1:], Destination.PROCESSED)

    assert lying(desk, PROCESSED) == [raw(1)]


def test_a_folder_that_vanishes_while_it_is_filed_into_files_nothing(desk: GraphDesk) -> None:
    deliver(desk, 2)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    desk.server.faults.append(Fault("POST */move", 404, "ErrorItemNotFound", times=2))

    assert mailbox.file(keys, Destination.PROCESSED) == set()
    assert mailbox.file(keys, Destination.PROCESSED) == set(keys)


def test_a_move_whose_answer_is_lost_is_asked_again(desk: GraphDesk) -> None:
    deliver(desk, 3)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    desk.server.faults.append(Fault("POST */move", acts=True))

    assert mailbox.file(keys, Destination.PROCESSED) == set(keys)
    assert lying(desk, PROCESSED) == [raw(n) for n in range(3)]


def failing(desk: GraphDesk, key: str, status: int | None, *, what: str = "GET") -> None:
    """One message fails for good; nothing else does."""
    on = f"GET /messages/{key}/$value" if what == "GET" else f"POST /messages/{key}/move"
    desk.server.faults.append(Fault(on, status, headers={"Retry-After": "0"}, times=10**6))


@pytest.mark.parametrize("status", [500, 403, None])
def test_one_message_that_cannot_be_moved_keeps_nobody_from_the_others(
    desk: GraphDesk, status: int | None
) -> None:
    deliver(desk, 3)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    failing(desk, keys[0], status, what="POST")

    assert mailbox.file(keys, Destination.PROCESSED) == set(keys[1:])
    assert mailbox.keys() == keys[:1]
    with pytest.raises(MessageFailed, match="can't move a message of the inbox"):
        mailbox.file(keys[:1], Destination.PROCESSED)
    desk.server.faults.clear()
    assert mailbox.file(keys, Destination.PROCESSED) == set(keys)


def test_where_nothing_can_be_moved_few_are_tried(desk: GraphDesk) -> None:
    deliver(desk, 20)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    desk.server.faults.append(Fault("POST */move", 507, "ErrorQuotaExceeded", times=99))

    with pytest.raises(MessageFailed, match="507 ErrorQuotaExceeded"):
        mailbox.file(keys, Destination.PROCESSED)

    assert sum(what.endswith("/move") for what in desk.server.whats()) == MOST_IN_A_ROW


@pytest.mark.parametrize("status", [500, 501, 502, 503, 504, 403, 409, 400, None])
def test_one_message_that_cannot_be_given_keeps_nobody_from_the_others(
    desk: GraphDesk, status: int | None
) -> None:
    deliver(desk, 3)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    failing(desk, keys[0], status)
    read = []

    with pytest.raises(MessageFailed, match="can't give a message of the inbox"):
        for one in mailbox.fetch(keys):
            read.append(one.raw)

    assert read == [raw(1), raw(2)]


def test_many_messages_that_cannot_be_given_keep_nobody_for_long(desk: GraphDesk) -> None:
    deliver(desk, 8)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    for key in keys[:5]:
        failing(desk, key, 502)

    def look() -> list[bytes]:
        read = []
        with pytest.raises(MessageFailed):
            for one in mailbox.fetch(keys):
                read.append(one.raw)
        return read

    assert look() == []
    assert look() == [raw(5), raw(6), raw(7)]


@pytest.mark.parametrize(("status", "asked"), [(502, 1), (503, TRIES), (None, 2)])
def test_where_no_message_is_given_few_are_asked_for(
    desk: GraphDesk, status: int | None, asked: int
) -> None:
    deliver(desk, 20)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    fault = Fault("GET */$value", status, headers={"Retry-After": "0"}, times=10**6)
    desk.server.faults.append(fault)

    with pytest.raises(MailboxUnavailable):
        list(mailbox.fetch(keys))

    assert sum(what.endswith("/$value") for what in desk.server.whats()) == MOST_IN_A_ROW * asked


def test_a_graph_that_wants_to_be_left_alone_is_asked_for_no_message(desk: GraphDesk) -> None:
    deliver(desk, 3)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    desk.server.faults.append(Fault("GET */$value", 429, headers={"Retry-After": "90"}))

    with pytest.raises(MailboxUnavailable, match="left alone for another 90 s") as told:
        list(mailbox.fetch(keys))

    assert not isinstance(told.value, MessageFailed)
    assert sum(what.endswith("/$value") for what in desk.server.whats()) == 1


@pytest.mark.parametrize("what", ["fetch", "file"])
def test_graph_is_not_waited_for_without_end(desk: GraphDesk, what: str) -> None:
    """Every message is throttled once, for as long as a call waits."""
    deliver(desk, 10)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    for key in keys:
        for on in (f"GET /messages/{key}/$value", f"POST /messages/{key}/move"):
            desk.server.faults.append(Fault(on, 429, headers={"Retry-After": "30"}))
    read = []

    with pytest.raises(MailboxUnavailable, match="asked more slowly"):
        if what == "file":
            mailbox.file(keys, Destination.PROCESSED)
        for one in mailbox.fetch(keys):
            read.append(one.raw)

    assert sum(desk.clock.slept) == LONGEST_WAIT
    done = lying(desk, PROCESSED) if what == "file" else read
    assert done == [raw(0), raw(1)]


def test_a_message_without_a_time_of_receipt_is_read(desk: GraphDesk) -> None:
    deliver(desk, 3)
    first, second, _ = desk.box.lying("inbox")
    first.untold = frozenset({"receivedDateTime"})
    second.untold = frozenset({"receivedDateTime", "createdDateTime", "lastModifiedDateTime"})
    mailbox = desk.mailbox()

    read = list(mailbox.fetch(mailbox.keys()))

    assert [one.raw for one in read] == [raw(0), raw(2)]
    assert read[0].received_at == FIRST


@pytest.mark.parametrize(
    "written", ["", "soon", "2021-07-05T08:00:00", "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert read_facts({"receivedDateTime": written}) is None


def test_a_folder_that_graph_alone_could_make_is_told_where_it_is_missing(
    desk: GraphDesk,
) -> None:
    deliver(desk, 1)
    for processed in ("Archive", "Archive/Postroom"):
        mailbox = desk.mailbox(processed=processed)
        with pytest.raises(MailboxRefused, match="the mailbox has no folder Archive"):
            mailbox.check()
        with pytest.raises(MailboxRefused, match="the mailbox has no folder Archive"):
            mailbox.file(mailbox.keys(), Destination.PROCESSED)
        assert [one.place for one in mailbox.survey()] == [None]
    with pytest.raises(MailboxRefused, match="there is no folder Archive"):
        desk.mailbox(sent="Archive").check()


@pytest.mark.parametrize(
    "changes",
    [
        {"processed": "In Box"},
        {"quarantine": "inbox"},
        {"folder": "INBOX/Calls", "processed": "Inbox/calls/"},
    ],
)
def test_messages_are_not_filed_where_they_are_read(
    desk: GraphDesk, changes: dict[str, str]
) -> None:
    with pytest.raises(MailboxRefused, match="where messages are read: write another folder"):
        desk.mailbox(**changes)


def test_a_message_that_vanishes_before_it_is_read_is_left_out(desk: GraphDesk) -> None:
    deliver(desk, 2)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    desk.server.faults.append(Fault("GET */$value", 404, "ErrorItemNotFound"))

    assert [one.raw for one in mailbox.fetch(keys)] == [raw(1)]


def test_a_message_too_big_is_known_by_its_store_or_as_it_is_read(
    desk: GraphDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = raw(0, size=300_000)
    desk.box.put("inbox", huge, FIRST)
    told = len(huge) + OVERHEAD
    mailbox = desk.mailbox(max_bytes=len(huge) - 1)
    (by_its_store,) = mailbox.fetch(mailbox.keys())
    listed = GraphSession.listed

    def untold(*asked: Any) -> dict[str, Facts]:
        return {key: Facts(one.received_at, 0) for key, one in listed(*asked).items()}

    monkeypatch.setattr(GraphSession, "listed", untold)
    (by_reading,) = mailbox.fetch(mailbox.keys())

    header = huge[: huge.index(b"\r\n\r\n") + 4]
    assert (by_its_store.raw, by_its_store.too_big, by_its_store.size) == (header, True, told)
    assert (by_reading.raw, by_reading.too_big, by_reading.size) == (header, True, len(huge))


def test_a_token_that_is_over_is_replaced_on_the_way(desk: GraphDesk) -> None:
    deliver(desk, 1)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    desk.tokens[:] = ["one that is over", TOKEN]

    assert [one.raw for one in mailbox.fetch(keys)] == [raw(0)]


def test_throttling_is_sat_out_or_told(desk: GraphDesk) -> None:
    deliver(desk, 1)
    mailbox = desk.mailbox()
    desk.server.faults.append(Fault("GET *", 429, "ApplicationThrottled", {"Retry-After": "9"}))
    assert len(mailbox.keys()) == 1
    assert desk.clock.slept == [9.0]

    desk.server.faults.append(Fault("GET *", 429, "ApplicationThrottled", {"Retry-After": "90"}))
    for _ in range(2):
        with pytest.raises(MailboxUnavailable, match="left alone for another 90 s"):
            mailbox.keys()


def test_changes_that_are_forgotten_are_asked_for_from_the_beginning(desk: GraphDesk) -> None:
    deliver(desk, 2)
    mailbox = desk.mailbox()
    mailbox.keys()
    assert not mailbox.wait(timedelta(0))
    desk.server.forgets_changes = True
    assert not mailbox.wait(timedelta(0))

    desk.box.put("inbox", raw(2), FIRST)

    assert mailbox.wait(timedelta(0))
    assert not mailbox.wait(timedelta(0))


def test_what_people_do_with_messages_is_no_news(desk: GraphDesk) -> None:
    desk.server.largest_page = 2
    deliver(desk, 5)
    mailbox = desk.mailbox()
    mailbox.keys()
    assert not mailbox.wait(timedelta(0))
    first, second, *_ = desk.box.lying("inbox")

    desk.box.changes.append((first.folder, first.number, False))  # somebody has read it
    desk.box.move(second, desk.box.make(None, "Theirs"))

    assert not mailbox.wait(timedelta(0))


def test_watching_asks_for_changes_alone(desk: GraphDesk) -> None:
    mailbox = desk.mailbox(look_every=5.0)
    mailbox.keys()
    desk.server.asked.clear()

    assert not mailbox.wait(timedelta(seconds=60))

    assert desk.server.whats() == ["GET /mailFolders/inbox/messages/delta"] * 13
    assert desk.clock.slept == [5.0] * 12


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("*", 401, "InvalidAuthenticationToken", times=9), "are its scopes those of Graph"),
        (Fault("*", 403, "ErrorAccessDenied", times=9), "grant Mail.ReadWrite for this mailbox"),
        (Fault("*", 404, "ErrorInvalidUser", times=9), "the address of a mailbox"),
    ],
)
def test_what_a_person_must_put_right_is_told(desk: GraphDesk, fault: Fault, told: str) -> None:
    desk.server.faults.append(fault)

    with pytest.raises(MailboxRefused, match=told):
        desk.mailbox().keys()


def test_a_folder_to_read_that_is_missing_is_told(desk: GraphDesk) -> None:
    with pytest.raises(MailboxRefused, match="there is no folder INBOX/Calls"):
        desk.mailbox(folder="INBOX/Calls").keys()
    with pytest.raises(MailboxRefused, match="there is no folder Gone"):
        desk.mailbox(sent="Gone").check()


def test_a_folder_below_the_inbox_is_read_whatever_the_language(desk: GraphDesk) -> None:
    inbox = desk.box.folder("inbox")
    assert inbox is not None
    calls = desk.box.make(inbox.id, "Call's")
    desk.box.put(calls.id, raw(0), FIRST)

    mailbox = desk.mailbox(folder="inbox/Call's", sent="Sent Items")
    mailbox.check()

    assert [one.raw for one in mailbox.fetch(mailbox.keys())] == [raw(0)]


def test_without_its_library_it_says_what_to_install(
    desk: GraphDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "intake.graph.wire", raising=False)

    with pytest.raises(MailboxRefused, match=r"pip install 'postroom\[graph\]'"):
        desk.mailbox().keys()


def test_what_lies_in_the_wrong_folder_is_filed_again(desk: GraphDesk) -> None:
    deliver(desk, 2)
    mailbox = desk.mailbox()
    keys = mailbox.keys()
    mailbox.file(keys, Destination.QUARANTINE)

    assert mailbox.refile([keys[0], "AAkAL+/99="], Destination.PROCESSED) == 1
    assert lying(desk, PROCESSED) == [raw(0)]


def test_letters_are_known_by_their_message_id_wherever_they_lie(desk: GraphDesk) -> None:
    desk.box.put("sentitems", raw(1), FIRST)
    desk.box.put("drafts", raw(2), FIRST).is_draft = True
    desk.box.move(desk.box.put("sentitems", raw(3), FIRST), desk.box.make(None, "Theirs"))
    folder = find_sent_folder(desk.account)
    assert folder is not None

    found = folder.find([f"<{number}@trust.example>" for number in range(1, 5)] + ["<it's@x>"])

    assert found == {
        "<1@trust.example>": True,
        "<2@trust.example>": False,
        "<3@trust.example>": True,
    }
    desk.server.faults.append(Fault("GET *", 403, "ErrorAccessDenied"))
    assert folder.find(["<1@trust.example>"]) is None


def test_a_person_is_erased_for_good_and_nobody_else(desk: GraphDesk) -> None:
    desk.server.largest_page = 2
    theirs, others = raw(1), raw(2, sender="joann@trust.example")
    named, alike = raw(3, sender="bob@trust.example"), raw(4, sender="bob@trust.example")
    for message in (theirs, others, named, alike):
        desk.box.put("inbox", message, FIRST)
    sent = raw(5, sender="ace@leadership.nhs.example", to="Ann <ANN@trust.example>")
    kept = raw(6, sender="ace@leadership.nhs.example", to="bob@trust.example")
    desk.box.put("sentitems", sent, FIRST)
    desk.box.put("sentitems", kept, FIRST)
    mailbox = desk.mailbox()
    mailbox.file(mailbox.keys()[:2], Destination.PROCESSED)
    wanted = Wanted(
        frozenset({hashlib.sha256(named).hexdigest()}),
        ("<3@trust.example>", "<4@trust.example>"),
        "ann@trust.example",
    )

    assert remove_from(desk.account, wanted) == 3
    assert lying(desk, PROCESSED) == [others]
    assert lying(desk, "inbox") == [alike]
    assert lying(desk, "sentitems") == [kept]
    assert remove_from(desk.account, wanted) == 0

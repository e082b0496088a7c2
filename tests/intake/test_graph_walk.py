"""The main job by Microsoft Graph alone: signed in once, read, answered, filed; and what becomes of
letters when Graph fails within one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from intake.app import App
from intake.config import Configuration, load_configuration
from responders.doubts import LEASE
from responders.retry import DOUBT_PAUSE, OUTAGE_PAUSE
from storage import outbox
from storage.domain.letter import Letter, LetterState
from tests.support.configurations import GRANT, write_configuration
from tests.support.graph_box import Box
from tests.support.graph_desk import graph_tables
from tests.support.graph_server import Fault, GraphServer
from tests.support.identity_provider import IdentityProvider
from tests.support.ledger import enqueue, make_draft
from tests.support.worlds import make_app

INBOX = "ace@leadership.nhs.example"
ARRIVED = datetime(2021, 7, 12, 10, tzinfo=UTC)
SOON = ARRIVED + timedelta(minutes=1)
GONE = "another machine/12"
EXPRESSION = b"""\
From: Kofi Brandt <kofi.brandt@harbour.example>
To: ace@leadership.nhs.example
Subject: Expression of interest
Message-ID: <1@harbour.example>
Date: Mon, 12 Jul 2021 10:00:00 +0000

Dear team,

I would like to express our interest in ACE. We work in Tottenham with the library and the GP
practice on loneliness.

Kofi Brandt
Harbour Housing
020 7946 0123
""".replace(b"\n", b"\r\n")


@dataclass(frozen=True)
class House:
    """A programme that is read and sends by Graph, and the provider of its tokens."""

    provider: IdentityProvider
    graph: GraphServer
    box: Box
    configuration: Configuration
    app: App

    def sign_in(self) -> None:
        one = self.configuration.sign_ins["ace"]["mailbox"]
        one.wait_for_code(one.ask_for_code(), lambda _: None)

    def arrive(self, raw: bytes = EXPRESSION) -> None:
        self.box.put("inbox", raw, ARRIVED)

    def letters(self) -> list[Letter]:
        with self.app.database.reading() as session:
            return list(outbox.list_letters(session, limit=100))

    def filed(self, name: str = "Processed") -> list[bytes]:
        folder = self.box.at(f"Postroom/{name}")
        return [one.raw for one in self.box.lying(folder.id)] if folder else []


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    tokens: dict[str, str] = {}
    with (
        GraphServer(tokens=tokens) as graph,
        IdentityProvider(user=INBOX, tokens=tokens) as provider,
    ):
        box = graph.new_box(INBOX)
        path = write_configuration(tmp_path, GRANT + graph_tables(graph, provider))
        configuration = load_configuration(path)
        with make_app(configuration) as app:
            yield House(provider, graph, box, configuration, app)


def test_a_message_is_read_answered_and_filed(house: House) -> None:
    house.sign_in()
    house.arrive()

    report = house.app.tick(SOON)

    assert (report.mailbox_errors, report.delivered.sent) == ({}, 1)
    (sent,) = house.graph.sent
    assert (sent.sender, sent.recipients) == (INBOX, ("kofi.brandt@harbour.example",))
    letter = message_from_bytes(sent.raw)
    assert (letter["In-Reply-To"], letter["Auto-Submitted"]) == (
        "<1@harbour.example>",
        "auto-replied",
    )
    (kept,) = house.letters()
    assert (kept.message_id, kept.server_reply) == (letter["Message-ID"], "202 (request 0000-1111)")
    assert house.filed() == [EXPRESSION]
    assert house.box.lying("inbox") == []
    assert [one.raw for one in house.box.lying("sentitems")] == [sent.raw]


def test_another_tick_asks_little_and_changes_nothing(house: House) -> None:
    house.sign_in()
    house.arrive()
    house.app.tick(SOON)
    house.graph.asked.clear()

    report = house.app.tick(SOON + timedelta(minutes=1))

    assert (report.intake.fetched, report.intake.filed, report.delivered.sent) == (0, 0, 0)
    assert house.graph.whats() == ["GET /mailFolders/inbox/messages"]


@pytest.mark.parametrize("status", [500, 504, None])
def test_a_message_that_graph_cannot_give_is_told_and_the_others_are_answered(
    house: House, status: int | None
) -> None:
    house.sign_in()
    house.arrive(EXPRESSION.replace(b"<1@", b"<2@"))
    house.arrive()
    bad, _ = house.box.lying("inbox")
    on, at_once = f"GET /messages/{bad.id(immutable=True)}/$value", {"Retry-After": "0"}
    house.graph.faults.append(Fault(on, status, headers=at_once, times=99))

    for minutes, taken in ((0, 1), (1, 0)):
        report = house.app.tick(SOON + timedelta(minutes=minutes))
        assert "move it to another folder by hand" in report.mailbox_errors["ace"]
        assert (report.intake.fetched, report.intake.new, report.intake.filed) == (taken,) * 3

    assert len(house.graph.sent) == 1
    assert (house.filed(), house.box.lying("inbox")) == ([EXPRESSION], [bad])


def test_a_message_that_graph_cannot_move_is_told_and_keeps_no_other(house: House) -> None:
    house.sign_in()
    house.arrive(EXPRESSION.replace(b"<1@", b"<2@").replace(b"kofi.brandt@", b"esi@"))
    house.arrive()
    stuck, _ = house.box.lying("inbox")
    on = f"POST /messages/{stuck.id(immutable=True)}/move"
    house.graph.faults.append(Fault(on, 500, times=99))

    reports = [house.app.tick(SOON + timedelta(minutes=minutes)) for minutes in (0, 1)]

    assert [one.intake.filed for one in reports] == [1, 0]
    assert "can't move a message" in reports[-1].mailbox_errors["ace"]
    assert (house.filed(), house.box.lying("inbox")) == ([EXPRESSION], [stuck])


def test_mailbox_and_ledger_are_compared_whatever_graph_cannot_give_or_move(house: House) -> None:
    house.sign_in()
    house.arrive(EXPRESSION.replace(b"<1@", b"<2@").replace(b"kofi.brandt@", b"esi@"))
    house.arrive()
    bad, stuck = house.box.lying("inbox")
    for on in (
        f"GET /messages/{bad.id(immutable=True)}/$value",
        f"POST /messages/{stuck.id(immutable=True)}/move",
    ):
        house.graph.faults.append(Fault(on, 500, times=99))
    house.app.tick(SOON)

    mailbox, now = house.app.mailbox("ace"), SOON + timedelta(hours=2)
    told, healed = house.app.reconciler.reconcile(mailbox, "ace", now)

    assert (told.at, told.unread, told.unfiled, healed.read) == (now, 1, 1, 0)


def test_what_is_moved_back_into_the_inbox_is_filed_again_and_not_answered(house: House) -> None:
    house.sign_in()
    house.arrive()
    house.app.tick(SOON)
    processed, inbox = house.box.at("Postroom/Processed"), house.box.at("INBOX")
    assert processed is not None and inbox is not None
    house.box.move(house.box.lying(processed.id)[0], inbox)

    report = house.app.tick(SOON + timedelta(minutes=1))

    assert (report.intake.new, report.delivered.sent) == (0, 0)
    assert (house.filed(), house.box.lying("inbox")) == ([EXPRESSION], [])


def test_ledger_and_mailbox_agree_whatever_their_sizes(house: House) -> None:
    house.sign_in()
    house.arrive()
    house.app.tick(SOON)

    mailbox = house.app.mailbox("ace")
    told, healed = house.app.reconciler.reconcile(mailbox, "ace", SOON)

    assert told.agrees
    assert (told.in_mailbox, told.in_ledger, healed.read) == (1, 1, 0)


def test_a_token_that_ends_before_its_time_is_replaced(house: House) -> None:
    house.sign_in()
    house.app.tick(ARRIVED)
    house.graph.tokens.clear()
    (file,) = house.configuration.token_files["ace"]
    kept = json.loads(file.read_text())
    earlier = datetime.now(UTC) - timedelta(minutes=20)
    file.write_text(json.dumps(kept | {"granted_at": earlier.isoformat()}))
    house.arrive()

    report = house.app.tick(SOON)

    assert (report.mailbox_errors, report.delivered.sent) == ({}, 1)
    assert house.provider.grant_types[-1] == "refresh_token"


def test_nobody_signed_in_is_told_and_nothing_is_asked(house: House) -> None:
    report = house.app.tick(SOON)

    assert "run: postroom login ace" in report.mailbox_errors["ace"]
    assert house.graph.asked == []


def test_what_graph_was_too_busy_for_leaves_a_little_later(house: House) -> None:
    house.sign_in()
    house.arrive()
    busy = Fault("POST /sendMail", 429, "ApplicationThrottled", {"Retry-After": "0"})
    house.graph.faults.append(busy)

    report = house.app.tick(SOON)

    assert "429 ApplicationThrottled" in report.delivered.transport_errors["ace"]
    assert house.app.tick(SOON + OUTAGE_PAUSE).delivered.sent == 1
    (letter,) = house.letters()
    assert (letter.attempts, len(house.graph.sent)) == (1, 1)


@pytest.mark.parametrize("status", [None, 500, 502, 504])
def test_a_letter_in_doubt_that_left_is_found_and_not_sent_again(
    house: House, status: int | None
) -> None:
    house.sign_in()
    house.arrive()
    house.graph.faults.append(Fault("POST /sendMail", status, acts=True))
    assert house.app.tick(SOON).delivered.doubted == 1

    later = house.app.tick(SOON + DOUBT_PAUSE)

    (letter,) = house.letters()
    assert (letter.state, letter.server_reply) == (LetterState.SENT, "a copy is in the mailbox")
    assert (later.delivered.sent, len(house.graph.sent)) == (0, 1)


@pytest.mark.parametrize("status", [None, 504])
def test_a_letter_in_doubt_that_did_not_leave_is_sent_once(
    house: House, status: int | None
) -> None:
    house.sign_in()
    house.arrive()
    house.graph.faults.append(Fault("POST /sendMail", status, headers={"Retry-After": "0"}))
    assert house.app.tick(SOON).delivered.doubted == 1

    assert house.app.tick(SOON + DOUBT_PAUSE).delivered.sent == 1
    assert house.app.tick(SOON + 2 * DOUBT_PAUSE).delivered.sent == 0
    assert len(house.graph.sent) == 1


def test_a_letter_in_doubt_that_waits_among_the_drafts_is_not_sent_again(house: House) -> None:
    """Exchange takes a letter first and hands it to its own transport later."""
    house.sign_in()
    house.arrive()
    house.graph.lingers = True
    house.graph.faults.append(Fault("POST /sendMail", acts=True))
    assert house.app.tick(SOON).delivered.doubted == 1
    assert house.app.tick(SOON + DOUBT_PAUSE).delivered.sent == 0
    assert house.app.tick(SOON + 2 * DOUBT_PAUSE).delivered.sent == 0

    house.graph.hurry()
    house.app.tick(SOON + 3 * DOUBT_PAUSE)

    (letter,) = house.letters()
    assert letter.state is LetterState.SENT
    assert (len(house.graph.sent), house.graph.whats().count("POST /sendMail")) == (1, 1)


def test_a_letter_that_broke_off_is_in_no_doubt(house: House) -> None:
    house.sign_in()
    house.arrive()
    house.graph.faults.append(Fault("POST /sendMail", reads=1000))

    report = house.app.tick(SOON)

    assert (report.delivered.doubted, report.delivered.deferred) in ((0, 1), (1, 0))
    assert house.app.tick(SOON + DOUBT_PAUSE).delivered.sent == 1
    assert len(house.graph.sent) == 1


def test_without_copies_a_letter_leaves_twice_at_most_with_one_message_id(house: House) -> None:
    house.sign_in()
    house.arrive()
    house.graph.copies = False
    house.graph.faults.append(Fault("POST /sendMail", acts=True, times=9))

    for round in range(5):
        house.app.tick(SOON + round * DOUBT_PAUSE)

    (letter,) = house.letters()
    assert (letter.state, letter.rule) == (LetterState.HELD, outbox.IN_DOUBT)
    assert len({one.raw for one in house.graph.sent}) == 1
    assert len(house.graph.sent) == 2


def test_a_letter_in_the_hands_of_a_process_that_died_is_looked_for(house: House) -> None:
    house.sign_in()
    now = datetime.now(UTC)
    content = f"From: <{INBOX}>\r\nTo: <amina@riverside.example>\r\n\r\nDear Amina\r\n".encode()
    with house.app.database.writing() as session:
        for number in (1, 2):
            enqueue(session, make_draft(f"acknowledgement/message:{number}", content=content))
        left, lost = outbox.claim(session, now - LEASE - timedelta(seconds=1), 2, GONE)
    copy = f"From: {INBOX}\r\nMessage-ID: {left.message_id}\r\n\r\nGood morning\r\n"
    house.box.put("sentitems", copy.encode(), now)

    house.app.tick(now)

    states = {letter.id: letter.server_reply for letter in house.letters()}
    assert states[left.id] == "a copy is in the mailbox"
    assert states[lost.id] == "202 (request 0000-1111)"
    assert [one.recipients for one in house.graph.sent] == [(lost.recipient.email,)]


def test_no_token_and_no_address_stands_in_the_log(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    house.sign_in()
    house.arrive()
    house.graph.faults.append(Fault("POST /sendMail", 401, "InvalidAuthenticationToken", times=2))

    house.app.tick(SOON)

    told = "".join(capfd.readouterr())
    assert "canary" not in told
    assert "kofi" not in told.lower()

"""Mailboxes against the ledger on real servers and folders: what is missing is read, the rest is
named."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from intake.app import App
from intake.mailboxes import FolderAccount, open_mailbox
from intake.mailboxes.base import MaildirAccount
from intake.reconciling import EVERY, Healed
from storage import events, reconciliations
from storage.domain.reconciling import Reconciliation
from storage.rows import MessageRow, MessageState
from tests.support.dovecot import Dovecot
from tests.support.incoming import STORY, write_message
from tests.support.installations import Servers, make_installation
from tests.support.processes import free_port

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def expression(number: int) -> bytes:
    raw = write_message(f"Our expression of interest.\n\n{STORY}", sender=f"sam@p{number}.example")
    return raw.replace(b"<1@", f"<{number}@".encode())


@dataclass
class Box:
    """A mailbox on disk, Maildir++ in either case, with a folder's files."""

    app: App
    root: Path
    deliver: Callable[[bytes, datetime], None]

    def folder(self, name: str) -> Path:
        return self.root / f".Postroom.{name}"

    def files(self, name: str) -> list[Path]:
        return sorted(self.folder(name).glob("[cn]*/*"))

    def reconcile(self, now: datetime, **told: bool) -> tuple[Reconciliation, Healed]:
        return self.app.reconciler.reconcile(self.app.mailbox("ace"), "ace", now, **told)

    def look(self, now: datetime) -> Reconciliation:
        return self.app.reconciler.look(self.app.mailbox("ace"), "ace", now)


@pytest.fixture(params=["dovecot", "maildir"])
def box(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Box]:
    """Three messages that were read and filed."""
    made = _dovecot(request, tmp_path) if request.param == "dovecot" else _maildir(tmp_path)
    for number in (1, 2, 3):
        made.deliver(expression(number), NOON + number * MINUTE)
    with made.app:
        made.app.tick(NOON + 5 * MINUTE)
        yield made


def _dovecot(request: pytest.FixtureRequest, folder: Path) -> Box:
    server: Dovecot = request.getfixturevalue("dovecot")
    user = server.new_user()
    servers = Servers(server.port, free_port(), user, server.password)
    app = App(make_installation(folder / "data", servers), sends=False)
    return Box(app, server.maildir(user), lambda raw, at: server.deliver(user, raw, at))


def _maildir(folder: Path) -> Box:
    root = folder / "ace"
    for place in ("tmp", "new", "cur"):
        (root / place).mkdir(parents=True)
    base = make_installation(folder / "data", Servers(0, free_port(), "", "x"))
    account = MaildirAccount(name=base.programmes[0].inbox, path=root)

    def deliver(raw: bytes, at: datetime) -> None:
        path = root / "new" / f"{at:%H%M}.here"
        path.write_bytes(raw)
        os.utime(path, (at.timestamp(), at.timestamp()))

    return Box(App(replace(base, mailboxes={"ace": account}), sends=False), root, deliver)


def test_what_was_read_and_filed_agrees(box: Box) -> None:
    told, healed = box.reconcile(NOON + EVERY)

    assert (told.agrees, told.in_mailbox, told.in_ledger) == (True, 3, 3)
    assert healed == Healed()
    assert not box.app.reconciler.is_due(box.app.mailbox("ace").name, NOON + EVERY + MINUTE)
    assert box.app.reconciler.is_due(box.app.mailbox("ace").name, NOON + 2 * EVERY)


def test_what_waits_in_the_inbox_is_named_then_read(box: Box) -> None:
    box.deliver(expression(4), NOON + 9 * MINUTE)
    looked = box.look(NOON + EVERY)
    assert (looked.unread, looked.agrees) == (1, False)

    told, healed = box.reconcile(NOON + EVERY)

    assert (told.agrees, told.in_mailbox, healed.read) == (True, 4, 1)


def test_what_was_taken_out_is_told_once(box: Box) -> None:
    box.files("Processed")[0].unlink()

    first, _ = box.reconcile(NOON + EVERY)
    second, _ = box.reconcile(NOON + 2 * EVERY)

    assert (first.gone, first.agrees) == (1, False)
    assert (second.gone, second.agrees, second.in_mailbox, second.in_ledger) == (0, True, 2, 2)
    with box.app.database.reading() as session:
        told = [e for e in events.of_programme(session, "ace") if e.what == "messages_gone"]
    assert [event.detail for event in told] == [{"number": "1"}]


def test_what_nobody_read_is_named_until_it_is_taken_in(box: Box) -> None:
    """As after a restored backup, or when a person filed it by hand."""
    path = box.files("Processed")[0]
    (path.parent / "9999.stray:2,S").write_bytes(expression(9))
    first, _ = box.reconcile(NOON + EVERY)
    again, _ = box.reconcile(NOON + 2 * EVERY)
    assert len(first.strays) == len(again.strays) == 1
    assert (again.agrees, again.in_mailbox, again.in_ledger) == (False, 4, 3)

    taken, healed = box.reconcile(NOON + 3 * EVERY, takes_in=True)

    assert (taken.agrees, healed.taken_in) == (True, 1)
    assert box.app.tick(NOON + 3 * EVERY).intake.recorded == 1


def test_bytes_lost_from_the_archive_are_stored_again(box: Box) -> None:
    with box.app.database.reading() as session:
        place, *_ = reconciliations.known_places(session, box.app.mailbox("ace").name)
    file = box.app.archive.path_of(place.sha256)
    before = file.read_bytes()
    file.unlink()
    assert box.look(NOON + EVERY).lost_bytes == 1

    told, healed = box.reconcile(NOON + EVERY)

    assert (told.agrees, healed.restored, file.read_bytes()) == (True, 1, before)


def test_what_was_erased_does_not_come_back(box: Box) -> None:
    with box.app.database.writing() as session:
        first, second, _ = session.exec(select(MessageRow).order_by(col(MessageRow.id))).all()
        hashes = [first.sha256, second.sha256]
        for row in (first, second):
            row.state, row.erased_at = MessageState.ERASED, NOON + EVERY
    box.app.archive.remove(hashes)
    box.files("Processed")[0].unlink()

    told, healed = box.reconcile(NOON + EVERY)

    assert (told.lost_bytes, told.gone, healed.restored) == (0, 0, 0)
    assert not any(box.app.archive.has(sha256) for sha256 in hashes)


def test_a_copy_with_another_time_is_known_by_its_bytes(box: Box) -> None:
    path = box.files("Processed")[0]
    copy = path.parent / "9999.copy:2,S"
    copy.write_bytes(path.read_bytes())
    path.unlink()

    told, _ = box.reconcile(NOON + EVERY)

    assert (told.agrees, told.in_mailbox, told.strays) == (True, 3, ())


def test_what_could_be_read_after_all_leaves_the_quarantine_folder(box: Box) -> None:
    box.deliver(b"Subject: " + b"x" * 10_000 + b"\r\n\r\n", NOON + 6 * MINUTE)
    assert box.app.tick(NOON + 7 * MINUTE).intake.quarantined == 1
    assert len(box.files("Quarantine")) == 1
    assert box.reconcile(NOON + EVERY)[1].filed == 0  # it belongs there
    with box.app.database.writing() as session:
        (held,) = session.exec(
            select(MessageRow).where(MessageRow.state == MessageState.QUARANTINED)
        )
        held.state = MessageState.RECORDED

    told, healed = box.reconcile(NOON + 2 * EVERY)

    assert (told.agrees, told.in_mailbox, healed.filed) == (True, 4, 1)
    assert (len(box.files("Quarantine")), len(box.files("Processed"))) == (0, 4)
    assert box.reconcile(NOON + 3 * EVERY)[1].filed == 0


def test_the_inbox_is_open_again_afterwards(box: Box) -> None:
    box.reconcile(NOON + EVERY)
    box.deliver(expression(5), NOON + EVERY)

    report = box.app.tick(NOON + EVERY)

    assert (report.intake.recorded, report.intake.filed) == (1, 1)


def test_a_folder_of_saved_messages_agrees_with_what_was_taken_in(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    for number in (1, 2):
        (saved / f"{number}.eml").write_bytes(expression(number))
    base = make_installation(tmp_path / "data", Servers(0, free_port(), "", "x"))
    with App(replace(base, mailboxes={}), sends=False) as app:
        mailbox = open_mailbox(FolderAccount(name="saved", path=saved))
        assert app.reconciler.look(mailbox, "ace", NOON).unread == 2
        told, healed = app.reconciler.reconcile(mailbox, "ace", NOON)
        assert (told.agrees, told.in_mailbox, healed.read) == (True, 2, 2)
        app.tick(NOON)

        (saved / "1.eml").unlink()

        told, _ = app.reconciler.reconcile(mailbox, "ace", NOON + EVERY)
    assert (told.gone, told.in_mailbox) == (1, 1)

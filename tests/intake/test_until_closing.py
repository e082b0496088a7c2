"""From an expression to the closing, through the real pipeline: reminders, a report that one came
back, more time, the form."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from intake.app import App
from intake.mailboxes import FolderAccount, open_mailbox
from storage import cases, extensions, outbox
from storage.domain.letter import LetterState
from tests.support.installations import Servers, make_installation

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = datetime(2021, 7, 14, 8, tzinfo=UTC)
FOURTEEN, SEVEN, TWO = (datetime(2021, 8, day, 8, tzinfo=UTC) for day in (6, 13, 18))
CLOSES = datetime(2021, 8, 20, 16, tzinfo=UTC)
EXPRESSION = """\
We would like to express our interest in ACE.

Tenants of the Morning Lane flats in Hackney miss dialysis when the lift is out, because nobody
tells the ambulance. We want the landlord and patient transport to find out on the same morning.

Robin Tull
Morning Lane Tenants
07700 900155
"""
REPORT = """\
--b
Content-Type: text/plain

Your message could not be delivered: the mailbox is unavailable.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.tenants.example

Final-Recipient: rfc822; robin@tenants.example
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--b--
"""
PERSON = "From: Robin Tull <robin@tenants.example>\nContent-Type: text/plain; charset=utf-8"
MACHINE = (
    "From: Mail Delivery System <MAILER-DAEMON@mx.tenants.example>\nAuto-Submitted: auto-replied\n"
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
)


class Office:
    """An installation without servers, whose letters count as sent when their turn comes."""

    def __init__(self, application: App, inbox: Path) -> None:
        self.application = application
        self._inbox = inbox
        self._mailbox = open_mailbox(FolderAccount("inbox", inbox))
        with application.database.reading() as session:
            self._sent = [x.message_id for x in outbox.list_letters(session, "ace")]

    def receive(self, text: str, at: datetime, *, head: str = PERSON, subject: str = "ACE") -> None:
        number = len(list(self._inbox.iterdir()))
        when = format_datetime(at)
        fields = (
            f"Received: from a.example by mx.leadership.nhs.example; {when}\n{head}\n"
            f"To: ace@leadership.nhs.example\nSubject: {subject}\n"
            f"Message-ID: <{number}@tenants.example>\nDate: {when}\n\n"
        )
        wire = (fields + text).replace("\n", "\r\n").encode()
        (self._inbox / f"{number:03d}.eml").write_bytes(wire)

    def tick(self, now: datetime) -> list[str]:
        """What left, by kind, or the rule by which it was left out."""
        self.application.pipeline.collect(self._mailbox, "ace", now)
        self.application.pipeline.understand_all(now)
        planned = self.application.plan(now).enqueued
        with self.application.database.writing() as session:
            claimed = outbox.claim(session, now, 10, "test")
            for letter in claimed:
                outbox.mark_sent(session, letter.id, now, "250 OK")
            self._sent += [letter.message_id for letter in claimed if letter.case_id is not None]
        return [
            f"{x.kind}: {x.rule}" if x.state is LetterState.DISCARDED else str(x.kind)
            for x in planned
            if x.case_id is not None
        ]

    def receive_form(self, at: datetime) -> None:
        """Robin sends the form back that came with the newest letter."""
        parts = message_from_bytes(self.newest_wire() + b"--=_postroom-pack--\r\n").walk()
        form = next(part for part in parts if "application form" in (part.get_filename() or ""))
        reply = EmailMessage()
        reply.set_content("Here is our completed application form.")
        reply.add_attachment(
            form.get_payload(decode=True),
            maintype="application",
            subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
            filename=form.get_filename(),
        )
        head, _, text = reply.as_string().partition("\n\n")
        sender = "From: Robin Tull <robin@tenants.example>\n"
        self.receive(text, at, head=sender + head, subject="Re: Your application pack")

    @property
    def last_message_id(self) -> str:
        return self._sent[-1]

    def newest_wire(self) -> bytes:
        with self.application.database.reading() as session:
            newest = outbox.find_by_message_id(session, self.last_message_id)
            assert newest is not None
            return outbox.wire_parts(session, newest.id)[0]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Robin's expression has come and got the pack."""
    folder = tmp_path_factory.mktemp("packed")
    (folder / "inbox").mkdir()
    installation = make_installation(folder, Servers(1, 1, "nobody", "nothing"))
    with App(installation, sends=False) as application:
        office = Office(application, folder / "inbox")
        office.receive(EXPRESSION, START)
        assert office.tick(START + HOUR) == ["application_pack"]
        yield application


@pytest.fixture
def office(packed: App, tmp_path: Path) -> Iterator[Office]:
    """The same again for one test; what reads messages and the archive are shared."""
    folder = packed.configuration.data_folder
    packed.database.close()
    shutil.copy(folder / "ledger.db", tmp_path)
    shutil.copytree(folder / "inbox", tmp_path / "inbox")
    ledger = f"sqlite:///{tmp_path}/ledger.db"
    with App(replace(packed.configuration, database_url=ledger), sends=False) as application:
        application.reader = packed.reader
        yield Office(application, tmp_path / "inbox")
        del application.reader


def reminded_at(office: Office, *instants: datetime) -> list[list[str]]:
    return [office.tick(at) for at in instants]


def test_reminders_come_at_their_times_and_bring_the_form(office: Office) -> None:
    minute = timedelta(minutes=1)

    told = reminded_at(office, FOURTEEN - minute, FOURTEEN, FOURTEEN + minute, SEVEN, TWO, CLOSES)

    once = ["deadline_reminder"]
    assert told == [[], once, [], once, once, []]
    files = [part.get_filename() for part in message_from_bytes(office.newest_wire()).walk()]
    assert "ACE-0001 application form.docx" in files


def test_form_ends_them(office: Office) -> None:
    office.tick(FOURTEEN)
    office.receive_form(FOURTEEN + DAY)

    assert office.tick(FOURTEEN + DAY) == ["application_receipt"]
    assert reminded_at(office, SEVEN, TWO, CLOSES) == [[], [], []]


def test_report_that_one_came_back_silences_the_next_until_somebody_writes(office: Office) -> None:
    office.tick(FOURTEEN)
    report = REPORT.format(message_id=office.last_message_id)
    office.receive(report, FOURTEEN + HOUR, head=MACHINE, subject="Undelivered Mail")
    left_out = reminded_at(office, FOURTEEN + 2 * HOUR, SEVEN)
    office.receive("My telephone number is 07700 900156.", SEVEN + DAY, subject="Re: ACE")
    office.tick(SEVEN + DAY)

    assert left_out == [[], ["deadline_reminder: bounced"]]
    assert office.tick(TWO) == ["deadline_reminder"]


def test_invented_report_silences_nobody(office: Office) -> None:
    report = REPORT.format(message_id="<ace-0001.invented@postroom.leadership.nhs.example>")
    office.receive(report, FOURTEEN - DAY, head=MACHINE, subject="Undelivered [ACE-0001]")

    assert reminded_at(office, FOURTEEN - HOUR, FOURTEEN) == [[], ["deadline_reminder"]]


def test_more_time_is_told_and_has_reminders_of_its_own(office: Office) -> None:
    reminded_at(office, FOURTEEN, SEVEN, TWO)
    programme = office.application.programmes["ace"]
    with office.application.database.writing() as session:
        extensions.extend(
            session, programme, CLOSES + 7 * DAY, reason="Summer", by="rosalind", now=TWO + HOUR
        )

    told = reminded_at(
        office, TWO + 2 * HOUR, SEVEN + 7 * DAY, TWO + 7 * DAY, CLOSES + 7 * DAY, CLOSES + 9 * DAY
    )

    reminder = ["deadline_reminder"]
    assert told == [["extension_notice"], reminder, reminder, [], []]


def test_late_form_counts_once_its_case_has_more_time(office: Office) -> None:
    reminded_at(office, FOURTEEN, SEVEN, TWO)
    office.receive_form(CLOSES + HOUR)
    late = office.tick(CLOSES + 2 * HOUR)
    programme = office.application.programmes["ace"]
    with office.application.database.writing() as session:
        case = cases.get_by_reference(session, "ACE-0001")
        extensions.extend(
            session,
            programme,
            CLOSES + 4 * DAY,
            case_id=case.id,
            reason="The lead was ill.",
            by="rosalind",
            now=CLOSES + DAY,
        )

    assert late == ["late_receipt"]
    assert office.tick(CLOSES + DAY + HOUR) == ["extension_notice"]
    text = message_from_bytes(office.newest_wire())
    plain = next(part for part in text.walk() if part.get_content_type() == "text/plain")
    assert b"now counts" in plain.get_payload(decode=True)


def test_standstill_over_the_closing_leaves_them_out_by_name(office: Office) -> None:
    assert office.tick(CLOSES + DAY) == ["deadline_reminder: closed"] * 3

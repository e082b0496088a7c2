"""A decision sheet that comes to the inbox: taken from an organiser a trusted server vouches for,
and from nobody else."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.app import App
from intake.config import Configuration
from intake.mailboxes import FolderAccount, open_mailbox
from responders.sheets.decisions import write_decision_sheet
from storage import decisions, messages, outbox, standings
from storage.domain.case import CaseState
from storage.domain.decision import Effect, Outcome
from storage.domain.letter import LetterKind
from tests.support.installations import Servers, make_installation
from tests.support.ledger import open_case
from tests.support.sheets import saved_again

NOW = datetime(2021, 9, 6, 11, 0, tzinfo=UTC)
ROSALIND = "rosalind.okoro@leadership.nhs.example"
TRUSTED = "mx2.leadership.nhs.example"
PASS = f"{TRUSTED}; dmarc=pass header.from=leadership.nhs.example"


class Office:
    """An installation with two cases that applied, and a mailbox to write to."""

    def __init__(self, folder: Path) -> None:
        (folder / "inbox").mkdir()
        self._inbox = folder / "inbox"
        self.configuration: Configuration = make_installation(
            folder / "data", Servers(1, 1, "nobody", "nothing")
        )
        with App(self.configuration) as application, application.database.writing() as session:
            for number in (1, 2):
                open_case(session, number, state=CaseState.APPLIED)

    def export(self, *, secret: bytes | None = None) -> bytes:
        """The sheet, with both cases decided: funded and not funded."""
        programme = self.configuration.programmes[0]
        with App(self.configuration) as application, application.database.reading() as session:
            standing = standings.standing_of(session, programme)
        sheet = write_decision_sheet(
            standing, (), secret=secret or self.configuration.secret, now=NOW
        )
        return saved_again(sheet, _decide)

    def send(self, sheet: bytes, *, sender: str = ROSALIND, vouched: str | None = PASS) -> None:
        number = len(list(self._inbox.iterdir())) + 1
        trace = f"Authentication-Results: {vouched}\r\n" if vouched else ""
        head = (
            f"Received: from a.example by mx.example; Mon, 6 Sep 2021 10:00:00 +0000\r\n{trace}"
            f"From: {sender}\r\nTo: ace@leadership.nhs.example\r\nSubject: Decisions\r\n"
            f"Message-ID: <{number}@leadership.nhs.example>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
            "Content-Type: text/plain\r\n\r\nHere is the sheet.\r\n--b\r\n"
            "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n"
            'Content-Disposition: attachment; filename="Decisions.xlsx"\r\n'
            "Content-Transfer-Encoding: base64\r\n\r\n"
        )
        body = base64.encodebytes(sheet).replace(b"\n", b"\r\n")
        raw = head.encode() + body + b"--b--\r\n"
        (self._inbox / f"{number}.eml").write_bytes(raw)

    def read(self, configuration: Configuration | None = None) -> dict[str, object]:
        """Reads the mailbox; what is decided, the results of the last message, its letters."""
        used = configuration or self.configuration
        with App(used, sends=False) as application:
            mailbox = open_mailbox(FolderAccount("inbox", self._inbox))
            application.pipeline.collect(mailbox, "ace", NOW)
            application.pipeline.understand_all(NOW)
            application.plan(NOW)
            with application.database.reading() as session:
                standing = decisions.current(session, "ace", "2021")
                letters = [x for x in outbox.list_letters(session, limit=10) if x.cause is not None]
                cause = letters[0].cause if letters else None
                results = messages.get(session, cause).results if cause is not None else ()
        return {
            "decided": [one.ruling.outcome for one in standing.values()],
            "by": {one.by for one in standing.values()},
            "effects": [result.effect for result in results],
            "letters": [(x.kind, x.recipient.email, x.state.value, x.rule) for x in letters],
        }


def _decide(tables: dict[str, list[list[object]]]) -> None:
    heading, *rows = tables["Decisions"]
    place = heading.index("Decision")
    for row, words in zip(rows, ("funded", "Not funded"), strict=False):
        row[place] = words


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_organisers_sheet_is_taken_and_confirmed(office: Office) -> None:
    office.send(office.export())

    told = office.read()

    assert told["decided"] == [Outcome.FUNDED, Outcome.NOT_FUNDED]
    assert told["by"] == {ROSALIND}
    assert told["letters"] == [(LetterKind.DECISIONS_RECEIPT, ROSALIND, "queued", None)]


def test_same_sheet_again_changes_nothing(office: Office) -> None:
    sheet = office.export()
    office.send(sheet)
    office.read()
    office.send(sheet)

    told = office.read()

    assert told["effects"] == [Effect.UNCHANGED, Effect.UNCHANGED]
    assert told["decided"] == [Outcome.FUNDED, Outcome.NOT_FUNDED]


def _unvouched(office: Office) -> None:
    office.send(office.export(), vouched=None)


def _vouched_by_a_stranger(office: Office) -> None:
    office.send(office.export(), vouched=PASS.replace("mx2", "mx3"))


def _failed(office: Office) -> None:
    office.send(office.export(), vouched=PASS.replace("pass", "fail"))


def _vouched_for_another_domain(office: Office) -> None:
    office.send(office.export(), vouched=f"{TRUSTED}; dmarc=pass header.from=evil.example")


def _in_a_comment(office: Office) -> None:
    office.send(office.export(), vouched=f"{TRUSTED} (dmarc=pass header.from=x); spf=pass")


def _by_an_applicant(office: Office) -> None:
    vouched = f"{TRUSTED}; dmarc=pass header.from=riverside.example"
    office.send(office.export(), sender="amina@riverside.example", vouched=vouched)


def _behind_an_organisers_name(office: Office) -> None:
    vouched = f"{TRUSTED}; dmarc=pass header.from=evil.example"
    office.send(office.export(), sender=f'"{ROSALIND}" <a@evil.example>', vouched=vouched)


def _by_a_machine(office: Office) -> None:
    """Sent on by a rule of the organiser's mailbox."""
    office.send(office.export(), vouched=f"{PASS}\r\nAuto-Submitted: auto-generated")


def _of_two_senders(office: Office) -> None:
    office.send(office.export(), sender=f"{ROSALIND}, a@evil.example")


@pytest.mark.parametrize(
    "send",
    [
        _unvouched,
        _vouched_by_a_stranger,
        _failed,
        _vouched_for_another_domain,
        _in_a_comment,
        _by_an_applicant,
        _behind_an_organisers_name,
        _by_a_machine,
        _of_two_senders,
    ],
)
def test_sheet_of_anybody_else_decides_nothing(
    office: Office, send: Callable[[Office], None]
) -> None:
    send(office)

    told = office.read()

    assert (told["decided"], told["effects"]) == ([], [])
    assert all(kind is not LetterKind.DECISIONS_RECEIPT for kind, *_ in told["letters"])  # type: ignore[attr-defined]


def test_organiser_of_yesterday_decides_nothing(office: Office) -> None:
    office.send(office.export())
    programme = office.configuration.programmes[0]
    others = tuple(o for o in programme.organisers if o.address.email != ROSALIND)
    revoked = replace(office.configuration, programmes=(replace(programme, organisers=others),))

    assert office.read(revoked)["decided"] == []


def test_sheet_of_another_installation_is_refused_with_the_reason(office: Office) -> None:
    office.send(office.export(secret=b"somebody else's secret"))

    told = office.read()

    assert (told["decided"], told["effects"]) == ([], [Effect.REFUSED])
    assert told["letters"] == [(LetterKind.DECISIONS_RECEIPT, ROSALIND, "queued", None)]

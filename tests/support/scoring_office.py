"""An installation whose panel is asked to score, and a mailbox to write to, for tests of what comes
back."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from intake.app import App
from intake.config import Configuration
from intake.mailboxes import FolderAccount, open_mailbox
from responders.sheets.scoring import write_scoring_sheet
from storage import messages, outbox, panels, received
from storage.domain.case import CaseState
from storage.domain.message import Attachment, MessageKind, RecordedMessage
from storage.domain.scoring import PanelStanding
from tests.support.installations import Servers, make_installation
from tests.support.ledger import open_case, with_id
from tests.support.panelling import KEPT_FORM
from tests.support.sheets import Rows, saved_again
from tests.support.understandings import make_understanding

NOW = datetime(2021, 8, 24, 9, 0, tzinfo=UTC)
BEATRICE = "beatrice.alabi@riverbank.example"
IDRIS = "idris.penhaligon@voices.example"
ROSALIND = "rosalind.okoro@leadership.nhs.example"
TRUSTED = "mx2.leadership.nhs.example"
PASS = f"{TRUSTED}; dmarc=pass header.from=riverbank.example"
PASS_IDRIS = f"{TRUSTED}; dmarc=pass header.from=voices.example"
FIRST_SCORE = 5
"""The column of the first criterion."""

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ScoringOffice:
    """Two applications, which all members are asked to read."""

    def __init__(self, folder: Path) -> None:
        (folder / "inbox").mkdir()
        self._inbox = folder / "inbox"
        self.configuration: Configuration = make_installation(
            folder / "data", Servers(1, 1, "nobody", "nothing")
        )
        self.programme = self.configuration.programmes[0]
        with App(self.configuration) as application:
            self._ask(application)

    def _ask(self, application: App, attachment: Attachment = KEPT_FORM) -> None:
        with application.database.writing() as session:
            form = make_understanding(MessageKind.APPLICATION, attachments=(attachment,))
            cases = [
                open_case(
                    session,
                    number,
                    state=CaseState.APPLIED,
                    understanding=with_id(form, f"<form-{number}@x.example>"),
                )
                for number in (1, 2)
            ]
            forms = panels.newest_forms(session, self.programme, cases)
            members = [member.address.email for member in self.programme.panel]
            asked = [(case, email, forms[case.id]) for case in cases for email in members]
            panels.assign(session, self.programme, asked, by=ROSALIND, now=NOW)

    def standing(self) -> PanelStanding:
        with App(self.configuration) as application, application.database.reading() as session:
            return panels.standing_of(session, self.programme)

    def sheet(
        self,
        change: Callable[[dict[str, Rows]], object] | None = None,
        *,
        member: str = BEATRICE,
        secret: bytes | None = None,
    ) -> bytes:
        """The member's sheet, filled in: 4 for everything of the first case."""
        secret = secret or self.configuration.secret
        made = write_scoring_sheet(self.standing(), member, secret=secret, now=NOW)
        return saved_again(made, change or fill_in((4,) * 6))

    def send(
        self,
        sheet: bytes | None = None,
        *,
        text: str = "Here are my scores.",
        sender: str = BEATRICE,
        vouched: str | None = PASS,
        headers: str = "",
    ) -> None:
        number = len(list(self._inbox.iterdir())) + 1
        trace = f"Authentication-Results: {vouched}\r\n" if vouched else ""
        mark = "" if "Message-ID" in headers else f"Message-ID: <{number}@riverbank.example>\r\n"
        head = (
            f"Received: from a.example by mx.example; Tue, 24 Aug 2021 08:00:00 +0000\r\n{trace}"
            f"From: {sender}\r\nTo: ace@leadership.nhs.example\r\nSubject: Scores\r\n{mark}"
            f"{headers}MIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        )
        attached = b""
        if sheet is not None:
            part = (
                f"--b\r\nContent-Type: {_EXCEL}\r\n"
                'Content-Disposition: attachment; filename="Scores.xlsx"\r\n'
                "Content-Transfer-Encoding: base64\r\n\r\n"
            )
            attached = part.encode() + base64.encodebytes(sheet).replace(b"\n", b"\r\n")
        raw = head.encode() + attached + b"--b--\r\n"
        (self._inbox / f"{number}.eml").write_bytes(raw)

    def read(self, configuration: Configuration | None = None) -> RecordedMessage:
        """Reads the mailbox and plans the answers; the newest message."""
        with App(configuration or self.configuration, sends=False) as application:
            mailbox = open_mailbox(FolderAccount("inbox", self._inbox))
            application.pipeline.collect(mailbox, "ace", NOW)
            application.pipeline.understand_all(NOW)
            application.plan(NOW)
            with application.database.reading() as session:
                return messages.recorded(session, "ace", limit=1)[0]

    def scores(self) -> dict[tuple[str, str], list[int]]:
        """What stands, by member and case: the numbers, none for who refrains."""
        standing = self.standing()
        return {
            (email, standing.cases[case_id].reference): [n for _, n in one.scoring.scores]
            for (email, case_id), one in standing.assessments.items()
        }

    def wait_for_a_person(self) -> list[int]:
        """The messages that a person has to deal with."""
        with App(self.configuration) as application, application.database.reading() as session:
            return [one.id for one in received.list_received(session, only_for_a_person=True)]

    def answers(self) -> list[tuple[str, str, str, str | None]]:
        """Kind, recipient, state and rule of the letters that answer a message."""
        with App(self.configuration) as application, application.database.reading() as session:
            letters = outbox.list_letters(session, limit=20)
        return [
            (letter.kind.value, letter.recipient.email, letter.state.value, letter.rule)
            for letter in letters
            if letter.cause is not None
        ]


def fill_in(*rows: tuple[object, ...]) -> Callable[[dict[str, Rows]], None]:
    """Types these into the columns from the first criterion on, a row each."""

    def change(tables: dict[str, Rows]) -> None:
        for typed, row in zip(rows, tables["Scores"][1:], strict=False):
            row[FIRST_SCORE : FIRST_SCORE + len(typed)] = typed

    return change

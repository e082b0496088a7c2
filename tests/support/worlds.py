"""A mailbox on a real server, the ledger that reads it and the wire its letters leave by, for tests
in which the mailbox does what no honest one should."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intake.app import App
from intake.config import Configuration
from intake.mailboxes import open_mailbox
from intake.mailboxes.base import Mailbox
from responders.rendering import Renderer
from storage import cases, events
from tests.support.dovecot import Dovecot
from tests.support.installations import Servers, make_installation
from tests.support.reading import HereReader
from tests.support.smtp_recorder import SmtpRecorder

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def make_app(
    installation: Configuration, renderer: Renderer | None = None, *, sends: bool = True
) -> App:
    """An App that reads in this process; with `renderer`, whose packs are published already."""
    app = App(installation, sends=sends)
    app.__dict__["reader"] = HereReader(installation.programmes, app.archive)
    if renderer is not None:
        app._make_renderer = lambda *_: renderer  # type: ignore[method-assign]
    return app


class World:
    """One mailbox and what Postroom makes of it; `folder` is empty, or holds an empty ledger."""

    def __init__(
        self, dovecot: Dovecot, recorder: SmtpRecorder, folder: Path, renderer: Renderer | None
    ) -> None:
        self.dovecot, self.recorder = dovecot, recorder
        self.user = dovecot.new_user()
        self.now = NOON
        servers = Servers(dovecot.port, recorder.port, self.user, dovecot.password)
        self.app = make_app(make_installation(folder, servers), renderer)
        self._numbers = 0

    def deliver(self, *raws: bytes, at: datetime = NOON) -> None:
        for raw in raws:
            self.dovecot.deliver(self.user, raw, at)

    def tick(self, times: int = 1) -> None:
        for _ in range(times):
            self.now += HOUR
            report = self.app.tick(self.now)
            assert not report.mailbox_errors, report.mailbox_errors

    def collect(self) -> None:
        """Remember what the inbox shows, and no more: then the process dies."""
        self.app.pipeline.collect(self.mailbox, "ace", self.now)

    def read(self) -> None:
        """Record what is remembered, and no more."""
        self.app.pipeline.understand_all(self.now)

    @property
    def mailbox(self) -> Mailbox:
        return self.app.mailbox("ace")

    def open_second(self) -> Mailbox:
        """Another mailbox of the same programme, empty."""
        account = self.app.configuration.mailboxes["ace"]
        user = self.dovecot.new_user()
        return open_mailbox(replace(account, name=user, username=user))

    def leave(self) -> None:
        """Log out, so that the mailbox may be changed behind the server's back."""
        self.mailbox.close()

    def filed(self) -> list[Path]:
        return self._files(".Postroom.Processed")

    def inbox(self) -> list[Path]:
        return self._files("")

    def _files(self, folder: str) -> list[Path]:
        path = self.dovecot.maildir(self.user) / folder
        return sorted([*path.glob("new/*"), *path.glob("cur/*")], key=lambda file: file.name)

    def put_back(self, *, copies: bool = False, backwards: bool = False, flags: str = "") -> None:
        """What was filed is in the inbox again: moved there, or copied."""
        for file in sorted(self.filed(), reverse=backwards):
            self._numbers += 1
            name = f"{1_900_000_000 + self._numbers}.back.test:2,{flags}"
            self.dovecot.put(self.user, file.read_bytes(), name)
            if not copies:
                file.unlink()

    def renumber(self) -> None:
        """Another UIDVALIDITY."""
        self.leave()
        self.dovecot.renumber(self.user)

    def number_anew(self, *, validity: int | None = None, next_uid: int = 1) -> None:
        """UIDs are given again, from `next_uid`, under the same UIDVALIDITY unless told."""
        self.leave()
        self.dovecot.number_anew(self.user, validity=validity, next_uid=next_uid)

    def count_cases(self) -> int:
        with self.app.database.reading() as session:
            return len(cases.list_cases(session, limit=1000))

    def count_history(self, what: str) -> int:
        with self.app.database.reading() as session:
            return sum(event.what == what for event in events.recent(session, limit=10_000))

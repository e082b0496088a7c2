"""Where the measures work: a folder, Dovecot, a sink for letters, and Postroom installed on them
with a pack of 300 kB, beside the script that does the same."""

import itertools
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.speed.mail import RECEIVED_AT, file_bytes
from benchmarks.speed.measure import NotMeasured
from benchmarks.speed.script import Script
from benchmarks.speed.sink import Sink
from intake.app import App
from intake.config import Configuration, example_path, load_configuration
from intake.mailboxes.base import ImapAccount
from responders.budgets import Caps, DeliverySettings
from responders.packs import build_pack
from tests.support.dovecot import PROGRAM, Dovecot
from tests.support.installations import Servers, make_installation

PACK_BYTES = 300_000

_NO_END = 10**9
NO_CAPS = DeliverySettings(caps=Caps(_NO_END, _NO_END, _NO_END, _NO_END, _NO_END))
"""A benchmark looks like a flood; nothing of it is to be held."""


@dataclass
class Office:
    """Accounts, installations and scripts of one measure."""

    folder: Path
    dovecot: Dovecot
    sink: Sink
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def deliver(self, user: str, messages: Iterable[bytes]) -> int:
        """Lay messages into an inbox; how many."""
        count = 0
        for raw in messages:
            self.dovecot.deliver(user, raw, RECEIVED_AT)
            count += 1
        return count

    def install(self, user: str, *, database_url: str | None = None) -> Configuration:
        """Postroom for one mailbox, on a new ledger."""
        servers = Servers(self.dovecot.port, self.sink.port, user, self.dovecot.password)
        made = make_installation(self.new_folder(), servers, database_url=database_url)
        return replace(made, templates_folder=self.templates(), delivery=NO_CAPS)

    def account(self, user: str, *, port: int | None = None) -> ImapAccount:
        """The mailbox of a user, at `port` where something listens between."""
        return ImapAccount(
            name=user,
            host="127.0.0.1",
            port=port or self.dovecot.port,
            username=user,
            password=self.dovecot.password,
            security="plain",
        )

    def open_app(self, user: str) -> App:
        return App(self.install(user))

    def open_script(self, user: str) -> Script:
        return Script(
            self.new_folder(),
            imap_port=self.dovecot.port,
            smtp_port=self.sink.port,
            user=user,
            password=self.dovecot.password,
            pack=self.pack(),
        )

    def new_folder(self) -> Path:
        folder = self.folder / str(next(self._numbers))
        folder.mkdir()
        return folder

    def templates(self) -> Path:
        """Ours, with as much in the pack of the grant call as makes it 300 kB."""
        folder = self.folder / "templates"
        if not folder.exists():
            example = load_configuration(example_path(), is_scratch=True)
            shutil.copytree(example.templates_folder, folder)
            ace = next(one for one in example.programmes if one.slug == "ace")
            missing = PACK_BYTES - build_pack(ace, folder).size
            (folder / "ace" / "pack").mkdir(parents=True, exist_ok=True)
            (folder / "ace" / "pack" / "Handbook.pdf").write_bytes(file_bytes(missing))
        return folder

    def pack(self) -> Path:
        """One file of 300 kB."""
        path = self.folder / "Pack.pdf"
        if not path.exists():
            path.write_bytes(file_bytes(PACK_BYTES))
        return path


@contextmanager
def open_office() -> Iterator[Office]:
    """Raises NotMeasured where there is no Dovecot."""
    if not PROGRAM.exists():
        raise NotMeasured("Dovecot is not installed")
    with tempfile.TemporaryDirectory() as folder, Dovecot() as dovecot, Sink() as sink:
        yield Office(Path(folder), dovecot, sink)

"""A private Dovecot 2.3 on high loopback ports, up in well under a second, from root as well."""

import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from tests.support.certificates import Certificate
from tests.support.processes import RunAs, free_port

PROGRAM = Path("/usr/sbin/dovecot")
PASSWORD = "correct-horse-battery"
"""The password of every account: any user name logs in with it and has an empty mailbox."""

_CONFIGURATION = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {run_as.user}
default_internal_group = {run_as.group}
default_login_user = {run_as.user}
mail_location = maildir:{base}/mail/%u
mail_uid = {run_as.uid}
mail_gid = {run_as.gid}
mail_fsync = never
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 100
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
{tls}
{token_passdb}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={run_as.uid} gid={run_as.gid} home={base}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = {delimiter}
  prefix = {prefix}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
{extra}
"""
_TOKEN_PASSDB = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {base}/oauth2.conf
}}
"""
_TOKEN_SETTINGS = """
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


@dataclass(frozen=True)
class DovecotOptions:
    """`capability` replaces what the server says it can do; `delimiter` and `prefix` are those of
    its folder names; `introspection_url` makes it check XOAUTH2 tokens there."""

    certificate: Certificate | None = None
    introspection_url: str | None = None
    capability: str | None = None
    delimiter: str = "/"
    prefix: str = ""


class Dovecot:
    """A running server, as a context manager. `port` speaks IMAP (with STARTTLS when there is a
    certificate), `tls_port` IMAP over TLS."""

    host = "127.0.0.1"
    password = PASSWORD

    def __init__(self, options: DovecotOptions = DovecotOptions()) -> None:
        self.port, self.tls_port = free_port(), free_port() if options.certificate else 0
        self._options = options
        self._numbers = itertools.count(1)
        self._run_as = RunAs.unprivileged("nobody")
        self._base = self._run_as.temporary_folder("postroom-dovecot-")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Dovecot":
        try:
            self._configure()
            self.start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        self._remove()

    def new_user(self) -> str:
        """The name of an account nobody has used; its password is `password`."""
        return f"user{next(self._numbers)}@postroom.example"

    def maildir(self, user: str) -> Path:
        """The folder the server keeps this user's messages in (Maildir++), made when missing."""
        folder = self._base / "mail" / user
        for path in (folder, folder / "tmp", folder / "new", folder / "cur"):
            if not path.exists():
                path.mkdir(mode=0o700)
                self._run_as.own(path)
        return folder

    def folder(self, user: str, name: str) -> Path:
        """One of this user's folders beside the inbox (Maildir++), made when missing."""
        folder = self.maildir(user) / ("." + name.replace("/", "."))
        for path in (folder, folder / "tmp", folder / "new", folder / "cur"):
            if not path.exists():
                path.mkdir(mode=0o700)
                self._run_as.own(path)
        return folder

    def deliver(self, user: str, raw: bytes, received_at: datetime | None = None) -> None:
        """Put a message into the inbox as a local delivery does; INTERNALDATE is `received_at`."""
        folder = self.maildir(user)
        name = f"{time.time_ns()}.{next(self._numbers)}.test"
        (folder / "tmp" / name).write_bytes(raw)
        self._run_as.own(folder / "tmp" / name)
        if received_at is not None:
            seconds = received_at.timestamp()
            os.utime(folder / "tmp" / name, (seconds, seconds))
        (folder / "tmp" / name).rename(folder / "new" / name)

    def put(self, user: str, raw: bytes, name: str) -> None:
        """Put a message into the inbox under a file name of Maildir, flags and all."""
        path = self.maildir(user) / "cur" / name
        path.write_bytes(raw)
        self._run_as.own(path)

    def renumber(self, user: str) -> None:
        """Give this user's inbox another UIDVALIDITY. Nobody may be logged in as this user."""
        folder = self.maildir(user)
        uids = folder / "dovecot-uidlist"
        first, _, rest = uids.read_text().partition("\n")
        older = re.search(r"(?<= V)\d+", first)
        assert older is not None
        newer = first.replace(f" V{older[0]} ", f" V{int(older[0]) + 1} ")
        uids.write_text(f"{newer}\n{rest}")
        for index in folder.glob("dovecot.index*"):
            index.unlink()

    def number_anew(self, user: str, *, validity: int | None = None, next_uid: int = 1) -> None:
        """Make the inbox forget every UID it has given, as no honest server does: the next is
        `next_uid`, under the same UIDVALIDITY unless told. Nobody may be logged in."""
        folder = self.maildir(user)
        uids = folder / "dovecot-uidlist"
        first = uids.read_text().partition("\n")[0]
        first = re.sub(r" N\d+", f" N{next_uid}", first)
        if validity is not None:
            first = re.sub(r" V\d+", f" V{validity}", first)
        uids.write_text(f"{first}\n")
        for index in folder.glob("dovecot.index*"):
            index.unlink()

    def start(self) -> None:
        """Start the server (again) and wait until it answers."""
        self._process = subprocess.Popen(  # type: ignore[call-overload]
            [str(PROGRAM), "-F", "-c", str(self._base / "conf")],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **self._run_as.subprocess_options(),
        )
        give_up_at = time.monotonic() + 10
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(f"Dovecot did not start:\n{self.log()}")
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop the server at once, as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def log(self) -> str:
        """What the server has logged."""
        path = self._base / "log"
        return path.read_text() if path.exists() else ""

    def _answers(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), 0.2) as connection:
                return connection.recv(4) == b"* OK"
        except OSError:
            return False

    def _configure(self) -> None:
        for name in ("run", "state", "mail"):
            (self._base / name).mkdir()
        options = self._options
        if options.introspection_url:
            settings = _TOKEN_SETTINGS.format(url=options.introspection_url)
            (self._base / "oauth2.conf").write_text(settings)
        (self._base / "conf").write_text(
            _CONFIGURATION.format(
                base=self._base,
                run_as=self._run_as,
                password=PASSWORD,
                port=self.port,
                tls_port=self.tls_port,
                tls=self._tls_settings(),
                mechanisms="plain login" + (" xoauth2" if options.introspection_url else ""),
                token_passdb=(
                    _TOKEN_PASSDB.format(base=self._base) if options.introspection_url else ""
                ),
                delimiter=options.delimiter,
                prefix=options.prefix,
                extra=f"imap_capability = {options.capability}" if options.capability else "",
            )
        )
        for path in self._base.rglob("*"):
            self._run_as.own(path)

    def _tls_settings(self) -> str:
        certificate = self._options.certificate
        if certificate is None:
            return "ssl = no"
        for source in (certificate.chain, certificate.key):
            shutil.copy(source, self._base / source.name)
        return f"ssl = yes\nssl_cert = <{self._base}/chain.pem\nssl_key = <{self._base}/key.pem"

    def _remove(self) -> None:
        shutil.rmtree(self._base, ignore_errors=True)

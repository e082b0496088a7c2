"""What the throw-away servers share: a free port, a user to run as, a place that user may use."""

import grp
import os
import pwd
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RunAs:
    """The user a server runs as: ourselves, or somebody harmless when we are root."""

    user: str
    group: str
    uid: int
    gid: int

    @classmethod
    def unprivileged(cls, *wanted: str) -> "RunAs":
        """The first of the `wanted` users that exists, when we are root; else ourselves."""
        entry = pwd.getpwuid(os.getuid())
        if entry.pw_uid == 0:
            known = {user.pw_name: user for user in pwd.getpwall()}
            entry = next(known[name] for name in wanted if name in known)
        group = grp.getgrgid(entry.pw_gid).gr_name
        return cls(entry.pw_name, group, entry.pw_uid, entry.pw_gid)

    def subprocess_options(self) -> dict[str, object]:
        """Keyword arguments for subprocess that drop to this user where we may."""
        if os.getuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give `path` to this user, where we may."""
        if os.getuid() == 0:
            os.chown(path, self.uid, self.gid)

    def temporary_folder(self, prefix: str) -> Path:
        """A new folder of this user, with a path short enough for a Unix socket in it."""
        folder = Path(tempfile.mkdtemp(prefix=prefix))
        self.own(folder)
        return folder


def free_port() -> int:
    """A loopback port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""The example configuration with the embedded server in place of real ones."""

import re
import secrets
from collections.abc import Mapping
from pathlib import Path

TABLE = re.compile(r"^\[programmes\.(\w+)\.(mailbox|transport)\]\n(?:(?!\[).*\n)*", re.MULTILINE)
"""A table that says where a server is, with its header, up to the next table."""

LINES = re.compile(r"^(?:#.*\n)*(?:only_to|letters_a_minute|data_folder)\b.*\n", re.MULTILINE)
"""Settings of the example that would keep a letter back, and the one that says where things go,
each with the comment above it."""

FIRST_KEY = re.compile(r"^(?=poll_seconds\b)", re.MULTILINE)

HEAD = """\
# config.example.toml on an embedded mail server, which ends with the command that started it.

"""


def make_password() -> str:
    """A password for the embedded server's accounts, good for one run."""
    return secrets.token_urlsafe(18)


def write_setting(
    folder: Path, example: str, *, imap_port: int, smtp_port: int, password: str
) -> Path:
    """Write `config.toml` and the password's file into `folder`; returns the configuration's path.

    Raises ValueError when `example` lacks a table that has to be replaced.
    """
    secret = folder / "mail-password"
    secret.touch(mode=0o600)
    secret.write_text(password + "\n", encoding="utf-8")
    path = folder / "config.toml"
    ports = {"mailbox": imap_port, "transport": smtp_port}
    path.write_text(HEAD + adapt(example, ports), encoding="utf-8")
    return path


def adapt(example: str, ports: Mapping[str, int]) -> str:
    """The example configuration with every mailbox and transport on the loopback's `ports`."""

    def loopback(table: re.Match[str]) -> str:
        slug, what = table[1], table[2]
        found.add(what)
        lines = [f"[programmes.{slug}.{what}]", 'host = "127.0.0.1"', f"port = {ports[what]}"]
        lines.append('security = "plain"')
        if what == "mailbox":
            lines.append('password_file = "mail-password"')
        return "\n".join(lines) + "\n\n"

    found: set[str] = set()
    adapted = TABLE.sub(loopback, LINES.sub("", example))
    adapted, keys = FIRST_KEY.subn('data_folder = "data"\n', adapted, count=1)
    if found != set(ports) or not keys:
        raise ValueError("the example configuration has no mailbox, transport or poll_seconds")
    return adapted

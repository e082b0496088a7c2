"""What can be wrong with a programme's mailbox and transport before anybody connects to them."""

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

from intake.configuration.credentials import read_secret_file
from intake.configuration.explaining import Origin, as_toml, dotted
from intake.configuration.look import Check, Key, Look
from intake.configuration.problems import ConfigError, Problem
from intake.configuration.servers import MailboxSection, TransportSection


def check_secret_file(
    file: Path | None, key: Key, folder: Path, origin: Origin
) -> Iterator[Problem]:
    """The problem of a secret's file that can't be read, told at the setting that names it."""
    if file is None:
        return
    try:
        read_secret_file(folder / file, dotted(key))
    except ConfigError as error:
        (first,) = error.problems
        place, line = origin(key)
        yield Problem(place, dotted(key), f"{as_toml(str(file))}, {first.found}", first.write, line)


def _check_mailbox(look: Look) -> Iterator[Problem]:
    mailbox = look.section.mailbox
    if mailbox is None:
        return
    needed, alien = _KEYS_OF_KIND[mailbox.kind]
    if needed is not None and getattr(mailbox, needed) is None:
        example = MailboxSection.model_fields[needed].examples or [""]
        yield look.problem(
            ("mailbox", needed), "nothing", f"{needed} = {as_toml(example[0])}, for example"
        )
    for key in alien:
        if key in mailbox.model_fields_set and getattr(mailbox, key) is not None:
            yield look.problem(
                ("mailbox", key), f"a setting that {mailbox.kind} has not", "take it out"
            )
    if mailbox.kind != "maildir":
        yield from _check_login(look, "mailbox", mailbox)
    elif mailbox.path and not (look.folder / mailbox.path).is_dir():
        yield look.problem(
            ("mailbox", "path"), f"{as_toml(str(mailbox.path))}, which is no folder", "a Maildir"
        )


_KEYS_OF_KIND: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "imap": ("host", ("path",)),
    "graph": (None, ("path",)),
    "maildir": (
        "path",
        (
            *("host", "port", "security", "username", "password", "password_file"),
            *("token_file", "oauth", "cafile", "folder", "sent"),
        ),
    ),
}
"""Kind of mailbox → the key it needs, if any, and those that mean nothing to it."""


def _check_transport(look: Look) -> Iterator[Problem]:
    transport = look.section.transport
    if transport is None:
        return
    yield from _check_login(look, "transport", transport)
    if transport.kind == "graph":
        return
    if transport.host is None:
        (example,) = TransportSection.model_fields["host"].examples or [""]
        write = f"host = {as_toml(example)}, for example"
        yield look.problem(("transport", "host"), "nothing", write)
    secrets = (transport.password, transport.password_file, transport.token_file, transport.oauth)
    if transport.username is None and any(secrets):
        yield look.problem(
            ("transport", "username"), "nothing", "who logs in, or take the password out"
        )


def _check_login(
    look: Look, table: str, section: MailboxSection | TransportSection
) -> Iterator[Problem]:
    if section.security == "plain" and section.host and not _is_loopback(section.host):
        yield look.problem(
            (table, "security"),
            f'"plain" to {section.host}, where others could read along',
            '"tls" or "starttls"; plain text is for a server on this machine only',
        )
    ways = [
        key
        for key in ("password", "password_file", "token_file")
        if getattr(section, key) is not None
    ]
    if "token_file" in ways and len(ways) > 1:
        yield look.problem(
            (table, "token_file"), f"beside {ways[0]}", "either a token or a password"
        )
    for key in ("password_file", "token_file"):
        full: Key = ("programmes", look.slug, table, key)
        yield from check_secret_file(getattr(section, key), full, look.folder, look.origin)
    if section.cafile and not (look.folder / section.cafile).is_file():
        yield look.problem(
            (table, "cafile"),
            f"{as_toml(str(section.cafile))}, which is no file",
            "a file of certificates in PEM form, or take it out to trust the system's",
        )


SERVER_CHECKS: tuple[Check, ...] = (_check_mailbox, _check_transport)


def _is_loopback(host: str) -> bool:
    """True for `localhost` and loopback addresses; other names are not looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

"""The folder of a simulated year: the example configuration with one programme alone, on an
embedded mail server for as long as the year is played."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from intake.commands.staging.mailserver import MailServer
from intake.commands.staging.setting import make_password, write_setting
from intake.config import Configuration, example_path, load_configuration
from storage.database import Database
from storage.domain.programme import Programme

MOST = 100_000
"""More cases or letters than any simulated year has."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A programme that can be played: its configuration, its ledger and its mail server."""

    configuration: Configuration
    programme: Programme
    server: MailServer
    database: Database


@contextmanager
def open_workspace(into: Path, slug: str, adapt: Callable[[str], str] = str) -> Iterator[Workspace]:
    """A workspace in the folder `into`, which must be empty but for our own marker. `adapt` changes
    the text of the configuration once it has this programme alone."""
    example = adapt(only_programme(example_path().read_text(encoding="utf-8"), slug))
    password = make_password()
    with MailServer({inbox_of(example): password}) as server:
        ports = {"imap_port": server.imap_port, "smtp_port": server.smtp_port}
        path = write_setting(into, example, **ports, password=password)
        configuration = load_configuration(path)
        programme = next(p for p in configuration.programmes if p.slug == slug)
        database = Database(configuration.database_url)
        database.migrate()
        try:
            yield Workspace(configuration, programme, server, database)
        finally:
            database.close()


def only_programme(example: str, slug: str) -> str:
    """The example configuration without the tables of other programmes."""
    parts = re.split(r"^(?=\[programmes\.(\w+)\])", example, flags=re.MULTILINE)
    head, rest = parts[0], zip(parts[1::2], parts[2::2], strict=True)
    return head + "".join(text for name, text in rest if name == slug)


def inbox_of(example: str) -> str:
    """The address of the first programme's inbox. Raises ValueError where there is none."""
    found = re.search(r'^inbox = "([^"]+)"', example, re.MULTILINE)
    if found is None:
        raise ValueError("the example configuration names no inbox")
    return found[1]

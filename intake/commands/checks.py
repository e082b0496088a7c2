"""What `postroom check` looks at, one thing after the other: each gives one outcome."""

import stat
from collections.abc import Iterator

from intake.commands.context import EXIT_CONFIGURATION, EXIT_UNAVAILABLE
from intake.commands.look import Outcome
from intake.commands.mail_checks import look_at_mail
from intake.config import Configuration
from responders.errors import ResponderError
from responders.rendering import check_templates
from storage.archive import Archive
from storage.database import Database
from storage.domain.programme import Programme
from storage.errors import LedgerUnavailable, StorageError


def look_at_everything(
    configuration: Configuration, *, round_trip: bool = False, patience: float = 60.0
) -> Iterator[Outcome]:
    """Every outcome, as soon as it is there. Nothing raises for what is found.

    `round_trip` also sends a probe from each inbox to itself and waits `patience` seconds to
    read it back from the mailbox.
    """
    yield from _look_at_settings(configuration)
    for programme in configuration.programmes:
        yield from _look_at_organisers(configuration, programme)
        yield from _look_at_templates(configuration, programme)
    yield _look_at_ledger(configuration)
    yield _look_at_archive(configuration)
    for programme in configuration.programmes:
        yield from look_at_mail(configuration, programme, round_trip=round_trip, patience=patience)


def _look_at_settings(configuration: Configuration) -> Iterator[Outcome]:
    count = len(configuration.programmes)
    named = f"{count} programme{'s' if count != 1 else ''}"
    yield Outcome("settings", None, f"{configuration.path}: {named}")
    only_to = configuration.delivery.only_to
    if only_to is not None:
        yield Outcome(
            "sending",
            None,
            f"letters leave only to {', '.join(only_to) or 'nobody'}; all others are held. "
            "Take safety.only_to out to go live",
        )
    if configuration.holds_secrets_in_file and _is_readable_by_others(configuration):
        yield Outcome(
            "secrets",
            None,
            f"{configuration.path} holds a secret and others than its owner may read it",
            f"chmod 600 {configuration.path}, or move the secret to a file of its own",
            EXIT_CONFIGURATION,
        )


def _is_readable_by_others(configuration: Configuration) -> bool:
    return bool(configuration.path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _look_at_organisers(configuration: Configuration, programme: Programme) -> Iterator[Outcome]:
    if not programme.organisers:
        yield Outcome(
            "organisers",
            programme.slug,
            "there is none, so digests and warnings reach nobody, and nobody hears of what waits "
            "for a person",
            f"add [[programmes.{programme.slug}.organisers]] with name and email to "
            f"{configuration.path}",
            is_warning=True,
        )


def _look_at_templates(configuration: Configuration, programme: Programme) -> Iterator[Outcome]:
    folder = configuration.templates_folder
    try:
        problems = check_templates(folder, programme)
    except ResponderError as error:
        yield Outcome("templates", programme.slug, str(error), _TEMPLATES, EXIT_CONFIGURATION)
        return
    for problem in problems:
        yield Outcome("templates", programme.slug, str(problem), _TEMPLATES, EXIT_CONFIGURATION)
    if not problems:
        yield Outcome("templates", programme.slug, f"all letters can be written from {folder}")


_TEMPLATES = "correct the line; the template Postroom brings shows how it was"


def _look_at_ledger(configuration: Configuration) -> Outcome:
    """Brings the ledger up to date as the next start would, so that it is known to work."""
    try:
        database = Database(configuration.database_url)
        try:
            database.migrate()
            database.check()
        finally:
            database.close()
    except LedgerUnavailable as error:
        return Outcome(
            "ledger",
            None,
            str(error),
            "is the disk full, the folder another user's, or the database server stopped?",
            EXIT_UNAVAILABLE,
        )
    except StorageError as error:
        return Outcome("ledger", None, str(error), "see database_url", EXIT_CONFIGURATION)
    return Outcome("ledger", None, "opens, and its schema is up to date")


def _look_at_archive(configuration: Configuration) -> Outcome:
    folder = configuration.data_folder / "archive"
    try:
        archive = Archive(folder)
        archive.get(archive.put(b"A probe of postroom check.\n"))
    except StorageError as error:
        return Outcome(
            "archive",
            None,
            str(error),
            f"let the user Postroom runs as write to {folder}",
            EXIT_UNAVAILABLE,
        )
    return Outcome("archive", None, f"{folder} can be written and read")

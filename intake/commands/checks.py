"""What `postroom check` looks at, one thing after the other: each gives one outcome."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass

from intake.commands.context import EXIT_CONFIGURATION, EXIT_UNAVAILABLE
from intake.commands.round_trip import make_round_trip
from intake.config import Configuration
from intake.configuration.transports import try_transport
from intake.mailboxes import open_mailbox
from intake.mailboxes.base import MailboxError, MailboxRefused
from intake.oauth.grants import NotSignedIn, OAuthError, OAuthUnavailable
from responders.errors import ResponderError
from responders.rendering import check_templates
from responders.transports.base import TransportError, TransportRefused
from storage.archive import Archive
from storage.database import Database
from storage.domain.programme import Programme
from storage.errors import LedgerUnavailable, StorageError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one look found. `todo` is what to do where it is not well, empty where it is; `status`
    is the exit status this stands for, 0 where it is well. `programme` None: the whole.
    `is_left_out`: nothing was looked at."""

    what: str
    programme: str | None
    found: str
    todo: str = ""
    status: int = 0
    is_left_out: bool = False


def look_at_everything(
    configuration: Configuration, *, round_trip: bool = False, patience: float = 60.0
) -> Iterator[Outcome]:
    """Every outcome, as soon as it is there. Nothing raises for what is found.

    `round_trip` also sends a probe from each inbox to itself and waits `patience` seconds to
    read it back from the mailbox.
    """
    yield from _look_at_settings(configuration)
    for programme in configuration.programmes:
        yield from _look_at_templates(configuration, programme)
    yield _look_at_ledger(configuration)
    yield _look_at_archive(configuration)
    for programme in configuration.programmes:
        sign_ins = dict(_look_at_sign_ins(configuration, programme))
        yield from sign_ins.values()
        missing = {table for table, outcome in sign_ins.items() if outcome.status}
        mailbox = _look_at_mailbox(configuration, programme, is_signed_in="mailbox" not in missing)
        transport = _look_at_transport(
            configuration, programme, is_signed_in="transport" not in missing
        )
        yield from (mailbox, transport)
        if round_trip:
            yield _look_at_round_trip(
                configuration,
                programme,
                patience,
                are_well=not (mailbox.status or transport.status or missing),
            )


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


def _look_at_sign_ins(
    configuration: Configuration, programme: Programme
) -> Iterator[tuple[str, Outcome]]:
    """Renews every access token of the programme: whether it can be, nobody knows before."""
    for table, sign_in in configuration.sign_ins.get(programme.slug, {}).items():
        what = f"{table} sign-in"
        try:
            grant = sign_in.renew()
        except OAuthUnavailable as error:
            found, todo = str(error), "is the network up, and is nothing in between?"
            yield table, Outcome(what, programme.slug, found, todo, EXIT_UNAVAILABLE)
        except OAuthError as error:
            todo = f"put right what it says, then: {sign_in.command}"
            if isinstance(error, NotSignedIn):
                todo = sign_in.command
            yield table, Outcome(what, programme.slug, str(error), todo, EXIT_CONFIGURATION)
        else:
            end = grant.refresh_ends_at
            until = f"; sign in again before {end:%d %b %Y %H:%M} UTC" if end else ""
            found = f"the access token was renewed until {grant.ends_at:%d %b %Y %H:%M} UTC{until}"
            yield table, Outcome(what, programme.slug, found)


def _look_at_mailbox(
    configuration: Configuration, programme: Programme, *, is_signed_in: bool
) -> Outcome:
    if not is_signed_in:
        found = "left out: its sign-in comes first"
        return Outcome("mailbox", programme.slug, found, is_left_out=True)
    account = configuration.mailboxes.get(programme.slug)
    table = f"programmes.{programme.slug}.mailbox"
    if account is None:
        found = "none of its own: its messages come through another programme's mailbox"
        if configuration.mailboxes:
            return Outcome("mailbox", programme.slug, found)
        return Outcome(
            "mailbox", programme.slug, "no programme has one", f"add [{table}]", EXIT_CONFIGURATION
        )
    try:
        mailbox = open_mailbox(account)
        try:
            mailbox.check()
            waiting = len(mailbox.keys())
        finally:
            mailbox.close()
    except MailboxRefused as error:
        return Outcome(
            "mailbox", programme.slug, str(error), f"correct [{table}]", EXIT_CONFIGURATION
        )
    except MailboxError as error:
        todo = f"is the server up, and are host and port of [{table}] right?"
        return Outcome("mailbox", programme.slug, str(error), todo, EXIT_UNAVAILABLE)
    found = f"logged in, folders there, {waiting} message{'s' if waiting != 1 else ''} waiting"
    return Outcome("mailbox", programme.slug, found)


def _look_at_transport(
    configuration: Configuration, programme: Programme, *, is_signed_in: bool
) -> Outcome:
    if not is_signed_in:
        found = "left out: its sign-in comes first"
        return Outcome("transport", programme.slug, found, is_left_out=True)
    account = configuration.transports.get(programme.slug)
    table = f"programmes.{programme.slug}.transport"
    if account is None:
        return Outcome(
            "transport",
            programme.slug,
            "none: no letter can leave",
            f"add [{table}]",
            EXIT_CONFIGURATION,
        )
    try:
        found = try_transport(account)
    except TransportRefused as error:
        return Outcome(
            "transport", programme.slug, error.reply, f"correct [{table}]", EXIT_CONFIGURATION
        )
    except TransportError as error:
        todo = f"is the server up, and are host and port of [{table}] right?"
        return Outcome("transport", programme.slug, error.reply, todo, EXIT_UNAVAILABLE)
    return Outcome("transport", programme.slug, found)


def _look_at_round_trip(
    configuration: Configuration, programme: Programme, patience: float, *, are_well: bool
) -> Outcome:
    account = configuration.mailboxes.get(programme.slug)
    transport = configuration.transports.get(programme.slug)
    if account is None or transport is None or not are_well:
        found = "left out: mailbox and transport come first"
        return Outcome("round trip", programme.slug, found, is_left_out=True)
    try:
        done = make_round_trip(account, transport, inbox=programme.inbox, patience=patience)
    except TransportError as error:
        return Outcome(
            "round trip",
            programme.slug,
            f"the server did not take the probe: {error.reply}",
            f"may this account send as {programme.inbox}? ask who runs the server",
            EXIT_UNAVAILABLE,
        )
    except MailboxError as error:
        return Outcome("round trip", programme.slug, str(error), "try again", EXIT_UNAVAILABLE)
    if done is None:
        return Outcome(
            "round trip",
            programme.slug,
            f"the probe was sent but did not come back in {patience:.0f} s",
            "stop `postroom run` for the test; look into junk and other folders; ask where mail "
            f"to {programme.inbox} goes",
            EXIT_UNAVAILABLE,
        )
    found, todo = f"sent, read back and filed in {done.seconds:.1f} s", ""
    if done.lost:
        found += f"; lost on its way: {', '.join(done.lost)}"
        todo = _KNOWN_BY if "Message-ID" in done.lost else _UNMARKED
    return Outcome("round trip", programme.slug, found, todo)


_UNMARKED = (
    "the servers take out what tells other machines that a machine wrote; Postroom's own rules and "
    "caps still end what a machine answers"
)
_KNOWN_BY = (
    "the servers give letters another Message-ID: replies are known by the reference in their "
    "subject alone, and a letter in doubt is not found among the copies, so it may arrive twice"
)

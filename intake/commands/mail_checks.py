"""What `postroom check` looks at where messages come from and letters leave."""

from collections.abc import Iterator
from contextlib import suppress

from intake.commands.context import EXIT_CONFIGURATION, EXIT_UNAVAILABLE
from intake.commands.look import Outcome
from intake.commands.round_trip import make_round_trip
from intake.config import Configuration
from intake.configuration.transports import try_transport
from intake.graph.access import GraphAccess
from intake.mailboxes import open_mailbox
from intake.mailboxes.base import MailboxError, MailboxRefused
from intake.oauth.grants import NotSignedIn, OAuthError, OAuthUnavailable
from responders.errors import ResponderError
from responders.mime import encode_enclosure
from responders.packs import build_pack, has_pack
from responders.transports.base import TransportError, TransportRefused
from responders.transports.graph import LARGEST_LETTER
from storage.domain.programme import Programme


def look_at_mail(
    configuration: Configuration, programme: Programme, *, round_trip: bool, patience: float
) -> Iterator[Outcome]:
    """The sign-ins, the mailbox and the transport of a programme. `round_trip` also sends a probe
    and waits `patience` seconds to read it back."""
    sign_ins = dict(_look_at_sign_ins(configuration, programme))
    yield from sign_ins.values()
    missing = {table for table, outcome in sign_ins.items() if outcome.status}
    mailbox = _look_at_mailbox(configuration, programme, is_signed_in="mailbox" not in missing)
    transport = _look_at_transport(
        configuration, programme, is_signed_in="transport" not in missing
    )
    yield from (mailbox, transport, *_look_at_pack(configuration, programme))
    if round_trip:
        are_well = not (mailbox.status or transport.status or missing)
        yield _look_at_round_trip(configuration, programme, patience, are_well=are_well)


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


def _look_at_pack(configuration: Configuration, programme: Programme) -> Iterator[Outcome]:
    """Whether a letter with the pack is small enough for Graph; nothing where it is."""
    is_graph = isinstance(configuration.transports.get(programme.slug), GraphAccess)
    if not is_graph or not has_pack(programme):
        return
    with suppress(ResponderError):  # what is wrong with the pack itself was told by its templates
        pack = build_pack(programme, configuration.templates_folder)
        size = len(encode_enclosure(pack.files))
        if size > LARGEST_LETTER - _ROOM_FOR_WORDS:
            most = f"{LARGEST_LETTER // 2**20} MB"
            found = f"it makes a letter of {size / 2**20:.1f} MB, and Graph takes {most} at most"
            todo = "make its files smaller, give pack_link, or send over SMTP"
            yield Outcome("pack", programme.slug, found, todo, EXIT_CONFIGURATION)


_ROOM_FOR_WORDS = 100 * 2**10
"""Bytes of a letter's own text, both ways, and its header."""


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

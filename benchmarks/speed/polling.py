"""A poll that finds nothing, on the connection that is kept, beside one that logs in anew; and with
many messages filed and in the ledger beside few."""

import os
import ssl
from collections.abc import Iterator
from pathlib import Path

from imap_tools import MailBox, MailBoxUnencrypted

from benchmarks.speed.mail import RECEIVED_AT, message
from benchmarks.speed.measure import Figure, Measure, Size, no_longer, seconds_each, take_turns
from benchmarks.speed.office import Office, open_office
from intake.mailboxes import open_mailbox
from tests.support.certificates import make_certificate
from tests.support.dovecot import Dovecot, DovecotOptions
from tests.support.tap import Tap

AT_ONCE = 20
"""Polls of which one is measured."""

LINKS = 10_000


def measure(size: Size) -> Iterator[Figure]:
    rounds, polls = size.pick(full=7, small=1), size.pick(full=AT_ONCE, small=2)
    with open_office() as office:
        certificate = make_certificate(office.new_folder(), "127.0.0.1")
        office.dovecot.stop()
        with Dovecot(DovecotOptions(certificate=certificate)) as dovecot:
            office.dovecot = dovecot
            user = dovecot.new_user()
            dovecot.maildir(user)
            kept = open_mailbox(office.account(user))
            context = ssl.create_default_context(cafile=certificate.cafile)

            def ours() -> float:
                return seconds_each(polls, lambda: [kept.keys() for _ in range(polls)])

            def plain() -> float:
                return seconds_each(1, lambda: _poll_plainly(dovecot, user))

            def encrypted() -> float:
                return seconds_each(1, lambda: _poll_over_tls(dovecot, user, context))

            take_turns(1, ours, plain)
            for name, theirs in (("a plain log-in", plain), ("one over TLS", encrypted)):
                pair = take_turns(rounds, ours, theirs)
                yield no_longer(f"a poll of nothing, beside {name}", pair, most=1 / 40)
            kept.close()
            yield _round_trips(office, user)
            yield from _many(office, size)


def _poll_plainly(dovecot: Dovecot, user: str) -> None:
    with MailBoxUnencrypted("127.0.0.1", dovecot.port).login(user, dovecot.password) as mailbox:
        assert mailbox.uids("UNSEEN") == []


def _poll_over_tls(dovecot: Dovecot, user: str, context: ssl.SSLContext) -> None:
    mailbox = MailBox("127.0.0.1", dovecot.tls_port, ssl_context=context)
    with mailbox.login(user, dovecot.password):
        assert mailbox.uids("UNSEEN") == []


def _round_trips(office: Office, user: str) -> Figure:
    with Tap(office.dovecot.port) as tap:
        mailbox = open_mailbox(office.account(user, port=tap.port))
        mailbox.keys()
        before = len(tap.verbs())
        mailbox.keys()
        commands = len(tap.verbs()) - before
        mailbox.close()
    return Figure("round trips of such a poll", commands, "commands", most=1)


def _many(office: Office, size: Size) -> Iterator[Figure]:
    """The inbox is empty; what was filed lies in the folder for it."""
    counts = size.pick(full=100_000, small=100), size.pick(full=1_000, small=10)
    mailboxes = []
    for count in counts:
        user = office.dovecot.new_user()
        folder = office.dovecot.folder(user, "Postroom/Processed") / "cur"
        _fill(folder, count)
        mailboxes.append(open_mailbox(office.account(user)))
    polls = size.pick(full=AT_ONCE, small=2)
    many, few = (
        lambda box=box: seconds_each(polls, lambda: [box.keys() for _ in range(polls)])
        for box in mailboxes
    )
    take_turns(1, many, few)
    pair = take_turns(size.pick(full=7, small=1), many, few)
    for mailbox in mailboxes:
        mailbox.close()
    yield no_longer(f"a poll with {counts[0]:,} filed, beside {counts[1]:,}", pair, most=2)


def _fill(folder: Path, count: int) -> None:
    """One message by many names, as many a file as every file system takes."""
    name = f"{RECEIVED_AT.timestamp():.0f}.M{{}}.bench:2,S"
    for number in range(count):
        path = folder / name.format(number)
        if number % LINKS == 0:
            first = path
            first.write_bytes(message(1))
            first.chmod(0o644)
        else:
            os.link(first, path)


MEASURE = Measure(9, "a poll that finds nothing", measure)

"""Messages moved out of the inbox by set, beside one MOVE each; and how many IMAP commands a
message costs from its arrival to its folder."""

from collections.abc import Iterator
from dataclasses import replace

from imap_tools import MailBoxUnencrypted

from benchmarks.speed.mail import RECEIVED_AT, message, numbers
from benchmarks.speed.measure import Figure, Measure, Size, faster, seconds_each, take_turns
from benchmarks.speed.office import Office, open_office
from intake.app import App
from intake.mailboxes import open_mailbox
from intake.mailboxes.base import Destination
from tests.support.tap import Tap


def measure(size: Size) -> Iterator[Figure]:
    count, rounds = size.pick(full=500, small=10), size.pick(full=3, small=1)
    with open_office() as office:
        users, runs = [office.dovecot.new_user() for _ in range(2)], numbers()
        mailbox = open_mailbox(office.account(users[0]))
        mailbox.check()
        with MailBoxUnencrypted("127.0.0.1", office.dovecot.port).login(
            users[1], office.dovecot.password
        ) as script:
            script.folder.create("Done")

            def ours() -> float:
                _deliver(office, users[0], next(runs), count)
                keys = mailbox.keys()
                return seconds_each(count, lambda: mailbox.file(keys, Destination.PROCESSED))

            def theirs() -> float:
                _deliver(office, users[1], next(runs), count)
                script.client.noop()
                uids = script.uids()
                assert len(uids) == count

                def work() -> None:
                    for uid in uids:
                        script.client.uid("MOVE", uid, "Done")

                return seconds_each(count, work)

            pair = take_turns(rounds, ours, theirs)
        mailbox.close()
        yield faster("messages filed, beside MOVE one by one", pair, least=12)
        yield _commands(office, size.pick(full=200, small=20))


def _deliver(office: Office, user: str, first: int, count: int) -> None:
    office.deliver(user, (message(n) for n in range(first, first + count)))


def _commands(office: Office, count: int) -> Figure:
    """Of a whole tick on a new connection, log-in and all."""
    user = office.dovecot.new_user()
    _deliver(office, user, 1, count)
    with Tap(office.dovecot.port) as tap:
        made = office.install(user)
        account = office.account(user, port=tap.port)
        with App(replace(made, mailboxes={"ace": account})) as app:
            report = app.tick(RECEIVED_AT)
        assert report.intake.filed == count, report.mailbox_errors
        commands = len(tap.verbs())
    return Figure(
        "IMAP commands a message, of one whole tick",
        commands / count,
        "commands",
        most=0.05,
        ours=commands,
        theirs=count,
        of="commands, messages",
    )


MEASURE = Measure(8, "filing", measure)

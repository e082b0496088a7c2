"""The whole reply: read, understand, record, send the pack, move on. Beside a script that does the
same, and beside what its slowest stage alone could do."""

import imaplib
import smtplib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.mail import RECEIVED_AT, mixed_mail, numbers
from benchmarks.speed.measure import (
    Figure,
    Measure,
    Pair,
    Size,
    faster,
    seconds_each,
    take_turns,
)
from benchmarks.speed.office import PACK_BYTES, Office, open_office

CHUNK = 100


def measure(size: Size) -> Iterator[Figure]:
    count, rounds = size.pick(full=100, small=6), size.pick(full=3, small=1)
    with open_office() as office:
        pair = _beside_a_script(office, count, rounds)
        yield faster("replies, beside the plain script", pair, least=15)
        stages = dict(_bare_stages(office, size.pick(full=300, small=10)))
        name, floor = max(stages.items(), key=lambda stage: stage[1])
        yield Figure(
            f"replies, of what {name} alone can do",
            100 * floor / pair.our_seconds,
            "%",
            least=8,
            ours=1 / pair.our_seconds,
            theirs=1 / floor,
            of="a second",
        )


def _beside_a_script(office: Office, count: int, rounds: int) -> Pair:
    users, runs = [office.dovecot.new_user() for _ in range(2)], numbers()
    script = office.open_script(users[1])
    with office.open_app(users[0]) as app:

        def ours() -> float:
            office.deliver(users[0], mixed_mail(count, first=next(runs)))
            sent = 0

            def work() -> None:
                nonlocal sent
                sent = app.tick(RECEIVED_AT).delivered.sent

            seconds = seconds_each(count, work)
            assert sent == count, f"{sent} letters for {count} messages"
            return seconds

        def theirs() -> float:
            office.deliver(users[1], mixed_mail(count, first=next(runs)))
            return seconds_each(count, script.run)

        take_turns(1, ours, theirs)  # warms up: children started, templates read
        pair = take_turns(rounds, ours, theirs)
    script.close()
    return pair


def _bare_stages(office: Office, count: int) -> Iterator[tuple[str, float]]:
    """Seconds a message of each stage, with nothing around it."""
    user, raws = office.dovecot.new_user(), mixed_mail(count)
    office.deliver(user, raws)
    client = imaplib.IMAP4("127.0.0.1", office.dovecot.port)
    client.login(user, office.dovecot.password)
    client.create("Done")
    client.select()
    sets = [f"{start}:{start + CHUNK - 1}" for start in range(1, count + 1, CHUNK)]
    read = [("FETCH", found, "(BODY.PEEK[])") for found in sets]
    yield "reading", seconds_each(count, lambda: [client.uid(*ask) for ask in read])
    yield "recording", seconds_each(count, lambda: _record(office.new_folder(), raws))
    yield "sending", seconds_each(count, lambda: _send(office, count))
    filed = [("MOVE", found, "Done") for found in sets]
    yield "moving", seconds_each(count, lambda: [client.uid(*ask) for ask in filed])
    client.logout()


def _record(folder: Path, raws: list[bytes]) -> None:
    """A row and a commit a message."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, head TEXT)")
    for raw in raws:
        connection.execute("INSERT INTO messages (head) VALUES (?)", (raw[:3_000].decode(),))
    connection.close()


def _send(office: Office, count: int) -> None:
    """The same bytes, as large as a letter with its pack, over one connection."""
    letter = b"Subject: Bare\r\n\r\n" + (b"x" * 76 + b"\r\n") * (PACK_BYTES * 4 // 3 // 76)
    with smtplib.SMTP("127.0.0.1", office.sink.port) as server:
        server.ehlo()
        for number in range(count):
            server.docmd("MAIL", "FROM:<a@bare.example>")
            server.docmd("RCPT", f"TO:<b{number}@bare.example>")
            server.docmd("DATA")
            server.send(letter + b".\r\n")
            server.getreply()


MEASURE = Measure(1, "whole reply", measure)

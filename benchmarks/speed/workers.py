"""One worker beside two on one ledger in PostgreSQL: four mailboxes, of which each worker reads its
share. No letter may leave twice."""

import multiprocessing
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

import structlog

from benchmarks.speed.mail import RECEIVED_AT, mixed_mail, numbers
from benchmarks.speed.measure import (
    Figure,
    Measure,
    NotMeasured,
    Size,
    faster,
    seconds_each,
    take_turns,
)
from benchmarks.speed.office import NO_CAPS, Office, open_office
from intake.app import App
from intake.config import Configuration
from intake.mailboxes.base import ImapAccount
from tests.support.installations import Servers, make_installation
from tests.support.postgres import Postgres, find_programs

MAILBOXES = 4


@dataclass(frozen=True, slots=True)
class Share:
    """What a worker is told: the users of the mailboxes it reads, by the slug of their programme;
    it writes and sends for `every` programme."""

    users: Mapping[str, str]
    every: tuple[str, ...]
    folder: Path
    database_url: str
    imap_port: int
    smtp_port: int
    password: str


def measure(size: Size) -> Iterator[Figure]:
    programs = find_programs()
    if programs is None:
        raise NotMeasured("PostgreSQL is not installed")
    each, rounds, runs = size.pick(full=15, small=2), size.pick(full=2, small=1), numbers()
    with open_office() as office, Postgres(programs) as postgres:
        users = {f"call{n}": office.dovecot.new_user() for n in range(MAILBOXES)}
        halves = [dict(list(users.items())[start::2]) for start in range(2)]
        url, folder = postgres.url(postgres.create_database()), office.new_folder()
        shares = [
            Share(
                some,
                tuple(users),
                folder,
                url,
                office.dovecot.port,
                office.sink.port,
                office.dovecot.password,
            )
            for some in (users, *halves)
        ]
        with _hired(shares) as (alone, *both):

            def work(crew: list[Connection]) -> float:
                _deliver(office, users, first=next(runs), each=each)
                return seconds_each(MAILBOXES * each, lambda: _tick(crew))

            take_turns(1, lambda: work(both), lambda: work([alone]))
            pair = take_turns(rounds, lambda: work(both), lambda: work([alone]))
        count = 2 * (rounds + 1) * MAILBOXES * each
        office.sink.wait_for(count, seconds=5)
        ids = [letter.message_id for letter in office.sink.taken]
    yield faster("replies of two workers, beside one", pair, least=1.7)
    yield Figure("letters that left twice", len(ids) - len(set(ids)), "letters", most=0)
    yield Figure("letters that never left", count - len(set(ids)), "letters", most=0)


def _deliver(office: Office, users: Mapping[str, str], *, first: int, each: int) -> None:
    for place, user in enumerate(users.values()):
        office.deliver(user, mixed_mail(each, first=first + place * each))


def _tick(crew: list[Connection]) -> None:
    for worker in crew:
        worker.send("tick")
    for worker in crew:
        worker.recv()


@contextmanager
def _hired(shares: list[Share]) -> Iterator[list[Connection]]:
    """Workers in processes of their own, each ready."""
    context = multiprocessing.get_context("spawn")
    pipes = [context.Pipe() for _ in shares]
    processes = [
        context.Process(target=_serve, args=(share, theirs))
        for share, (_, theirs) in zip(shares, pipes, strict=True)
    ]
    for process, (ours, _) in zip(processes, pipes, strict=True):
        process.start()
        ours.recv()
    try:
        yield [ours for ours, _ in pipes]
    finally:
        for process, (ours, theirs) in zip(processes, pipes, strict=True):
            ours.send("leave")
            process.join()
            ours.close()
            theirs.close()


def _serve(share: Share, pipe: Connection) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with App(_configure(share)) as app:
        assert app.database is not None  # the schema is there before anybody begins
        pipe.send("ready")
        while pipe.recv() == "tick":
            app.tick(RECEIVED_AT)
            pipe.send("done")


def _configure(share: Share) -> Configuration:
    """The example's grant call once for each mailbox."""
    servers = Servers(share.imap_port, share.smtp_port, "nobody", share.password)
    made = make_installation(share.folder, servers, database_url=share.database_url)
    (call,), account, transport = made.programmes, made.mailboxes["ace"], made.transports["ace"]
    assert isinstance(account, ImapAccount)
    inboxes = {slug: f"{slug}@leadership.nhs.example" for slug in share.every}
    return replace(
        made,
        programmes=tuple(replace(call, slug=slug, inbox=inboxes[slug]) for slug in share.every),
        mailboxes={
            slug: replace(account, name=inboxes[slug], username=user)
            for slug, user in share.users.items()
        },
        transports=dict.fromkeys(share.every, transport),
        delivery=NO_CAPS,
    )


MEASURE = Measure(15, "workers on PostgreSQL", measure)

"""The root: builds everything from a configuration and walks one tick.

A tick reads, understands, files, plans and delivers, one after the other, so that a reply leaves
seconds after its message. Each step stands on what the ledger holds, so any of them may fail and
the next tick goes on where it stopped.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import Self

import structlog

from intake.config import Configuration
from intake.configuration.changes import note_changes
from intake.configuration.transports import open_transport
from intake.isolation import Reader
from intake.mailboxes.base import Mailbox
from intake.mailboxes.removing import remove_everywhere, wanted_of
from intake.mailboxes.sent import find_sent_folder
from intake.mailroom import Mailroom
from intake.oauth.grants import OAuthError
from intake.pipeline import Intake, Pipeline
from intake.reconciling import Reconciler
from intake.watching import Watch
from responders.budgets import BREAKER
from responders.delivery import Clock, Delivered, deliver
from responders.doubts import resolve_doubts
from responders.errors import ResponderError
from responders.fates import Unmarked
from responders.packs import publish_pack
from responders.planner import Planned, plan
from responders.rendering import Renderer
from responders.transports.base import Transport
from storage import extensions, sealing
from storage.archive import Archive
from storage.database import Database
from storage.domain.message import RecordedMessage
from storage.domain.programme import Programme
from storage.errors import StorageError
from storage.privacy.retention import expire_machines
from storage.programmes import watch as know

log = structlog.get_logger(__name__)

Step = Callable[[str], object]
"""Called with the name of each step as it begins."""


@dataclass(frozen=True, slots=True)
class TickReport:
    """What one tick did. `mailbox_errors` has the reason for each mailbox that failed, those of
    transports stand in `delivered`, each by its programme."""

    intake: Intake = field(default_factory=Intake)
    planned: Planned = field(default_factory=Planned)
    delivered: Delivered = field(default_factory=Delivered)
    messages: tuple[RecordedMessage, ...] = ()
    mailbox_errors: Mapping[str, str] = field(default_factory=dict)


class App:
    """Everything that one configuration runs. Use it as a context manager, or `close` it.

    `sends` False leaves every letter in the outbox. `clock` is asked while letters leave, which
    may take minutes; None: time stands still during a tick. Nothing is opened before it is
    needed, so commands that only look cost nothing. Raises the errors of what can't be built.
    """

    def __init__(
        self, configuration: Configuration, *, sends: bool = True, clock: Clock | None = None
    ) -> None:
        self.configuration = configuration
        self._clock = clock
        self.programmes: dict[str, Programme] = {p.slug: p for p in configuration.programmes}
        self._sends = sends
        self._mailroom = Mailroom(configuration.mailboxes)
        self._transports: dict[str, Transport] = {}
        self._unmarked = Unmarked()
        self._renderer: Renderer | None = None
        self._standing: Mapping[str, Programme] = {}

    @cached_property
    def database(self) -> Database:
        """The ledger, with its schema brought up to date."""
        database = Database(self.configuration.database_url)
        database.migrate()
        return database

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.configuration.data_folder / "archive")

    @cached_property
    def reader(self) -> Reader:
        """The child processes that understand messages; they start with the first message."""
        return Reader(
            tuple(self.programmes.values()),
            archive_folder=self.configuration.data_folder / "archive",
            trusted_authserv_ids=self.configuration.trusted_authserv_ids,
        )

    @cached_property
    def pipeline(self) -> Pipeline:
        return Pipeline(
            database=self.database,
            archive=self.archive,
            reader=self.reader,
            programmes=self.programmes,
            secret=self.configuration.secret,
        )

    @cached_property
    def reconciler(self) -> Reconciler:
        return Reconciler(self.database, self.archive, self.pipeline)

    @cached_property
    def watch(self) -> Watch:
        return Watch(
            self.database,
            limits=self.configuration.watch,
            data_folder=self.configuration.data_folder,
            token_files=self.configuration.token_files,
            breaker_rule=BREAKER,
        )

    def renderer(self, now: datetime) -> Renderer:
        """What writes the letters, with the pack of each programme built and published: again
        where a round has got another closing time, which stands in its pack."""
        with self.database.reading() as session:
            standing = extensions.all_as_extended(session, self.programmes)
        if self._renderer is None or standing != self._standing:
            self._renderer, self._standing = self._make_renderer(standing, now), standing
        return self._renderer

    def _make_renderer(self, standing: Mapping[str, Programme], now: datetime) -> Renderer:
        folder = self.configuration.templates_folder
        with self.database.writing() as session:
            note_changes(session, self.configuration.fingerprints, folder, now)
        packs = {}
        for slug, programme in standing.items():
            with self.database.writing() as session:
                packs[slug] = publish_pack(
                    session, self.archive, programme, templates_folder=folder, now=now
                )
        return Renderer(folder, archive=self.archive, secret=self.configuration.secret, packs=packs)

    def tick(self, now: datetime, *, step: Step | None = None) -> TickReport:
        """Read every mailbox, then understand, file, plan and deliver, a few messages at a time, so
        that the first letters leave before the last message is understood. A mailbox that fails
        is reported and waits for the next tick; it never stops the others or what is due."""
        say = step or log.debug
        self._renew_tokens()
        say("reading the mailboxes")
        intake = self._mailroom.collect(self.pipeline, now)
        messages: list[RecordedMessage] = []
        planned, delivered = Planned(), Delivered()
        while True:
            say("understanding")
            batch = self.pipeline.understand(now, recorded=messages.append)
            say("filing")
            intake += batch + self._mailroom.file(self.pipeline, now)
            say("writing letters")
            planned += self.plan(now)
            say("delivering")
            delivered += self.deliver(now)
            if not batch.is_limited:
                break
        self._expire(now)
        if self._look_after(delivered, now):
            planned += self.plan(now)
            delivered += self.deliver(now)
        self._seal(now)
        report = TickReport(
            intake, planned, delivered, tuple(messages), dict(self._mailroom.errors)
        )
        log.info(
            "tick",
            new=intake.new,
            recorded=intake.recorded,
            quarantined=intake.quarantined,
            due=len(planned.enqueued),
            sent=delivered.sent,
        )
        return report

    def try_to_tick(self, now: datetime) -> None:
        """A tick of the heartbeat: what fails in the ledger, the archive or the pack is logged and
        left to the next one; most of it passes by itself."""
        try:
            self.tick(now)
            self.reconcile(now)
        except (StorageError, ResponderError) as error:
            log.error("tick given up", error=type(error).__name__)

    def reconcile(self, now: datetime) -> None:
        """Hold each mailbox against the ledger, once an hour."""
        self._mailroom.reconcile(self.reconciler, now)

    def plan(self, now: datetime) -> Planned:
        """Enqueue every letter that is due now."""
        with self.database.writing() as session:
            for programme in self.programmes.values():
                know(session, programme, now)
        return plan(self.database, configured=self.programmes, renderer=self.renderer(now), now=now)

    def deliver(self, now: datetime) -> Delivered:
        """Hand over every letter whose turn has come; none when this App does not send."""
        if not self._sends:
            return Delivered()
        mailboxes = self.configuration.mailboxes
        resolve_doubts(
            self.database,
            now,
            sent_folders=lambda slug: find_sent_folder(mailboxes.get(slug)),
        )
        return deliver(
            self.database,
            self.archive,
            self._transport,
            programmes={slug: self.programmes[slug] for slug in self.configuration.transports},
            now=self._clock or now,
            settings=self.configuration.delivery,
            unmarked=self._unmarked,
        )

    def mailbox(self, slug: str) -> Mailbox:
        """The open mailbox of a programme. Raises MailboxError when it can't be opened."""
        return self._mailroom.get(slug)

    def close(self) -> None:
        """Close connections, children and the ledger. What is under way has been committed."""
        self._mailroom.close()
        for transport in self._transports.values():
            transport.close()
        if "reader" in self.__dict__:
            self.reader.close()
        if "database" in self.__dict__:
            self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _transport(self, slug: str) -> Transport:
        if slug not in self._transports:
            self._transports[slug] = open_transport(self.configuration.transports[slug])
        return self._transports[slug]

    def _renew_tokens(self) -> None:
        """Renew what is near its end, whether or not anybody logs in: a sign-in that is not used
        ends some day. What fails is the log-in's to tell, and the watch's before that."""
        for sign_ins in self.configuration.sign_ins.values():
            for sign_in in sign_ins.values():
                with suppress(OAuthError):
                    sign_in.fresh()

    def _look_after(self, delivered: Delivered, now: datetime) -> bool:
        """Note what a tick came to; True where there is something new to tell organisers."""
        sending = {**dict.fromkeys(delivered.served), **delivered.transport_errors}
        return self.watch.look(self._mailroom.outcomes(), sending, now)

    def _expire(self, now: datetime) -> None:
        """Erase mail of machines whose time is over, in the ledger and in the mailbox; where that
        can't be reached, it keeps its copies."""
        retention = self.configuration.retention
        if retention.machines is None:
            return
        with self.database.writing() as session:
            gone = expire_machines(session, retention, archive=self.archive, now=now)
        if gone:
            _, unreached = remove_everywhere(self.configuration.mailboxes, wanted_of(gone))
            log.info("expired", messages=len(gone), unreached=len(unreached))

    def _seal(self, now: datetime) -> None:
        """Seal what the history has gained; an idle tick writes nothing."""
        with self.database.reading() as session:
            if not sealing.has_unsealed(session):
                return
        with self.database.writing() as session:
            sealing.seal(session, now)

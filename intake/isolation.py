"""Understands messages in child processes that may be killed, so that none harms the rest.

Children are forked off a process that has imported what messages need and opened nothing, never
off one that may have opened the ledger: a connection must not be carried over. They have limits on
memory and on the time of each message, and stay warm. They archive the attachments they find.
"""

import logging
import os
import pickle
import re
import resource
import signal
from collections.abc import Collection, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future, TimeoutError
from dataclasses import dataclass, replace
from multiprocessing import forkserver, get_context, resource_tracker
from multiprocessing.context import BaseContext, ForkServerContext
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from pebble import ProcessExpired, ProcessPool

from storage.archive import Archive
from storage.domain.message import Understanding
from storage.domain.programme import Programme
from storage.errors import StorageError

if TYPE_CHECKING:  # the parent does without what only children need
    from intake.understanding.anatomy import Anatomy
    from intake.understanding.layout import Layout

log = structlog.get_logger(__name__)

WALL_SECONDS = 10
"""A message that takes longer is given up, and its child with it."""
CPU_SECONDS = 8
MEMORY_BYTES = 512 * 2**20
"""Beyond what a child needs before it has seen any message."""
LOST_SECONDS = 20
"""Beyond a message's time for a child to start. A child that is killed from outside just as it
takes a message leaves the pool waiting for ever: after this it is given up and started anew."""
MAX_RESULT_BYTES = 2**20
DEFAULT_WORKERS = 2
"""So that a message which uses up its time delays the others by half of it at most."""

_LAST_FRAME = re.compile(r'File "[^"]*?([\w.]+)", line (\d+), in (\w+)')


@dataclass(frozen=True, slots=True)
class UnderstoodMessage:
    """What was understood, and the slug of the programme it was sent to. The files of
    `understanding.attachments` are in the archive. `anatomy` and `layout` are for those who ask
    for them."""

    programme: str
    understanding: Understanding
    anatomy: "Anatomy | None" = None
    layout: "Layout | None" = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message was not understood, in words for an organiser."""

    reason: str


Result = UnderstoodMessage | Failure


class Reader:
    """A pool of children that understand messages. They start with the first message.

    `archive_folder` is where they put attachments, None where nobody wants them; a reader that
    `dissects` tells the anatomy of each message as well, one that `lays_out` what stands where.
    """

    def __init__(
        self,
        programmes: Sequence[Programme],
        *,
        archive_folder: Path | None,
        trusted_authserv_ids: frozenset[str] = frozenset(),
        dissects: bool = False,
        lays_out: bool = False,
        workers: int = DEFAULT_WORKERS,
        wall_seconds: float = WALL_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self._settings = _Settings(
            tuple(programmes),
            archive_folder,
            trusted_authserv_ids,
            memory_bytes,
            dissects,
            lays_out,
        )
        self._workers = workers
        self._wall_seconds = wall_seconds
        self._pool: ProcessPool | None = None

    def read(
        self, raws: Sequence[tuple[bytes, str | None]], *, heads: Collection[int] = ()
    ) -> list[Result]:
        """What each of `raws` says, in their order: (bytes, slug of the programme whose mailbox it
        came from, None where its recipients alone decide). `heads` are the places of those that
        are the headers of a message too big to be read. A message whose child died is tried once
        more, since the death may have been another's doing.

        Raises StorageError when the archive takes no attachments: then no message is to blame.
        """
        if not raws:
            return []
        tasks = [(raw, slug, place in heads) for place, (raw, slug) in enumerate(raws)]
        futures = [self._submit(*task) for task in tasks]
        results = [self._result(future) for future in futures]
        for number, result in enumerate(results):
            if result is None:
                results[number] = self._result(self._submit(*tasks[number]))
        return [result or Failure("the parser died") for result in results]

    def prepare(self) -> None:
        """Have the process begin to import what messages need, in its own time: else the first
        message waits for it, a second or two."""
        _make_context()

    def fork(self) -> None:
        """Start the children now, forked off this very process: for one that has imported what they
        need and has opened nothing yet, as those have that are forked off a server themselves."""
        self._pool = self._make_pool(get_context("fork"))
        self._pool.active  # noqa: B018  asking starts it

    def close(self) -> None:
        """Stop the children. The reader may be used again; they start anew."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def _submit(self, raw: bytes, slug: str | None, is_head: bool) -> "Future[bytes]":
        self._discard_if_broken()
        if self._pool is None:
            self._pool = self._make_pool(_make_context())
        future: Future[bytes] = self._pool.submit(
            _read_in_child, self._wall_seconds, raw, slug, is_head
        )
        return future

    def _make_pool(self, context: BaseContext) -> ProcessPool:
        return ProcessPool(
            max_workers=self._workers,
            initializer=_start_child,
            initargs=(self._settings,),
            context=context,
        )

    def _discard_if_broken(self) -> None:
        """A child that dies between two messages can take the pool with it: then start anew."""
        if self._pool is not None and not self._pool.active:
            self.close()

    def _result(self, future: "Future[bytes]") -> Result | None:
        """The result; None when the child died under it, or the pool lost it."""
        if self._pool is None and not future.done():  # given up while an earlier one was awaited
            return None
        try:
            error = future.exception(timeout=self._wall_seconds + LOST_SECONDS)
        except CancelledError:
            return None
        except TimeoutError:
            self.close()
            return None
        if error is None:
            result: Result = pickle.loads(future.result())
            return result
        if isinstance(error, StorageError):
            raise error
        if isinstance(error, TimeoutError):
            return Failure(f"took more than {self._wall_seconds:g} s")
        if isinstance(error, MemoryError):
            return Failure("needed more memory than a message may")
        if isinstance(error, ProcessExpired):
            return Failure("took too much processor time") if _was_stopped(error) else None
        if isinstance(error, BrokenExecutor):
            return None
        log.error("message not understood", error=type(error).__name__, place=_place(error))
        return Failure(f"understanding failed: {type(error).__name__}")


@dataclass(frozen=True, slots=True)
class _Settings:
    """What a child is told once."""

    programmes: tuple[Programme, ...]
    archive_folder: Path | None
    trusted_authserv_ids: frozenset[str]
    memory_bytes: int
    dissects: bool
    lays_out: bool


IMPORTED_ONCE = (
    "__main__",
    "intake.isolation",
    "intake.understanding.anatomy",
    "intake.understanding.understand",
)
"""What the process imports that children are forked off."""


def _make_context() -> ForkServerContext:
    """Whose server has been started and ends with this process. A Ctrl-C while it imports is no
    news of its own: it would tell of it at length."""
    context = get_context("forkserver")
    context.set_forkserver_preload(list(IMPORTED_ONCE))
    resource_tracker.ensure_running()  # whoever starts it unblocks the signal
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return context


_child_settings: list[_Settings] = []  # of a child process; always empty in the parent


def _start_child(settings: _Settings) -> None:
    """Close the door behind what is imported already."""
    for library in ("flufl.bounce", "pypdf"):  # they log what people wrote, or what is broken
        logging.getLogger(library).setLevel(logging.CRITICAL)
    _child_settings[:] = [settings]
    _limit(resource.RLIMIT_AS, _address_space() + settings.memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)


def _read_in_child(raw: bytes, slug: str | None, is_head: bool) -> bytes:
    """The pickled result of one message."""
    from intake.understanding.anatomy import dissect
    from intake.understanding.mime.limits import Unreadable
    from intake.understanding.understand import understand

    (settings,) = _child_settings
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS)
    fallback = next((p for p in settings.programmes if p.slug == slug), None)
    try:
        understood = understand(
            raw,
            programmes=settings.programmes,
            fallback=fallback,
            trusted_authserv_ids=settings.trusted_authserv_ids,
            is_head=is_head,
            lays_out=settings.lays_out,
        )
    except Unreadable as refused:
        return pickle.dumps(Failure(refused.reason))
    result = UnderstoodMessage(understood.programme, understood.understanding)
    pickled = pickle.dumps(result)
    if len(pickled) > MAX_RESULT_BYTES:
        return pickle.dumps(Failure("more was found in it than a message may hold"))
    if understood.files and settings.archive_folder is not None:
        Archive(settings.archive_folder).put_all(understood.files)
    if settings.dissects:
        result = replace(result, anatomy=dissect(raw, result.understanding.verdict.kind))
    if settings.lays_out:
        result = replace(result, layout=understood.layout)
    return pickle.dumps(result) if settings.dissects or settings.lays_out else pickled


def _limit(kind: int, soft: int) -> None:
    """Set a soft limit, never above the hard one."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _address_space() -> int:
    """Bytes of address space in use (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _was_stopped(error: ProcessExpired) -> bool:
    return bool(error.exitcode == -signal.SIGXCPU)


def _place(error: BaseException) -> str:
    """Where in our code a child's error came from: never its message, which may quote people."""
    frames = _LAST_FRAME.findall(str(error.__cause__ or ""))
    return ":".join(frames[-1]) if frames else ""

"""Letters that are due → the outbox: asks the kinds about what wants attention, has what they want
written, and enqueues it. Asking twice is harmless, so it may be killed anywhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Protocol

import structlog
from sqlmodel import Session

from responders.errors import ResponderError, place_of
from responders.kinds import letters_due, next_attention
from responders.retry import next_writing
from storage import cases, events, messages, outbox, programmes, situations
from storage.database import Database
from storage.domain.letter import Due, Letter, LetterDraft, LetterKind
from storage.domain.programme import Programme
from storage.domain.situation import Situation
from storage.errors import ArchiveError, NotFound
from storage.unwritten import RENDER_FAILED

log = structlog.get_logger(__name__)

BATCH = 20
"""Matters a transaction: few commits, and the ledger is never locked for long."""

UNKNOWN_PROGRAMME_PAUSE = timedelta(hours=1)

UNFORESEEN = (
    ResponderError,
    ArchiveError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template or a kind can raise over facts nobody thought of. A failing ledger is not in
it: that stops the round."""


class Renders(Protocol):
    """Writes one letter. Raises ResponderError when it can't."""

    def render(self, s: Situation, due: Due) -> LetterDraft: ...


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A letter that is due and could not be written; it is tried again later. `kind` is None where
    not even that could be said, `where` is the line of a template or of our own code."""

    programme: str
    case_id: int | None
    message_id: int | None
    kind: LetterKind | None
    error: str
    where: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What a round of planning did. `asked` counts the cases and messages looked at."""

    enqueued: tuple[Letter, ...] = ()
    asked: int = 0
    unwritten: tuple[Unwritten, ...] = ()

    def __add__(self, other: "Planned") -> "Planned":
        return Planned(
            self.enqueued + other.enqueued,
            self.asked + other.asked,
            self.unwritten + other.unwritten,
        )


@dataclass(frozen=True, slots=True)
class _Matter:
    """What wants attention: a case, a lone message, or with neither the programme itself."""

    programme: str
    case_id: int | None = None
    message_id: int | None = None

    @property
    def is_programme(self) -> bool:
        return self.case_id is None and self.message_id is None


def plan(
    database: Database,
    *,
    configured: Mapping[str, Programme],
    renderer: Renders,
    now: datetime,
    limit: int = 1000,
) -> Planned:
    """Enqueue the letters that are due now of the `configured` programmes, by slug: of up to
    `limit` cases and as many lone messages, those that wait longest first, then those to the
    organisers. Note when each wants attention again.

    A letter that can't be written is noted in the history as `render_failed` and tried again
    later; it never stops the others. Raises LedgerUnavailable; what was committed stays.
    """
    with database.reading() as session:
        matters = _wanting_attention(session, now, limit)
    planned = Planned()
    for batch in _batches(matters):
        with database.writing() as session:
            known = _situations_of_cases(session, batch, configured, now)
            done = [_plan_one(session, m, known.get(m), configured, renderer, now) for m in batch]
        planned = sum(done, planned)
    return planned


def _batches(matters: Sequence[_Matter]) -> Iterator[Sequence[_Matter]]:
    """What is planned in one transaction: a programme alone, as it takes long and its history must
    stand still meanwhile."""
    small = [matter for matter in matters if not matter.is_programme]
    yield from (small[start : start + BATCH] for start in range(0, len(small), BATCH))
    yield from ([matter] for matter in matters if matter.is_programme)


def _wanting_attention(session: Session, now: datetime, limit: int) -> list[_Matter]:
    found = [
        _Matter(programme, case_id=case_id)
        for case_id, programme in cases.wanting_attention(session, now, limit)
    ]
    found += [
        _Matter(programme, message_id=message_id)
        for message_id, programme in messages.wanting_attention(session, now, limit)
    ]
    return found + [_Matter(slug) for slug in programmes.wanting_attention(session, now)]


def _plan_one(
    session: Session,
    matter: _Matter,
    known: Situation | None,
    configured: Mapping[str, Programme],
    renderer: Renders,
    now: datetime,
) -> Planned:
    """`known` is the situation of a case, None for any other matter."""
    programme = configured.get(matter.programme)
    if programme is None:
        log.warning("programme not configured", programme=matter.programme)
        _set_attention(session, matter, now + UNKNOWN_PROGRAMME_PAUSE)
        return Planned()
    s = known or _situation(session, matter, programme, now)
    if s is None:
        return Planned()  # it was erased meanwhile
    if s.case is not None and (s.case.attention_at is None or s.case.attention_at > now):
        return Planned()  # another planner was faster
    drafts, unwritten = _write(s, matter, renderer)
    letters = tuple(_enqueued(session, drafts, s))
    wakes_at = _wakes_at(replace(s, letters=s.letters + letters))
    if unwritten:
        again_at = _note_unwritten(session, matter, unwritten, now)
        wakes_at = min(wakes_at or again_at, again_at)
    _set_attention(session, matter, wakes_at)
    return Planned(letters, 1, tuple(unwritten))


def _write(
    s: Situation, matter: _Matter, renderer: Renders
) -> tuple[list[LetterDraft | Due], list[Unwritten]]:
    """The letters that are due, written, or as they are where they are to be left out; and those
    that could not be written."""
    drafts: list[LetterDraft | Due] = []
    unwritten: list[Unwritten] = []
    try:
        dues = letters_due(s)
    except UNFORESEEN as error:
        return drafts, [_unwritten(matter, None, error)]
    for due in dues:
        try:
            drafts.append(due if due.skip else renderer.render(s, due))
        except UNFORESEEN as error:
            unwritten.append(_unwritten(matter, due.kind, error))
    return drafts, unwritten


def _enqueued(
    session: Session, drafts: Sequence[LetterDraft | Due], s: Situation
) -> Iterator[Letter]:
    for draft in drafts:
        if isinstance(draft, Due):
            letter = outbox.skip(session, draft, s.programme.slug, s.now)
        else:
            letter = outbox.enqueue(session, draft, s.now)
        if letter is not None:
            log.info("letter enqueued", letter=letter.id, kind=letter.kind, state=letter.state)
            yield letter


def _wakes_at(s: Situation) -> datetime | None:
    try:
        return next_attention(s)
    except UNFORESEEN as error:
        log.warning("next attention not known", error=type(error).__name__)
        return next_writing(1, s.now)


def _situations_of_cases(
    session: Session,
    batch: Sequence[_Matter],
    configured: Mapping[str, Programme],
    now: datetime,
) -> dict[_Matter, Situation]:
    """Those of the cases in a batch: what is planned for one case changes nothing of another."""
    found: dict[_Matter, Situation] = {}
    for slug, programme in configured.items():
        of_slug = {m.case_id: m for m in batch if m.programme == slug and m.case_id is not None}
        if of_slug:
            these = situations.situations_of_cases(session, programme, list(of_slug), now)
            found |= {of_slug[case_id]: s for case_id, s in these.items()}
    return found


def _situation(
    session: Session, matter: _Matter, programme: Programme, now: datetime
) -> Situation | None:
    """That of a message or a programme; None for what is gone, as is a case that was not found
    with its batch."""
    if matter.is_programme:
        return situations.situation_of_programme(session, programme, now)
    if matter.message_id is None:
        return None
    try:
        return situations.situation_of_message(session, programme, matter.message_id, now)
    except NotFound:
        return None


def _set_attention(session: Session, matter: _Matter, at: datetime | None) -> None:
    if matter.case_id is not None:
        cases.set_attention(session, matter.case_id, at)
    elif matter.message_id is not None:
        messages.set_attention(session, matter.message_id, at)
    else:
        programmes.set_attention(session, matter.programme, at)


def _note_unwritten(
    session: Session, matter: _Matter, unwritten: Sequence[Unwritten], now: datetime
) -> datetime:
    """Write the failures down; when to try again. Failures count since anything else happened."""
    before = takewhile(
        lambda event: event.what == RENDER_FAILED, reversed(_history(session, matter))
    )
    failures = len({event.at for event in before}) + 1
    for one in unwritten:
        log.warning("letter not written", kind=one.kind, error=one.error, where=one.where)
        events.append(
            session,
            at=now,
            what=RENDER_FAILED,
            programme=matter.programme,
            case_id=matter.case_id,
            message_id=matter.message_id,
            detail={"kind": one.kind, "error": one.error, "where": one.where},
        )
    return next_writing(failures, now)


def _history(session: Session, matter: _Matter) -> Sequence[events.Event]:
    if matter.case_id is not None:
        return events.of_case(session, matter.case_id)
    if matter.message_id is not None:
        return events.of_message(session, matter.message_id)
    return events.of_programme(session, matter.programme)


def _unwritten(matter: _Matter, kind: LetterKind | None, error: Exception) -> Unwritten:
    """Says where, never the error's own words: they may quote what an applicant wrote."""
    return Unwritten(
        programme=matter.programme,
        case_id=matter.case_id,
        message_id=matter.message_id,
        kind=kind,
        error=type(error).__name__,
        where=place_of(error),
    )

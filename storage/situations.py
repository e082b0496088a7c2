"""What the letter kinds see of one case, one lone message, or a whole programme. The number of
queries is fixed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import BindParameter, bindparam, select
from sqlmodel import Session, col

from storage import (
    awards,
    decisions,
    events,
    extensions,
    organiser_answers,
    outcome_answers,
    overviews,
    packs,
    panels,
    places,
)
from storage.database import can_lock
from storage.domain.award import AwardFacts
from storage.domain.case import Case
from storage.domain.decision import Outcome, ReleasedOutcome
from storage.domain.extension import extended
from storage.domain.letter import Letter
from storage.domain.message import RecordedMessage
from storage.domain.placement import Placement
from storage.domain.programme import Programme
from storage.domain.situation import Situation
from storage.errors import NotFound
from storage.loading import CASES, LETTERS, MESSAGES, load_cases, load_letters, load_messages
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow

_THESE: BindParameter[int] = bindparam("these", expanding=True)
_CASES = CASES.where(col(CaseRow.id).in_(_THESE))
_LETTERS_OF_CASES = LETTERS.where(col(LetterRow.case_id).in_(_THESE))
_MESSAGES_OF_CASES = MESSAGES.where(
    col(MessageRow.id).in_(
        select(col(MessageCaseRow.message_id)).where(col(MessageCaseRow.case_id).in_(_THESE))
    )
)
_MESSAGE = MESSAGES.where(col(MessageRow.id) == bindparam("this"))
_OPENED_BY = CASES.where(col(CaseRow.opened_by) == bindparam("this"))
_CAUSED_BY = LETTERS.where(col(LetterRow.cause) == bindparam("this"))
_TO_ORGANISERS = LETTERS.where(
    col(LetterRow.programme) == bindparam("slug"),
    col(LetterRow.case_id).is_(None),
    col(LetterRow.cause).is_(None),
)


def situation_of_case(
    session: Session, programme: Programme, case_id: int, now: datetime
) -> Situation:
    """A case with all its messages and letters. In a session that writes, whoever records
    something about the case waits for its end, so that no wish for attention is overwritten.

    Raises NotFound.
    """
    found = situations_of_cases(session, programme, [case_id], now)
    if not found:
        raise NotFound(f"no case {case_id}")
    return found[case_id]


def situations_of_cases(
    session: Session, programme: Programme, case_ids: Collection[int], now: datetime
) -> dict[int, Situation]:
    """The same for several cases of a programme, by id, with as many queries as for one; the
    awards of funded ones apart."""
    cases = load_cases(session, _CASES, locked=can_lock(session), these=list(case_ids))
    ids = [case.id for case in cases]
    letters = _by_case(load_letters(session, _LETTERS_OF_CASES, these=ids))
    outcomes = _by_case(decisions.released_of(session, ids))
    answers = _by_case(outcome_answers.of_cases(session, ids)) if outcomes else {}
    written = _by_case(organiser_answers.of_cases(session, ids))
    placements = _by_case(_placements(session, programme, ids))
    later = extensions.of_cases(session, programme.slug, ids)
    messages = _messages_of(session, ids)
    reissue = packs.current_reissue(session, programme.slug)
    found = {}
    for case in cases:
        own = tuple(one for one in later if one.case_id in (None, case.id))
        released = outcomes.get(case.id, ())
        found[case.id] = Situation(
            programme=replace(programme, round=extended(programme.round, own)),
            now=now,
            case=case,
            messages=messages.get(case.id, ()),
            letters=letters.get(case.id, ()),
            extensions=own,
            outcomes=released,
            answers=answers.get(case.id, ()),
            written=written.get(case.id, ()),
            reissue=reissue,
            placements=placements.get(case.id, ()),
            award=_award(session, programme, case, released),
        )
    return found


def situation_of_message(
    session: Session, programme: Programme, message_id: int, now: datetime
) -> Situation:
    """A message that belongs to no single case, the letters that answer it and the cases it
    opened. Raises NotFound, also for a message that is not recorded."""
    messages = load_messages(session, _MESSAGE, locked=can_lock(session), this=message_id)
    if not messages:
        raise NotFound(f"no recorded message {message_id}")
    later = extensions.of_case(session, programme.slug, None)
    nominees = load_cases(session, _OPENED_BY, this=message_id)
    return Situation(
        programme=replace(programme, round=extended(programme.round, later)),
        now=now,
        case=None,
        messages=messages,
        letters=load_letters(session, _CAUSED_BY, this=message_id),
        nominees=nominees,
        extensions=later,
        placements=_placements(session, programme, [case.id for case in nominees]),
        written=organiser_answers.of_messages(session, [message_id]),
        panel=panels.facts_of(session, programme) if messages[0].scores else None,
    )


def situation_of_programme(session: Session, programme: Programme, now: datetime) -> Situation:
    """A programme as a whole, with the letters to its organisers and its panel. A session that
    writes must have written nothing before: then no line of the history is missed up to the
    newest."""
    if can_lock(session):
        events.settle(session)
    later = extensions.of_case(session, programme.slug, None)
    standing = replace(programme, round=extended(programme.round, later))
    letters = load_letters(session, _TO_ORGANISERS, slug=programme.slug)
    return Situation(
        programme=standing,
        now=now,
        case=None,
        messages=(),
        letters=letters,
        extensions=later,
        overview=overviews.look_over(session, standing, letters, now),
        panel=panels.facts_of(session, standing) if standing.panel else None,
    )


def situation_of_letter(
    session: Session, programme: Programme, letter: Letter, now: datetime
) -> Situation:
    """The matter that a letter is about, as the ledger knows it now, with the letters that were
    there before this one. Raises NotFound."""
    if letter.case_id is not None:
        s = situation_of_case(session, programme, letter.case_id, now)
    elif letter.cause is not None:
        s = situation_of_message(session, programme, letter.cause, now)
    else:
        s = situation_of_programme(session, programme, now)
    return replace(s, letters=tuple(one for one in s.letters if one.id < letter.id))


class _OfCase(Protocol):
    """A fact about a case, or about none."""

    @property
    def case_id(self) -> int | None: ...


Fact = TypeVar("Fact", bound=_OfCase)


def _by_case(facts: Iterable[Fact]) -> dict[int | None, tuple[Fact, ...]]:
    """Facts by the case that they are about, in their order."""
    found: dict[int | None, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.case_id].append(fact)
    return {case_id: tuple(some) for case_id, some in found.items()}


def _messages_of(
    session: Session, case_ids: Collection[int]
) -> dict[int, tuple[RecordedMessage, ...]]:
    """The messages that belong to each of these cases, in order of receipt."""
    found: dict[int, list[RecordedMessage]] = defaultdict(list)
    for message in load_messages(session, _MESSAGES_OF_CASES, these=list(case_ids)):
        for case_id in message.case_ids:
            found[case_id].append(message)
    return {case_id: tuple(some) for case_id, some in found.items()}


def _award(
    session: Session, programme: Programme, case: Case, outcomes: Sequence[ReleasedOutcome]
) -> AwardFacts | None:
    """Only of a case that is funded, and only where something follows from that."""
    is_funded = bool(outcomes) and outcomes[-1].ruling.outcome is Outcome.FUNDED
    return awards.facts_of(session, programme, case) if programme.award and is_funded else None


def _placements(
    session: Session, programme: Programme, case_ids: Sequence[int]
) -> tuple[Placement, ...]:
    """Those of these cases; only a programme with cohorts has any."""
    return places.of_cases(session, case_ids) if programme.cohorts and case_ids else ()

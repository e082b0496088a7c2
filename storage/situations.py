"""What the letter kinds see of one case, one lone message, or a whole programme. The number of
queries is fixed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

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
from storage.domain.placement import Placement
from storage.domain.programme import Programme
from storage.domain.situation import Situation
from storage.errors import NotFound
from storage.loading import load_cases, load_letters, load_messages
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow


def situation_of_case(
    session: Session, programme: Programme, case_id: int, now: datetime
) -> Situation:
    """A case with all its messages and letters. In a session that writes, whoever records
    something about the case waits for its end, so that no wish for attention is overwritten.

    Raises NotFound.
    """
    cases = load_cases(session, col(CaseRow.id) == case_id, locked=can_lock(session))
    if not cases:
        raise NotFound(f"no case {case_id}")
    outcomes = decisions.released_of(session, [case_id])
    of_case = select(MessageCaseRow.message_id).where(MessageCaseRow.case_id == case_id)
    later = extensions.of_case(session, programme.slug, case_id)
    return Situation(
        programme=replace(programme, round=extended(programme.round, later)),
        now=now,
        case=cases[0],
        messages=load_messages(session, col(MessageRow.id).in_(of_case)),
        letters=load_letters(session, col(LetterRow.case_id) == case_id),
        extensions=later,
        outcomes=outcomes,
        answers=outcome_answers.of_cases(session, [case_id]) if outcomes else (),
        written=organiser_answers.about(session, case_id=case_id),
        reissue=packs.current_reissue(session, programme.slug),
        placements=_placements(session, programme, [case_id]),
        award=_award(session, programme, cases[0], outcomes),
    )


def situation_of_message(
    session: Session, programme: Programme, message_id: int, now: datetime
) -> Situation:
    """A message that belongs to no single case, the letters that answer it and the cases it
    opened. Raises NotFound, also for a message that is not recorded."""
    these = col(MessageRow.id) == message_id
    messages = load_messages(session, these, locked=can_lock(session))
    if not messages:
        raise NotFound(f"no recorded message {message_id}")
    later = extensions.of_case(session, programme.slug, None)
    nominees = load_cases(session, col(CaseRow.opened_by) == message_id)
    return Situation(
        programme=replace(programme, round=extended(programme.round, later)),
        now=now,
        case=None,
        messages=messages,
        letters=load_letters(session, col(LetterRow.cause) == message_id),
        nominees=nominees,
        extensions=later,
        placements=_placements(session, programme, [case.id for case in nominees]),
        written=organiser_answers.about(session, message_ids=[message_id]),
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
    to_organisers = (
        col(LetterRow.programme) == programme.slug,
        col(LetterRow.case_id).is_(None),
        col(LetterRow.cause).is_(None),
    )
    letters = load_letters(session, *to_organisers)
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

"""Letters that were right when they were written and no longer are when their turn comes: servers
were down, a person let them go late, the closing moved or a reserve moved up meanwhile."""

from datetime import datetime

from sqlmodel import Session

from responders.award_staleness import OF_AN_AWARD, find_award_staleness
from responders.kinds.outcome_chase import unanswered_letter
from responders.kinds.outcomes import LETTER_OF
from responders.kinds.place_confirmed import key_anew
from responders.kinds.scoring_reminder import BY_HAND
from storage import cases, decisions, extensions, letters, panels, places, situations
from storage.domain.case import CaseState
from storage.domain.extension import extended
from storage.domain.letter import Letter, LetterKind
from storage.domain.programme import Programme
from storage.domain.reminders import SkipRule
from storage.errors import NotFound

OF_A_CLOSING = frozenset({LetterKind.DEADLINE_REMINDER, LetterKind.EXTENSION_NOTICE})
"""Kinds whose keys name the closing that they tell: `kind/case:42/<closing>…`."""

OF_A_PLACE = {
    LetterKind.PLACE_INVITATION: CaseState.NOMINATED,
    LetterKind.PLACE_OFFER: CaseState.NOMINATED,
    LetterKind.PLACE_CHASE: CaseState.NOMINATED,
    LetterKind.WAITING_LIST: CaseState.NOMINATED,
    LetterKind.PLACE_CONFIRMED: CaseState.CONFIRMED,
    LetterKind.JOINING_INSTRUCTIONS: CaseState.CONFIRMED,
    LetterKind.COHORT_REMINDER: CaseState.CONFIRMED,
}
"""Kinds whose keys name the placement that they tell, `kind/case:42/17…`, and for whom they are."""

FORM_CAME, WITHDRAWN = "form_came", "withdrawn"
STARTED, REPLACED, SCORES_CAME = "started", "replaced", "scores_came"
ANSWERED = "answered"
"""Rules under which such a letter is dropped, beside those that leave a reminder out."""


def find_staleness(
    session: Session, letter: Letter, programme: Programme, now: datetime
) -> str | None:
    """The rule by which this letter must not leave any more, whoever released it; None: it is as
    true as when it was written."""
    if letter.kind is LetterKind.SCORING_REMINDER:
        return _find_staleness_of_scores(session, letter, programme, now)
    if letter.case_id is None:
        return None
    if letter.kind.is_outcome:
        return _find_staleness_of_an_outcome(session, letter)
    if letter.kind in OF_AN_AWARD:
        return find_award_staleness(session, letter, programme, now)
    if letter.kind in (LetterKind.OUTCOME_CHASE, LetterKind.PACK_REISSUE):
        return _find_staleness_of_a_follow_up(session, letter, programme, now)
    if letter.kind in OF_A_PLACE:
        return _find_staleness_of_a_place(session, letter, programme, now)
    if letter.kind not in OF_A_CLOSING:
        return None
    _, _, closing, *_ = letter.key.split("/")
    told = datetime.fromisoformat(closing)
    if now >= told:
        return SkipRule.CLOSED
    later = extensions.of_case(session, programme.slug, letter.case_id)
    if extended(programme.round, later).closes_at != told:
        return SkipRule.OVERTAKEN
    state = cases.get(session, letter.case_id).state
    if state is CaseState.WITHDRAWN:
        return WITHDRAWN
    is_needless = letter.kind is LetterKind.DEADLINE_REMINDER and state is not CaseState.EXPRESSED
    return FORM_CAME if is_needless else None


def _find_staleness_of_an_outcome(session: Session, letter: Letter) -> str | None:
    """Who stepped back, or was moved up from the reserve meanwhile, is told nothing else."""
    assert letter.case_id is not None
    if cases.get(session, letter.case_id).state is CaseState.WITHDRAWN:
        return WITHDRAWN
    told = decisions.released_of(session, [letter.case_id])
    is_newest = not told or LETTER_OF[told[-1].ruling.outcome] is letter.kind
    return None if is_newest else SkipRule.OVERTAKEN


def _find_staleness_of_a_follow_up(
    session: Session, letter: Letter, programme: Programme, now: datetime
) -> str | None:
    """Who stepped back gets no pack and no nudge, who answered no nudge; and none asks about an
    outcome in whose place another one was told."""
    assert letter.case_id is not None
    s = situations.situation_of_case(session, programme, letter.case_id, now)
    if s.case is not None and s.case.state is CaseState.WITHDRAWN:
        return WITHDRAWN
    if letter.kind is not LetterKind.OUTCOME_CHASE:
        return None
    asked = unanswered_letter(s)
    if asked is None:
        return ANSWERED
    return None if letter.key.split("/")[2] == asked.kind else SkipRule.OVERTAKEN


def _find_staleness_of_scores(
    session: Session, letter: Letter, programme: Programme, now: datetime
) -> str | None:
    """`scoring_reminder/<email>/<round>/<scores_by>/<days>`; one that was asked for by hand may
    leave when that time has passed as well."""
    until = letter.key.split("/")[-2]
    told = datetime.fromisoformat(until) if until != BY_HAND else None
    if told is not None and now >= told:
        return SkipRule.CLOSED
    if told is not None and programme.round.scores_by != told:
        return SkipRule.OVERTAKEN
    missing = panels.standing_of(session, programme).missing_from(letter.recipient.email)
    return None if missing else SCORES_CAME


def _find_staleness_of_a_place(
    session: Session, letter: Letter, programme: Programme, now: datetime
) -> str | None:
    assert letter.case_id is not None
    case = cases.get(session, letter.case_id)
    if case.state is CaseState.WITHDRAWN:
        return WITHDRAWN
    standing = places.of_cases(session, [case.id])[-1]
    if letter.key.split("/")[2] != str(standing.id) or case.state is not OF_A_PLACE[letter.kind]:
        return REPLACED
    if letter.kind is LetterKind.PLACE_CONFIRMED:
        return REPLACED if _is_written_anew(session, letter) else None  # however late they took it
    cohort = programme.cohort(standing.cohort)
    return STARTED if cohort is not None and now >= cohort.starts_at else None


def _is_written_anew(session: Session, letter: Letter) -> bool:
    try:
        letters.get_by_key(session, key_anew(letter.key))
    except NotFound:
        return False
    return True

"""Letters after an award that were right when they were written and are no longer when their turn
comes: what was missing came, the agreement was signed, the event moved."""

from datetime import datetime

from sqlmodel import Session

from responders.kinds.invitation import print_of
from storage import awards, cases, letters
from storage.domain.award import edition_of, missing_details
from storage.domain.case import CaseState
from storage.domain.letter import Letter, LetterKind
from storage.domain.programme import Programme

WITHDRAWN, REPLACED, STARTED = "withdrawn", "replaced", "started"
DETAILS_CAME, SIGNED_CAME = "details_came", "signed_came"
"""Rules under which such a letter is dropped."""

OF_AN_AWARD = frozenset(
    {
        LetterKind.AWARD_DETAILS,
        LetterKind.AWARD_CHASE,
        LetterKind.MOU,
        LetterKind.MOU_CHASE,
        LetterKind.MOU_COUNTERSIGNED,
        LetterKind.INTRODUCTION,
        LetterKind.INVITATION,
    }
)
"""Kinds that nobody asked for, all about one case."""


def find_award_staleness(
    session: Session, letter: Letter, programme: Programme, now: datetime
) -> str | None:
    """The rule by which a letter after an award must not leave any more; None: it still may."""
    if letter.case_id is None or cases.get(session, letter.case_id).state is CaseState.WITHDRAWN:
        return WITHDRAWN
    match letter.kind:
        case LetterKind.AWARD_DETAILS | LetterKind.AWARD_CHASE:
            return None if _is_missing(session, letter.case_id, programme) else DETAILS_CAME
        case LetterKind.MOU | LetterKind.MOU_CHASE:
            return _find_of_agreement(session, letter, letter.case_id)
        case LetterKind.INVITATION:
            return _find_of_event(letter, programme, now)
        case _:
            return None


def _is_missing(session: Session, case_id: int, programme: Programme) -> bool:
    told = awards.details_of(session, [case_id])
    award = programme.award
    return award is not None and bool(missing_details(award, told[-1].told if told else {}))


def _find_of_agreement(session: Session, letter: Letter, case_id: int) -> str | None:
    """`mou/case:42/<edition>`, `mou_chase/case:42/<edition>/<days>`."""
    edition = letter.key.split("/")[2]
    if edition != str(edition_of(awards.details_of(session, [case_id]))):
        return REPLACED
    if letter.kind is LetterKind.MOU:
        return None
    ours = letters.of_case(session, case_id)
    sent = [x for x in ours if x.key == f"mou/case:{case_id}/{edition}"]
    since = sent[-1].created_at if sent else letter.created_at
    files = awards.agreements_of(session, [case_id])
    is_back = any(x.at >= since for x in files)
    return SIGNED_CAME if is_back else None


def _find_of_event(letter: Letter, programme: Programme, now: datetime) -> str | None:
    """`invitation/case:42/<event>/<number>/<what was told>`."""
    _, _, key, _, told = letter.key.split("/")
    event = programme.event(key)
    if event is None or print_of(event) != told:
        return REPLACED
    return STARTED if now >= event.starts_at else None

"""How far each award of a round has come, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlmodel import Session, col

from storage import awards, decisions, outcome_answers
from storage.award_rows import EventAnswerRow
from storage.domain.award import (
    INTRODUCTIONS,
    YES,
    Agreement,
    AgreementStage,
    AwardDetails,
    EventAnswer,
    edition_of,
    missing_details,
)
from storage.domain.award_standing import AwardLine
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.placement import Reply
from storage.domain.programme import Programme
from storage.loading import CASES, LETTERS, load_cases, load_letters
from storage.rows import CaseRow, LetterContentRow, LetterRow

VERSION_DIGITS = 8
"""Of the hash of what was sent: enough to tell the agreements of a round apart."""

_KINDS = (LetterKind.OUTCOME_FUNDED, LetterKind.AWARD_DETAILS, LetterKind.MOU)

Fact = TypeVar("Fact", AwardDetails, Agreement, EventAnswer)


def award_lines(session: Session, programme: Programme) -> tuple[AwardLine, ...]:
    """The funded projects of the programme's round that still take part, in the order of their
    cases; none where the programme says nothing of what follows an award."""
    if programme.award is None:
        return ()
    newest = {
        one.case_id: one for one in decisions.released(session, programme.slug, programme.round.key)
    }
    funded = [id for id, one in newest.items() if one.ruling.outcome is Outcome.FUNDED]
    found = load_cases(session, CASES.where(col(CaseRow.id).in_(funded))) if funded else ()
    answers = outcome_answers.of_round(session, programme.slug, programme.round.key)
    said_yes = {id: one.at for id, one in answers.items() if one.reply is Reply.YES}
    details = _by_case(awards.details_of(session, funded))
    agreements = _by_case(awards.agreements_of(session, funded))
    events = _by_case(awards.answers_of(session, col(EventAnswerRow.case_id).in_(funded)))
    letters = _letters(session, programme.slug, funded)
    versions = _versions(session, [x.id for some in letters.values() for x in some])
    return tuple(
        _line(
            case,
            programme,
            confirmed_at=said_yes.get(case.id),
            details=details[case.id],
            agreements=agreements[case.id],
            events=events[case.id],
            letters=letters[case.id],
            versions=versions,
        )
        for case in found
        if case.state is not CaseState.WITHDRAWN
    )


def _line(
    case: Case,
    programme: Programme,
    *,
    confirmed_at: datetime | None,
    details: Sequence[AwardDetails],
    agreements: Sequence[Agreement],
    events: Sequence[EventAnswer],
    letters: Sequence[Letter],
    versions: Mapping[int, str],
) -> AwardLine:
    assert programme.award is not None
    told = details[-1].told if details else {}
    mark = f"/{edition_of(details)}"
    sent = [x for x in letters if x.kind is LetterKind.MOU and x.key.endswith(mark)]
    since = sent[-1].created_at if sent else None
    back = _newest(agreements, AgreementStage.RETURNED, since)
    both = _newest(agreements, AgreementStage.COUNTERSIGNED, since)
    comes = {one.event: one.comes for one in events}
    wanted = told.get(INTRODUCTIONS.key)
    return AwardLine(
        case_id=case.id,
        reference=case.reference,
        area=case.area,
        organisation=told.get("organisation") or case.contact.organisation,
        told_at=_left_at(letters, LetterKind.OUTCOME_FUNDED),
        confirmed_at=confirmed_at or (details[0].at if details else None),
        asked_at=_left_at(letters, LetterKind.AWARD_DETAILS),
        details_at=details[-1].at if told else None,
        missing=tuple(one.key for one in missing_details(programme.award, told)),
        version=versions.get(sent[-1].id) if sent else None,
        sent_at=sent[-1].sent_at if sent else None,
        returned_at=back,
        countersigned_at=both,
        introduces=wanted == YES if wanted else None,
        comes=tuple(sorted(key for key, yes in comes.items() if yes)),
        stays_away=tuple(sorted(key for key, yes in comes.items() if not yes)),
    )


def _newest(
    agreements: Sequence[Agreement], stage: AgreementStage, since: datetime | None
) -> datetime | None:
    found = [x.at for x in agreements if x.stage is stage and (since is None or x.at >= since)]
    return max(found, default=None)


def _left_at(letters: Sequence[Letter], kind: LetterKind) -> datetime | None:
    return max((x.sent_at for x in letters if x.kind is kind and x.sent_at), default=None)


def _letters(session: Session, slug: str, case_ids: Sequence[int]) -> dict[int, list[Letter]]:
    found: dict[int, list[Letter]] = defaultdict(list)
    gone = (LetterState.DISCARDED, LetterState.FAILED)
    of_kinds = col(LetterRow.kind).in_(_KINDS)
    these = (col(LetterRow.programme) == slug, of_kinds, col(LetterRow.state).not_in(gone))
    found_letters = LETTERS.where(*these, col(LetterRow.case_id).in_(case_ids))
    for letter in load_letters(session, found_letters):
        found[letter.case_id or 0].append(letter)
    return found


def _versions(session: Session, letter_ids: Sequence[int]) -> dict[int, str]:
    """How the hash of what each letter encloses begins."""
    columns = (col(LetterContentRow.letter_id), col(LetterContentRow.enclosure_sha256))
    found = select(*columns).where(col(LetterContentRow.letter_id).in_(letter_ids))
    return {id: sha256[:VERSION_DIGITS] for id, sha256 in session.execute(found) if sha256}


def _by_case(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.case_id].append(fact)
    return found

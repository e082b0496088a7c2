"""Verbs over awards: details told, agreements filed, answers to invitations. All are only ever
added to; the newest stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from storage import cases, events
from storage.award_rows import AgreementRow, AwardDetailsRow, EventAnswerRow
from storage.domain.award import (
    INTRODUCTIONS,
    Agreement,
    AgreementStage,
    AwardDetails,
    AwardFacts,
    EventAnswer,
    Fellow,
    SignedFile,
    agreed_since,
)
from storage.domain.case import Case, CaseState
from storage.domain.programme import Programme
from storage.facts import known_id
from storage.loading import CASES, load_cases
from storage.rows import CaseRow
from storage.serialising import dump_detail, load_detail

FILED = {
    AgreementStage.RETURNED: "agreement_returned",
    AgreementStage.COUNTERSIGNED: "agreement_countersigned",
}
"""What the history calls an agreement that is filed."""


def tell(
    session: Session,
    case: Case,
    told: Mapping[str, str],
    *,
    by: str,
    now: datetime,
    message_id: int | None = None,
) -> AwardDetails:
    """Record all that is known now of whoever receives the award of a case. The projects to which
    this one is introduced, or no longer is, are looked at too."""
    before = details_of(session, [case.id])
    row = AwardDetailsRow(
        case_id=case.id, told=dump_detail(told), message_id=message_id, actor=by, at=now
    )
    session.add(row)
    known = before[-1].told if before else {}
    changed = sorted(key for key in {*known, *told} if known.get(key) != told.get(key))
    _append(session, case, "award_details_told", by, now, message_id, {"keys": " ".join(changed)})
    session.flush()
    cases.want_attention_of(session, [case.id], now)
    if INTRODUCTIONS.key in changed:
        cases.want_attention_of(session, _agreed(session, case.programme, case.round), now)
    return _to_details(row)


def file(
    session: Session,
    case: Case,
    stage: AgreementStage,
    files: Iterable[SignedFile],
    *,
    by: str,
    now: datetime,
    message_id: int | None = None,
) -> tuple[Agreement, ...]:
    """File the pages of a signed agreement, which are in the archive."""
    rows = [
        AgreementRow(
            case_id=case.id,
            stage=stage,
            name=one.name,
            media_type=one.media_type,
            size=one.size,
            sha256=one.sha256,
            message_id=message_id,
            actor=by,
            at=now,
        )
        for one in files
    ]
    session.add_all(rows)
    _append(session, case, FILED[stage], by, now, message_id, {"files": str(len(rows))})
    session.flush()
    cases.want_attention_of(session, [case.id], now)
    return tuple(_to_agreement(row) for row in rows)


def answer_event(
    session: Session, case: Case, event: str, *, comes: bool, message_id: int, now: datetime
) -> None:
    """Record whether a funded project comes to an event."""
    session.add(
        EventAnswerRow(case_id=case.id, event=event, comes=comes, message_id=message_id, at=now)
    )
    detail = {"event": event, "comes": "yes" if comes else "no"}
    _append(session, case, "event_answered", events.POSTROOM, now, message_id, detail)
    session.flush()


def facts_of(session: Session, programme: Programme, case: Case) -> AwardFacts:
    """What is known of the award of a funded case, with the others that agreed to be introduced
    where this one did."""
    details = details_of(session, [case.id])
    agrees = programme.award is not None and programme.award.introductions_at is not None
    agrees = agrees and agreed_since(details) is not None
    return AwardFacts(
        details=details,
        agreements=agreements_of(session, [case.id]),
        answers=answers_of(session, col(EventAnswerRow.case_id) == case.id),
        fellows=_fellows(session, case) if agrees else (),
    )


def details_of(session: Session, case_ids: Sequence[int]) -> tuple[AwardDetails, ...]:
    """All that was told of these cases, in order of recording."""
    found = select(AwardDetailsRow).where(col(AwardDetailsRow.case_id).in_(case_ids))
    rows = session.exec(found.order_by(col(AwardDetailsRow.id)))
    return tuple(_to_details(row) for row in rows)


def agreements_of(session: Session, case_ids: Sequence[int]) -> tuple[Agreement, ...]:
    """All files of signed agreements of these cases, in order of recording."""
    found = select(AgreementRow).where(col(AgreementRow.case_id).in_(case_ids))
    return tuple(_to_agreement(row) for row in session.exec(found.order_by(col(AgreementRow.id))))


def answers_of(session: Session, *conditions: ColumnElement[bool]) -> tuple[EventAnswer, ...]:
    """The answers to invitations that meet all conditions, in order of recording."""
    rows = session.exec(select(EventAnswerRow).where(*conditions).order_by(col(EventAnswerRow.id)))
    return tuple(
        EventAnswer(known_id(row.id), row.case_id, row.event, row.comes, row.message_id, row.at)
        for row in rows
    )


def _fellows(session: Session, case: Case) -> tuple[Fellow, ...]:
    """The other projects that agreed and still take part, in the order in which they agreed."""
    ids = [id for id in _agreed(session, case.programme, case.round) if id != case.id]
    since = _agreed_since(details_of(session, ids))
    found = [
        Fellow(
            case_id=other.id,
            agreed_by=since[other.id],
            name=other.contact.name,
            organisation=other.contact.organisation,
            title=other.title,
            email=other.contact.email,
        )
        for other in load_cases(session, CASES.where(col(CaseRow.id).in_(since)))
        if other.state is not CaseState.WITHDRAWN and other.contact.email
    ]
    return tuple(sorted(found, key=lambda fellow: fellow.agreed_by))


def _agreed_since(details: Sequence[AwardDetails]) -> dict[int, int]:
    """Since which of its details each of these cases agrees, those that don't left out."""
    by_case: dict[int, list[AwardDetails]] = defaultdict(list)
    for one in details:
        by_case[one.case_id].append(one)
    found = {case_id: agreed_since(told) for case_id, told in by_case.items()}
    return {case_id: since for case_id, since in found.items() if since is not None}


def _agreed(session: Session, programme: str, round_key: str) -> list[int]:
    """The cases of a round that ever told whether they want to be introduced."""
    asked = (
        select(AwardDetailsRow.case_id)
        .join(CaseRow, col(CaseRow.id) == col(AwardDetailsRow.case_id))
        .where(
            col(CaseRow.programme) == programme,
            col(CaseRow.round) == round_key,
            col(AwardDetailsRow.told).contains(f'"{INTRODUCTIONS.key}"'),
        )
        .distinct()
    )
    return sorted(session.exec(asked))


def _append(
    session: Session,
    case: Case,
    what: str,
    by: str,
    now: datetime,
    message_id: int | None,
    detail: Mapping[str, str],
) -> None:
    events.append(
        session,
        at=now,
        actor=by,
        what=what,
        programme=case.programme,
        case_id=case.id,
        message_id=message_id,
        detail=detail,
    )


def _to_details(row: AwardDetailsRow) -> AwardDetails:
    told = load_detail(row.told)
    return AwardDetails(known_id(row.id), row.case_id, told, row.message_id, row.actor, row.at)


def _to_agreement(row: AgreementRow) -> Agreement:
    return Agreement(
        id=known_id(row.id),
        case_id=row.case_id,
        stage=AgreementStage(row.stage),
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        message_id=row.message_id,
        by=row.actor,
        at=row.at,
    )

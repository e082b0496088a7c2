"""Verbs over the panel: who is asked to read what, and what they say of it. Both are only ever
added to; the newest of a member and case stands."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage import events, programmes
from storage.domain.assessment import Assessment, Assignment, ScoreRequest
from storage.domain.case import Case
from storage.domain.letter import Letter, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.programme import Programme
from storage.domain.scoring import JudgedScoring, PanelFacts, PanelStanding
from storage.facts import known_id
from storage.loading import CASES, LETTERS, MESSAGES, load_cases, load_letters, load_messages
from storage.panel_rows import AssessmentRow, AssignmentRow, ScoreRequestRow
from storage.rows import CaseRow, LetterRow, MessageCaseRow, MessageRow
from storage.serialising import dump_scoring, load_scoring
from storage.upserts import chunks


def assign(
    session: Session,
    programme: Programme,
    asked: Sequence[tuple[Case, str, int]],
    *,
    by: str,
    now: datetime,
) -> None:
    """Ask members, by address, to read the form of a case that came with this message. Their
    letters are due at once."""
    readers: dict[int, int] = {}
    for case, member, form in asked:
        row = AssignmentRow(case_id=case.id, member=member, form=form, actor=by, at=now)
        session.add(row)
        readers[case.id] = readers.get(case.id, 0) + 1
    for case_id, count in readers.items():
        events.append(
            session,
            at=now,
            actor=by,
            what="panel_assigned",
            programme=programme.slug,
            case_id=case_id,
            detail={"readers": str(count)},
        )
    session.flush()
    programmes.want_attention(session, programme.slug, now)


def request_scores(
    session: Session, programme: Programme, members: Iterable[str], *, by: str, now: datetime
) -> None:
    """Ask these members, by address, for all that they have not told yet. Their letters are due at
    once."""
    slug, round_key = programme.slug, programme.round.key
    for member in members:
        row = ScoreRequestRow(programme=slug, round=round_key, member=member, actor=by, at=now)
        session.add(row)
        session.flush()
        events.append(
            session,
            at=now,
            actor=by,
            what="scores_requested",
            programme=slug,
            detail={"number": str(row.id)},
        )
    session.flush()
    programmes.want_attention(session, slug, now)


def record(
    session: Session,
    judged: Iterable[JudgedScoring],
    *,
    member: str,
    message_id: int,
    now: datetime,
) -> None:
    """Record what is new and what changes; all else is left alone."""
    for one in judged:
        if not one.is_to_be_recorded or one.case is None or one.scoring is None:
            continue
        row = AssessmentRow(
            case_id=one.case.id,
            member=member,
            scoring=dump_scoring(one.scoring),
            message_id=message_id,
            at=now,
        )
        session.add(row)
        events.append(
            session,
            at=now,
            actor=member,
            what="assessed",
            programme=one.case.programme,
            case_id=one.case.id,
            message_id=message_id,
            detail={"stance": one.scoring.stance, "effect": one.effect},
        )
    session.flush()


def standing_of(session: Session, programme: Programme) -> PanelStanding:
    """How the scoring of the programme's round stands. Four queries."""
    ours = (col(CaseRow.programme) == programme.slug, col(CaseRow.round) == programme.round.key)
    assigned = select(AssignmentRow).join(CaseRow, col(CaseRow.id) == AssignmentRow.case_id)
    assessed = select(AssessmentRow).join(CaseRow, col(CaseRow.id) == AssessmentRow.case_id)
    asked = session.exec(assigned.where(*ours).order_by(col(AssignmentRow.id)))
    said = session.exec(assessed.where(*ours).order_by(col(AssessmentRow.id)))
    return PanelStanding(
        programme=programme,
        cases={case.id: case for case in load_cases(session, CASES.where(*ours))},
        assignments={(row.member, row.case_id): _to_assignment(row) for row in asked},
        assessments={(row.member, row.case_id): _to_assessment(row) for row in said},
    )


def facts_of(session: Session, programme: Programme) -> PanelFacts | None:
    """What the letters to the panel are made of; None where nobody was asked to read anything."""
    asked = select(AssignmentRow.id).join(CaseRow, col(CaseRow.id) == AssignmentRow.case_id)
    ours = (col(CaseRow.programme) == programme.slug, col(CaseRow.round) == programme.round.key)
    if session.exec(asked.where(*ours).limit(1)).first() is None:
        return None
    standing = standing_of(session, programme)
    forms = _forms(session, {one.form for one in standing.assignments.values()})
    return PanelFacts(
        standing=standing,
        files={id: form.understanding.attachments for id, form in forms.items()},
        bounced=_bounced(session, programme),
        requests=_requests(session, programme),
    )


def letters_to_panel(session: Session, programme: Programme) -> tuple[Letter, ...]:
    """The sheets and reminders of the programme's round, in order of writing."""
    of_panel = LETTERS.where(
        col(LetterRow.programme) == programme.slug,
        col(LetterRow.kind).in_([LetterKind.SCORING_SHEET, LetterKind.SCORING_REMINDER]),
    )
    found = load_letters(session, of_panel)
    return tuple(letter for letter in found if letter.key.split("/")[2] == programme.round.key)


def newest_forms(session: Session, programme: Programme, cases: Iterable[Case]) -> dict[int, int]:
    """The message with the newest form of each of these cases that can be read, by the case's
    id."""
    found: dict[int, int] = {}
    for some in chunks(sorted(case.id for case in cases)):
        ids = (
            select(MessageCaseRow.message_id)
            .join(MessageRow, col(MessageRow.id) == col(MessageCaseRow.message_id))
            .where(
                col(MessageCaseRow.case_id).in_(some),
                col(MessageRow.kind) == MessageKind.APPLICATION,
                col(MessageRow.programme) == programme.slug,
            )
        )
        for message in load_messages(session, MESSAGES.where(col(MessageRow.id).in_(ids))):
            if not message.understanding.is_unreadable:
                found |= dict.fromkeys(message.case_ids, message.id)
    return found


def _forms(session: Session, ids: Iterable[int]) -> Mapping[int, RecordedMessage]:
    return {
        message.id: message
        for some in chunks(sorted(ids))
        for message in load_messages(session, MESSAGES.where(col(MessageRow.id).in_(some)))
    }


def _requests(session: Session, programme: Programme) -> tuple[ScoreRequest, ...]:
    ours = (
        col(ScoreRequestRow.programme) == programme.slug,
        col(ScoreRequestRow.round) == programme.round.key,
    )
    found = select(ScoreRequestRow).where(*ours).order_by(col(ScoreRequestRow.id))
    return tuple(
        ScoreRequest(known_id(row.id), row.member, row.actor, row.at) for row in session.exec(found)
    )


def _bounced(session: Session, programme: Programme) -> frozenset[str]:
    """The members from whom a letter to the panel came back and who have not written since."""
    dead: set[str] = set()
    for member in programme.panel:
        email = member.address.email
        sent = select(LetterRow.message_id).where(
            col(LetterRow.recipient_email) == email,
            col(LetterRow.kind).in_([LetterKind.SCORING_SHEET, LetterKind.SCORING_REMINDER]),
        )
        ours = frozenset(session.exec(sent))
        told = (col(MessageRow.kind) == MessageKind.BOUNCE) & (
            col(MessageRow.understanding).contains(email, autoescape=True)
        )
        written = col(MessageRow.sender_email) == email
        for message in load_messages(session, MESSAGES.where(told | written)) if ours else ():
            understanding = message.understanding
            if email not in understanding.bounced:
                dead.discard(email)
            elif ours.intersection((*understanding.bounced_letters, *_answered(message))):
                dead.add(email)
    return frozenset(dead)


def _answered(message: RecordedMessage) -> tuple[str, ...]:
    head = message.understanding.head
    return (*head.in_reply_to, *head.references)


def _to_assignment(row: AssignmentRow) -> Assignment:
    return Assignment(
        id=known_id(row.id),
        case_id=row.case_id,
        member=row.member,
        form=row.form,
        by=row.actor,
        at=row.at,
    )


def _to_assessment(row: AssessmentRow) -> Assessment:
    return Assessment(
        id=known_id(row.id),
        case_id=row.case_id,
        member=row.member,
        scoring=load_scoring(row.scoring),
        message_id=row.message_id,
        at=row.at,
    )

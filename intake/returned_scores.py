"""Scores that came by e-mail: taken only where a trusted server vouches for the sender and they are
on the panel now; a sheet must be the one that was made for them. Anything less waits for a person.

Everything here happens inside the caller's one transaction.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from storage import panels
from storage.domain.decision import Effect
from storage.domain.message import Understanding
from storage.domain.programme import Programme
from storage.domain.returned_sheet import NO_ROW, ScoringResult
from storage.domain.scoring import judge_scores, refuse_scoring_origin
from storage.domain.scoring_sheet import ReturnedScores


def take_scores(
    session: Session,
    message_id: int,
    understanding: Understanding,
    programme: Programme,
    *,
    secret: bytes,
    now: datetime,
) -> tuple[ScoringResult, ...]:
    """What came of the scores of this message, row by row; nothing where it has none or where its
    sender has no say. Rows that are good are recorded, whatever the others are."""
    returned, sender = understanding.scores, understanding.vouched_sender
    if returned is None or sender is None or programme.panel_member(sender) is None:
        return ()
    refusal = _refusal(returned, programme, sender, secret)
    if refusal is not None:
        in_the_text = tuple(row for row in returned.rows if row.line is None)
        returned = replace(returned, rows=in_the_text)
    standing = panels.standing_of(session, programme)
    judged = judge_scores(returned, standing, sender)
    panels.record(session, judged, member=sender, message_id=message_id, now=now)
    refused = (ScoringResult(NO_ROW, Effect.REFUSED, problems=(refusal,)),) if refusal else ()
    return (*refused, *(one.as_result() for one in judged))


def _refusal(
    returned: ReturnedScores, programme: Programme, member: str, secret: bytes
) -> str | None:
    if returned.origin is None:
        return returned.problem
    return refuse_scoring_origin(returned.origin, programme, member, secret)

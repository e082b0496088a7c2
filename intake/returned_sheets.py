"""A decision sheet that came back by e-mail: taken only where three things hold. A trusted server
vouches for the sender, the sender is an organiser of the programme now, and the sheet's token is
ours. Anything less waits for a person.

Everything here happens inside the caller's one transaction.
"""

from datetime import datetime

from sqlmodel import Session

from storage import standings
from storage.domain.deciding import Judged, judge_sheet, refuse_origin
from storage.domain.decision import Effect
from storage.domain.message import Understanding
from storage.domain.programme import Programme
from storage.domain.returned_sheet import NO_ROW, SheetResult

REASON = "Decided on the sheet that was sent by e-mail."
"""Stands with a decision whose row gives no reason of its own."""


def take_sheet(
    session: Session,
    understanding: Understanding,
    programme: Programme,
    *,
    secret: bytes,
    now: datetime,
) -> tuple[SheetResult, ...]:
    """What came of the sheet of this message, row by row; nothing where it has none or where its
    sender has no say. Rows that are good are recorded, whatever the others are."""
    sheet, sender = understanding.decision_sheet, understanding.vouched_sender
    if sheet is None or sender is None or programme.organiser(sender) is None:
        return ()
    refusal = refuse_origin(sheet.origin, programme, secret)
    if refusal is not None:
        return (SheetResult(NO_ROW, Effect.REFUSED, problems=(refusal,)),)
    judged = judge_sheet(sheet.rows, standings.standing_of(session, programme), reason=REASON)
    standings.record(session, judged, by=sender, now=now)
    return tuple(_to_result(one) for one in judged)


def _to_result(judged: Judged) -> SheetResult:
    ruling = judged.ruling
    return SheetResult(
        reference=judged.reference,
        effect=judged.effect,
        outcome=ruling.outcome if ruling else None,
        amount=ruling.amount if ruling else None,
        problems=judged.problems,
    )

"""What the rows of an export tell, by the names they have there, and where each value stands."""

from collections.abc import Mapping
from typing import Any

from storage.award_rows import AgreementRow, AwardDetailsRow, EventAnswerRow
from storage.round_rows import DecisionRow, ExtensionRow, ReleasedOutcomeRow
from storage.rows import CaseRow, EventRow, LetterRow, MessageRow

Columns = Mapping[str, Any]

CASE: Columns = {
    "id": CaseRow.id,
    "reference": CaseRow.reference,
    "round": CaseRow.round,
    "state": CaseRow.state,
    "opened_at": CaseRow.opened_at,
    "title": CaseRow.title,
    "name": CaseRow.contact_name,
    "email": CaseRow.contact_email,
    "phone": CaseRow.contact_phone,
    "role": CaseRow.contact_role,
    "organisation": CaseRow.contact_organisation,
    "area": CaseRow.area,
    "summary": CaseRow.summary,
    "senior_leader": CaseRow.senior_leader,
    "partners": CaseRow.partners,
    "team": CaseRow.team,
    "custom": CaseRow.custom,
    "nominated_by": CaseRow.nominated_by,
}
MESSAGE: Columns = {
    "id": MessageRow.id,
    "received_at": MessageRow.received_at,
    "sender": MessageRow.sender_email,
    "subject": MessageRow.understanding,
    "kind": MessageRow.kind,
    "rule": MessageRow.rule,
    "hold": MessageRow.hold,
    "changed": MessageRow.changed,
    "state": MessageRow.state,
    "reason": MessageRow.reason,
    "size": MessageRow.size,
    "message_id": MessageRow.rfc_message_id,
    "sha256": MessageRow.sha256,
}
LETTER: Columns = {
    "id": LetterRow.id,
    "kind": LetterRow.kind,
    "case": CaseRow.reference,
    "answers": LetterRow.cause,
    "recipient": LetterRow.recipient_email,
    "recipient_name": LetterRow.recipient_name,
    "subject": LetterRow.subject,
    "state": LetterRow.state,
    "rule": LetterRow.rule,
    "created_at": LetterRow.created_at,
    "sent_at": LetterRow.sent_at,
    "attempts": LetterRow.attempts,
    "server_reply": LetterRow.server_reply,
    "pack_version": LetterRow.pack_version,
    "template_version": LetterRow.template_version,
    "message_id": LetterRow.message_id,
    "key": LetterRow.key,
}
DECISION: Columns = {
    "id": DecisionRow.id,
    "case": CaseRow.reference,
    "at": DecisionRow.at,
    "by": DecisionRow.actor,
    "outcome": DecisionRow.outcome,
    "amount": DecisionRow.amount,
    "feedback": DecisionRow.feedback,
    "reason": DecisionRow.reason,
    "lifted": DecisionRow.lifted,
}
OUTCOME: Columns = {
    "id": ReleasedOutcomeRow.id,
    "case": CaseRow.reference,
    "at": ReleasedOutcomeRow.at,
    "by": ReleasedOutcomeRow.actor,
    "not_before": ReleasedOutcomeRow.not_before,
    "outcome": ReleasedOutcomeRow.outcome,
    "amount": ReleasedOutcomeRow.amount,
    "feedback": ReleasedOutcomeRow.feedback,
}
EXTENSION: Columns = {
    "id": ExtensionRow.id,
    "round": ExtensionRow.round,
    "case": CaseRow.reference,
    "closes_at": ExtensionRow.closes_at,
    "reason": ExtensionRow.reason,
    "by": ExtensionRow.actor,
    "at": ExtensionRow.at,
}
AWARD: Columns = {
    "id": AwardDetailsRow.id,
    "case": CaseRow.reference,
    "at": AwardDetailsRow.at,
    "by": AwardDetailsRow.actor,
    "message": AwardDetailsRow.message_id,
    "told": AwardDetailsRow.told,
}
AGREEMENT: Columns = {
    "id": AgreementRow.id,
    "case": CaseRow.reference,
    "at": AgreementRow.at,
    "by": AgreementRow.actor,
    "message": AgreementRow.message_id,
    "stage": AgreementRow.stage,
    "name": AgreementRow.name,
    "size": AgreementRow.size,
    "sha256": AgreementRow.sha256,
}
EVENT_ANSWER: Columns = {
    "id": EventAnswerRow.id,
    "case": CaseRow.reference,
    "at": EventAnswerRow.at,
    "message": EventAnswerRow.message_id,
    "event": EventAnswerRow.event,
    "comes": EventAnswerRow.comes,
}
EVENT: Columns = {
    "id": EventRow.id,
    "at": EventRow.at,
    "by": EventRow.actor,
    "what": EventRow.what,
    "case": CaseRow.reference,
    "message": EventRow.message_id,
    "letter": EventRow.letter_id,
    "detail": EventRow.detail,
}

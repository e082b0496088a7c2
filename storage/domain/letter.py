"""Letters: what is due, what waits in the outbox, what was sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.domain.people import Address


class LetterKind(StrEnum):
    """One template and one module of `responders/kinds` each."""

    APPLICATION_PACK = "application_pack"
    DETAILS_REQUEST = "details_request"
    NOMINATION_RECEIPT = "nomination_receipt"
    APPLICATION_RECEIPT = "application_receipt"
    LATE_RECEIPT = "late_receipt"
    ATTACHMENT_PROBLEM = "attachment_problem"
    ACKNOWLEDGEMENT = "acknowledgement"
    UPDATE_RECEIPT = "update_receipt"
    WITHDRAWAL_CONFIRMATION = "withdrawal_confirmation"
    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"


class LetterState(StrEnum):
    """QUEUED and DEFERRED wait for their turn, SENDING is claimed, HELD waits for a person;
    SENT, FAILED and DISCARDED are final (a person may still release a failed or held one)."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    HELD = "held"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Due:
    """A letter that ought to exist now.

    `key` is unique for all time and says what the letter answers (`application_pack/case:42`,
    `acknowledgement/message:7`): asking twice is harmless. `cause` is the message it answers,
    None where it answers none. `hold` names the rule for which a person must release it.
    """

    kind: LetterKind
    key: str
    recipient: Address
    case_id: int | None = None
    cause: int | None = None
    hold: str | None = None


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A rendered letter, ready for the outbox. Its bytes on the wire are `content` followed by
    the archived enclosure of `enclosure_sha256` (a pack is encoded once, not once a letter)."""

    due: Due
    programme: str
    message_id: str
    subject: str
    content: bytes
    template_version: str
    enclosure_sha256: str | None = None
    pack_version: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the outbox. `rule` is why it is held, failed or discarded; `server_reply` is
    what the transport's server said last."""

    id: int
    key: str
    kind: LetterKind
    programme: str
    case_id: int | None
    cause: int | None
    recipient: Address
    message_id: str
    subject: str
    state: LetterState
    created_at: datetime
    not_before: datetime
    attempts: int = 0
    sent_at: datetime | None = None
    rule: str | None = None
    server_reply: str | None = None
    template_version: str = ""
    pack_version: int | None = None

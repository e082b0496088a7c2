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
    DEADLINE_REMINDER = "deadline_reminder"
    EXTENSION_NOTICE = "extension_notice"
    PACK_REISSUE = "pack_reissue"
    OUTCOME_FUNDED = "outcome_funded"
    OUTCOME_RESERVE = "outcome_reserve"
    OUTCOME_NOT_FUNDED = "outcome_not_funded"
    OUTCOME_CHASE = "outcome_chase"
    DIGEST = "digest"
    CLOSING_NOTICE = "closing_notice"
    DECISIONS_RECEIPT = "decisions_receipt"
    ACTION_RECEIPT = "action_receipt"
    ORGANISER_ANSWER = "organiser_answer"
    PLACE_INVITATION = "place_invitation"
    PLACE_OFFER = "place_offer"
    PLACE_CHASE = "place_chase"
    PLACE_CONFIRMED = "place_confirmed"
    WAITING_LIST = "waiting_list"
    JOINING_INSTRUCTIONS = "joining_instructions"
    COHORT_REMINDER = "cohort_reminder"
    NOMINATION_OUTCOME = "nomination_outcome"
    NOMINATION_PICTURE = "nomination_picture"
    LEAD_ANSWER = "lead_answer"
    SCORING_SHEET = "scoring_sheet"
    SCORING_RECEIPT = "scoring_receipt"
    SCORING_REMINDER = "scoring_reminder"
    AWARD_DETAILS = "award_details"
    AWARD_RECEIPT = "award_receipt"
    AWARD_CHASE = "award_chase"
    MOU = "mou"
    MOU_RECEIPT = "mou_receipt"
    MOU_CHASE = "mou_chase"
    MOU_COUNTERSIGNED = "mou_countersigned"
    INTRODUCTION = "introduction"
    INVITATION = "invitation"
    WATCH_NOTICE = "watch_notice"
    WATCH_ALL_CLEAR = "watch_all_clear"

    @property
    def answers_message(self) -> bool:
        """False for the letters that nobody wrote for: they follow from the time or from what
        organisers do."""
        return self not in _UNASKED

    @property
    def is_alarm(self) -> bool:
        """True for the letters about Postroom itself, which no cap and no breaker may stop: they
        are few by their own rule."""
        return self in (LetterKind.WATCH_NOTICE, LetterKind.WATCH_ALL_CLEAR)

    @property
    def is_outcome(self) -> bool:
        """True for the letters of which nobody may ever get a second copy."""
        return self in (
            LetterKind.OUTCOME_FUNDED,
            LetterKind.OUTCOME_RESERVE,
            LetterKind.OUTCOME_NOT_FUNDED,
        )


_UNASKED = frozenset(
    {
        LetterKind.DEADLINE_REMINDER,
        LetterKind.EXTENSION_NOTICE,
        LetterKind.PACK_REISSUE,
        LetterKind.OUTCOME_FUNDED,
        LetterKind.OUTCOME_RESERVE,
        LetterKind.OUTCOME_NOT_FUNDED,
        LetterKind.OUTCOME_CHASE,
        LetterKind.DIGEST,
        LetterKind.CLOSING_NOTICE,
        LetterKind.PLACE_INVITATION,
        LetterKind.PLACE_OFFER,
        LetterKind.PLACE_CHASE,
        LetterKind.PLACE_CONFIRMED,
        LetterKind.WAITING_LIST,
        LetterKind.JOINING_INSTRUCTIONS,
        LetterKind.COHORT_REMINDER,
        LetterKind.NOMINATION_PICTURE,
        LetterKind.SCORING_SHEET,
        LetterKind.SCORING_REMINDER,
        LetterKind.AWARD_DETAILS,
        LetterKind.AWARD_CHASE,
        LetterKind.MOU,
        LetterKind.MOU_CHASE,
        LetterKind.MOU_COUNTERSIGNED,
        LetterKind.INTRODUCTION,
        LetterKind.INVITATION,
        LetterKind.WATCH_NOTICE,
        LetterKind.WATCH_ALL_CLEAR,
    }
)


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


IN_DOUBT = "in_doubt"
"""The rule that holds a letter whose process died while it was being sent: an outcome, or twice."""

RESTORED = "restored"
"""The rule of every letter that waits because the ledger was put back."""

UNCERTAIN = (IN_DOUBT, RESTORED)
"""The rules that hold letters which may have arrived."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a letter asks an organiser to deal with, under this number: a message that
    only a person can answer, a letter that has not left, or both, and the case that it is of."""

    number: int
    case_id: int | None = None
    message_id: int | None = None
    letter_id: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A letter that ought to exist now.

    `key` is unique for all time and says what the letter answers (`application_pack/case:42`,
    `acknowledgement/message:7`): asking twice is harmless. `cause` is the message it answers,
    None where it answers none. `hold` names the rule for which a person must release it, `skip`
    the one by which it is left out for good: that is written down in its place. `told_until` is the
    line of the history up to which a digest tells, `tasks` what it asks an organiser to deal with.
    """

    kind: LetterKind
    key: str
    recipient: Address
    case_id: int | None = None
    cause: int | None = None
    hold: str | None = None
    skip: str | None = None
    told_until: int | None = None
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A rendered letter, ready for the outbox. Its bytes on the wire are `content` followed by
    the archived enclosure of `enclosure_sha256` (a pack is encoded once, not once a letter).
    `source` is the Markdown that it was made of, its subject in the first line; None where nobody
    is to edit it."""

    due: Due
    programme: str
    message_id: str
    subject: str
    content: bytes
    template_version: str
    enclosure_sha256: str | None = None
    pack_version: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the outbox. `rule` is why it is held, failed or discarded; `server_reply` is
    what the transport's server said last, `edited_by` who changed its text by hand, `spent_by` the
    message whose words about its `tasks` were followed. One that was left out has no bytes, and was
    never written: its `message_id` and `subject` are empty."""

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
    told_until: int | None = None
    edited_by: str | None = None
    tasks: tuple[Task, ...] = ()
    spent_by: int | None = None

    @property
    def due(self) -> Due:
        """The letter as it was due, to be written anew."""
        return Due(
            kind=self.kind,
            key=self.key,
            recipient=self.recipient,
            case_id=self.case_id,
            cause=self.cause,
            told_until=self.told_until,
            tasks=self.tasks,
        )

    @property
    def is_left_out(self) -> bool:
        """True for one that was never written: its rule says why."""
        return not self.message_id

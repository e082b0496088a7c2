"""What a message is and what was understood from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.domain.acting import Acted, Instructions
from storage.domain.answers import Answer
from storage.domain.award import AwardReply
from storage.domain.decision_sheet import DecisionSheet
from storage.domain.people import Address, Contact, Nominee
from storage.domain.placement import Reply
from storage.domain.returned_sheet import ScoringResult, SheetResult
from storage.domain.scoring_sheet import ReturnedScores


class MessageKind(StrEnum):
    """What a message is, as a careful person in the office would say. ORGANISER: an organiser's own
    answer to an applicant, or words that have us act."""

    EXPRESSION = "expression"
    NOMINATION = "nomination"
    APPLICATION = "application"
    FOLLOW_UP = "follow_up"
    QUESTION = "question"
    WITHDRAWAL = "withdrawal"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    BULK = "bulk"
    ORGANISER = "organiser"
    UNCLEAR = "unclear"

    @property
    def is_machine(self) -> bool:
        """True for the kinds that are stored, never answered and never change a case."""
        return self in (MessageKind.BOUNCE, MessageKind.AUTO_REPLY, MessageKind.BULK)

    @property
    def is_outsiders(self) -> bool:
        """True for what a person writes who is no organiser at work."""
        return not self.is_machine and self is not MessageKind.ORGANISER


class Action(StrEnum):
    """What ought to be done about a message, before any rule holds the answer back."""

    PACK = "pack"
    ASK = "ask"
    RECEIPT = "receipt"
    NOMINATION_RECEIPT = "nomination_receipt"
    ACKNOWLEDGE = "acknowledge"
    UPDATE = "update"
    WITHDRAWN = "withdrawn"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands: `start` and `end` are character offsets into the text of `source`.

    Sources: `body` (the decoded text), `subject`, `header:<Name>`, `attachment:<index>`.
    """

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A value found in a message: which field, by which method, how sure (0 to 1), where."""

    field: str
    value: str
    method: str
    confidence: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What triage says: the kind, the named rule that decided it, and, where an automatic
    answer must wait for a person, the named rule that holds it."""

    kind: MessageKind
    rule: str
    hold: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The headers that matter after parsing, decoded. Message-IDs keep their angle brackets.

    `sender` is None where From gives no single unambiguous address; `recipients` are To, Cc and
    the delivery headers, lower case; `date` is the sender's claim and decides nothing.
    """

    sender: Address | None
    subject: str
    message_id: str | None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    date: datetime | None = None


SCAN = "a scan: a picture of the text"
"""The problem of a file that a person can read and no machine."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message. `name` is untrusted text, `sha256` its place in the
    archive, `problem` why it could not be read, in words (None: it is fine)."""

    name: str
    media_type: str
    size: int
    sha256: str
    problem: str | None = None

    @property
    def is_lost(self) -> bool:
        """True where a person can't read it either."""
        return self.problem not in (None, SCAN)


TOO_BIG = "message_too_big"
"""The rule of a message of which only the headers were read."""

DECISION_SHEET = "decision_sheet"
"""The rule of an organiser's message that brings a decision sheet back."""

INSTRUCTIONS = "instructions"
"""The rule of a message that has us act, or would if its sender's word counted: no automatic letter
but the receipt answers it."""

ORGANISER_REPLY = "organiser_reply"
"""The rule of an organiser's own answer to an applicant."""

SCORES = "scores"
"""The rule of a panel member's message that tells scores."""

PANEL_MEMBER = "panel_member"
"""The rule of what a panel member writes beside: it is for a person, and no application."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that one message says, before the ledger is asked what it belongs to.

    `answer_to` is the one address an answer may go to, None where there is none. `bounced` are the
    addresses a bounce reports, `bounced_letters` the Message-IDs it names. `answers` are those of
    an application form that came back, `custom` the programme's own fields, key and value, `rules`
    the names of its own rules that matched. `is_vouched`: a trusted server vouches that the sender
    is who From says. `decision_sheet` came with the message of an organiser, `scores` with or in
    that of a member of the panel; `instructions` are the words by which somebody would have us
    act. `fingerprint` is the
    same for the same new text, whoever sends it; None for a short one. `reply` is what it
    says if it answers an outcome, or in a cohort programme the offer of a place; there,
    `told_address` is the one address in it that is not its writer's, and `asks_for_lead` that it
    wants to know who leads the nominations. `award` is what counts if its case is funded.
    """

    head: Head
    verdict: Verdict
    answer_to: Address | None = None
    contact: Contact = Contact()
    title: str | None = None
    summary: str | None = None
    area: str | None = None
    senior_leader: str | None = None
    partners: tuple[str, ...] = ()
    nominees: tuple[Nominee, ...] = ()
    team: str | None = None
    bounced: tuple[str, ...] = ()
    bounced_letters: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    answers: tuple[Answer, ...] = ()
    custom: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    fingerprint: str | None = None
    is_vouched: bool = False
    decision_sheet: DecisionSheet | None = None
    scores: ReturnedScores | None = None
    instructions: Instructions | None = None
    reply: Reply | None = None
    told_address: str | None = None
    asks_for_lead: bool = False
    award: AwardReply | None = None

    @property
    def vouched_sender(self) -> str | None:
        """The address whose word may change what organisers decide and the panel scores: a trusted
        server vouches for it, and a person wrote. None: nobody's."""
        is_persons = self.is_vouched and not self.verdict.kind.is_machine
        return self.head.sender.email if is_persons and self.head.sender else None

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of name, phone, organisation, area, summary an expression or nomination does not
        give."""
        if self.verdict.kind not in (MessageKind.EXPRESSION, MessageKind.NOMINATION):
            return ()
        told = {
            "name": self.contact.name,
            "phone": self.contact.phone,
            "organisation": self.contact.organisation,
            "area": self.area,
            "summary": self.summary,
        }
        return tuple(field for field, value in told.items() if not value)

    @property
    def is_unreadable(self) -> bool:
        """True where somebody sent us something of which nobody can read anything: a message too
        big to be read, an application whose files are all refused."""
        if self.verdict.rule == TOO_BIG:
            return True
        is_form = self.verdict.kind is MessageKind.APPLICATION
        lost = [attachment.is_lost for attachment in self.attachments]
        return is_form and not self.answers and bool(lost) and all(lost)

    @property
    def action(self) -> Action:
        if self.verdict.kind is MessageKind.EXPRESSION:
            return Action.PACK if self.summary else Action.ASK
        return _ACTIONS[self.verdict.kind]


_ACTIONS = {
    MessageKind.NOMINATION: Action.NOMINATION_RECEIPT,
    MessageKind.APPLICATION: Action.RECEIPT,
    MessageKind.FOLLOW_UP: Action.UPDATE,
    MessageKind.QUESTION: Action.ACKNOWLEDGE,
    MessageKind.ORGANISER: Action.NONE,
    MessageKind.UNCLEAR: Action.ACKNOWLEDGE,
    MessageKind.WITHDRAWAL: Action.WITHDRAWN,
    MessageKind.BOUNCE: Action.NONE,
    MessageKind.AUTO_REPLY: Action.NONE,
    MessageKind.BULK: Action.NONE,
}


@dataclass(frozen=True, slots=True)
class RecordedMessage:
    """A message as the ledger holds it, once understood and recorded.

    `received_at` is the mailbox server's time. `case_ids` are the cases it opened or belongs to;
    `changed` names the fields of its case that it changed (`summary`, `contact.phone`, …),
    `results` are those of a decision sheet that came with it and was taken, `scores` those of what
    a member of the panel told, `acted` what an organiser's words in it did.
    """

    id: int
    sha256: str
    programme: str
    received_at: datetime
    understanding: Understanding
    case_ids: tuple[int, ...] = ()
    changed: tuple[str, ...] = ()
    results: tuple[SheetResult, ...] = ()
    scores: tuple[ScoringResult, ...] = ()
    acted: Acted | None = None

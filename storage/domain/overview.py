"""A programme as a whole at one instant: what its organisers are told of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.domain.award_standing import AwardLine
from storage.domain.case import CaseState
from storage.domain.decision import Outcome
from storage.domain.letter import LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.placement import Reply
from storage.domain.reconciling import Reconciliation
from storage.domain.watch import Trouble


@dataclass(frozen=True, slots=True)
class CaseLine:
    """How far one case of the round has come, without what its applicants wrote.

    `form_at` is when its first form came, `is_late` whether that was after the closing that holds
    for it, `closes_at`. `decision` is what organisers recorded, `outcome` what of it they released,
    `told_at` when the letter about it left, `heard_at` when somebody of the case last wrote, and
    `reply` what they answered to it, as far as that was understood.
    """

    id: int
    reference: str
    state: CaseState
    area: str | None
    organisation: str | None
    title: str | None
    opened_at: datetime
    closes_at: datetime
    pack_sent_at: datetime | None = None
    form_at: datetime | None = None
    is_late: bool = False
    decision: Outcome | None = None
    outcome: Outcome | None = None
    told_at: datetime | None = None
    heard_at: datetime | None = None
    reply: Reply | None = None

    @property
    def has_answered(self) -> bool:
        """True once somebody of the case has written since they were told the outcome."""
        told, heard = self.told_at, self.heard_at
        return told is not None and heard is not None and heard > told


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A nominee of a cohort programme and their place: in `cohort`, or with `is_waiting` on the
    list. `offered_at` is when the letter that offered it left, `heard_at` when somebody of the
    case last wrote."""

    case_id: int
    reference: str
    name: str | None
    area: str | None
    state: CaseState
    cohort: int | None = None
    is_waiting: bool = False
    offered_at: datetime | None = None
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A letter that has not left and ought to have: it is held for a person, has failed, or waits
    for longer than is usual."""

    id: int
    kind: LetterKind
    state: LetterState
    rule: str | None
    case_id: int | None
    cause: int | None
    recipient: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PersonsMessage:
    """A message that a person must deal with: a question, one that is not clear, one whose answer
    was held before it could be written (`hold`), or one that nobody could read (`kind` is None,
    `reason` says why). `sender` is the address that it came from."""

    id: int
    received_at: datetime
    kind: MessageKind | None
    hold: str | None = None
    reason: str | None = None
    sender: str | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of the history that organisers may be told of; `actor` is None where no person asked
    for it. Where it says that a message was
    recorded, `kind` and `received_at` are those of the message, and `bounced` are the addresses
    that it reports."""

    id: int
    at: datetime
    actor: str | None
    what: str
    case_id: int | None = None
    message_id: int | None = None
    letter_id: int | None = None
    detail: Mapping[str, str] = field(default_factory=dict)
    kind: MessageKind | None = None
    received_at: datetime | None = None
    bounced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """`cases` are those of the round, `messages` those of the programme that a person must deal
    with, each in order. `lines` are of the history after the first line of which some organiser
    has not been told yet; `last_event` is its newest line, 0 before the first, and `begins_at` the
    time of the programme's first. `withdrawn` says at which line a digest came to nothing, by its
    letter's id. `unread` counts the messages that wait to be understood for longer than is
    usual. `places` are those of a cohort programme, its nominees in order, `awards` those of a
    grant call. `troubles` are those that are not over, or were only lately; `reconciled` is how its
    mailbox last stood against the ledger, None where nobody has looked yet."""

    cases: tuple[CaseLine, ...] = ()
    letters: tuple[WaitingLetter, ...] = ()
    messages: tuple[PersonsMessage, ...] = ()
    lines: tuple[HistoryLine, ...] = ()
    last_event: int = 0
    begins_at: datetime | None = None
    withdrawn: Mapping[int, int] = field(default_factory=dict)
    unread: int = 0
    places: tuple[PlaceLine, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    awards: tuple[AwardLine, ...] = ()
    reconciled: Reconciliation | None = None

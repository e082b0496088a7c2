"""The award of a funded project: what is asked of whoever receives the money, the agreement on its
way from us and back, who agreed to be introduced, and events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage.domain.placement import Reply

LONGEST_DETAIL = 300
"""Characters of a detail: a whole postal address, and what fits into an agreement."""


class DetailShape(StrEnum):
    """What a detail is: TEXT in a line, an EMAIL, a PHONE, or YES_NO."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class AwardDetail:
    """A detail that is asked for. `label` is what letters and the form call it, `labels` are other
    names by which it is known in an answer, `help` says what is meant."""

    key: str
    label: str
    labels: tuple[str, ...] = ()
    help: str = ""
    shape: DetailShape = DetailShape.TEXT
    is_required: bool = True


INTRODUCTIONS = AwardDetail(
    key="introductions",
    label="May we introduce you to the other funded projects",
    labels=("Introductions", "Introduce us", "May we introduce you"),
    help="Yes or no. With a yes, the other projects that said yes are told the name of your "
    "project, your organisation, your name and your e-mail address, and you are told theirs.",
    shape=DetailShape.YES_NO,
    is_required=False,
)
"""Asked where a programme introduces its projects to each other."""

DEFAULT_DETAILS = (
    AwardDetail(
        "organisation",
        "Organisation that receives the money",
        ("Receiving organisation", "Organisation", "Name of organisation", "Organisation name"),
    ),
    AwardDetail(
        "department",
        "Finance department",
        ("Department", "Finance team", "Receiving finance department"),
    ),
    AwardDetail(
        "contact",
        "Finance contact",
        ("Finance contact name", "Contact name", "Contact", "Name", "Contact person"),
        "Whom our finance team can ring or write to.",
    ),
    AwardDetail(
        "email",
        "E-mail of the finance contact",
        ("Email of the finance contact", "E-mail", "Email", "Finance email", "Contact email"),
        shape=DetailShape.EMAIL,
    ),
    AwardDetail(
        "phone",
        "Telephone of the finance contact",
        ("Telephone", "Phone", "Tel", "Telephone number", "Finance telephone", "Contact phone"),
        shape=DetailShape.PHONE,
    ),
    AwardDetail(
        "reference",
        "Purchase order or invoice reference",
        ("Purchase order", "PO number", "PO", "Invoice reference", "Reference", "PO reference"),
        "What has to stand on the payment.",
    ),
    AwardDetail(
        "signatory",
        "Who signs the agreement for your organisation",
        ("Signatory", "Who signs", "Signed by"),
        "Their name and post.",
    ),
)
"""What is asked for where a programme says nothing else. Never an account number."""

YES, NO = "yes", "no"
"""The values of a detail of the shape YES_NO."""


@dataclass(frozen=True, slots=True)
class Award:
    """How a grant programme makes its awards. Letters ask for an answer within `reply_within_days`
    and are followed by a nudge after each of `chase_after_days`, both working days. The work runs
    from `starts_on` to `ends_on`. `signatory` and `signatory_post` are who signs for the programme.
    Projects that agreed are introduced to each other from `introductions_at` on; None: never. With
    `holds_agreements` a person looks at each agreement before it leaves."""

    details: tuple[AwardDetail, ...] = DEFAULT_DETAILS
    reply_within_days: int = 10
    chase_after_days: tuple[int, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    signatory: str = ""
    signatory_post: str = ""
    introductions_at: datetime | None = None
    holds_agreements: bool = False

    @property
    def asked(self) -> tuple[AwardDetail, ...]:
        """All that is asked for, in the order of the letter."""
        return (*self.details, INTRODUCTIONS) if self.introductions_at else self.details

    def finance_address(self, told: Mapping[str, str]) -> str | None:
        """Where whoever receives the money is reached: the first address that is asked for."""
        addresses = (told.get(one.key) for one in self.details if one.shape is DetailShape.EMAIL)
        return next((address for address in addresses if address), None)


@dataclass(frozen=True, slots=True)
class ProgrammeEvent:
    """A masterclass or a workshop to which funded projects are invited `invite_before` it begins:
    those of `areas` (keys; none: all). `where` is a place or how to get in, `link` an address."""

    key: str
    title: str
    starts_at: datetime
    length: timedelta = timedelta(hours=1)
    where: str = ""
    link: str = ""
    about: str = ""
    areas: tuple[str, ...] = ()
    invite_before: timedelta = timedelta(days=28)
    is_cancelled: bool = False


class AgreementStage(StrEnum):
    """RETURNED: signed by the organisation that receives the money. COUNTERSIGNED: by both."""

    RETURNED = "returned"
    COUNTERSIGNED = "countersigned"


@dataclass(frozen=True, slots=True)
class AwardDetails:
    """All that was known of whoever receives the award once a message (`message_id`) or an
    organiser (None) told it: `told` by key. A later one stands in its place."""

    id: int
    case_id: int
    told: Mapping[str, str]
    message_id: int | None
    by: str
    at: datetime

    @property
    def for_the_agreement(self) -> Mapping[str, str]:
        """What stands in the agreement: everything but whether they want to be introduced."""
        return {key: value for key, value in self.told.items() if key != INTRODUCTIONS.key}


@dataclass(frozen=True, slots=True)
class Agreement:
    """A file of a signed agreement. `name` is untrusted text, `sha256` its place in the archive."""

    id: int
    case_id: int
    stage: AgreementStage
    name: str
    media_type: str
    size: int
    sha256: str
    message_id: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """Whether a funded project comes to an event, by its key."""

    id: int
    case_id: int
    event: str
    comes: bool
    message_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Fellow:
    """Another funded project that agreed to be introduced, and since which of its details."""

    case_id: int
    agreed_by: int
    name: str | None
    organisation: str | None
    title: str | None
    email: str


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file that came with a message and may be a signed agreement."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class AwardReply:
    """What a message says that counts if its case has an award: `told` details by key, `filled` in
    the text that it quotes, `unread` the keys of those that can't be what they ought to be.
    `has_bank_details`: an account number stands in it. `signed` are files that may be a signed
    agreement, as long as nothing `is_doubted`. `reply` is what it says to an invitation."""

    told: tuple[tuple[str, str], ...] = ()
    filled: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()
    has_bank_details: bool = False
    signed: tuple[SignedFile, ...] = ()
    says_signed: bool = False
    is_doubted: bool = False
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """What the ledger knows of the award of one case. All in order of recording."""

    details: tuple[AwardDetails, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    answers: tuple[EventAnswer, ...] = ()
    fellows: tuple[Fellow, ...] = ()

    @property
    def told(self) -> Mapping[str, str]:
        """The details that stand, by key."""
        return self.details[-1].told if self.details else {}

    @property
    def edition(self) -> int | None:
        """Since which of the details the agreement says what it says now; None: nothing is told."""
        return edition_of(self.details)

    @property
    def introduces(self) -> int | None:
        """Since which of the details they agree to be introduced; None: they don't."""
        return agreed_since(self.details)

    def files(self, stage: AgreementStage, since: datetime | None = None) -> tuple[Agreement, ...]:
        """The files of this stage; those that came before `since` are of an earlier agreement."""
        return tuple(
            one for one in self.agreements if one.stage is stage and (not since or one.at >= since)
        )

    def missing(self, award: Award) -> tuple[AwardDetail, ...]:
        """The required details that nobody has told yet."""
        return missing_details(award, self.told)


def missing_details(award: Award, told: Mapping[str, str]) -> tuple[AwardDetail, ...]:
    return tuple(one for one in award.details if one.is_required and not told.get(one.key))


def edition_of(details: Sequence[AwardDetails]) -> int | None:
    """The first of the last details that tell the same for the agreement."""
    edition = None
    for one in reversed(details):
        if one.for_the_agreement != details[-1].for_the_agreement:
            break
        edition = one.id
    return edition


def agreed_since(details: Sequence[AwardDetails]) -> int | None:
    """The first of the last details that say yes to introductions; None: the last say no."""
    since = None
    for one in reversed(details):
        if one.told.get(INTRODUCTIONS.key) != YES:
            break
        since = one.id
    return since

"""Pure: what triage looks at, and what a rule is."""

from collections.abc import Callable
from dataclasses import dataclass, field

from intake.understanding.mime.authentication import Authentication
from intake.understanding.mime.message import Message
from intake.understanding.triage.bounces import Bounce
from intake.understanding.triage.cues import Cues
from storage.domain.message import MessageKind
from storage.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a message before it is classified.

    `new_text` is its text without quoted history, signature, disclaimer and banners (of a
    forwarded expression: the forwarded text). `has_form`: a filled application form is attached
    or pasted. `labels` counts labelled details in it (`Project lead: …`),
    `particulars` what it tells of a project: title, senior leader, partners, area and telephone
    number count one each. `letter` is the text of attached documents that read like letters.
    `our_addresses` are the inboxes and senders of all programmes, lower case.
    """

    message: Message
    new_text: str
    programme: Programme
    has_form: bool = False
    nominee_count: int = 0
    summary: str | None = None
    title: str | None = None
    labels: int = 0
    particulars: int = 0
    letter: str = ""
    forwarded: bool = False
    bounce: Bounce | None = None
    authentication: Authentication = field(default_factory=Authentication)
    our_addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """Evidence with what its wording says, computed once for all rules."""

    evidence: Evidence
    cues: Cues


@dataclass(frozen=True, slots=True)
class Rule:
    """A named reason for a kind. A rule that `yields` stands back where the message reads as
    somebody's own expression, nomination or application: that is then held for a person."""

    name: str
    kind: MessageKind
    matches: Callable[[Reading], bool]
    yields: bool = False

"""Pure: what a message is, by one ordered tuple of named rules: the first that matches decides."""

from dataclasses import dataclass, field

from intake.understanding.authentication import Authentication
from intake.understanding.bounces import Bounce
from intake.understanding.message import Message
from storage.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a message before it is classified.

    `new_text` is its text without quoted history, signature, disclaimer and banners (of a
    forwarded expression: the forwarded text). `has_form`: a filled application form is attached
    or pasted. `labels` counts labelled details in it (`Project lead: …`). `our_addresses` are
    the inboxes and senders of all programmes, lower case.
    """

    message: Message
    new_text: str
    programme: Programme
    has_form: bool = False
    nominee_count: int = 0
    summary: str | None = None
    title: str | None = None
    labels: int = 0
    forwarded: bool = False
    bounce: Bounce | None = None
    authentication: Authentication = field(default_factory=Authentication)
    our_addresses: frozenset[str] = frozenset()

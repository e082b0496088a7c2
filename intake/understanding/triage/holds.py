"""Pure: reasons why an answer to a person's message waits for a person."""

from collections.abc import Callable
from dataclasses import dataclass

from intake.understanding.mime.senders import find_answerable, find_bracketed, find_other_addresses
from intake.understanding.triage.evidence import Evidence

# Second-level names under which organisations register, so that the third label tells them apart.
_REGISTRIES = frozenset(
    ("ac", "co", "com", "gov", "ltd", "me", "mod", "net", "nhs", "org", "plc", "police", "sch")
)


@dataclass(frozen=True, slots=True)
class Hold:
    """A named reason to hold the answer."""

    name: str
    applies: Callable[[Evidence], bool]


def find_hold(evidence: Evidence) -> str | None:
    """The first reason to hold an automatic answer, None where it may go."""
    return next((hold.name for hold in HOLDS if hold.applies(evidence)), None)


def organisation_of(domain: str) -> str:
    """The registered part of a domain: `leadership.nhs.uk` of `mail.leadership.nhs.uk`."""
    labels = domain.lower().strip(".").split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in _REGISTRIES else 2
    return ".".join(labels[-keep:])


def _has_no_sender(evidence: Evidence) -> bool:
    return evidence.message.head.sender is None


def _shows_second_address(evidence: Evidence) -> bool:
    """One address to answer to, and another that a reader may take for it."""
    headers = evidence.message.headers
    has_one = evidence.message.head.sender is not None or len(find_bracketed(headers)) == 1
    return has_one and bool(find_other_addresses(headers))


def _is_from_us(evidence: Evidence) -> bool:
    """From one of our inboxes, or to be answered there, with or without a tag after a plus."""
    sender = find_answerable(evidence.message.headers)
    written = (*evidence.message.reply_to, *((sender.email,) if sender else ()))
    inboxes = evidence.our_addresses | {evidence.programme.inbox}
    return any(_without_tag(email) in inboxes for email in written)


def _without_tag(email: str) -> str:
    local, _, domain = email.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _is_from_organiser(evidence: Evidence) -> bool:
    sender = evidence.message.head.sender
    return sender is not None and evidence.programme.organiser(sender.email) is not None


def _is_from_panel(evidence: Evidence) -> bool:
    sender = evidence.message.head.sender
    return sender is not None and evidence.programme.panel_member(sender.email) is not None


def _fails_dmarc(evidence: Evidence) -> bool:
    return evidence.authentication.dmarc == "fail"


def _is_answered_elsewhere(evidence: Evidence) -> bool:
    """Answers would go to another organisation, and nobody vouches for the sender."""
    sender = evidence.message.head.sender
    if sender is None or evidence.authentication.domain is not None:
        return False
    home = organisation_of(sender.domain)
    elsewhere = (address.rpartition("@")[2] for address in evidence.message.reply_to)
    return any(organisation_of(domain) != home for domain in elsewhere)


HOLDS = (
    Hold("second_address_in_from", _shows_second_address),
    Hold("no_single_sender", _has_no_sender),
    Hold("own_address", _is_from_us),
    Hold("dmarc_fail", _fails_dmarc),
    Hold("reply_to_elsewhere", _is_answered_elsewhere),
    Hold("organiser", _is_from_organiser),
    Hold("panel_member", _is_from_panel),
)

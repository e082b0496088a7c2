"""A letter as it was received on the wire."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WireMessage:
    """Envelope and bytes of one SMTP transaction, addresses in the letter case they came in."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)

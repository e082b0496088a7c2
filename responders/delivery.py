"""Letters of the outbox → the transport: claimed, handed over, marked."""

from dataclasses import dataclass, field

from responders.budgets import Caps


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """How letters leave.

    `only_to` None sends to everybody; else only to the addresses and the whole domains
    (`@leadership.nhs.example`) in it, lower case, and everything else is held. `per_minute` is
    what the transports' servers accept in any minute, all programmes together, None without
    limit. `batch` letters are claimed at once: as many can be in doubt after a crash.
    """

    only_to: tuple[str, ...] | None = None
    per_minute: int | None = None
    caps: Caps = field(default_factory=Caps)
    batch: int = 8

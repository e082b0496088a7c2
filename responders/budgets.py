"""Which letters may leave, and how many: an allow-list, caps, and a breaker against floods.

A letter beyond a cap is held for a person under the cap's name, never dropped. It is judged once,
at its first turn: neither a retry nor what a person released is held back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from storage import events, letters, outbox, restorations
from storage.domain.letter import Letter
from storage.domain.people import Address
from storage.letters import Scope

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

ONLY_TO = "safety.only_to"
"""The rule of every letter to somebody who is not on the allow-list."""

BREAKER = "budget.breaker"
"""The rule of every letter that the tripped breaker stops."""


@dataclass(frozen=True, slots=True)
class Caps:
    """Most automatic letters in any 24 hours to one address, to one domain, about one case and
    in all, over every programme; `breaker_an_hour` in any hour trips the breaker."""

    address_a_day: int = 6
    domain_a_day: int = 500
    case_a_day: int = 8
    overall_a_day: int = 2000
    breaker_an_hour: int = 500


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """How letters leave.

    `only_to` None sends to everybody; else only to the addresses and the whole domains
    (`@leadership.nhs.example`) in it, lower case, and everything else is held. `per_minute` is
    what the transports' servers accept in any minute, all programmes together, None without
    limit.
    """

    only_to: tuple[str, ...] | None = None
    per_minute: int | None = None
    caps: Caps = field(default_factory=Caps)


def may_claim(session: Session, now: datetime, *, settings: DeliverySettings) -> bool:
    """False when as many letters have left within the last minute as may."""
    most = settings.per_minute
    return most is None or outbox.sent_count(session, since=now - MINUTE) < most


def may_reach(address: Address, settings: DeliverySettings) -> bool:
    """Whether the allow-list, where there is one, has the address or its domain."""
    listed = settings.only_to
    return listed is None or address.email in listed or f"@{address.domain}" in listed


def find_refusal(
    session: Session, letter: Letter, now: datetime, *, settings: DeliverySettings
) -> str | None:
    """The rule that keeps this claimed letter from leaving, None when it may leave. The allow-list
    holds whatever a person has released; caps, breaker and a restored ledger do not, and the first
    two stop no letter about Postroom itself.

    The breaker stays open until a person has released or discarded everything it stopped; the
    first letter that it stops leaves `breaker_tripped` in the history.
    """
    if not may_reach(letter.recipient, settings):
        return ONLY_TO
    if restorations.current(session) is not None and not _is_released(session, letter):
        return restorations.RESTORED
    if letter.attempts > 1 or letter.kind.is_alarm:
        return None
    is_open = outbox.has_held(session, BREAKER)
    rule = BREAKER if is_open else _find_full(session, letter, now, settings.caps)
    if rule is None or _is_released(session, letter):
        return None
    if rule == BREAKER and not is_open:
        events.append(session, at=now, what="breaker_tripped", detail={"rule": rule})
    return rule


def _find_full(session: Session, letter: Letter, now: datetime, caps: Caps) -> str | None:
    """The first rule whose cap other letters have used up; the letter itself counts as sent
    since it was claimed."""
    limits = list(_limits(letter, now, caps))
    counts = letters.sent_counts(session, [scope for _, scope, _ in limits])
    full = (rule for (rule, _, most), sent in zip(limits, counts, strict=True) if sent > most)
    return next(full, None)


def _is_released(session: Session, letter: Letter) -> bool:
    """True where a person has decided that this letter leaves."""
    return any(event.what == "letter_released" for event in events.of_letter(session, letter.id))


def _limits(letter: Letter, now: datetime, caps: Caps) -> Iterator[tuple[str, Scope, int]]:
    """Each rule with the letters that count beside this one, and how many of them may be."""
    hour, day = now - HOUR, now - DAY
    yield BREAKER, Scope(hour), caps.breaker_an_hour
    yield "budget.address", Scope(day, recipient=letter.recipient.email), caps.address_a_day
    if letter.case_id is not None:
        yield "budget.case", Scope(day, case_id=letter.case_id), caps.case_a_day
    yield "budget.domain", Scope(day, domain=letter.recipient.domain), caps.domain_a_day
    yield "budget.overall", Scope(day), caps.overall_a_day

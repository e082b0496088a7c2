"""When to try again: pure decisions, as tables. Pure: no clock.

Back-off counts tries, not days: a letter does not grow old while nothing runs."""

from datetime import datetime, timedelta

_DELIVERY_STEPS = (
    *(timedelta(minutes=n) for n in (1, 4, 10, 15, 30, 60, 120)),
    *(timedelta(hours=4),) * 11,
)
"""Together two days: quick at first, for a greylisting server or a restart, then every 4 hours."""

OUTAGE_PAUSE = timedelta(minutes=5)
"""How long letters wait that a server out of reach kept from being tried."""

DOUBT_PAUSE = timedelta(minutes=5)
"""How long a letter waits that may have arrived: time for the server to come back to itself."""

_WRITING_STEPS = tuple(timedelta(hours=n) for n in (0.25, 1, 4, 12, 24))


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to hand over a letter again after `attempts` failed tries (1 or more); None: give up,
    two days have been spent on it."""
    if attempts > len(_DELIVERY_STEPS):
        return None
    return now + _DELIVERY_STEPS[max(attempts, 1) - 1]


def next_writing(failures: int, now: datetime) -> datetime:
    """When to try again to write letters that could not be written `failures` times (1 or more).
    Never gives up: a template is corrected by a person, who may take days."""
    return now + _WRITING_STEPS[min(max(failures, 1), len(_WRITING_STEPS)) - 1]

"""What becomes of one nominee in the year, as far as it lies with them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """One message that somebody sends. Those of nominators are about one of their nominees."""

    YES = "takes the place"
    YES_AND_ASKS = "takes the place, with a question"
    NO = "declines the place"
    LATER = "asks for a later cohort"
    WITHDRAW = "withdraws"
    TELL_ADDRESS = "tells the address of a nominee"
    YES_FOR = "takes the place for a nominee"

    @property
    def takes(self) -> bool:
        return self in (Deed.YES, Deed.YES_AND_ASKS, Deed.YES_FOR)

    @property
    def leaves(self) -> bool:
        return self in (Deed.NO, Deed.WITHDRAW)


class Life(StrEnum):
    """What kind of year a nominee has."""

    TAKES = "takes the place"
    DECLINES = "declines the place"
    SILENT = "never answers"
    NUDGED = "answers only when asked again"
    LATER = "asks for a later cohort"
    ASKS = "takes the place and asks something"
    AWAY = "is on holiday first"
    STEPS_BACK = "takes the place and steps back"
    WITHDRAWS = "withdraws before anybody offers a place"
    BOUNCES = "cannot be reached"
    NO_ADDRESS = "was nominated without an address"


QUOTAS = (
    (Life.TAKES, 61),
    (Life.DECLINES, 10),
    (Life.SILENT, 5),
    (Life.NUDGED, 7),
    (Life.LATER, 3),
    (Life.ASKS, 4),
    (Life.AWAY, 3),
    (Life.STEPS_BACK, 4),
    (Life.WITHDRAWS, 1),
    (Life.BOUNCES, 1),
    (Life.NO_ADDRESS, 1),
)
"""Of a hundred nominees. The first of a small year have one of each first, in this order."""


@dataclass(frozen=True, slots=True)
class Act:
    """A deed that concerns a nominee, and when the mail server receives it."""

    at: datetime
    deed: Deed

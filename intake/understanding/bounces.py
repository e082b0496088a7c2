"""Pure: delivery failures of our letters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report about a letter. `addresses` failed (lower case), `letters` are the Message-IDs of
    the originals, `status` an enhanced status code such as 5.1.1, None where it isn't told.
    `is_delay`: the server is still trying, nothing has failed."""

    addresses: tuple[str, ...]
    letters: tuple[str, ...] = ()
    status: str | None = None
    is_delay: bool = False

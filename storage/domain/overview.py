"""A programme as a whole at one instant: what its organisers are told of."""

from dataclasses import dataclass

from storage.domain.case import Case


@dataclass(frozen=True, slots=True)
class Overview:
    """`cases` are those of the round, in order of opening; `last_event` is the newest line of the
    history, 0 before the first."""

    cases: tuple[Case, ...] = ()
    last_event: int = 0

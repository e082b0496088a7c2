"""What one look of `postroom check` found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one look found. `todo` is what to do where it is not well, empty where it is; `status`
    is the exit status this stands for, 0 where it is well. `programme` None: the whole.
    `is_left_out`: nothing was looked at. `is_warning`: it works, and `todo` is yet worth doing."""

    what: str
    programme: str | None
    found: str
    todo: str = ""
    status: int = 0
    is_left_out: bool = False
    is_warning: bool = False

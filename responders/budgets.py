"""How many automatic letters may leave: caps and a breaker, against loops and floods.

A letter beyond a cap is held for a person under the cap's name, never dropped."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caps:
    """Most automatic letters in any 24 hours to one address, to one domain, about one case and
    in all, over every programme; `breaker_an_hour` in any hour trips the breaker."""

    address_a_day: int = 6
    domain_a_day: int = 500
    case_a_day: int = 8
    overall_a_day: int = 2000
    breaker_an_hour: int = 500

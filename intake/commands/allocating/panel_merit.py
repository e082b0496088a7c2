"""Pure: the merit of cases as the panel's scores make it."""

from collections.abc import Iterator
from decimal import Decimal

from intake.commands.allocating.merit import Merit
from storage.domain.moderation import moderate
from storage.domain.proposals import MERIT_PLACES
from storage.domain.scoring import PanelStanding


def merits_of_panel(standing: PanelStanding) -> tuple[Merit, ...]:
    """The weighted mean of each case that somebody was asked to read, to as many places as merits
    are compared to; None where nobody scored it."""
    return tuple(
        Merit(
            line=place,
            reference=one.case.reference,
            merit=None if one.mean is None else Decimal(f"{float(one.mean):.{MERIT_PLACES}f}"),
        )
        for place, one in enumerate(moderate(standing), start=1)
    )


def missing_in_words(standing: PanelStanding) -> Iterator[str]:
    """Whose scores are still to come, in sentences."""
    for member in standing.programme.panel:
        cases = standing.missing_from(member.address.email)
        if cases:
            names = ", ".join(case.reference for case in cases)
            yield f"Still missing from {standing.name_of(member.address.email)}: {names}."

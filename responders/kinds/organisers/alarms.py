"""Pure: what letters about trouble with Postroom itself have in common: whom they concern, how
often they may come, and what they say."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from responders.kinds.base import Values
from responders.kinds.basics import basics, local
from responders.wording import checked
from storage.domain.letter import Due, Letter, LetterKind
from storage.domain.people import Address
from storage.domain.situation import Situation
from storage.domain.watch import Trouble, TroubleKind

QUIET = timedelta(days=1)
"""How long nobody is told of the same trouble again, however often it comes and goes."""

LONGEST_REASON = 200


def troubles_of(s: Situation) -> tuple[Trouble, ...]:
    """What is not over, or was only lately."""
    return s.overview.troubles if s.overview is not None else ()


def is_sending(s: Situation) -> bool:
    """False while letters can't leave: what would be told of that waits until they can."""
    return not any(
        trouble.kind is TroubleKind.SENDING_STOPPED and trouble.ended_at is None
        for trouble in troubles_of(s)
    )


def alarm_to(kind: LetterKind, email: str, trouble: Trouble) -> Due:
    """The letter of this kind about a trouble, whether it is due or not. Somebody who runs several
    programmes is told once of what concerns them all."""
    return Due(
        kind=kind, key=f"{_start(kind, email, trouble.kind)}{trouble.id}", recipient=Address(email)
    )


def told_at(s: Situation, kind: LetterKind, email: str, trouble: TroubleKind) -> datetime | None:
    """When somebody was last told of this sort of trouble; None for never."""
    start = _start(kind, email, trouble)
    told = (letter.created_at for letter in s.letters if letter.key.startswith(start))
    return max(told, default=None)


def is_told(letters: tuple[Letter, ...], due: Due) -> bool:
    return any(letter.key == due.key for letter in letters)


def trouble_of(s: Situation, due: Due) -> Trouble:
    """What a letter is about. Raises LookupError where the ledger knows it no longer."""
    number = due.key.rpartition("/")[2]
    for trouble in troubles_of(s):
        if str(trouble.id) == number:
            return trouble
    raise LookupError(f"{due.key} is about nothing that is known")


def alarm_values(s: Situation, due: Due) -> Values:
    """What the letters about trouble may say."""
    trouble = trouble_of(s, due)
    return basics(s, due) | {
        "is_reading": trouble.kind is TroubleKind.READING_STOPPED,
        "is_sending": trouble.kind is TroubleKind.SENDING_STOPPED,
        "is_breaker": trouble.kind is TroubleKind.BREAKER_TRIPPED,
        "is_token": trouble.kind is TroubleKind.TOKEN_ENDING,
        "is_disk": trouble.kind is TroubleKind.DISK_NEARLY_FULL,
        "since": local(s, trouble.began_at),
        "reason": checked(trouble.reason, LONGEST_REASON),
    }


def emails_of(s: Situation) -> Iterator[str]:
    """Whom trouble concerns: every organiser."""
    return (organiser.address.email for organiser in s.programme.organisers)


def _start(kind: LetterKind, email: str, trouble: TroubleKind) -> str:
    return f"{kind}/{email}/{trouble}/"

"""Pure: what the letters about places in cohorts share. Each names the placement that it follows
from in its key, so that whoever is placed anew is told anew."""

from datetime import datetime, timedelta

from responders.kinds.base import BOUNCED, PEOPLE, Values, answerable, dead_addresses, its_case
from responders.kinds.basics import LONGEST_NAME, basics, local
from responders.wording import checked, plain
from storage.domain.calendar import instant_at, local_date
from storage.domain.case import Case, CaseState
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.offers import reply_by
from storage.domain.people import Address
from storage.domain.placement import Placement
from storage.domain.programme import Cohort
from storage.domain.situation import Situation

OFFERS = (LetterKind.PLACE_INVITATION, LetterKind.PLACE_OFFER)
"""Kinds that ask somebody to take a place."""

STARTED = "started"
"""The rule by which a letter is left out that the start of the cohort overtook."""

THROUGH = "/nominator"
"""How the keys of letters end that go to whoever nominated somebody, to be passed on."""

_LONGEST_JOINING = 4_000


def placement_of(s: Situation, *states: CaseState) -> Placement | None:
    """The placement that stands for the case, where it is in one of these states; None: none."""
    if s.case is None or s.case.state not in states or not s.placements:
        return None
    return s.placements[-1]


def cohort_of(s: Situation, *states: CaseState) -> Cohort | None:
    """The cohort in which the case has a place, where it is in one of these states."""
    placement = placement_of(s, *states)
    return s.programme.cohort(placement.cohort) if placement is not None else None


def tell_nominee(s: Situation, kind: LetterKind, behind: str = "") -> Due | None:
    """A letter about the placement that stands; `behind` ends its key. Where nothing reaches the
    nominee it goes to whoever nominated them, to be passed on; None where that is nobody."""
    case, dead = its_case(s), dead_addresses(s)
    key = f"{kind}/case:{case.id}/{s.placements[-1].id}{behind}"
    own = case.contact.email
    if own is not None and own not in dead:
        return Due(kind, key, Address(own, case.contact.name or ""), case.id)
    nominator = nominator_of(s, case)
    if nominator is None:
        return None
    skip = BOUNCED if nominator.email in dead else None
    return Due(kind, key + THROUGH, nominator, case.id, skip=skip)


def nominator_of(s: Situation, case: Case) -> Address | None:
    """Who nominated somebody else: as they are known, or as they wrote."""
    told = case.nominated_by
    if told is not None and told.email and told.email != case.contact.email:
        return Address(told.email, told.name or "")
    for message in answerable(s, *PEOPLE):
        recipient = message.understanding.answer_to
        if message.id == case.opened_by and recipient and recipient.email != case.contact.email:
            return recipient
    return None


def is_new(s: Situation, due: Due | None) -> bool:
    return due is not None and all(letter.key != due.key for letter in s.letters)


def offer_letter(s: Situation) -> Letter | None:
    """The newest letter that offered the place that stands, unless it was taken back."""
    if not s.placements:
        return None
    mark = [f"case:{its_case(s).id}", str(s.placements[-1].id)]
    gone = (LetterState.DISCARDED, LetterState.FAILED)
    offers = [x for x in s.letters if x.kind in OFFERS and x.state not in gone]
    return next((x for x in reversed(offers) if x.key.split("/")[1:3] == mark), None)


def kept_until(s: Situation, offered_at: datetime, cohort: Cohort) -> str:
    """Until when a place that was offered then is kept, as a template is given it."""
    return local(s, reply_by(s.programme, offered_at, cohort))


def days_before(s: Situation, cohort: Cohort, days: int) -> datetime:
    """The instant so many days before the day of the start, at the time for such letters."""
    day = local_date(cohort.starts_at, s.programme.zone) - timedelta(days=days)
    return instant_at(day, s.programme.placing.at, s.programme.zone)


def place_values(s: Situation, due: Due) -> Values:
    """What every letter about a place may say. Raises LookupError without a place."""
    placement = placement_of(s, *CaseState)
    cohort = s.programme.cohort(placement.cohort) if placement is not None else None
    if cohort is None:
        raise LookupError("nobody gave a place in a cohort that there is")
    return nominee_values(s, due) | {
        "cohort": {
            "number": cohort.number,
            "starts_at": local(s, cohort.starts_at),
            "venue": cohort.venue or None,
            "joining": [
                " ".join(part.split())
                for part in plain(cohort.joining, _LONGEST_JOINING).split("\n\n")
                if part.strip()
            ],
        }
    }


def nominee_values(s: Situation, due: Due) -> Values:
    """What every letter to a nominee may say: their name where it goes to somebody else, and
    whether that is because nothing reaches them."""
    contact = its_case(s).contact
    name = checked(contact.name, LONGEST_NAME) if due.key.endswith(THROUGH) else None
    is_lost = contact.email is None or contact.email in dead_addresses(s)
    return basics(s, due) | {"nominee": {"name": name, "is_unreachable": is_lost}}

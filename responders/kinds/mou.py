"""Pure: all that the agreement needs is known: it goes out to be signed, and again whenever what
stands in it changes. Each is a version of its own, known by the bytes that were sent."""

from collections.abc import Mapping
from dataclasses import replace

from responders.kinds.awards import (
    a_day,
    award_of,
    award_values,
    facts_of,
    is_new,
    letters_out,
    noted_details,
)
from responders.kinds.base import Kind, Values, its_case, tell_case
from responders.kinds.outcomes import award_amount
from responders.wording import day, dialled
from storage.domain.award import DetailShape
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation

REVIEW = "award_review"
"""The rule that holds agreements until a person has looked at them."""


def due(s: Situation) -> tuple[Due, ...]:
    found = award_of(s)
    if found is None or found[1].edition is None or found[1].missing(found[0]):
        return ()
    award, facts = found
    agreement = tell_case(s, LetterKind.MOU, f"/{facts.edition}")
    if agreement is None or not is_new(s, agreement):
        return ()
    is_held = award.holds_agreements and agreement.skip is None
    return (replace(agreement, hold=REVIEW) if is_held else agreement,)


def values(s: Situation, due: Due) -> Values:
    award, _ = facts_of(s)
    earlier = [one for one in letters_out(s, LetterKind.MOU) if one.key != due.key]
    return award_values(s, due) | {
        "noted": noted_details(s),
        "is_again": any(not one.is_left_out for one in earlier),
        "signatory": award.signatory or None,
    }


def words(s: Situation) -> Mapping[str, str]:
    """What stands in the agreement, by placeholder; empty for what is not known."""
    award, facts = facts_of(s)
    case, area = its_case(s), s.programme.area(its_case(s).area)
    details = {f"details.{one.key}": facts.told.get(one.key, "") for one in award.details}
    phones = [one.key for one in award.details if one.shape is DetailShape.PHONE]
    dialling = {f"details.{key}": dialled(facts.told.get(key)) or "" for key in phones}
    made_on = facts.details[-1].at.astimezone(s.programme.zone).isoformat()
    return {
        "reference": case.reference,
        "programme": s.programme.name,
        "team": s.programme.team,
        "organisation": facts.told.get("organisation") or case.contact.organisation or "",
        "project": case.title or "",
        "area": area.name if area else "",
        "lead": ", ".join(filter(None, (case.contact.name, case.contact.role))),
        "lead_email": case.contact.email or "",
        "senior_leader": case.senior_leader or "",
        "amount": award_amount(s) or "",
        "starts_on": _in_words(a_day(s, award.starts_on)),
        "ends_on": _in_words(a_day(s, award.ends_on)),
        "date": day(made_on),
        "signatory": award.signatory,
        "signatory_post": award.signatory_post,
        **details,
        **dialling,
    }


def _in_words(at: str | None) -> str:
    return day(at) if at else ""


KIND = Kind(LetterKind.MOU, due, values, agreement=words)

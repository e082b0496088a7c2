"""Pure: somebody took up an award: who receives the money? The letter asks for the details, and
brings a form for those who would rather fill one in."""

from responders.kinds.awards import (
    asked_details,
    award_of,
    award_values,
    facts_of,
    is_new,
    wants_introductions,
)
from responders.kinds.base import Kind, Values, its_case, tell_case
from responders.mime import PackFile
from responders.pack.details_form import details_form
from storage.domain.award import INTRODUCTIONS
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation


def due(s: Situation) -> tuple[Due, ...]:
    found = award_of(s)
    if found is None or not found[1].missing(found[0]) or s.has_letter(LetterKind.AWARD_DETAILS):
        return ()
    asking = tell_case(s, LetterKind.AWARD_DETAILS, "")
    return (asking,) if asking is not None and is_new(s, asking) else ()


def values(s: Situation, due: Due) -> Values:
    award, _ = facts_of(s)
    return award_values(s, due) | {
        "details": asked_details(award.details),
        "introductions": INTRODUCTIONS.label if wants_introductions(award) else None,
    }


def files(s: Situation, _due: Due) -> tuple[PackFile, ...]:
    award, facts = facts_of(s)
    return (details_form(s.programme, award, its_case(s).reference, facts.told),)


KIND = Kind(LetterKind.AWARD_DETAILS, due, values, files=files)

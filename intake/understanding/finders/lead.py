"""Pure: who leads the project (or nominates), where that is somebody else than the writer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.finders.lead_words import (
    FOR_ONE_THING,
    I_LEAD,
    NAMED_BEFORE,
    NAMED_BEHIND,
    NOT_LEAD,
    REQUEST,
    SHE_OR_HE,
    USED_TO_LEAD,
)
from intake.understanding.finders.name_runs import organisation_at
from intake.understanding.finders.names import is_same_person, matches_address
from intake.understanding.finders.organisations import (
    affinity,
    is_job_title,
    is_surely_organisation,
)
from intake.understanding.finders.people import Named, find_people
from intake.understanding.finders.sentences import Sentence
from intake.understanding.finders.signature import serves
from intake.understanding.texts.lines import Line
from storage.domain.message import Span

_ASIDE = re.compile(r",[^,]{0,80},")
_BRACKETS = re.compile(r"\s?\([^()]{0,160}\)")
_GOES_ON_AS_NAME = re.compile(r" (?:and|for|of|in) [A-Z]")
_NAMES_A_THING = re.compile(r"\b(?:called|named|titled|entitled|known as)\s[‘'“\"]?$")


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead as far as a sentence names them, and where; `name` may be a surname alone."""

    name: str
    span: Span


def find_lead(
    sentences: Sequence[Sentence],
    *,
    author: str | None,
    known: Sequence[str] = (),
    email: str = "",
    source: str = "body",
) -> Lead | None:
    """The person whom running text makes the lead or for whom it says to write; None where that
    is the writer, or nobody is named. `email` is the writer's: what it is made of is no person;
    `known` are whole names from elsewhere, for whom the text has a first name only."""
    if says_i_lead(sentences):
        return None
    whole = [person.name for s in sentences for person in s.people if person.is_whole]
    before: Sentence | None = None
    for sentence in sentences:
        for lead in _leads(sentence, before, [*whole, *known], source):
            is_writer = author is not None and is_same_person(lead.name, author)
            if is_writer or is_job_title(lead.name):
                continue
            if affinity(lead.name, email) < 2 or matches_address(lead.name, email):
                return lead
        before = sentence
    return None


def says_i_lead(sentences: Sequence[Sentence]) -> bool:
    """Whether the writer says that they lead themselves."""
    return any(I_LEAD.search(sentence.text) for sentence in sentences)


def find_served(
    tail: Sequence[Line], sentences: Sequence[Sentence], *, source: str = "body"
) -> Lead | None:
    """Whom the writer's signature says they work for (`PA to Dr Bell and Mr Hart`), if the text
    names them too."""
    for line in tail:
        if not serves(line.text):
            continue
        for person in find_people(line.text):
            for sentence in sentences:
                for named in sentence.people:
                    if named.is_whole and is_same_person(named.name, person.name):
                        at = sentence.span(named.start, named.end, source=source)
                        return Lead(named.name, at)
    return None


def _leads(
    sentence: Sentence, before: Sentence | None, whole: Sequence[str], source: str
) -> Iterator[Lead]:
    """The leads that a sentence tells; one of `whole` where it has a first name alone, the one
    whom the sentence `before` names where it says `She will lead it`."""
    if sentence.text.rstrip().endswith("?") and not REQUEST.search(sentence.text):
        return
    for person in sentence.people:
        if _is_thing(sentence.text, person) or _opens_body(sentence.text, person):
            continue
        if _is_lead(sentence.text, person):
            name = person.name
            if not (person.is_whole or person.has_title):
                is_reached = any(matches_address(name, a.email) for a in sentence.addresses)
                short = name if is_reached else ""
                name = next((w for w in whole if w.split()[0] == name), short)
            if name:
                yield Lead(name, sentence.span(person.start, person.end, source=source))
    goes_on = SHE_OR_HE.match(sentence.text) if before else None
    if before and goes_on and _is_told(sentence.text[goes_on.end() :]):
        told = [p for p in before.people if p.is_whole or p.has_title]
        if len(told) == 1 and not _is_thing(before.text, told[0]):
            yield Lead(told[0].name, before.span(told[0].start, told[0].end, source=source))


def _is_thing(sentence: str, person: Named) -> bool:
    """`the Night Desk`: an article stands before no name of a person."""
    return not person.has_title and sentence[: person.start].lower().endswith("the ")


def _opens_body(sentence: str, person: Named) -> bool:
    """`Eltham Boys and Girls Boxing Club`: what reads like a name goes on as that of a body."""
    if person.has_title or not _GOES_ON_AS_NAME.match(sentence, person.end):
        return False
    body = organisation_at(sentence, person.start)
    return body is not None and body.end > person.end and is_surely_organisation(body.text)


def _is_lead(sentence: str, person: Named) -> bool:
    before = sentence[max(0, person.start - 120) : person.start]
    apart = (_NAMES_A_THING, USED_TO_LEAD, FOR_ONE_THING)
    if any(pattern.search(before) for pattern in apart):
        return False
    found = NAMED_BEHIND.search(before)
    if found is not None:
        return NOT_LEAD.search(before[max(0, found.start() - 12) :]) is None
    return _is_told(_BRACKETS.sub("", sentence[person.end : person.end + 300])[:220])


def _is_told(after: str) -> bool:
    """Whether what follows a name says that its bearer leads, and no other is named before."""
    found = NAMED_BEFORE.search(after)
    if found is None:
        return False
    between = found.group()
    text = _ASIDE.sub(",", between)
    if any(other.is_whole and not _is_thing(text, other) for other in find_people(text)):
        return False
    return NOT_LEAD.search(between) is None

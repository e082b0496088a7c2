"""Pure: who leads the project (or nominates), where that is somebody else than the writer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.finders.names import is_same_person, matches_address
from intake.understanding.finders.organisations import affinity
from intake.understanding.finders.people import Named, find_people
from intake.understanding.finders.sentences import Sentence
from intake.understanding.finders.signature import serves
from intake.understanding.texts.lines import Line
from intake.understanding.texts.patterns import cues
from storage.domain.message import Span

_BEFORE = cues(
    r"\b(?:on|in) behalf of (?:our |my |the )?(?:[\w -]{0,40},? )?$|\bfor and on behalf of $"
    r"|\bon (?:the )?instructions? (?:of|from) $",
    r"\b(?:swap|chang|switch|transferr?|hand|mov|pass)\w*\b[^.;!?]{0,30}\blead(?:er|ership)?\b"
    r"[^.;!?]{0,60} (?:to|with) (?:be )?(?:our |my |the )?(?:[\w -]{0,40},? )?$",
    r"\b(?:person|one) (?:who(?:['’]s| is| will be) )?leading (?:on )?(?:this|it|the \w+)"
    r" (?:is|will be) (?:our |my |the )?(?:[\w -]{0,40},? )?$",
    r"\b(?:voted|chosen|elected|lead(?:er)?)\b[^.;!?]{0,60}\b(?:it['’]s|it is|for) $",
    r"\blead(?:er)?(?: (?:for|on|of|from) [^,.;:]{2,60}?)?,? (?:is|will be|would be|is to be"
    r"|becomes)"
    r"(?: now)? (?:our |my |the )?(?:[\w -]{0,40},? )?$",
    r"\b(?:will be|is|being|to be) led by (?:our |my |the )?(?:[\w -]{0,40},? )?$"
    r"|\blead(?:ing)? (?:is|it is) (?:our |my )?$",
    r"\bat the request of (?:our |my )?(?:[\w -]{0,40},? )?$|\b(?:submitting|sending|writing"
    r"|replying|returning|forwarding) (?:this|it) for (?:our |my )?(?:[\w -]{0,30},? )?$",
    r"\b(?:please |kindly )?(?:reply|respond|write|writing|talk|talking|speak|send everything"
    r"|address (?:any|all) \w+|direct (?:any|all) \w+) to $|\b(?:please|kindly) (?:answer|copy) $",
    r"\b(?:in charge|leads?|leading|running (?:it|this))\b[^.;!?]{0,30}\b(?:it['’]s|it is|that['’]s"
    r"|that is) (?:our |my |the )?(?:[\w -]{0,40},? )?$",
    r"\b(?:been )?asked by (?:our |my |the )?(?:[\w -]{0,40},? )?$",
    r"\bi(?:'m| am|’m) (?:the )?(?:p\.?a\.?|secretary|assistant|personal assistant"
    r"|executive assistant|medical secretary) (?:to|for) $",
)
_AFTER = cues(
    r"^[^.!?]{0,90}?\b(?:is|will be|as|who's|'s|’s|would be"
    r"|is going to be) (?:\w+ ){0,3}?(?:project |overall |named "
    r"|programme )?lead(?:er)?\b(?! (?:officer for|nurse|on))",
    r"^[^.!?]{0,90}?(?:\b(?:will|would|is going to|is to|shall)|\b(?:who|she|he|they)['’](?:d|ll)) "
    r"(?:be )?lead(?:ing)?\b(?: (?:this|it|on|the|our)|[.,;]|$)",
    r"^[^.!?]{0,90}?\b(?:has|have|had)? ?(?:asked|requested|instructed|invited|told|got|wants?"
    r"|wished|wishes|would like) (?:for )?(?:me|us) to\b(?! use\b)",
    r"^['’]s (?:project|bid)\b",
    r"^[^.!?]{0,120}?\b(?:wishes|wants|would like|is keen|hopes|has asked) to (?:nominate|put"
    r"|propose|submit|express|register|apply|enter|bid|lead)\b",
    r"^[^.!?]{0,150}?\bi(?:'m|’m| am|['’]ve been|'ve) (?:\w+ )?(?:typing|writing|sending|submitting"
    r"|filling|doing) (?:this|it|in) (?:\w+ )?(?:for|on behalf of) (?:her|him|them)\b",
    r"^[^.!?]{0,60}?\b(?:is (?:now )?leading|leads) (?:on )?(?:this|it"
    r"|(?:the|our|my) (?:\w+ ){0,2}(?:project|bid|work|application))\b",
    r"^,? (?:who|that) (?:(?:leads|is leading|will lead|is to lead)(?: (?:on )?(?:this|it|us)\b"
    r"| and\b|\s?[(,.;)]|$)|runs (?:it|this)\b|is in charge\b)",
    r"^[^.!?]{0,60}?\b(?:(?:has|had) )?dictated (?:this|the|what)\b",
)
_NOT_LEAD = cues(
    r"\bsenior (?:leader|sponsor|lead)\b",
    r"\bnot\b(?! (?:me|in charge|leading|the lead)\b)",
    r"\b(?:with|having) (?:me|myself|us)\b",
)
_ASIDE = re.compile(r",[^,]{0,80},")
_BRACKETS = re.compile(r"\s?\([^()]{0,160}\)")
_NAMES_A_THING = re.compile(r"\b(?:called|named|titled|entitled|known as)\s[‘'“\"]?$")
_I_LEAD = cues(
    r"\bi(?:'m| am|’m| will be|'ll be|’ll be| would be) (?:now |going to be )?(?:the |its "
    r"|your |our )?(?:new |acting |interim |named )?(?:project )?(?:lead\b|leading\b)",
    r"\bi(?: will| would| shall|'ll|'d| am to) lead (?:this|it|the)\b|\bi(?:'m| am|’m| have"
    r"|'ve) (?:taking|taken) over\b|\bwhich i (?:will be leading|lead|am leading)\b",
)


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead as far as a sentence names them, and where; `name` may be a surname alone."""

    name: str
    span: Span


def find_lead(
    sentences: Sequence[Sentence], *, author: str | None, email: str = "", source: str = "body"
) -> Lead | None:
    """The person whom running text makes the lead or for whom it says to write; None where that
    is the writer, or nobody is named. `email` is the writer's: what it is made of is no person."""
    if any(_I_LEAD.search(sentence.text.replace("’", "'")) for sentence in sentences):
        return None
    whole = [person.name for s in sentences for person in s.people if person.is_whole]
    for sentence in sentences:
        for lead in _leads(sentence, whole, source):
            if author is not None and is_same_person(lead.name, author):
                continue
            if affinity(lead.name, email) < 2 or matches_address(lead.name, email):
                return lead
    return None


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


def _leads(sentence: Sentence, whole: Sequence[str], source: str) -> Iterator[Lead]:
    """The leads that a sentence tells; one of `whole` where it has a first name alone."""
    if sentence.text.rstrip().endswith("?"):
        return
    for person in sentence.people:
        if not _is_thing(sentence.text, person) and _is_lead(sentence.text, person):
            name = person.name
            if not (person.is_whole or person.has_title):
                is_reached = any(matches_address(name, a.email) for a in sentence.addresses)
                short = name if is_reached else ""
                name = next((w for w in whole if w.split()[0] == name), short)
            if name:
                yield Lead(name, sentence.span(person.start, person.end, source=source))


def _is_thing(sentence: str, person: Named) -> bool:
    """`the Night Desk`: an article stands before no name of a person."""
    return not person.has_title and sentence[: person.start].lower().endswith("the ")


def _is_lead(sentence: str, person: Named) -> bool:
    before = sentence[max(0, person.start - 120) : person.start]
    after = _BRACKETS.sub("", sentence[person.end : person.end + 300])[:220]
    if _NAMES_A_THING.search(before):
        return False
    found = _BEFORE.search(before)
    if found is not None:
        return _NOT_LEAD.search(before[max(0, found.start() - 12) :]) is None
    found = _AFTER.search(after)
    if found is None:
        return False
    between = found.group()
    text = _ASIDE.sub(",", between)
    if any(other.is_whole and not _is_thing(text, other) for other in find_people(text)):
        return False
    return _NOT_LEAD.search(between) is None

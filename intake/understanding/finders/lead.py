"""Pure: who leads the project (or nominates), where that is somebody else than the writer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.finders.names import is_same_person
from intake.understanding.finders.people import Named, find_people
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import cues

_BEFORE = cues(
    r"\b(?:on|in) behalf of (?:our |my |the )?(?:[\w -]{0,40},? )?$|\bfor and on behalf of $"
    r"|\bon (?:the )?instructions? (?:of|from) $",
    r"\b(?:project |overall )?lead(?:er)? (?:is|will be|would be|for this is"
    r"|on this is)(?: now)? (?:our |my |the )?(?:[\w -]{0,40},? )?$",
    r"\b(?:will be|is|being|to be) led by (?:our |my |the )?(?:[\w -]{0,40},? )?$"
    r"|\blead(?:ing)? (?:is|it is) (?:our |my )?$",
    r"\bat the request of (?:our |my )?(?:[\w -]{0,40},? )?$|\b(?:submitting|sending|writing"
    r"|replying|returning|forwarding) (?:this|it) for (?:our |my )?(?:[\w -]{0,30},? )?$",
    r"\b(?:please |kindly )?(?:reply|respond|write|send everything|address (?:any|all) \w+"
    r"|direct (?:any|all) \w+) to $",
    r"\b(?:been )?asked by (?:our |my |the )?(?:[\w -]{0,40},? )?$",
    r"\bi(?:'m| am|’m) (?:the )?(?:p\.?a\.?|secretary|assistant|personal assistant"
    r"|executive assistant|medical secretary) (?:to|for) $",
)
_AFTER = cues(
    r"^[^.!?]{0,90}?\b(?:is|will be|as|who's|'s|’s|would be"
    r"|is going to be) (?:\w+ ){0,3}?(?:project |overall |named "
    r"|programme )?lead(?:er)?\b(?! (?:officer for|nurse|on))",
    r"^[^.!?]{0,90}?\b(?:will|would|is going to|is to|shall) (?:be )?lead(?:ing)?\b(?: (?:this"
    r"|it|on|the|our)|[.,;]|$)",
    r"^[^.!?]{0,90}?\b(?:has|have|had)? ?(?:asked|requested|instructed|invited|told|got|wants?"
    r"|wished|wishes|would like) (?:for )?(?:me|us) to\b",
    r"^[^.!?]{0,90}?\bi(?:'m|’m| am|['’]ve been|'ve) (?:\w+ )?(?:typing|writing|sending|submitting"
    r"|filling|doing) (?:this|it|in) (?:\w+ )?(?:for|on behalf of) (?:her|him|them)\b",
    r"^[^.!?]{0,60}?\b(?:is leading|leads) (?:on )?(?:this|it|the (?:project|bid|work))\b",
)
_NOT_LEAD = cues(r"\bsenior (?:leader|sponsor|lead)\b", r"\bnot\b")
_I_LEAD = cues(
    r"\bi(?:'m| am|’m| will be|'ll be|’ll be| would be) (?:now |going to be )?(?:the |its "
    r"|your |our )?(?:new |acting |interim |named )?(?:project )?(?:lead\b|leading\b)",
    r"\bi (?:will|would|shall|'ll|am to) lead (?:this|it|the)\b|\bi(?:'m| am|’m| have"
    r"|'ve) (?:taking|taken) over\b|\bwhich i (?:will be leading|lead|am leading)\b",
)
_FOR_SOMEBODY = cues(
    r"\b(?:she|he)(?:'s|’s| is) the one to (?:talk|speak|write) to\b|\bnot me\b",
    r"\bon (?:her|his|their) behalf\b|\bfor (?:her|him)\b",
)


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead as far as a sentence names them; `name` may be a surname alone (`Macrae`)."""

    name: str
    start: int
    end: int


def find_lead(paragraphs: Sequence[Paragraph], *, author: str | None) -> Lead | None:
    """The person whom running text makes the lead or for whom it says to write; None where that
    is the writer, or nobody is named."""
    if any(_I_LEAD.search(p.text.replace("’", "'")[:4000]) for p in paragraphs):
        return None
    whole = [n.name for p in paragraphs for n in find_people(p.text[:6000]) if n.is_whole]
    for paragraph in paragraphs:
        for lead in _leads(paragraph, whole):
            if author is None or not is_same_person(lead.name, author):
                return lead
    return None


def writes_for_other(text: str) -> bool:
    """Whether a covering note says that somebody else is to be talked to."""
    return _FOR_SOMEBODY.search(text[:3000]) is not None


def _leads(paragraph: Paragraph, whole: Sequence[str]) -> Iterator[Lead]:
    """The leads that a paragraph tells; one of `whole` where it has a first name alone."""
    for sentence in sentences(paragraph.text[:6000]):
        if sentence.rstrip().endswith("?"):
            continue
        for person in find_people(sentence):
            if _is_lead(sentence, person):
                name = person.name
                if not (person.is_whole or person.has_title):
                    name = next((w for w in whole if w.split()[0] == name), "")
                if name:
                    yield Lead(name, paragraph.start, paragraph.end)


def _is_lead(sentence: str, person: Named) -> bool:
    before = sentence[max(0, person.start - 120) : person.start]
    after = sentence[person.end : person.end + 160]
    found = _BEFORE.search(before)
    if found is not None:
        return _NOT_LEAD.search(before[max(0, found.start() - 12) :]) is None
    found = _AFTER.search(after)
    if found is None:
        return False
    between = found.group()
    if any(other.is_whole for other in find_people(re.sub(r",[^,]{0,80},", ",", between))):
        return False
    return _NOT_LEAD.search(between) is None

"""Pure: what people say of themselves and of the lead in running text: role, place, number."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.organisations import (
    affinity,
    is_kind_word,
    is_organisation,
    is_role,
    is_surely_organisation,
    split_post,
)
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.signature import phone_findings
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding, Span

_RUN = re.compile(
    r"(?:[A-Z0-9][\w'’.&-]*|[A-Z]{2,})(?:(?: (?:of|for|and|the|in|on|with|to|at|upon"
    r"|&) (?:the )?| )(?:[A-Z0-9][\w'’&-]*)){0,9}"
)
_SELF = re.compile(
    r"\b(?:I(?:['’]?m| am)|i(?:['’]?m| am)) (?:currently |now |also |just )?(?:the |a |an "
    r"|our |your |its |one of the )?(?P<role>[\w'’/ -]{2,60}?)"
    r"(?: (?P<by>of|at|for|with|in|from|here at) (?:the )?(?P<place>.{2,90})|(?=[.,;!]|$"
    r"| and\b| here\b))"
)
_SERVES_AS = re.compile(
    r"\b(?:serve|serving|work|working|volunteer|volunteering|act|acting"
    r"|[Ii] (?:am )?writ(?:e|ing)) as (?:the |a |an "
    r"|its |their )?"
    r"(?P<role>[\w'’ -]{2,50}?)(?: (?P<by>of|at|for|with) (?:the )?(?P<place>.{2,90})"
    r"|(?=[.,;!]|$| and\b))"
)
_WORKS = re.compile(
    r"\b(?:[Ii](?: work| volunteer|['’]m based| am based)|[Ww]e['’]?(?: a)?re|[Ii](?:['’]m"
    r"| am)|[Ii] write|[Ii] am writing|[Ii]['’]m writing|[Oo]n behalf|[Tt]his is|[Ii] (?:run"
    r"|chair|lead|manage)) "
    r"(?:for|at|with|from|of|here at|on behalf of)? ?(?:the )?(?P<place>[A-Z].{2,90})"
)
_IS_GROUP = re.compile(
    r"(?P<place>[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|for|and|the|in)){0,8}) (?:is"
    r"|are) (?:the|our|my) (?:group|organi[sz]ation|charity|name of the|club|project|practice"
    r"|team|company)\b"
)
_SUBMITS = re.compile(
    r"(?P<place>[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|for|and|the|in)){0,8}) (?:would like"
    r"|wishes|wish|is|are|has|have|will|want|wants|hopes)(?: \w+){0,3} to (?:submit|apply"
    r"|express|register|send|put|pull|withdraw|be considered|make|propose)"
)
_FROM = re.compile(
    r"(?:expression of interest|eoi|submission|nominations?|interest) (?:from|on behalf of"
    r"|by) (?:the )?(?P<place>[A-Z].{2,80})",
    re.I,
)
_CALLS = cues(
    r"\b(?:happy|glad|pleased|free|available) to (?:talk|chat|discuss|speak|be (?:called|rung"
    r"|contacted))\b",
    r"\b(?:call|ring|phone|text|reach|contact|telephone|get) (?:me|us|her|him|them)\b",
    r"\b(?:my|our) (?:\w+ ){0,2}(?:number|mobile|phone|telephone|tel|mob|cell|direct line|line)\b",
    r"\bi(?:'m| am|’m) (?:available |best reached |usually |always |also )?(?:on|at)\b"
    r"|\bcan be reached\b|\bavailable on\b|\bmobile\b|\btelephone\b|\b(?:right|correct"
    r"|new) (?:one|number)\b|^\W*[\d+(]",
)
_POST_OF = re.compile(
    r"(?P<role>[\w'’ -]{3,40}?) (?:of|at|for) (?:the )?(?P<place>.{3,60}?)(?= in [A-Z][\w'’-]*$|$)"
)
_MAY_CALL = cues(
    r"\b(?:number|texts?|ring|call|telephone)\b|\b(?:found|reached|here|me)\b.{0,30} (?:on|at)\b"
)
_NAMED_FROM = re.compile(
    r"\b(?:(?:it['’]?s|this is|i['’]?m|i am|name is) (?P<name>[\w'’-]+(?: [\w'’-]+){0,2}) from"
    r"|(?:we are|we['’]?re)(?: from| at)?) (?:the )?"
    r"(?P<place>[\w&'’-]+(?: [\w&'’-]+){0,5}?)"
    r"(?= in\b| and (?:i|my|we|our)\b| my\b| here\b|[,.;!]|$)",
    re.I,
)
_NO_ROLE = frozenset(["lead", "leader", "project", "partner", "volunteer", "member", "champion"])


def find_self(paragraphs: Sequence[Paragraph], *, email: str, source: str) -> Iterator[Finding]:
    """Role, organisation and telephone as the writer says them in the first person."""
    for paragraph in paragraphs:
        offset = paragraph.start
        for sentence in sentences(paragraph.text[:6000]):
            yield from _self_post(sentence, email, source, offset)
            yield from _self_place(sentence, email, source, offset)
            is_call = _CALLS.search(sentence) or len(sentence.split()) < 8
            if is_call or _MAY_CALL.search(sentence):
                yield from phone_findings(
                    find_phones(sentence),
                    base=0.86 if is_call else 0.66,
                    method="prose",
                    source=source,
                    offset=offset,
                )


def find_by_domain(
    paragraphs: Sequence[Paragraph], *, email: str, source: str
) -> Iterator[Finding]:
    """Names in the text that the domain of the writer's address is made of."""
    for paragraph in paragraphs:
        for match in _RUN.finditer(paragraph.text[:4000]):
            text = end_of_name(match.group())
            is_one_word = len(text.split()) == 1
            if affinity(text, email) == 3 and (not is_one_word or len(text) > 5):
                yield make_finding("organisation", text, "domain", 0.74, at=paragraph.span(source))


def find_named(paragraphs: Sequence[Paragraph], *, email: str, source: str) -> Iterator[Finding]:
    """The writer's organisation as a subject or a document's heading names it."""
    yield from find_by_domain(paragraphs, email=email, source=source)
    for paragraph in paragraphs[:12]:
        match = _FROM.search(paragraph.text[:300])
        name = _place_name(match["place"]) if match else ""
        if name and (is_surely_organisation(name) or affinity(name, email) > 1):
            yield make_finding("organisation", name, "prose", 0.7, at=paragraph.span(source))


def _self_post(sentence: str, email: str, source: str, offset: int) -> Iterator[Finding]:
    for match in (*_SELF.finditer(sentence), *_SERVES_AS.finditer(sentence)):
        role, place = match["role"].strip(), match["place"]
        if not _is_own_role(role):
            continue
        if not (place is None and len(sentence.split()) > 16):
            yield make_finding(
                "role", role, "prose", 0.72, at=Span(source, offset, offset + len(sentence))
            )
        name = _place_name(place or "")
        if (
            name
            and match["by"] != "in"
            and (
                is_organisation(name)
                or affinity(name, email) > 0
                or match["by"] in ("of", "at", "here at")
            )
        ):
            confidence = 0.82 if is_organisation(name) or affinity(name, email) else 0.6
            yield make_finding(
                "organisation",
                name,
                "prose",
                confidence,
                at=Span(source, offset, offset + len(sentence)),
            )


def _self_place(sentence: str, email: str, source: str, offset: int) -> Iterator[Finding]:
    for pattern, base in ((_IS_GROUP, 0.85), (_WORKS, 0.62), (_SUBMITS, 0.6), (_FROM, 0.6)):
        match = pattern.search(sentence)
        name = _place_name(match["place"]) if match else ""
        post = _POST_OF.match(name)
        if post and is_role(post["role"]):
            name = post["place"]
        if not name or len(name) < 3:
            continue
        fits = affinity(name, email) > 1
        if fits or base > 0.8 or is_surely_organisation(name):
            confidence = 0.88 if fits else base
            yield make_finding(
                "organisation",
                name,
                "prose",
                confidence,
                at=Span(source, offset, offset + len(sentence)),
            )


def find_named_in_passing(
    paragraphs: Sequence[Paragraph], *, email: str, source: str
) -> Iterator[Finding]:
    """`its ada from weir hub in sutton`, typed without capitals, where the address agrees."""
    for paragraph in paragraphs[:3]:
        found = _NAMED_FROM.search(paragraph.text[:400])
        if found and affinity(found["place"], email) > 2:
            small = ("and", "of", "for", "the", "in", "&")
            words = [w if w in small else w[:1].upper() + w[1:] for w in found["place"].split()]
            name = " ".join(words)
            yield make_finding("organisation", name, "prose", 0.7, at=paragraph.span(source))


def _is_own_role(role: str) -> bool:
    words = role.lower().split()
    if not 1 <= len(words) <= 8 or not is_role(role) or words[-1] in ("lead", "leader", "leading"):
        return False
    return not (set(words) <= _NO_ROLE) and not re.search(
        r"\b(?:not|happy|sure|also|afraid|sorry|glad|writing|retired|to|who|that|we|you)\b",
        role.lower(),
    )


def _place_name(text: str) -> str:
    """The organisation's name at the front of `text`: a run of capitalised words."""
    match = _RUN.match(text)
    return end_of_name(match.group()) if match else ""


def end_of_name(text: str) -> str:
    """A run of words cut where a new thought begins: `… Cooperative and I`."""
    text = re.sub(r"[’']s$", "", text.strip(" .,;:"))
    words = text.split()
    while words and (
        words[-1] in ("and", "I", "of", "the", "in", "for", "&", "We", "on", "with", "to", "at")
        or words[-1].isdigit()
    ):
        words.pop()
    for at, word in enumerate(words):
        if (
            word == "and"
            and is_kind_word(words[at - 1])
            and not any(map(is_kind_word, words[at + 1 :]))
        ):
            return " ".join(words[:at])
    return " ".join(words)


def split_role(text: str, email: str) -> tuple[str | None, str | None]:
    """Role and organisation of a labelled value that may hold both."""
    post = split_post(text, email)
    return post.role, post.organisation

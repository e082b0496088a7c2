"""Pure: what people say of themselves and of the lead in running text: role, place, number."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.findings import make_finding
from intake.understanding.names import is_same_person, matches_address
from intake.understanding.organisations import (
    affinity,
    is_kind_word,
    is_organisation,
    is_role,
    is_surely_organisation,
    split_post,
)
from intake.understanding.paragraphs import Paragraph, sentences
from intake.understanding.patterns import cues
from intake.understanding.people import Named, find_people
from intake.understanding.phones import find_phones
from intake.understanding.signature import EMAIL, phone_findings
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
    r"\b(?:serve|serving|work|working|volunteer|volunteering|act|acting) as (?:the |a |an "
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
_THEIRS = cues(
    r"\b(?:her|his|their) (?:\w+ ){0,2}(?:number|mobile|phone|tel|telephone|line|e-?mail"
    r"|address|details)\b",
    r"\b(?:call|ring|phone|reach|contact|e-?mail|text) (?:her|him|them)\b",
    r"\b(?:she|he|the (?:\w+ ){1,3})(?:can|may|could|is) (?:best |also |usually )?(?:be )?"
    r"(?:reached|contacted|called|rung|available)\b",
)
_THEIR_POST = re.compile(
    r"\b(?:her|his|their) (?:job |full |current )?(?:title|role|post|position) is (?:that of )?"
    r"(?:the |our |an? )?(?P<role>[^,.;()]{3,80})",
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
            if _CALLS.search(sentence) or len(sentence.split()) < 8:
                yield from phone_findings(
                    find_phones(sentence), base=0.86, method="prose", source=source, offset=offset
                )


def find_by_domain(
    paragraphs: Sequence[Paragraph], *, email: str, source: str
) -> Iterator[Finding]:
    """Names in the text that the domain of the writer's address is made of."""
    for paragraph in paragraphs:
        for match in _RUN.finditer(paragraph.text[:4000]):
            text = _end_of_name(match.group())
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


def find_of_person(paragraphs: Sequence[Paragraph], name: str, *, source: str) -> Iterator[Finding]:
    """What running text says of somebody else by name: role, organisation, telephone, address."""
    for paragraph in paragraphs:
        for sentence in sentences(paragraph.text[:6000]):
            named = [p for p in find_people(sentence) if is_same_person(p.name, name)]
            if named:
                yield from _of_named(sentence, named[0], source, paragraph)
            elif _is_of(sentence, name):
                yield from _contact_in(sentence, source, paragraph)
            post = _THEIR_POST.search(sentence)
            if post and is_role(post["role"]):
                role = post["role"].strip()
                yield make_finding("role", role, "prose", 0.8, at=paragraph.span(source))


def find_own_name(
    paragraphs: Sequence[Paragraph], names: Sequence[str], *, source: str
) -> Iterator[Finding]:
    """What stands beside the writer's own name: `I'm the lead: Ada Bell, Chief Nurse, 07700 …`."""
    for paragraph in paragraphs:
        for sentence in sentences(paragraph.text[:6000]):
            people = find_people(sentence)
            if len(people) == 1 and any(is_same_person(people[0].name, name) for name in names):
                yield from _of_named(sentence, people[0], source, paragraph)


def _is_of(sentence: str, name: str) -> bool:
    """Whether a sentence that doesn't name them tells of a person: theirs, or their address."""
    return _THEIRS.search(sentence) is not None or any(
        matches_address(name, match.group()) for match in EMAIL.finditer(sentence)
    )


def _of_named(sentence: str, person: Named, source: str, paragraph: Paragraph) -> Iterator[Finding]:
    start, end = paragraph.start, paragraph.end
    role, organisation = post_beside(sentence, person)
    if role:
        yield make_finding("role", role, "apposition", 0.8, at=Span(source, start, end))
    if organisation:
        yield make_finding(
            "organisation", organisation, "apposition", 0.75, at=Span(source, start, end)
        )
    yield from _contact_in(sentence, source, paragraph)


def _contact_in(sentence: str, source: str, paragraph: Paragraph) -> Iterator[Finding]:
    start, end = paragraph.start, paragraph.end
    for match in EMAIL.finditer(sentence):
        yield make_finding(
            "email", match.group().lower().rstrip("."), "prose", 0.8, at=Span(source, start, end)
        )
    yield from phone_findings(
        find_phones(sentence), base=0.86, method="prose", source=source, offset=start
    )


def post_beside(sentence: str, person: Named) -> tuple[str | None, str | None]:
    """Role and organisation in apposition: `Ada Bell, our Chief Nurse at St Jude's Hospital, …` or
    `our chief executive, Ada Bell, …`."""
    after = sentence[person.end :]
    found = re.match(
        r"\s*(?:,|\()\s*(?:who is |who's )?(?:our |the |my |its "
        r"|a )?(?P<post>[^()]{3,120}?)(?:,? (?:who|is|are|has|will|as|and|can|would|whose"
        r"|from whom)\b|[,;)](?=\s|$)|\.?$)",
        after,
    )
    if found and is_role(found["post"]):
        parts = re.match(
            r"(?P<post>.{2,70}?) (?:at|for|of|from|with) (?:the )?(?P<place>[A-Z].{2,70})$",
            found["post"],
        )
        rest = after[found.end("post") :]
        if parts and (
            is_organisation(parts["place"])
            or parts["post"].split()[-1].lower() not in ("head", "director", "lead", "manager")
        ):
            return parts["post"], _end_of_name(parts["place"])
        more = re.match(r",? (?P<place>[A-Z][^,.;]{2,70})[,.;]", rest)
        return found["post"].strip(), more["place"] if more and is_organisation(
            more["place"]
        ) else None
    before = re.search(
        r"\b(?:our|the|my|its) (?P<post>[\w'’ -]{2,50}?),? $", sentence[: person.start], re.I
    )
    if (
        before
        and is_role(before["post"])
        and not re.search(r"\b(?:senior leader|lead)$", before["post"])
    ):
        return before["post"], None
    return None, None


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
    return _end_of_name(match.group()) if match else ""


def _end_of_name(text: str) -> str:
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

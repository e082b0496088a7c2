"""Pure: what people say of themselves in running text: name, role, organisation, telephone."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.beside import listed_at
from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.name_runs import Piece, organisation_at
from intake.understanding.finders.names import is_same_person, matches_address
from intake.understanding.finders.organisations import (
    affinity,
    is_role,
)
from intake.understanding.finders.own_places import find_own_places
from intake.understanding.finders.people import Named
from intake.understanding.finders.posts import is_own_role, read_post
from intake.understanding.finders.said import (
    FIRST_PERSON,
    finding_of,
    is_told_of,
    phones_of,
    post_findings,
)
from intake.understanding.finders.sentences import Sentence
from intake.understanding.finders.whereof import find_whereof
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding

_I_AM = re.compile(
    r"(?<![\w'’])(?:[Ii](?:['’]?m| am)(?: (?:currently|now|also|just|actually|working as"
    r"|employed as))?|(?:work|worked|serve|served|volunteer|act) as"
    r"|[Mm]y (?:(?:proper|full|official|actual|real|current|own|day) )?(?:role|job|post|position"
    r"|title|job title)(?: here| title)? (?:is|will be)"
    r"(?: going to be| now)?"
    r"|(?:[Ii]n|[Ww]ith) my (?:role|capacity|job|work|hat) as|(?:[Ss]peak|[Ss]erv|[Ww]ork"
    r"|[Ww]rit|[Aa]ct|[Vv]olunteer)ing as|[Ww]rite (?:to you )?as|^As(?= .{5,120},? (?:I|we)\b)"
    r"|[Ii](?:['’]ve| have) (?:now |just )?been(?:(?= (?:the|its|their|[A-Z]))| (?:made|elected"
    r"|appointed|chosen|voted in|named)(?: as)?)"
    r"|[Tt]hey(?:['’]ve| have)? (?:made|elected|appointed|voted) me(?: \([^()]{1,40}\)| as){0,2}"
    r"|\bin post as|(?:[Ww]ho|[Ww]hat) I am(?: here)?:"
    r"|(?<=and )am(?= (?:its|their|the|also)\b)"
    r"|[Ii] (?:became|was (?:recently )?(?:appointed|elected|made|voted)(?: as)?|hold the (?:post"
    r"|role|title|office) of))\s"
    r"|(?<=\w), as (?=(?:its|their|the) )|\bme as (?=[a-z])"
    r"|\b(?:lead|run|leading|running) (?:it|this),? as (?=[a-z])"
)
_I_AM_JUST = re.compile(r"\bI(?:['’]m| am) (?:the )?$")
_CONTACT_IS_ME = re.compile(
    r"\bI(?:['’]m| am) (?:the|your|our) (?:(?:main|best|first|right) )?(?:one|person|contact|lead"
    r"|project lead|point of contact)(?: (?:to|for|of|on) [\w ]{2,30})?(?::|\s[-–—])(?= )"
)
"""What opens a list of the writer's particulars: `I'm the one to contact: …`."""
_ALSO_AM = re.compile(r"\band (?=(?:I(?:['’]m| am) )?(?:the |an? |its )?[\w' -]{3,40} (?:of|at)\b)")
_AS = re.compile(r",? as (?=(?:its|their|the|our|an?) |[A-Z])")
_WORKS = re.compile(
    r"\b[Ii](?:['’]m|['’]ve)?\b.{0,60}\b(?:work|employ|second|volunteer|serv|join|start|cover|tak"
    r"|post|role|moved|here)\w*\b"
)
"""What stands before `as` and a post: how the writer came to hold it."""
_LONGEST_WORKS = 200
_CALLS = cues(
    r"\b(?:happy|glad|pleased|free|available) to (?:talk|chat|discuss|speak|be (?:called|rung"
    r"|contacted))\b",
    r"\b(?:call|ring|phone|text|reach|contact|telephone|get) (?:me|us)\b",
    r"\b(?:my|our) (?:\w+ ){0,2}(?:number|mobile|phone|telephone|tel|mob|cell|direct line|line)\b",
    r"\bi(?:'m| am|’m) (?:available |best reached |usually |always |also )?(?:on|at)\b"
    r"|\b(?:can|may) be reached\b|\bto (?:be )?reach(?:ed)?\b|\breachable\b"
    r"|\bavailable on\b|\bmobile\b|\btelephone\b|^(?:mob|tel|ph|cell)\b|\b(?:right|correct"
    r"|new) (?:one|number)\b|^\W*[\d+(]",
)
_MAY_CALL = cues(
    r"\b(?:number|texts?|ring|call|(?:tele)?phone)\b"
    r"|\b(?:found|reached|here|me|got|had)\b.{0,30} (?:on|at)\b"
)
_WHOSE = re.compile(r"\bwhose (?P<role>[\w'’ -]{3,50}?) (?:I am|I['’]m)\b")
_BEEN = re.compile(
    r"\b[Ii](?:['’]ve| have) (?:now )?(?:been|worked as) (?:a|an|the) (?P<role>[\w'’ -]{3,40}?)"
    r"(?: (?:in|at|for|here|on|with) [^,.;]{2,40}?)? (?:for (?:\w+ ){1,4}years|since \d{4}"
    r"|\d+ years)\b"
)
_BY_TRADE = re.compile(r" by (?:trade|training|profession|background|calling)\b")
_NO_OCCUPATION = re.compile(
    r"\b(?:patient|resident|member|mother|mum|father|dad|tenant|fan|friend|user|customer|carer|wife"
    r"|husband|widow|widower|parent|supporter|subscriber|diabetic|wheelchair|lot|bit)\b",
    re.I,
)
_INTRODUCES = re.compile(
    r"(?:\b[Mm]y (?:full )?name(?: is|['’]s)|^\W*(?:[Hh]\w+,? )?(?:I(?:['’]m| am)|[Tt]his is"
    r"|[Ii]t['’]?s|[Ii]m))\s(?=[A-ZÀ-Þ])"
)
_INTRODUCES_BY_POST = re.compile(
    r"I(?:['’]m| am) (?:the |its |their |our |your )?(?P<post>[\w.'’-]+(?: [\w.'’-]+){0,4}),"
    r"? (?=[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’ -]{1,40}(?:[,.;:(]|$))"
)
_HERE = re.compile(r",? (?:here\b(?! (?:is|are|to)\b)|speaking\b|writing\b)")
_ROLE_BEHIND = re.compile(r"[\w'’ -]{3,40} (?:of|at) (?:the )?[A-Z]")
_COMES_FROM = re.compile(r",? (?:here )?(?:from|of|at|for) (?:the )?(?=[A-Z])")
_FEW_WORDS = 16
"""Words of a sentence in which a role without an organisation is somebody's post."""
_ENDS_CLAUSE = ("", ",", ".", ";", ")", "!")
_NEAR = 40
"""Characters of a sentence before which what somebody is stands where they introduce themselves."""


def find_self(
    sentences: Sequence[Sentence], *, email: str, source: str, names: Sequence[str] = ()
) -> Iterator[Finding]:
    """Name, role, organisation and telephone as the writer says them in the first person; `names`
    are the writer's, as far as they are known."""
    for sentence in sentences:
        yield from _own_name(sentence, source)
        yield from _own_post(sentence, email, source)
        yield from find_whereof(sentence, email, source)
        yield from find_own_places(sentence, email, source)
        yield from _own_phones(sentence, email, names, source, is_last=sentence is sentences[-1])


def _own_name(sentence: Sentence, source: str) -> Iterator[Finding]:
    found = _INTRODUCES.search(sentence.text[:200]) or _post_before(sentence.text[:200])
    person = next((p for p in sentence.people if found and p.start == found.end()), None)
    person = person or next((p for p in sentence.people if _is_here(sentence.text, p)), None)
    if person is not None and person.is_whole:
        is_said = found is not None and "name" in found.group()
        confidence = 0.78 if is_said else 0.6
        at = sentence.span(person.start, person.end, source=source)
        yield make_finding("name", person.name, "introduction", confidence, at=at)
        behind = _COMES_FROM.match(sentence.text, person.end)
        place = organisation_at(sentence.text, behind.end()) if behind else None
        if place and len(place.text.split()) > 1:
            yield finding_of("organisation", place, "introduction", 0.6, sentence, source)


def _post_before(text: str) -> re.Match[str] | None:
    """`I am the Secretary, ` before the name of one who says so."""
    found = _INTRODUCES_BY_POST.match(text)
    return found if found and is_role(found["post"]) else None


def _is_here(text: str, person: Named) -> bool:
    """`Ada Bell here.`"""
    return person.start < _NEAR and _HERE.match(text, person.end) is not None


def _own_post(sentence: Sentence, email: str, source: str) -> Iterator[Finding]:
    text = sentence.text
    yield from _by_clause(sentence, source)
    told = _CONTACT_IS_ME.search(text)
    if told and not any(p.start == told.end() + 1 and p.is_whole for p in sentence.people):
        listed = listed_at(text, told.end(), email)
        yield from post_findings(
            listed, sentence, source, method="listed", role=0.84, organisation=0.8
        )
    starts = _post_starts(text)
    people = {p.start for p in sentence.people if p.is_whole and not is_role(p.name)}
    for start in starts:
        if start not in people:
            yield from _post_at(sentence, start, email, source)
    if not starts and text[:1].isupper():
        post = read_post(text, 0, email=email)
        place = post.organisation
        if place and affinity(place.text, email) > 1 and post.role and _stops(text, place):
            yield from post_findings(
                post, sentence, source, method="prose", role=0.66, organisation=0.75
            )


def _by_clause(sentence: Sentence, source: str) -> Iterator[Finding]:
    """`… whose clerk I am`, `I have been a porter here for nine years`."""
    text = sentence.text
    whose = _WHOSE.search(text)
    if whose and is_own_role(whose["role"]):
        piece = Piece(whose["role"], whose.start("role"), whose.end("role"))
        yield finding_of("role", piece, "prose", 0.72, sentence, source)
    been = _BEEN.search(text)
    if been and not _NO_OCCUPATION.search(been["role"]):
        piece = Piece(been["role"], been.start("role"), been.end("role"))
        yield finding_of("role", piece, "prose", 0.66, sentence, source)


def _post_starts(text: str) -> list[int]:
    """Where a sentence goes on with what its writer is."""
    starts = [match.end() for match in _I_AM.finditer(text)]
    starts += [match.end() for match in _ALSO_AM.finditer(text) if starts]
    for stated in _AS.finditer(text):
        works = _WORKS.search(text, max(0, stated.start() - _LONGEST_WORKS), stated.start())
        if works is not None and stated.end() not in starts:
            starts.append(stated.end())
    return starts


def _post_at(sentence: Sentence, start: int, email: str, source: str) -> Iterator[Finding]:
    """The writer's post as told from `start` on."""
    text = sentence.text
    post = read_post(text, start, email=email)
    is_told = post.role and text[post.role.end : post.role.end + 1] in _ENDS_CLAUSE
    is_told = is_told or len(text.split()) <= _FEW_WORDS or start < _NEAR
    is_told = is_told or text.startswith("the ", start)
    is_told = is_told or _I_AM_JUST.search(text[:start]) is not None
    if not post.role or not (post.organisation or is_told):
        return
    if _BY_TRADE.match(text, post.role.end):
        return
    is_own = post.organisation and affinity(post.organisation.text, email) > 1
    role = 0.78 if is_own else 0.72
    yield from post_findings(post, sentence, source, method="prose", role=role, organisation=0.82)
    aside = post.role.end + 2
    if post.organisation is None and text.startswith(" (", post.role.end):
        place = read_post(text, aside, email=email).organisation
        if place:
            yield finding_of("organisation", place, "prose", 0.7, sentence, source)


def _stops(text: str, place: Piece) -> bool:
    """Whether a sentence without a verb, `Owner of Iron Garden Gym if …`, ends with the place."""
    return re.match(r"\W*(?:$|if\b|in\b|and (?:my|I)\b|here\b)", text[place.end :]) is not None


def _own_phones(
    sentence: Sentence, email: str, names: Sequence[str], source: str, *, is_last: bool
) -> Iterator[Finding]:
    """Numbers that are the writer's: they say so, or end the message with one."""
    if not sentence.phones:
        return
    text = sentence.text
    introduced = _INTRODUCES.search(text[:200]) or _post_before(text[:200])
    others = [
        p
        for p in sentence.people
        if not (introduced and p.start == introduced.end())
        and (p.is_whole or p.has_title)
        and not names_writer(p.name, email, names)
        and (p.has_title or not text.endswith("the ", 0, p.start))
    ]
    own = [phone for phone in sentence.phones if not is_told_of(sentence, phone.start, others)]
    if _CALLS.search(text) or len(text.split()) < 8:
        base = 0.86
    elif _MAY_CALL.search(text):
        base = 0.66
    elif FIRST_PERSON.search(text) or is_last:
        base = 0.6
    else:
        return
    yield from phones_of(sentence, own, source, base=base)
    if own and text[own[0].end : own[0].end + 2] == ", ":
        post = read_post(text, own[0].end + 2, email=email)
        if post.organisation or _ROLE_BEHIND.match(text, own[0].end + 2):
            yield from post_findings(
                post, sentence, source, method="prose", role=0.6, organisation=0.6
            )


def names_writer(name: str, email: str, names: Sequence[str]) -> bool:
    """Whether a name is the writer's, as far as their headers tell."""
    return any(is_same_person(name, own) for own in names) or matches_address(name, email)

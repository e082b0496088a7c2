"""Pure: what somebody does and where, as running text says it behind `I am the` or a name.

A line of a signature or a labelled value is `organisations.split_post`'s: it ends where it ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.understanding.finders.name_runs import Piece, organisation_at
from intake.understanding.finders.organisations import (
    OF_A_BODY,
    affinity,
    is_brand,
    is_certain,
    is_kind_word,
    is_role,
    is_surely_organisation,
)
from intake.understanding.texts.patterns import vocabulary

_LONGEST_CLAUSE = 240
_MOST_WORDS_OF_ROLE = 9
_CLAUSE_END = re.compile(
    r"[;!?:()\[\]\"“”]|\.\W*$|\s[-–—]+\s"
    r"|,?\s(?:and )?(?:who|whom|whose|which|that|because|since|so|if|when|where|while|but|though"
    r"|although|unless|until|what|how|why|covering|having|being|supporting|please|before|after|during|now"
    r"|is|are|am|was|were|will|would|shall|must|can|could|has|have|had|should|may|might|do|does"
    r"|did|wants?"
    r"|says|said|wrote|here)\b"
    r"|\sby (?:trade|training|profession|background|calling)\b"
    r"|\sand (?:give|tell|say|send|ask|call|ring|please|work|live|run|manage|sit|spend|cover)\b"
    r"|,?\s(?:and |or )?(?:I|we|We|he|she|they|it|you|there)\b|,?\s(?:and|or) i(?:['’]?m)?\b"
    r"|(?:,|\sand)\s(?:my|our|this|these|those|its|the|an?|your|one|as|so|also|not|in|on|of|to"
    r"|like|want|wish|happy|writing|leading|running|looking|working|hoping|applying|acting|speaking"
    r"|not)\b(?! [A-ZÀ-Þ])"
    r"|\s(?:to|for) (?:express|ask|say|submit|apply|register|put|tell|let|see|nominate|propose|send"
    r"|enquire|follow)\b|\s(?:these|this|last|next|\d+) (?:\w+ )?(?:years?|months?|weeks?)\b"
    r"|\s(?:for|over|nearly|about) (?:\w+ ){1,3}(?:years|months)\b|,?\s(?:since|until|on|by) \d"
)
_CONNECTOR = re.compile(
    r",\s+(?:(?:here |based |working )?(?P<behind>at|of|for|with|from|in) )?(?:the |our )?"
    r"|\s(?:here |based |working )?(?P<by>at|for|of|with|from|within|in|to|by) (?:the |our )?(?=\S)"
)
_ARTICLE = re.compile(
    r"\s*(?:(?:currently|now|also|just|actually|both|still|simply|that of) ){0,2}"
    r"(?:what (?:[\w'’]+ ){1,4}calls? )?"
    r"(?:(?:the|an?|our|your|its|their|his|her|my|one of (?:the|our)) )?"
    r"(?:(?:brand )?new(?:ly appointed)? (?=[A-Za-z]))?(?:\([\w -]{2,20}\)? )?",
)
_WHAT_THEY_CALL = re.compile(
    r"\s*what (?:the )?(?P<body>[A-Z][\w'’&-]*(?: [\w'’&-]+){1,6}?) calls? (?:its|the|an?) "
)
"""`what Moss Lane Practice calls its Patient Lead`: the body comes before the post."""
_DEPARTMENTAL = re.compile(
    r"\b(?:head|director|lead|deputy|assistant|associate|manager|officer|advis[eo]r)$", re.I
)
_FIELDS_OF_WORK = re.compile(
    r"\b(?:consultant|specialist|lecturer|professor|registrar|fellow|trainee|expert|reader)$", re.I
)
_FOR_PEOPLE = re.compile(r" (?:for|of|to|with) (?:[\w'’-]+ ){0,3}[\w'’-]+$")
"""Whom a role is there for: `nurse for children` goes on `in care`."""
_POSSESSIVE = re.compile(r"(?P<body>[\w&'’-]+(?: [\w&'’-]+){0,6}?)['’]s (?!(?:and|or)\b)(?=[\w(])")
_ROLE_BEHIND = re.compile(r"(?: in [A-ZÀ-Þ][\w'’-]*)?, (?=[a-z])")
_NO_ROLE = vocabulary(
    """
    lead leader leading project programme named main overall new acting interim applicant
    contact person partner member champion nominee nominator the and point sponsor
    senior
    """
)
_NOT_OF_A_ROLE = re.compile(
    r"\b(?:not|happy|sure|also|afraid|sorry|glad|writing|retired|to|who|that|we|you|i|me|delighted"
    r"|pleased|hoping|just|only|no|very|one|keen|too|there|will|would|be|been|is|are|was|has|have|as|by|her|his|their|own|myself)\b"
    r"|^(?:taking|chairing|running|leading|looking|doing|making|going|coming|working|hoping|covering"
    r"|getting|trying|asking|seeing|having|bringing|sending|living|typing|helping)\b",
    re.I,
)
_LEADS_AND = re.compile(
    r"(?:project|named|overall|programme) lead(?:er)?,? (?:and |also )?"
    r"|lead(?:er)?(?:,|,? and|,? also) ",
    re.I,
)
"""What stands before the post of somebody who leads the project too."""
_OF_VOLUNTEERS = re.compile(r"\b(?:volunteer|befriender|trustee|helper)$", re.I)


@dataclass(frozen=True, slots=True)
class SaidPost:
    """What a clause says: `is_sure` where a word or the address gives the organisation away."""

    role: Piece | None = None
    organisation: Piece | None = None
    is_sure: bool = False


def read_post(text: str, start: int, *, email: str = "") -> SaidPost:
    """Role and organisation in the clause of `text` that begins at `start`, behind a verb, a comma
    or a bracket: `the Head of Service at Gatton Reablement, 07700 …`. Either may be missing;
    `email` is the address of the one who is spoken of."""
    calls = _WHAT_THEY_CALL.match(text, start)
    body = organisation_at(calls["body"], 0, email=email) if calls else None
    if calls and body:
        at = calls.start("body")
        role = _lone_role(text, calls.end(), _clause_end(text, calls.end()))
        return SaidPost(role, Piece(body.text, at, at + body.end), is_sure=True)
    article = _ARTICLE.match(text, start)
    start = article.end() if article else start
    place = organisation_at(text, start, email=email)
    behind = _ROLE_BEHIND.match(text, place.end) if place else None
    if place and behind and is_certain(place.text, email):
        role = _lone_role(text, behind.end(), _clause_end(text, behind.end()))
        if role is not None:
            return SaidPost(role, place, is_sure=True)
    owned = _POSSESSIVE.match(text, start)
    if owned and is_kind_word(owned["body"].split()[-1]):
        return _owned(text, owned, email)
    end = _clause_end(text, start)
    best, most = SaidPost(), 0.0
    for connector in _CONNECTOR.finditer(text, start, end):
        role = _role(text, start, connector.start())
        place = organisation_at(text[:end], connector.end(), email=email)
        if role is None or place is None:
            continue
        score = _score(role.text, place.text, connector, email)
        if score > most:
            best, most = SaidPost(role, place, score >= _SURE), score
    return best if best.role else SaidPost(role=_lone_role(text, start, end))


def _owned(text: str, owned: re.Match[str], email: str) -> SaidPost:
    """`the Forum's Vice-Chair`, `Gatton Carers Forum's treasurer`: the body before the post."""
    behind = read_post(text, owned.end(), email=email)
    body, at = owned["body"], owned.start("body")
    if behind.role is None or behind.organisation or not body[:1].isupper() or " " not in body:
        return behind
    return SaidPost(behind.role, Piece(body, at, at + len(body)), is_sure=is_certain(body, email))


def is_own_role(role: str) -> bool:
    """Whether words say what somebody does, more than that they lead or take part."""
    words = role.lower().split()
    return (
        1 <= len(words) <= _MOST_WORDS_OF_ROLE
        and is_role(role)
        and not set(words) <= _NO_ROLE
        and _NOT_OF_A_ROLE.search(role) is None
    )


_SURE = 3.0
_BY = {
    "at": 2.0,
    "with": 1.0,
    "from": 1.0,
    "within": 1.0,
    "by": 0.8,
    "for": 0.6,
    "of": 0.6,
    "in": -0.5,
    "to": 0.3,
}


def _score(role: str, place: str, connector: re.Match[str], email: str) -> float:
    """How likely a clause is cut rightly into a role and where it is held; 0: not at all."""
    by = connector["by"] or connector["behind"]
    fits, is_sure = affinity(place, email), is_surely_organisation(place) or is_brand(place)
    is_named = is_sure or is_kind_word(place.split()[-1])
    told = 2.5 if is_sure else 1.5 if is_named else float(fits)
    told = 2.5 + 0.5 * fits if fits > 1 else told
    if fits < 2 and by in ("of", "for") and _DEPARTMENTAL.search(role):
        return 0.0
    if fits < 2 and not is_sure and is_role(place):
        return 0.0
    is_of_body = (by == "of" and OF_A_BODY.search(role)) or (
        by in ("with", "for") and _OF_VOLUNTEERS.search(role)
    )
    if told == 0 and by != "at" and not is_of_body:
        return 0.0
    if by == "to" and not (is_sure or fits > 1):
        return 0.0
    if "," in role:
        told -= 1.0
    if by in ("of", "for") and _DEPARTMENTAL.search(role):
        told -= 0.5
    return told + (_BY[by] if by else 0.5)


def _role(text: str, start: int, end: int) -> Piece | None:
    leads = _LEADS_AND.match(text, start, end)
    start = leads.end() if leads and is_own_role(text[leads.end() : end].rstrip(" ,.")) else start
    role = re.sub(r"(?:\s(?:and|or|of|for|a|the|here))+$", "", text[start:end].rstrip(" ,."))
    return Piece(role, start, start + len(role)) if is_own_role(role) else None


def _lone_role(text: str, start: int, end: int) -> Piece | None:
    """A role without the place where it is held, up to the first comma or `in Southall`."""
    for cut in _cuts(text, start, end):
        role = _role(text, start, cut)
        if role is not None:
            return role
    return None


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    for connector in _CONNECTOR.finditer(text, start, end):
        head = text[start : connector.start()]
        by = connector["by"]
        is_of_people = text[connector.end() : end][:1].islower() and _FOR_PEOPLE.search(head)
        if by in ("of", "for") and _ANY.match(text, connector.end()):
            yield connector.start()
        is_field = by == "in" and (is_of_people or _FIELDS_OF_WORK.search(head) is not None)
        if by not in ("of", "for") and not is_field:
            yield connector.start()
    yield end


_ANY = re.compile(
    r"(?:an?|our|this|my|some) (?:[a-z]+ ){0,2}(?:group|club|charity|team|group|choir)\b"
)
"""A body that is named afterwards, if at all: `chair of a little group we call …`."""


def _clause_end(text: str, start: int) -> int:
    found = _CLAUSE_END.search(text, start, start + _LONGEST_CLAUSE)
    return found.start() if found else min(len(text), start + _LONGEST_CLAUSE)

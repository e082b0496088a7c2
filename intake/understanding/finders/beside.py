"""Pure: what running text says beside the name of a person: role, organisation, number, address."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import is_same_person, matches_address
from intake.understanding.finders.organisations import (
    is_organisation,
    is_role,
)
from intake.understanding.finders.people import Named, find_people
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.prose import end_of_name
from intake.understanding.finders.signature import EMAIL, phone_findings
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding, Span

_THEIRS = cues(
    r"\b(?:her|his|their) (?:\w+ ){0,2}(?:number|mobile|phone|tel|telephone|line|e-?mail"
    r"|address|details)\b",
    r"\b(?:call|ring|phone|reach|contact|e-?mail|text) (?:her|him|them)\b",
    r"\b(?:she|he|the (?:\w+ ){1,3})(?:can|may|could|is) (?:best |also |usually )?(?:be )?"
    r"(?:reached|contacted|called|rung|available)\b",
)
_HOLDS = re.compile(
    r"\s*(?P<who>She|He|They)?(?:,? who)?(?:['’]s| is|['’]re| are) (?:the |our |an? )?"
    r"(?P<role>[A-Z][\w'’&/-]*(?: [\w'’&/-]+){0,7}?) (?:here )?(?:at|with|for) (?:the )?"
    r"(?P<place>[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|for|and|the|in|&)){0,8})"
)
_THEIR_POST = re.compile(
    r"\b(?:her|his|their) (?:job |full |current )?(?:title|role|post|position) is (?:that of )?"
    r"(?:the |our |an? )?(?P<role>[^,.;()]{3,80})",
    re.I,
)


def find_of_person(paragraphs: Sequence[Paragraph], name: str, *, source: str) -> Iterator[Finding]:
    """What running text says of somebody else by name: role, organisation, telephone, address."""
    for paragraph in paragraphs:
        is_theirs = False
        for sentence in sentences(paragraph.text[:6000]):
            named = [p for p in find_people(sentence) if is_same_person(p.name, name)]
            if named:
                yield from _of_named(sentence, named[0], source, paragraph)
            elif _is_of(sentence, name):
                yield from _contact_in(sentence, source, paragraph)
            holds = _HOLDS.match(sentence[named[0].end :] if named else sentence)
            if holds and (named or (is_theirs and holds["who"])) and is_role(holds["role"]):
                at = paragraph.span(source)
                yield make_finding("role", holds["role"].strip(), "prose", 0.83, at=at)
                yield make_finding("organisation", end_of_name(holds["place"]), "prose", 0.8, at=at)
            is_theirs = bool(named)
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
            own = [p for p in people if any(is_same_person(p.name, name) for name in names)]
            others = [p for p in people if p not in own and (p.is_whole or p.has_title)]
            if own and not others:
                yield from _of_named(sentence, own[0], source, paragraph)


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
            return parts["post"], end_of_name(parts["place"])
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

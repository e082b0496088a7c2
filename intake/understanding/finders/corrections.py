"""Pure: what the writer says has changed of their own details: number, address, post, name."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import is_same_person
from intake.understanding.finders.organisations import affinity, is_role, is_surely_organisation
from intake.understanding.finders.people import find_people
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.signature import EMAIL, phone_findings
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding

OLD = 0.05
"""Confidence of a value that the writer calls wrong or old: it counts nowhere in the message."""
_REACHES_ME = cues(
    r"\b(?:use|write to|reply to|send (?:it|them|things|everything|post|mail) to|reach me"
    r"|e-?mail me|get me|find me|contact me)\b",
    r"\b(?:e-?mail|address|inbox|mailbox)\b.{0,60}\b(?:new|correct|right|current|changed|moved"
    r"|instead|from now on|now|in future|should (?:be|read)|is)\b",
    r"\b(?:my|our|new|correct|right|current) (?:\w+ )?(?:e-?mail|address|inbox|one)\b",
)
_THEIRS = re.compile(r"\b(?:him|her|them|his|their|hers|theirs)\b", re.I)
_OLD_ADDRESS = re.compile(
    r"\b(?:not|instead of|rather than|from|no longer|old|wrong)\W{1,3}$", re.I
)
_OLD_AFTER = re.compile(
    r"\W{0,3}(?:is|was|has|which|will|no longer|doesn't|does not|stops?|closes?|bounces?)\b"
    r".{0,30}\b(?:old|wrong|gone|clos\w+|dead|longer|misspelt|mistyped|work|stop\w*|bounc\w+)\b",
    re.I,
)
_MY_POST = re.compile(
    r"\b[Mm]y (?:new |correct |full |current )?(?:job )?(?:title|role|post|position)"
    r"(?: \([^()]{0,60}\))? (?:is|should (?:be|read|say)|has changed to|will be)(?: now)?"
    r"(?: that of)? (?:the |an? |our )?(?P<role>[^,.;:()!?]{3,80})"
)
_NOW_AT = re.compile(
    r"\b(?i:now|moved|moving|gone|transferred|recently joined|have joined|'ve joined|new job)"
    r" (?:(?:working|employed|based) )?(?:(?:with|at|for|to|from) )?(?:the )?"
    r"(?P<place>[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|for|and|the|in|&)){0,8})"
    r"(?:,? (?:as|where I(?:['’]m| am)) (?:the |an? |its |their )?(?P<role>[^,.;:()!?]{3,60}))?"
)
_NOW_AS = re.compile(
    r"\b[Ii](?:['’]m| am) now (?:the |an? |working as (?:an? |the )?)?(?P<role>[^,.;:()!?]{3,50}?)"
    r" (?:at|with|for|of) (?:the )?"
    r"(?P<place>[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|for|and|the|in|&)){0,8})"
)
_NEW_NAME = re.compile(
    r"\b(?:[Ii](?:['’]m| am) now|[Mm]y (?:new |married |correct )?(?:sur)?name (?:is|should be"
    r"|has changed to|is spelt)|[Nn]ow known as)(?: now)? (?P<name>[A-Z][\w'’-]+"
    r"(?: [A-Z][\w'’-]+){1,3})"
)
_ENDS_IN_SMALL = re.compile(r"(?: (?:of|for|and|the|in|&))+$")


def find_corrections(
    paragraphs: Sequence[Paragraph], *, names: Sequence[str], email: str, source: str
) -> Iterator[Finding]:
    """Values that the writer puts in the place of others; those others come with `OLD`."""
    for paragraph in paragraphs:
        for sentence in sentences(paragraph.text[:6000]):
            yield from _phones(sentence, source, paragraph)
            if not _tells_of_others(sentence, names):
                yield from _addresses(sentence, source, paragraph)
                yield from _posts(sentence, email, source, paragraph)
            found = _NEW_NAME.search(sentence)
            if found and any(_is_renamed(found["name"], name) for name in names):
                yield make_finding(
                    "name", found["name"], "correction", 0.96, at=paragraph.span(source)
                )


def without_old(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Without values that the writer calls old, wherever else they stand (in a signature that
    nobody changed), as long as another is left."""
    old = {(f.field, f.value) for f in findings if f.confidence <= OLD}
    new = {f.field for f in findings if f.method == "correction" and f.confidence > OLD}
    return tuple(f for f in findings if f.field not in new or (f.field, f.value) not in old)


def _phones(sentence: str, source: str, paragraph: Paragraph) -> Iterator[Finding]:
    phones = find_phones(sentence)
    for phone in phones:
        if phone.is_old:
            yield make_finding("phone", phone.number, "correction", OLD, at=paragraph.span(source))
    yield from phone_findings(
        [phone for phone in phones if phone.is_new and not phone.is_others],
        base=0.92,
        method="correction",
        source=source,
        offset=paragraph.start,
    )


def _addresses(sentence: str, source: str, paragraph: Paragraph) -> Iterator[Finding]:
    if not _REACHES_ME.search(sentence) or _THEIRS.search(sentence):
        return
    for match in EMAIL.finditer(sentence):
        after = sentence[match.end() : match.end() + 60]
        is_old = _OLD_ADDRESS.search(sentence[: match.start()][-20:]) or _OLD_AFTER.match(after)
        yield make_finding(
            "email",
            match.group().lower().rstrip("."),
            "correction",
            OLD if is_old else 0.93,
            at=paragraph.span(source),
        )


def _posts(sentence: str, email: str, source: str, paragraph: Paragraph) -> Iterator[Finding]:
    span = paragraph.span(source)
    mine = _MY_POST.search(sentence)
    if mine:
        role = re.split(r" (?:and|not|but|at|rather) ", mine["role"])[0].strip()
        yield make_finding("role", role, "correction", 0.93, at=span)
    for pattern in (_NOW_AS, _NOW_AT):
        found = pattern.search(sentence)
        if found is None:
            continue
        place = _ENDS_IN_SMALL.sub("", found["place"])
        if is_surely_organisation(place) or affinity(place, email) > 1:
            yield make_finding("organisation", place, "correction", 0.93, at=span)
            if found["role"] and is_role(found["role"]):
                yield make_finding("role", found["role"].strip(), "correction", 0.93, at=span)
            return


def _tells_of_others(sentence: str, names: Sequence[str]) -> bool:
    """Whether a sentence names a person who is not the writer."""
    people = find_people(EMAIL.sub(" ", sentence))
    others = [p for p in people if not any(is_same_person(p.name, name) for name in names)]
    return any(
        p.is_whole or sentence[p.end : p.end + 2] in ("'s", "’s") or p.has_title for p in others
    ) and not _NOW_AT.search(sentence)


def _is_renamed(name: str, before: str) -> bool:
    return name.split()[0].lower() == before.split()[0].lower()

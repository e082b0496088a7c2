"""Pure: what the writer says has changed of their own details: number, address, post, name."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.name_runs import NAME_RUN, organisation_at
from intake.understanding.finders.names import is_same_person, matches_address
from intake.understanding.finders.organisations import affinity, is_role, is_surely_organisation
from intake.understanding.finders.people import find_people
from intake.understanding.finders.said import phones_of
from intake.understanding.finders.sentences import Sentence
from intake.understanding.finders.signature import EMAIL
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
_OWN = re.compile(
    r"\b(?:i|i'm|im|me|my|mine|we|us|our|ours|myself|here|instead|correct"
    r"|this (?:one|address|e-?mail|inbox|mailbox)|now on)\b",
    re.I,
)
_THEIRS = re.compile(
    r"\b(?:him|her|them|his|their|hers|theirs|(?:all|both|each|either) of us|us (?:all|both))\b",
    re.I,
)
_OLD_ADDRESS = re.compile(
    r"\b(?:not|instead of|rather than|from|no longer|old|wrong)\W{1,3}$", re.I
)
_OLD_AFTER = re.compile(
    r"\W{0,3}(?:but )?(?:i|we) (?:never|don['’]?t|rarely|hardly)\b|"
    r"\W{0,3}(?:is|was|has|which|will|no longer|doesn't|does not|stops?|closes?|bounces?)\b"
    r".{0,30}\b(?:old|wrong|gone|clos\w+|dead|longer|misspelt|mistyped|work|stop\w*|bounc\w+)\b",
    re.I,
)
_MY_POST = re.compile(
    r"\b[Mm]y (?:new |correct |full |current )?(?:job )?(?:title|role|post|position)"
    r"(?: \([^()]{0,60}\))? (?:is|should (?:be|read|say)|has changed to|will be)"
    r"(?: now| going to be)?"
    r"(?: that of)? (?:the |an? |our )?(?P<role>[^,.;:()!?]{3,80})"
)
_NOW_AT = re.compile(
    r"\b(?i:now|moved|moving|gone|transferred|recently joined|have joined|'ve joined|new job)"
    r" (?:(?:working|employed|based) )?(?:(?:with|at|for|to|from) )?(?:the )?"
    rf"(?P<place>{NAME_RUN})"
    r"(?:,? (?:as|where I(?:['’]m| am)) (?:the |an? |its |their )?(?P<role>[^,.;:()!?]{3,60}))?"
)
_NOW_AS = re.compile(
    r"\b[Ii](?:['’]m| am) now (?:the |an? |working as (?:an? |the )?)?(?P<role>[^,.;:()!?]{3,50}?)"
    rf" (?:at|with|for|of) (?:the )?(?P<place>{NAME_RUN})"
)
_NEW_NAME = re.compile(
    r"\b(?:[Ii](?:['’]m| am) now|[Mm]y (?:new |married |correct )?(?:sur)?name (?:is|should be"
    r"|has changed to|is spelt)|[Nn]ow known as)(?: now)? (?P<name>[A-Z][\w'’-]+"
    r"(?: [A-Z][\w'’-]+){1,3})"
)


def find_corrections(
    sentences: Sequence[Sentence], *, names: Sequence[str], email: str, source: str
) -> Iterator[Finding]:
    """Values that the writer puts in the place of others; those others come with `OLD`."""
    for sentence in sentences:
        yield from _phones(sentence, source)
        if not _tells_of_others(sentence, names):
            yield from _addresses(sentence, names, email, source)
            yield from _posts(sentence, email, source)
        found = _NEW_NAME.search(sentence.text)
        if found and any(_is_renamed(found["name"], name) for name in names):
            yield _finding("name", found["name"], 0.96, sentence, found.start("name"), source)


def without_old(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Without values that the writer calls old, wherever else they stand (in a signature that
    nobody changed), as long as another is left."""
    old = {(f.field, f.value) for f in findings if f.confidence <= OLD}
    new = {f.field for f in findings if f.method == "correction" and f.confidence > OLD}
    return tuple(f for f in findings if f.field not in new or (f.field, f.value) not in old)


def _phones(sentence: Sentence, source: str) -> Iterator[Finding]:
    for phone in sentence.phones:
        if phone.is_old:
            at = sentence.span(phone.start, phone.end, source=source)
            yield make_finding("phone", phone.number, "correction", OLD, at=at)
    new = [phone for phone in sentence.phones if phone.is_new and not phone.is_others]
    yield from phones_of(sentence, new, source, base=0.92, method="correction")


def _addresses(
    sentence: Sentence, names: Sequence[str], email: str, source: str
) -> Iterator[Finding]:
    """Addresses of the writer's; one to which a sentence merely says to write may be anybody's."""
    text = sentence.text
    if not sentence.addresses or not _REACHES_ME.search(text) or _THEIRS.search(text):
        return
    for address in sentence.addresses:
        is_near = address.email.partition("@")[2] == email.partition("@")[2]
        is_near = is_near or any(matches_address(name, address.email) for name in names)
        if email and not is_near and _OWN.search(text) is None:
            continue
        before, after = text[: address.start][-20:], text[address.end : address.end + 60]
        is_old = _OLD_ADDRESS.search(before) or _OLD_AFTER.match(after)
        confidence = OLD if is_old else 0.93
        at = sentence.span(address.start, address.end, source=source)
        yield make_finding("email", address.email, "correction", confidence, at=at)


def _posts(sentence: Sentence, email: str, source: str) -> Iterator[Finding]:
    mine = _MY_POST.search(sentence.text)
    if mine:
        role = re.split(r" (?:and|not|but|at|rather) ", mine["role"])[0].strip()
        yield _finding("role", role, 0.93, sentence, mine.start("role"), source)
    for pattern in (_NOW_AS, _NOW_AT):
        found = pattern.search(sentence.text)
        place = found and organisation_at(sentence.text, found.start("place"), email=email)
        if found is None or place is None:
            continue
        if is_surely_organisation(place.text) or affinity(place.text, email) > 1:
            yield _finding("organisation", place.text, 0.93, sentence, place.start, source)
            if found["role"] and is_role(found["role"]):
                role = found["role"].strip()
                yield _finding("role", role, 0.93, sentence, found.start("role"), source)
            return


def _finding(
    field: str, value: str, confidence: float, sentence: Sentence, start: int, source: str
) -> Finding:
    at = sentence.span(start, start + len(value), source=source)
    return make_finding(field, value, "correction", confidence, at=at)


def _tells_of_others(sentence: Sentence, names: Sequence[str]) -> bool:
    """Whether a sentence names a person who is not the writer."""
    text = sentence.text
    people = find_people(EMAIL.sub(" ", text)) if sentence.addresses else sentence.people
    others = [p for p in people if not any(is_same_person(p.name, name) for name in names)]
    return any(
        p.is_whole or text[p.end : p.end + 2] in ("'s", "’s") or p.has_title for p in others
    ) and not _NOW_AT.search(text)


def _is_renamed(name: str, before: str) -> bool:
    return name.split()[0].lower() == before.split()[0].lower()

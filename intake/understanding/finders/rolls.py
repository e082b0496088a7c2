"""Pure: rolls of people who are put forward: items of a list, lines of an address book, names with
what belongs to them on the lines below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from intake.understanding.finders.names import clean_name, is_person
from intake.understanding.finders.organisations import (
    Post,
    is_organisation,
    is_role,
    read_person,
    split_post,
)
from intake.understanding.finders.signature import EMAIL
from intake.understanding.texts.lines import Line, bullet_length, groups
from intake.understanding.texts.paragraphs import Paragraph
from intake.understanding.texts.patterns import cues
from storage.domain.people import Nominee

NOMINATES = cues(
    r"\bnomin(?:at\w+|ees?)\b",
    r"\bput(?:ting)? (?:forward|up)\b"
    r"|\bput(?:ting)? (?:[\w'’-]+ ){1,6}(?:\([^()]{1,80}\) )?(?:forward|up for|in for|down for)\b",
    r"\bplease (?:also )?(?:add|book|enrol|include|accept|take) (?=(?-i:[A-Z]))"
    r"|\b(?:is|are|of) (?:two|three|four|five|six|seven|eight) people:",
    r"\b(?:re)?commend\w*\b|\bpropos(?:e|ing) \b|\bsuggest(?:ing)? \b",
    r"\b(?:person|people|colleagues?|ones?|names?) (?:i|we)(?: have|['’]ve)? (?:in mind|chosen|want"
    r"|suggest|picked)\b",
    r"\b(?:for|have|get|given|offered) (?:a|one of the|the) places?\b",
    r"\b(?:deserves?|would benefit from|should have) a place\b|\bplaces? for\b",
    r"\b(?:should|ought to) be (?:on|in|part of|coming on) (?:your|the|this) (?:next )?(?:programme"
    r"|cohort|course)\b",
    r"\bas (?:a|our) (?:candidate|nominee)s?\b",
)
_ADDRESSED = re.compile(
    r"(?:^|[;,:] |\band )[\"'‘“]?(?P<name>[^\W\d_][^<>;,:@\"”]{2,60}?)[\"'’”]? "
    r"<(?P<email>[^\s<>@]{1,64}@[^\s<>@]{3,200})>"
)
_ASIDE = re.compile(
    r"^(?:\([^()]{2,60}\)|(?:and|also|plus|then|finally|lastly),?|(?:me|myself)\s?[:,–-]"
    r"|(?:pc|pcso|dc|ds|sgt) \d{2,6}) (?=[A-Z])",
    re.I,
)
_NEXT_ITEM = re.compile(r"\S \(?(?:2|b|ii)\) ")
"""What shows that a numbered line holds the items behind it too."""
_BEHIND = re.compile(r",? (?:who|which|she|he|they|whose)\b.*$|(?<=[\w)'’]{3})[.!] [A-Z].*$")
"""What an item goes on to say of somebody behind their post."""
_MARKUP = re.compile(r"(?<!\w)[*_]{1,2}(?=\w)|(?<=[\w.])[*_]{1,2}(?!\w)")
"""Marks that show bold and italics in plain text."""
_NUMBER = re.compile(
    r"(?:,? ?\b(?:or|on|and))?(?: ?\b(?:tel|telephone|phone|mobile|mob|m|t)\b[.:]?)? ?"
    r"\+?\(?\b\d(?:[ ()-]{0,2}\d){8,13}\b",
    re.I,
)
"""A telephone number with what leads to it."""
_EDGES = " \t,;:-–—|/<>()[]"
_OPENS_ROW = re.compile(r"\s?[,(:;|<\[\t]|\s(?:[-–—]{1,2}|/)\s")
_BEHIND_NAME = re.compile(r"(?:[^\W\d_][\w'’.-]*\s?){2,5}(?:[,(:;|<]|[-–—]{1,2}\s|$)")
_FRONT = re.compile(
    r"(?!.{0,60}\b(?:is|are|was|be|we|i|have|has|put)\b.{0,60}?:)(?P<front>[^:|,;@.!?]{3,60}?)\s?(?P<mark>:|\||\s[-–—]{1,2}\s)\s*(?P<rest>\S.{3,})$"
)
_DOES = re.compile(r"\) (?:has|have|had|is|was|would|will|wants|wishes|asked|asks)\b")


def read_roll(body: Sequence[Line], paragraphs: Sequence[Paragraph]) -> list[Nominee]:
    """The people of the first kind of roll that a message holds; empty where it holds none."""
    return _read_addressed(paragraphs) or _read_list(paragraphs) or _read_stacks(body)


def _read_list(paragraphs: Sequence[Paragraph]) -> list[Nominee]:
    """Items of a list, or lines of their own, that open with a name and go on with role,
    organisation, address; two at least, or one with an address."""
    read = [(p, _read_item(p)) for paragraph in paragraphs for p in _unjoined(paragraph)]
    groups = [p.group for p, nominee in read if nominee is not None]
    found: list[Nominee] = []
    for paragraph, nominee in read:
        is_among = groups.count(paragraph.group) > 1
        if nominee is None and is_among:
            nominee = _read_item(paragraph, is_among=True)
        is_item = paragraph.has_bullet or paragraph.has_number
        if nominee is not None and (is_item or nominee.email or len(groups) > 1):
            found.append(nominee)
    return found


def _unjoined(paragraph: Paragraph) -> list[Paragraph]:
    """The lines of a paragraph each for itself where each opens with somebody's name: short lines
    of a roll look like wrapped ones."""
    rows: list[list[Line]] = []
    for line in paragraph.lines:
        if rows and not EMAIL.sub("", line.text).strip(_EDGES):
            rows[-1].append(line)  # the address alone was wrapped
        else:
            rows.append([line])
    opens = (_OPENS_ROW.split(EMAIL.sub("", row[0].text).strip(_EDGES))[0] for row in rows)
    if len(rows) < 2 or not all(_is_somebody(name) for name in opens):
        return [paragraph]
    return [
        replace(
            paragraph,
            text=" ".join(line.text.strip() for line in row),
            start=row[0].start,
            end=row[-1].end,
            lines=tuple(row),
        )
        for row in rows
    ]


def _read_addressed(paragraphs: Sequence[Paragraph]) -> list[Nominee]:
    """`Ada Bell <ada@…>; 'Tom Oak' <tom@…>`, as an address book gives several people."""
    found = []
    for paragraph in paragraphs:
        pairs = [
            Nominee(name, match["email"].lower())
            for match in _ADDRESSED.finditer(paragraph.text[:4000])
            if (name := clean_name(match["name"])) and is_person(name)
        ]
        found += pairs if len(pairs) > 1 else []
    return found


def _read_stacks(body: Sequence[Line]) -> list[Nominee]:
    """A name on one line, what they do and their address on those below, one after another."""
    found: list[Nominee] = []
    for group in groups(body):
        stack: list[str] = []
        for line in (*group, None):
            text = line.text[bullet_length(line.text) :].strip(" ,;") if line else ""
            if line is None or _is_somebody(text):
                found += _of_stack(stack)
                stack = []
            if line and (stack or _is_somebody(text)):
                stack.append(text)
    return found


def _read_item(paragraph: Paragraph, *, is_among: bool = False) -> Nominee | None:
    """The nominee of one item or line; `is_among`: the lines around it are nominees for sure."""
    text = _name_first(_ASIDE.sub("", _MARKUP.sub("", paragraph.text)))
    if paragraph.words > 40 or text.rstrip().endswith("?") or NOMINATES.search(text):
        return None
    if _DOES.search(text) or (paragraph.has_number and _NEXT_ITEM.search(text)):
        return None
    address = EMAIL.search(text)
    email = address.group().lower().rstrip(".") if address else None
    bare = _NUMBER.sub("", EMAIL.sub("", text))
    bare = _BEHIND.sub("", bare)
    bare = re.sub(
        r"\((?:e-?mail|email)?\s?:?\s*\)|\be-?mail\s?:\s*$|\s[-–—]\s*$|<\s*>", "", bare
    ).strip(" ,;:-–—|(<.")
    person = read_person(bare, email or "")
    if person is None or not _is_somebody(person.name):
        return None
    rest = bare[len(bare.split(",")[0]) :]
    is_told = person.role or person.organisation or email or (is_among and _BEHIND_NAME.match(text))
    if not is_told or len(rest.split()) > 24:
        return None
    is_item = is_among or paragraph.has_bullet or paragraph.has_number
    if not email and not is_item and not (person.role and person.organisation):
        return None
    role, organisation = _split_loosely(person.role, person.organisation)
    return Nominee(person.name, email, role, organisation)


def _name_first(text: str) -> str:
    """`Mile Surgery: Ada Bell, nurse, ada@…` and `Nurse: Ada Bell, …` with the name in front."""
    found = _FRONT.match(text)
    if found is None or (_is_somebody(found["front"]) and found["mark"] != ":"):
        return text
    name = _OPENS_ROW.split(found["rest"], maxsplit=1)[0]
    if not _is_somebody(name):
        return text
    behind = found["rest"][len(name) :]
    address = EMAIL.search(behind)
    end = address.start() if address else len(behind)
    return f"{name}{behind[:end].rstrip(' ,;:(<–—-')}, {found['front']} {behind[end:]}".rstrip()


def _is_somebody(name: str) -> bool:
    is_label = name.split()[:1] in (["Her"], ["His"], ["Their"], ["My"], ["Our"], ["Your"])
    return is_person(name) and not (is_label or is_role(name) or is_organisation(name))


def _of_stack(lines: Sequence[str]) -> Iterator[Nominee]:
    if len(lines) < 2:
        return
    address = EMAIL.search(" ".join(lines[1:]))
    rest = ", ".join(bare for line in lines[1:] if (bare := EMAIL.sub("", line).strip(" ,;:<>()")))
    post = split_post(rest) if rest else Post()
    if address or (post.role and post.organisation):
        email = address.group().lower().rstrip(".") if address else None
        name = clean_name(lines[0]) or lines[0]
        yield Nominee(name, email, post.role, post.organisation)


def _split_loosely(role: str | None, organisation: str | None) -> tuple[str | None, str | None]:
    """In a list what follows a role and a comma is where it is held, keyword or not."""
    if role is None and organisation is not None and organisation.count(", ") == 1:
        left, _, right = organisation.partition(", ")
        if is_organisation(right) and not is_organisation(left):
            return left, right
    if role is None or organisation is not None or ", " not in role:
        return role, organisation
    left, _, right = role.rpartition(", ")
    return (left, right) if is_role(left) and not is_role(right) else (role, None)

"""Pure: people whom running text puts forward.

Whom such a letter introduces, by an address or a post beside the name, it puts forward, unless it
speaks of them as of somebody who agrees, asks, passes on or is to be written to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.understanding.finders.addressees import address_of, addresses_in, by_first_name
from intake.understanding.finders.beside import post_beside
from intake.understanding.finders.introduced_words import (
    APART,
    ASIDE,
    CONSENTS,
    GOES_ON,
    JOINS,
    LONG_AGO,
    NOMINATOR,
    WAS_NOMINATED,
)
from intake.understanding.finders.name_runs import organisation_at
from intake.understanding.finders.names import is_same_person, matches_address
from intake.understanding.finders.oneself import is_beside_me
from intake.understanding.finders.organisations import Post, is_organisation, is_role
from intake.understanding.finders.people import Named, find_people
from intake.understanding.finders.posts import read_post
from intake.understanding.finders.rolls import NOMINATES
from intake.understanding.finders.signature import EMAIL
from intake.understanding.texts.paragraphs import Paragraph, sentences
from storage.domain.people import Nominee

_MOST_READ = 20_000
"""Characters of a message that are read for people."""
_LONGEST_PARAGRAPH = 6000
_OBJECT = re.compile(r" (?:my|our|the) (?:[\w'’-]+ ){0,4}[\w'’-]+,? ")
"""What stands between `nominate` and a name where that is the one: `nominate my manager, Ada`."""
_TO_OTHERS = re.compile(r"\b(?:my|me|mine|our|us|copy|repl(?:y|ies)|write back)\b", re.I)
_OF_THEM = re.compile(
    r"^\W*(?:He|She|They|His|Hers?|Theirs?|E-?mails?|Address|Contact|Write|Reach)\b"
    r"|\b(?:her|his|their)(?: [\w'’-]+){0,3} (?:e-?mail|address|inbox|one)\b",
    re.I,
)
"""How a sentence goes on about those whom the one before it named."""
_THEY_ARE = re.compile(
    r"^\W*(?:He|She|They)(?:['’]s|['’]re| is| are| works as| has| was)(?: been)?(?: both)?\s", re.I
)
_AND_THEY_ARE = re.compile(
    r"(?:,? and|;|,)? (?:s?he|they)(?:['’]s|['’]re| is| are| works as) ", re.I
)
_OF_PLACE = re.compile(r",?\s\(?(?:who (?:works|is) )?(?:here )?(?:from|of|at|with) (?:the )?")
_IN_PLACE = re.compile(r"\b(?:on|in|at|near|the)(?: (?:our|the|my|their))? $", re.I)
_POST_BEFORE = re.compile(r", (?P<post>[^,;:.()]{3,60}), $")
_BRACKETED = re.compile(rf"\s?[(<](?:e-?mail:? )?{EMAIL.pattern}[)>]|,? <?{EMAIL.pattern}>?", re.I)
_ENDS_BEHIND = ("place", "places", "programme", "cohort", "course")
"""What ends the words that put forward whom the sentence named before them."""
_FAR_BEFORE = 120
"""Characters before a name in which it is said what part its bearer has."""
_MOST_AFTER = 3
"""Sentences behind the one that names somebody in which their address may stand."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, with the people whom it names by their whole names."""

    text: str
    people: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A person in sentence `at`. `stretch` is what it says behind them before it names the next;
    `is_forward`: the sentence says that they are put forward."""

    person: Named
    at: int
    stretch: str
    email: str | None
    is_forward: bool
    is_writer: bool


def read_introduced(
    paragraphs: Sequence[Paragraph], names: Sequence[str] = (), email: str = ""
) -> tuple[list[Nominee], bool]:
    """The people whom running text puts forward, and whether that is sure: it says so, or gives
    the addresses of several. `names` and `email` are the writer's."""
    said = list(_sentences(paragraphs))
    text = " ".join(sentence.text for sentence in said)[:_MOST_READ]
    addresses = addresses_in(text)
    mentions = list(_mentions(said, addresses, by_first_name(text), names))
    others = [mention for mention in mentions if mention.is_forward or not mention.is_writer]
    chosen = [m for m in others if m.is_forward or m.email is not None]
    is_sure = NOMINATES.search(text) is not None or len({m.email for m in chosen if m.email}) > 1
    if others and not chosen:
        posted = [m for m in others if _post_of(m, said) != Post()]
        posted = posted or [m for m in others if _is_told_of(m, said)]
        chosen = [m for m in posted if m.at == posted[0].at]
        is_sure = False
    kept = [m for m in mentions if m in chosen or _is_among(m, chosen, said)]
    return _without_places([_nominee(m, said, email) for m in kept]), is_sure


def _sentences(paragraphs: Sequence[Paragraph]) -> Iterator[_Said]:
    read = 0
    for paragraph in paragraphs:
        if read > _MOST_READ:
            return
        read += len(paragraph.text)
        for text in sentences(paragraph.text[:_LONGEST_PARAGRAPH]):
            people = (_without_post(person) for person in find_people(text))
            yield _Said(text, tuple(p for p in people if p.is_whole and not _is_thing(text, p)))


def _without_post(person: Named) -> Named:
    """`Firefighter Ada Bell` without what she does, `Nominating Ada` without what is done."""
    first, _, rest = person.name.partition(" ")
    is_apart = (is_role(first) and " " in rest) or NOMINATES.match(first)
    return replace(person, name=rest) if is_apart else person


def _is_thing(text: str, person: Named) -> bool:
    """Whether what reads like a name is a team's, a place's or a job's."""
    if is_organisation(person.name) or is_role(person.name):
        return True
    is_team = text[person.end : person.end + 6].lower().startswith((" team", " group"))
    before = text[max(0, person.start - 20) : person.start]
    is_place = _IN_PLACE.search(before) is not None or _is_workplace(text, person)
    return is_team or (not person.has_title and is_place)


def _is_workplace(text: str, person: Named) -> bool:
    """The ward in `Ward Clerk, Leith Ward, Mile Hospital`."""
    post = _POST_BEFORE.search(text[max(0, person.start - 80) : person.start])
    behind = text.startswith(", ", person.end) and organisation_at(text, person.end + 2)
    return bool(post and is_role(post["post"]) and behind and is_organisation(behind.text))


def _mentions(
    said: Sequence[_Said],
    addresses: Sequence[str],
    by_first: Mapping[str, str],
    names: Sequence[str],
) -> Iterator[_Mention]:
    """Everybody who is named, but those who have another part in it."""
    nominates = False
    for at, sentence in enumerate(said):
        cue = NOMINATES.search(sentence.text)
        goes_on = nominates and GOES_ON.match(sentence.text) is not None
        nominates = nominates or cue is not None
        if not sentence.people:
            continue
        ends = [*(person.start for person in sentence.people[1:]), len(sentence.text)]
        for person, end in zip(sentence.people, ends, strict=True):
            is_after = cue is not None and (
                person.start > cue.start() or cue.group().lower().endswith(_ENDS_BEHIND)
            )
            is_forward = is_after or (goes_on and person is sentence.people[0])
            is_writer = any(is_same_person(person.name, name) for name in names)
            is_forward = is_forward or (is_writer and is_beside_me(sentence.text, person))
            is_object = cue is not None and _OBJECT.fullmatch(
                sentence.text[cue.end() : person.start]
            )
            if not is_object and _is_other(sentence.text, person, is_forward=is_forward):
                continue
            stretch = sentence.text[person.end : end]
            told = _own_address_in(stretch, person.name)
            told = told or address_of(person.name, addresses, by_first)
            told = told or _address_in(stretch, sentence.people)
            yield _Mention(person, at, stretch, told, is_forward, is_writer)


def _own_address_in(stretch: str, name: str) -> str | None:
    """The first address behind a name, if it is made of that name."""
    told = EMAIL.search(stretch)
    email = told.group().lower().rstrip(".") if told else None
    return email if email and matches_address(name, email) else None


def _address_in(stretch: str, people: Sequence[Named]) -> str | None:
    """The first address behind a name, unless it is made of the name of another."""
    told = EMAIL.search(stretch)
    email = told.group().lower().rstrip(".") if told else None
    is_others = email and any(matches_address(other.name, email) for other in people)
    return None if is_others else email


def _is_other(text: str, person: Named, *, is_forward: bool) -> bool:
    """Whether somebody is named as another than those who are put forward."""
    before = text[max(0, person.start - _FAR_BEFORE) : person.start]
    if APART.search(before):
        return True
    after = text[person.end : person.end + 300]
    if WAS_NOMINATED.search(before) and LONG_AGO.search(after):
        return True
    return not is_forward and any(
        pattern is not None
        for pattern in (ASIDE.search(before), CONSENTS.match(after), NOMINATOR.match(after))
    )


def _is_told_of(mention: _Mention, said: Sequence[_Said]) -> bool:
    """Whether a sentence opens with somebody and tells of what they do."""
    text, person = said[mention.at].text, mention.person
    is_subject = person.start == 0 and re.match(r" (?:who )?[a-z]", text[person.end :])
    return bool(is_subject) and not text.rstrip().endswith("?")


def _is_among(mention: _Mention, chosen: Sequence[_Mention], said: Sequence[_Said]) -> bool:
    """Whether somebody is one more of those whom the same sentence puts forward."""
    text = said[mention.at].text
    before = text[max(0, mention.person.start - 60) : mention.person.start]
    is_near = any(other.at == mention.at for other in chosen)
    return is_near and (mention.is_forward or JOINS.search(before) is not None)


def _nominee(mention: _Mention, said: Sequence[_Said], own: str) -> Nominee:
    """`own` is the writer's address."""
    post = _post_of(mention, said)
    email = mention.email or _email_after(mention, said, own)
    email = email or (own if mention.is_writer else None) or None
    return Nominee(mention.person.name, email, post.role, post.organisation)


def _email_after(mention: _Mention, said: Sequence[_Said], own: str) -> str | None:
    """The address behind the sentence which names somebody last, alone there or told as theirs."""
    if said[mention.at].people[-1].start > mention.person.start:
        return None
    for sentence in said[mention.at + 1 : mention.at + 1 + _MOST_AFTER]:
        told = EMAIL.search(sentence.text)
        if sentence.people:
            return None
        if told is None or told.group().lower() == own:
            continue
        is_alone = len(EMAIL.sub("", sentence.text).split()) < 3
        is_theirs = _OF_THEM.search(sentence.text) and not _TO_OTHERS.search(sentence.text)
        return told.group().lower().rstrip(".") if is_alone or is_theirs else None
    return None


def _post_of(mention: _Mention, said: Sequence[_Said]) -> Post:
    """What somebody does and where: beside the name, or in the next sentence about them."""
    text, end = said[mention.at].text, mention.person.end
    text = text[:end] + _BRACKETED.sub("", text[end : end + len(mention.stretch)])
    role, organisation = post_beside(text, mention.person)
    place = _OF_PLACE.match(text, end)
    if organisation is None and place:
        named = organisation_at(text, place.end())
        organisation = named.text if named and is_organisation(named.text) else None
    stated = _AND_THEY_ARE.match(text, end) if role is None else None
    if stated:
        post = read_post(text, stated.end())
        role = post.role.text if post.role else None
        organisation = organisation or (post.organisation.text if post.organisation else None)
    following = said[mention.at + 1] if mention.at + 1 < len(said) else None
    stated = _THEY_ARE.match(following.text) if following and role is None else None
    if following and stated:
        post = read_post(_BRACKETED.sub("", following.text), stated.end())
        role = post.role.text if post.role else None
        organisation = organisation or (post.organisation.text if post.organisation else None)
    first = said[mention.at].text[mention.person.start : end].split()[0]
    is_title = role is None and is_role(first) and first not in mention.person.name
    return Post(first if is_title else role, organisation)


def _without_places(found: Sequence[Nominee]) -> list[Nominee]:
    """Without what is named as where one of them works: `Ward Clerk, Leith Ward`."""
    posts = [f"{n.role or ''}, {n.organisation or ''}" for n in found]
    return [n for n in found if not any(n.name in post for post in posts)]

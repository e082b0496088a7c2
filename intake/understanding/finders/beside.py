"""Pure: what running text says beside the name of a person: role, organisation, number, address."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.name_runs import Piece, organisation_at
from intake.understanding.finders.names import is_same_person, matches_address
from intake.understanding.finders.organisations import (
    affinity,
    is_certain,
    is_role,
    is_surely_organisation,
)
from intake.understanding.finders.people import Named
from intake.understanding.finders.posts import SaidPost, is_own_role, read_post
from intake.understanding.finders.said import is_told_of, phones_of, post_findings
from intake.understanding.finders.sentences import Sentence
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding

_THEIRS = cues(
    r"\b(?:her|his|their) (?:\w+ ){0,2}(?:number|mobile|phone|tel|telephone|line|e-?mail"
    r"|address|details)\b",
    r"\b(?:hers|theirs),? (?=[\d+(])",
    r"\b(?:call|ring|phone|reach|contact|e-?mail|text) (?:her|him|them)\b",
    r"\b(?:she|he|the (?:\w+ ){1,3})(?:['’]s|can|may|could|is) (?:best |also |usually )?(?:be )?"
    r"(?:on|at|reached|contacted|called|rung|available)\b",
)
_IS = re.compile(
    r"\s*(?:,|\(|\s[-–—]+(?=\s))?\s*(?:(?:here|now)\b,? ?)?(?:(?:who|and)\s)?(?:(?:['’]s|is|was|are"
    r"|works as|work as|acts as|serves as|and is) )?"
    r"(?:(?:currently|now|also|our own) )?(?=[\w'’])"
)
_THEY_ARE = re.compile(
    r"^\W*(?:She|He|They|SHE|HE)(?:['’]s|['’]re| is| are| IS)(?: (?:acting|working|employed)"
    r"(?: here)? as)? |\b(?:[Ss]he|[Hh]e)(?:['’]s| is) (?:acting as )?(?=(?:the|an?|our) )"
    r"|\b(?:works?|working|acts?|acting|serves?|employed|is here)(?: (?:here|for (?:me|us)|with"
    r" (?:me|us)|in [\w ]{3,20}))? as |\bin (?:her|his|their) (?:role|capacity|post) as "
    r"|\bbeing (?=our )|\bacting as (?=[A-Z])"
)
_THEIR_POST = re.compile(
    r"\b(?:her|his|their|whose) (?:job |full |current )?(?:job|title|role|post|position) is"
    r" (?:that of )?",
    re.I,
)
_POST_BEFORE = re.compile(
    r"(?:\b(?:our|the|my|its|your|as) |^)(?P<post>[\w'’&-]+(?: [\w'’&-]+){0,5}),?\s\(?$", re.I
)
_NO_PARTICULAR = (
    r"(?!(?:on|via|by|who|and|or|please|you|my|our|her|his|tel|telephone|phone|mobile|mob|e-?mail"
    r"|cc|copied|is)\b)"
)
_LISTED = re.compile(
    rf",? {_NO_PARTICULAR}(?!(?:at|from|of)\b)(?P<first>[^,;:.()@\d]{{3,60}})"
    rf"(?:, {_NO_PARTICULAR}(?:(?:at|from|of|the) ){{0,2}}(?P<second>[^,;:.()@\d]{{3,60}}))?"
    r",? [(]?(?=[\w.+-]{1,64}@|\+?\(?\d{3})"
)
"""What stands between a name and its bearer's number or address, in commas."""
_MOST_LISTED = 8
_TELLS_ON = re.compile(r"^\W*(?:She|He|They)\b(?!.{0,60}\b(?:me|my|mine|I)\b)")
_OF_PLACE = re.compile(r",?\s(?:here )?(?:from|of|at|with) (?:the )?(?=[A-Z])")
_DETERMINER = re.compile(r"\b(?:our|the|my|its|your|is)\s", re.I)
_NO_POST_BEFORE = re.compile(r"\b(?:senior leader|sponsor|lead(?:er)?|\w+ is|\w+ by|from)$", re.I)
_LONGEST_POST = 60


def find_of_person(
    sentences: Sequence[Sentence], name: str, *, email: str = "", source: str
) -> Iterator[Finding]:
    """What running text says of somebody else by name: role, organisation, telephone, address;
    `email` is the writer's, whose organisation may be theirs."""
    is_theirs = False
    for sentence in sentences:
        theirs = [p for p in sentence.people if is_same_person(p.name, name)]
        if theirs:
            yield from _of_named(sentence, theirs, source, email=email)
        elif is_theirs and _TELLS_ON.match(sentence.text[:200]):
            yield from _reach_in(sentence, name, source)
        elif _is_of(sentence, name):
            yield from _contact_in(sentence, (), source)
        said = _THEY_ARE.search(sentence.text) if theirs or is_theirs else None
        stated = said or _THEIR_POST.search(sentence.text)
        if stated and not _names_somebody(sentence, stated.end()):
            post = read_post(sentence.text, stated.end(), email=email)
            yield from post_findings(
                post, sentence, source, method="prose", role=0.82, organisation=0.8
            )
        others = [p for p in sentence.people if p.is_whole and p not in theirs]
        is_theirs = bool(theirs) or (is_theirs and not others)


def find_own_name(
    sentences: Sequence[Sentence], names: Sequence[str], *, email: str, source: str
) -> Iterator[Finding]:
    """What stands beside the writer's own name: `I'm the lead: Ada Bell, Chief Nurse, 07700 …`."""
    for sentence in sentences:
        own = [p for p in sentence.people if any(is_same_person(p.name, name) for name in names)]
        own = own or _typed_small(sentence.text, names)
        if own:
            yield from _of_named(sentence, own, source, email=email)


def _typed_small(text: str, names: Sequence[str]) -> list[Named]:
    """The writer's whole name where they write it without capitals."""
    found = ((name, text.find(name.lower())) for name in names if len(name.split()) > 1)
    return [Named(name, at, at + len(name)) for name, at in found if at >= 0][:1]


def post_beside(text: str, person: Named, *, email: str = "") -> tuple[str | None, str | None]:
    """Role and organisation in apposition: `Ada Bell, our Chief Nurse at St Jude's Hospital, …` or
    `our chief executive, Ada Bell, …`."""
    post = _post_beside(text, person, email)
    return (
        post.role.text if post.role else None,
        post.organisation.text if post.organisation else None,
    )


def _names_somebody(sentence: Sentence, at: int) -> bool:
    """Whether a person is named at a place where a post is looked for: `They are Mr Bell and …`."""
    here = [person for person in sentence.people if person.start == at and person.is_whole]
    return any(person.has_title or not is_role(person.name) for person in here)


def _is_of(sentence: Sentence, name: str) -> bool:
    """Whether a sentence that doesn't name them tells of a person: theirs, or their address."""
    return _THEIRS.search(sentence.text) is not None or any(
        matches_address(name, address.email) for address in sentence.addresses
    )


def _of_named(
    sentence: Sentence, theirs: Sequence[Named], source: str, *, email: str = ""
) -> Iterator[Finding]:
    for person in theirs:
        listed = listed_at(sentence.text, person.end, email)
        yield from post_findings(
            listed, sentence, source, method="listed", role=0.84, organisation=0.8
        )
        post = _post_beside(sentence.text, person, email)
        yield from post_findings(
            post, sentence, source, method="apposition", role=0.8, organisation=0.76
        )
        of_place = _OF_PLACE.match(sentence.text, person.end)
        place = of_place and organisation_at(sentence.text, of_place.end(), email=email)
        if place and (is_surely_organisation(place.text) or affinity(place.text, email) > 1):
            at = sentence.span(place.start, place.end, source=source)
            yield make_finding("organisation", place.text, "apposition", 0.74, at=at)
            if sentence.text.startswith(", ", place.end):
                behind = read_post(sentence.text, place.end + 2, email=email)
                yield from post_findings(
                    behind, sentence, source, method="apposition", role=0.7, organisation=0.5
                )
    yield from _contact_in(sentence, theirs, source)


def listed_at(text: str, start: int, email: str) -> SaidPost:
    """Role and organisation between a name, which ends at `start`, and a number or an address, as
    a list of particulars gives them: `Ada Bell, Second Alto, Weir Singers, ada@…`."""
    found = _LISTED.match(text, start)
    if found is None or any(len(p.split()) > _MOST_LISTED for p in found.groups() if p):
        return SaidPost()
    pieces = {group: Piece(found[group], *found.span(group)) for group in found.re.groupindex}
    first, second = pieces["first"], pieces["second"]
    if found["second"]:
        if is_certain(first.text, email):
            first, second = second, first
        if (
            not is_role(first.text)
            and is_certain(second.text, email)
            and first.start > second.start
        ):
            return SaidPost(organisation=second, is_sure=True)
        is_named = second.text[:1].isupper() and not is_role(second.text)
        return SaidPost(first, second if is_named else None, is_sure=True)
    if is_role(first.text):
        said = read_post(text, first.start, email=email)
        is_apart = said.role is None or said.organisation is not None
        return SaidPost() if is_apart else SaidPost(role=said.role)
    is_named = first.text[:1].isupper() and len(first.text.split()) > 1
    return SaidPost(organisation=first, is_sure=True) if is_named else SaidPost()


def _contact_in(sentence: Sentence, theirs: Sequence[Named], source: str) -> Iterator[Finding]:
    """Numbers and addresses that the sentence tells of these people, or of somebody whom it does
    not name."""
    others = [p for p in sentence.people if p.is_whole and p not in theirs]
    for address in sentence.addresses:
        is_others = any(matches_address(p.name, address.email) for p in others)
        is_named = any(matches_address(p.name, address.email) for p in theirs)
        if is_named or (not is_others and _is_near(sentence, address.start, theirs, others)):
            at = sentence.span(address.start, address.end, source=source)
            yield make_finding("email", address.email, "prose", 0.8, at=at)
    phones = [p for p in sentence.phones if _is_near(sentence, p.start, theirs, others)]
    yield from phones_of(sentence, phones, source, base=0.86)


def _reach_in(sentence: Sentence, name: str, source: str) -> Iterator[Finding]:
    """Numbers and addresses in a sentence that goes on about somebody: `She's on 07700 …`."""
    others = [p for p in sentence.people if p.is_whole and not is_same_person(p.name, name)]
    for address in sentence.addresses:
        if not any(matches_address(p.name, address.email) for p in others):
            at = sentence.span(address.start, address.end, source=source)
            yield make_finding("email", address.email, "prose", 0.8, at=at)
    yield from phones_of(sentence, sentence.phones, source, base=0.84)


def _is_near(sentence: Sentence, at: int, theirs: Sequence[Named], others: Sequence[Named]) -> bool:
    """Whether a detail at `at` is told of `theirs` rather than of one of `others`."""
    if not others:
        return True
    return is_told_of(sentence, at, theirs)


def _post_beside(text: str, person: Named, email: str) -> SaidPost:
    behind = _IS.match(text, person.end)
    if behind and behind.end() > person.end and text[person.end : behind.end()].strip():
        post = read_post(text, behind.end(), email=email)
        if post.role:
            return post
    before = _POST_BEFORE.search(text[max(0, person.start - _LONGEST_POST) : person.start])
    if before and not _NO_POST_BEFORE.search(before["post"]):
        told = _DETERMINER.split(before["post"])[-1]
        post = read_post(told, 0, email=email)
        role = told if is_role(told) and is_own_role(told) else None
        if role and (post.role or post.organisation):
            start = max(0, person.start - _LONGEST_POST) + before.end("post") - len(role)
            return SaidPost(Piece(role, start, start + len(role)))
    return SaidPost()

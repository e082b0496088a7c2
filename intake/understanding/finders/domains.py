"""Pure: the writer's organisation where the text names what their address is made of."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.name_runs import NAME_RUN, Piece, organisation_at
from intake.understanding.finders.names import (
    clean_name,
    fold,
    is_whole,
    matches_address,
    name_from_address,
)
from intake.understanding.finders.organisations import (
    affinity,
    domain_label,
    is_kind_word,
    is_surely_organisation,
)
from intake.understanding.finders.own_places import FROM
from intake.understanding.finders.said import finding_of
from intake.understanding.finders.sentences import Sentence, sentences_of
from intake.understanding.texts.paragraphs import Paragraph
from storage.domain.message import Finding

_NAMED_FROM = re.compile(
    r"\b(?:here from|(?:it['’]?s|this is|i['’]?m|i am|name is) (?P<name>[\w'’-]+(?: [\w'’-]+){0,3}?"
    r")(?: here)? (?:from|at|of)|(?:we are|we['’]?re)(?: from| at)?) (?:the )?"
    r"(?P<place>[\w&'’-]+(?: [\w&'’-]+){0,5}?)"
    r"(?= in\b| and (?:i|my|we|our)\b| my\b| here\b| (?:i|we)(?:['’]?m)?\b|[,.;!(]|$)",
    re.I,
)
_NAME_RUN = re.compile(NAME_RUN)
_NAME_END = re.compile(r"-[a-z]{2,20}\b")
_STANDS_FOR = re.compile(
    r"\b[Ii](?:['’]m| am)? (?:represent|(?:writing|write|speaking|applying) (?:for|on behalf of))"
    r" (?:the )?(?:(?:association|group|charity|club|society|members of)(?: called)? )?(?:the )?"
    r"(?=[A-Z])|\b(?:expression of interest|eoi|nomination|application) (?:is |comes )?(?:from"
    r"|on behalf of) (?:the )?(?=[A-Z])"
)
"""What only an organisation is the object of, whatever it is called."""
_COMES_FROM = re.compile(r"\b(?:from|here at|of|with) (?:the |us at |all at )?(?=[A-Z])")
_LONGEST_INITIALS = 6
"""Letters of a domain that may be the initials of a name, and a little more."""
_SHORTEST_DOMAIN = 8
_SHORTEST_WORD = 5
_GENERIC = frozenset(
    ("project", "trust", "group", "uk", "team", "cic", "org", "charity", "centre", "online")
)
"""What people add to a name to get a domain."""
_HEADINGS = 12
"""Sentences of a document that may say from whom it is."""
_LONGEST_TYPED = 2000


def find_by_domain(sentences: Sequence[Sentence], *, email: str, source: str) -> Iterator[Finding]:
    """Names in the text that the domain of the writer's address is made of."""
    for sentence in sentences:
        for place in _fitting(sentence.text, email):
            is_exact = re.sub(r"[^a-z0-9]", "", fold(place.text)) == domain_label(email)
            sureness = 0.77 if is_exact else 0.74
            yield finding_of("organisation", place, "domain", sureness, sentence, source)


def find_stood_for(sentences: Sequence[Sentence], *, email: str, source: str) -> Iterator[Finding]:
    """What the writer says to write for, and the place they come from where their address
    agrees: `I represent Roof Overhead`, `Yes from Weir Pantry`."""
    for sentence in sentences:
        for pattern, fewest in ((_STANDS_FOR, 0), (_COMES_FROM, 2)):
            found = pattern.search(sentence.text)
            place = organisation_at(sentence.text, found.end(), email=email) if found else None
            if (
                place
                and len(place.text.split()) > 1
                and affinity(place.text, email) >= fewest
                and not _is_person_at(sentence, place)
            ):
                sureness = 0.7 if fewest else 0.6
                yield finding_of("organisation", place, "prose", sureness, sentence, source)


def _is_person_at(sentence: Sentence, place: Piece) -> bool:
    """Whether a name is a person's: it is no longer than theirs, and no article precedes it."""
    has_article = sentence.text[: place.start].endswith(
        ("the ", "association ", "group ", "represent ")
    )
    has_initials = any(len(word) > 1 and word.isupper() for word in place.text.split())
    return not (has_article or has_initials) and any(
        p.start == place.start and p.end >= place.end for p in sentence.people
    )


def find_named(paragraphs: Sequence[Paragraph], *, email: str, source: str) -> Iterator[Finding]:
    """The writer's organisation as a subject or a document's heading names it."""
    sentences = sentences_of(paragraphs)
    yield from find_by_domain(sentences, email=email, source=source)
    for sentence in sentences[:_HEADINGS]:
        match = FROM.search(sentence.text[:300])
        place = organisation_at(sentence.text, match.end(), email=email) if match else None
        if place and (is_surely_organisation(place.text) or affinity(place.text, email) > 1):
            yield finding_of("organisation", place, "prose", 0.7, sentence, source)


def find_named_in_passing(
    paragraphs: Sequence[Paragraph], *, email: str, source: str
) -> Iterator[Finding]:
    """`its ada from weir hub in sutton`, typed without capitals, where the address agrees."""
    for paragraph in paragraphs[:3]:
        found = _NAMED_FROM.search(paragraph.text[:400])
        if found and found["place"].islower() and affinity(found["place"], email) > 1:
            small = ("and", "of", "for", "the", "in", "&")
            words = [w if w in small else w[:1].upper() + w[1:] for w in found["place"].split()]
            at = paragraph.span_of(found.start("place"), found.end("place"), source=source)
            yield make_finding("organisation", " ".join(words), "prose", 0.7, at=at)
            name = clean_name(found["name"] or "")
            if name and is_whole(name) and matches_address(name, email):
                at = paragraph.span_of(found.start("name"), found.end("name"), source=source)
                yield make_finding("name", name, "introduction", 0.7, at=at)
        yield from _typed_name(paragraph, email, source)
        for match in spelt_like(paragraph.text[:_LONGEST_TYPED], email):
            at = paragraph.span_of(match.start, match.end, source=source)
            yield make_finding("organisation", match.text, "domain", 0.66, at=at)


def _typed_name(paragraph: Paragraph, email: str, source: str) -> Iterator[Finding]:
    """`kit hale-moss` of kit.hale@…: the name in the address, typed in full without capitals."""
    known = name_from_address(email)
    at = paragraph.text.find(known.lower()) if known else -1
    found = _NAME_END.match(paragraph.text, at + len(known)) if known and at >= 0 else None
    if found:
        name = clean_name(paragraph.text[at : found.end()])
        if name:
            place = paragraph.span_of(at, found.end(), source=source)
            yield make_finding("name", name, "introduction", 0.7, at=place)


def spelt_like(text: str, email: str) -> Iterator[Piece]:
    """Words in lower case that, put together, are the domain of an address."""
    label = domain_label(email)
    if len(label) < _SHORTEST_DOMAIN:
        return
    words = list(re.finditer(r"[\w'’&-]+", text))
    folded = [re.sub(r"[^a-z0-9]", "", fold(word.group())) for word in words]
    for at, first in enumerate(folded):
        if not first or not label.startswith(first) or first == label:
            continue
        joined = first
        for end in range(at + 1, min(at + 7, len(words))):
            joined += folded[end]
            if not label.startswith(joined):
                break
            if label in (joined, joined + "s") and text[words[at].start()].islower():
                further = range(end + 1, min(end + 4, len(words)))
                end = next((n for n in further if is_kind_word(words[n].group())), end)
                start, stop = words[at].start(), words[end].end()
                yield Piece(text[start:stop], start, stop)


def _fitting(text: str, email: str) -> Iterator[Piece]:
    """Names in `text` of which the domain of `email` is made, from any word of a run on."""
    label = domain_label(email)
    if not label:
        return
    for run in _NAME_RUN.finditer(text[:4000]):
        is_short = len(label) <= _LONGEST_INITIALS
        if not is_short and not any(_opens(label, word) for word in run.group().split()):
            continue
        for word in re.finditer(r"(?:^|(?<= ))[A-ZÀ-Þ0-9](?!(?:E|RE|S|M|N|T|UR)\b)", run.group()):
            place = organisation_at(text, run.start() + word.start(), email=email)
            if place is None or affinity(place.text, email) < 3:
                continue
            if " " in place.text or _is_all_of(label, place.text):
                yield place
                break


def _is_all_of(label: str, word: str) -> bool:
    """Whether one word is the domain, or all of it that names its owner (`gatepost-project`)."""
    start = re.sub(r"[^a-z0-9]", "", fold(word))
    return len(start) > _SHORTEST_WORD and (
        label == start or (label.startswith(start) and label[len(start) :] in _GENERIC)
    )


def _opens(label: str, word: str) -> bool:
    """Whether a word may be the first of those that a domain is made of; an article may precede."""
    return label.startswith(re.sub(r"[^a-z0-9]", "", fold(word))[:3] or "-") or word == "The"

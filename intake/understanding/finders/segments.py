"""Pure: role and organisation out of the pieces of a signature."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.organisation_words import DEPARTMENTS
from intake.understanding.finders.organisations import (
    Post,
    affinity,
    is_certain,
    is_kind_word,
    is_organisation,
    is_role,
    is_surely_organisation,
    split_post,
)
from storage.domain.message import Finding, Span

_BRACKETED_ROLE = re.compile(r"(?P<place>[A-Z][^()]{2,60}) \((?P<role>[^()]{2,40})\)")
_MOST_WORDS_OF_TOWN = 4


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a signature line between separators."""

    text: str
    start: int
    end: int

    def span(self, source: str) -> Span:
        return Span(source, self.start, self.end)


def posts_of(details: Sequence[Segment], email: str, source: str, method: str) -> list[Finding]:
    posts = _settled([(_post_of(detail.text, email), detail) for detail in details], email)
    posts = _placed(posts, email)
    has_organisation = any(post.organisation for post, _ in posts)
    found: list[Finding] = []
    for at, (post, detail) in enumerate(posts):
        later = [d for p, d in posts[at + 1 :] if p == Post() and d.text[:1].isupper()]
        is_whole_post = has_organisation or bool(later)
        for field, value, confidence in _details_of(post, detail.text, email, at, is_whole_post):
            if field == "role" or post.organisation or not has_organisation:
                found.append(make_finding(field, value, method, confidence, at=detail.span(source)))
    return found


def _details_of(
    post: Post, text: str, email: str, at: int, is_whole_post: bool
) -> Iterator[tuple[str, str, float]]:
    """(field, value, confidence) of the piece that stands at place `at` of a signature. Where no
    other piece can be the organisation, what follows a role and a comma is."""
    role, organisation = post.role, post.organisation
    if role and organisation is None and ", " in role and not is_whole_post:
        front, _, behind = role.partition(", ")
        is_department = all(word in DEPARTMENTS for word in behind.lower().split())
        yield "role", role if is_department else front, 0.75
        if not is_department:
            yield "organisation", behind, 0.55
    elif role:
        yield "role", role, 0.85 - 0.05 * min(at, 4)
    if organisation and not is_kind_word(organisation):
        organisation = _without_town(organisation, email)
        yield "organisation", organisation, _organisation_confidence(organisation, email)
    elif post == Post() and text[:1].isupper():
        yield "organisation", text, 0.6 - 0.04 * min(at, 3)


def _settled(posts: list[tuple[Post, Segment]], email: str) -> list[tuple[Post, Segment]]:
    """`Head of Nursing, Unplanned Care` is a role as a whole where another piece is sure to be the
    organisation."""
    sure = [
        p.organisation for p, _ in posts if p.organisation and is_certain(p.organisation, email)
    ]
    return [
        (Post(role=detail.text), detail)
        if sure and post.role and post.organisation and not is_certain(post.organisation, email)
        else (post, detail)
        for post, detail in posts
    ]


def _without_town(organisation: str, email: str) -> str:
    """`Wey Bridge House Hospital, Guildford` without the town behind it, or without a sentence
    about it (`Lantern Nights, the only café that is open all night`)."""
    whole, _, about = organisation.partition(", ")
    if len(about.split()) > _MOST_WORDS_OF_TOWN and is_certain(whole, email):
        is_name = is_organisation(about) or about == about.title()
        return organisation if is_name else whole
    name, comma, behind = organisation.rpartition(", ")
    is_town = comma and len(behind.split()) < _MOST_WORDS_OF_TOWN and not is_organisation(behind)
    return name if is_town and is_certain(name, email) else organisation


def _placed(posts: list[tuple[Post, Segment]], email: str) -> list[tuple[Post, Segment]]:
    """Of two first pieces that no word gives away, where the address shows that the second is the
    organisation, the first is what the person does."""
    if len(posts) < 2 or posts[0][0] != Post() or any(post.role for post, _ in posts):
        return posts
    first, second = posts[0][1], posts[1][1]
    if " " not in first.text and first.text.istitle():  # a first name by itself
        return posts
    if affinity(second.text, email) > 1 and affinity(first.text, email) == 0:
        posts[0] = (Post(role=first.text), first)
    return posts


def _post_of(text: str, email: str) -> Post:
    found = re.match(
        r"(?:the )?(?P<role>[^,]{2,40}?) of (?P<organisation>[A-Z][^,]{2,60}?)(?:(?: |, )(?:which"
        r"|who|that|and)\b.*)?$",
        text,
    )
    if found and is_role(found["role"]) and affinity(found["organisation"], email) > 1:
        return Post(found["role"], found["organisation"])
    bracketed = _BRACKETED_ROLE.fullmatch(text)
    if bracketed and is_role(bracketed["role"]) and not is_role(bracketed["place"]):
        return Post(bracketed["role"], bracketed["place"])
    return split_post(text, email)


def _organisation_confidence(organisation: str, email: str) -> float:
    confidence = 0.72 + 0.06 * affinity(organisation, email)
    return confidence + (0.06 if is_surely_organisation(organisation) else 0)

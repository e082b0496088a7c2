"""Pure: what a sentence says of somebody, as candidates that know where they stand."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.name_runs import Piece
from intake.understanding.finders.people import Named
from intake.understanding.finders.phones import Phone
from intake.understanding.finders.posts import SaidPost
from intake.understanding.finders.sentences import Sentence
from intake.understanding.finders.signature_phones import phone_confidence
from storage.domain.message import Finding

FIRST_PERSON = re.compile(r"\b(?:I|i|[Mm]e|[Mm]y|[Mm]ine|im|Im)\b")


def finding_of(
    field: str, piece: Piece, method: str, confidence: float, sentence: Sentence, source: str
) -> Finding:
    """A piece of a sentence as a candidate for `field`."""
    at = sentence.span(piece.start, piece.end, source=source)
    return make_finding(field, piece.text, method, confidence, at=at)


def post_findings(
    post: SaidPost,
    sentence: Sentence,
    source: str,
    *,
    method: str,
    role: float,
    organisation: float,
) -> Iterator[Finding]:
    """What a clause says of somebody's post as candidates, with how sure each is; an organisation
    that no word gives away is less so."""
    if post.role:
        yield finding_of("role", post.role, method, role, sentence, source)
    if post.organisation:
        sureness = organisation if post.is_sure else min(organisation, 0.6)
        yield finding_of("organisation", post.organisation, method, sureness, sentence, source)


def phones_of(
    sentence: Sentence, phones: Sequence[Phone], source: str, *, base: float, method: str = "prose"
) -> Iterator[Finding]:
    """Telephone numbers of a sentence as candidates."""
    for phone in phones:
        at = sentence.span(phone.start, phone.end, source=source)
        yield make_finding("phone", phone.number, method, phone_confidence(phone, base), at=at)


def is_told_of(sentence: Sentence, at: int, theirs: Sequence[Named]) -> bool:
    """Whether a detail at `at` of a sentence is told of one of `theirs`: of all people whom the
    sentence names, and the writer who says `I`, they are the last before it."""
    before = [person for person in sentence.people if person.end <= at]
    last = max(before, key=lambda person: person.end, default=None)
    first_person = [match.start() for match in FIRST_PERSON.finditer(sentence.text, 0, at)]
    if last is None:
        return bool(theirs) and not first_person
    return last in theirs and not any(place > last.end for place in first_person)

"""Pure: the title of a project, where the message gives one. A subject line is none."""

import re
from collections.abc import Collection, Iterator, Sequence

from intake.understanding.finders.announced import (
    LONGEST_TITLE,
    MOST_WORDS,
    QUOTES,
    SMALL_WORDS,
    find_announced,
    find_said,
    is_title_case,
)
from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.matter import GREETING, is_business
from intake.understanding.finders.names import fold
from intake.understanding.finders.organisations import (
    affinity,
    is_organisation,
    is_surely_organisation,
)
from intake.understanding.texts.labels import Labelled, field_of_label
from intake.understanding.texts.paragraphs import Paragraph
from storage.domain.message import Finding

_HEADED = re.compile(
    r"^[‘'“\"«]?(?P<title>[A-Z0-9][^:]{1,80}?)[’'”\"»]?(?::| [-–—]) (?:an? |our )?(?:expression of"
    r" interest|eoi|proposal|bid|submission|application)\b.{0,40}$",
    re.I,
)
_SUBJECT_PARTS = re.compile(r"\s*(?::|\||\s[-–—]\s|[\[\]()])\s*")
_SHOUTED = re.compile(r"(?:^|(?<=[.!?] ))(?P<title>THE(?: [A-Z][A-Z'’-]+){2,6}) (?=[a-z]{2})")
_NAMES_THING = re.compile(
    r"\b(?:Road|Street|Lane|Avenue|Hill|Park|Green|Square|Estate|Ward|Borough|Hospital|Trust|Surgery"
    r"|School|College|Practice|Council|Centre|Association|Society|Federation|Partnership|Patrol"
    r"|London|CIC|Ltd)$"
)
"""What a subject names that is no project: a place, a body."""
_NO_TITLE = re.compile(
    r"^(?:re|fw|fwd|subject|ace|surrey 500|nhs|ics|eoi|the ace|the project|project|it|this|yes|no"
    r"|tbc|n/?a|none|to be confirmed|untitled)\b.{0,12}$|expressions? of interest"
    r"|application|nomination"
    r"|^to (?:the |all |whom ).{0,30}\b(?:programme|team|office|panel|board|committee|concern)$"
    r"|^(?:(?:north|south|east|west|central)(?:ern)?[ -]?){1,3}$"
    r"|^(?:summary|background|introduction|contact|details|private|confidential|urgent"
    r"|important|please note|reply|fao|for the attention|re:|the (?:issue|idea|problem))",
    re.I,
)
_HALF_SURE = 0.8


def find_titles(
    paragraphs: Sequence[Paragraph],
    labels: Sequence[Labelled],
    *,
    subject: str,
    not_titles: Collection[str],
    email: str,
    source: str,
) -> Iterator[Finding]:
    """Candidates: labelled, announced in a sentence, or a heading. `not_titles` are names of
    the programme, of its areas and of organisations."""
    for labelled in labels:
        if labelled.field == "title":
            title = _labelled_title(labelled.value)
            if title and not _is_other(title, not_titles):
                yield make_finding("title", title, "label", 0.95, at=labelled.place_of(title))
    for paragraph in paragraphs:
        for confidence, told in find_announced(paragraph.text[:4000]):
            title = _without_area(told, not_titles)
            is_sure = confidence > _HALF_SURE and not is_surely_organisation(title)
            if not _is_other(title, not_titles) and (is_sure or not _is_somebody(title, email)):
                yield make_finding(
                    "title", title, "prose", confidence, at=paragraph.place_of(title, source=source)
                )
    for confidence, title, paragraph in (*_of_subject(paragraphs, subject), *_shouted(paragraphs)):
        if not _is_other(title, not_titles) and not _is_somebody(title, email):
            at = paragraph.place_of(title, source=source)
            cased = _in_title_case(title) if title.isupper() else title
            yield make_finding("title", cased, "prose", confidence, at=at)
    yield from _headings(
        paragraphs, subject=subject, not_titles=not_titles, email=email, source=source
    )


def _without_area(title: str, not_titles: Collection[str]) -> str:
    """`Across the Road, South West London` without the area behind it."""
    front, _, behind = title.rpartition(", ")
    is_area = any(fold(behind) == fold(other) for other in not_titles)
    return front if front and is_area else title


def _of_subject(
    paragraphs: Sequence[Paragraph], subject: str
) -> Iterator[tuple[float, str, Paragraph]]:
    """A part of the subject that the text names with the capitals of a title, and no place or body
    has such a name: `the lead for Who Eats With You? is …`."""
    for part in _SUBJECT_PARTS.split(subject[:300]):
        words = part.strip(" .!\"'‘’“”").split()
        if not 2 < len(words) <= MOST_WORDS:
            continue
        pattern = re.compile(r"\s".join(re.escape(word) for word in words), re.I)
        for paragraph in paragraphs:
            found = pattern.search(paragraph.text[:4000])
            title = found.group() if found else ""
            if title and is_title_case(title) and not _NAMES_THING.search(title):
                yield 0.7, title, paragraph


def _shouted(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[float, str, Paragraph]]:
    """`THE DOORBELL PROJECT asks …`: capitals amid a text that has small letters."""
    for paragraph in paragraphs:
        for match in _SHOUTED.finditer(paragraph.text[:4000]):
            yield 0.65, match["title"], paragraph


def _labelled_title(value: str) -> str | None:
    first = _unquoted(value.split("\n")[0].strip().rstrip("."))
    if re.match(r"(?:yes|well|we|it['’]s|it is|our|the title)\b", first, re.I):
        first = find_said(first) or first
    first = first if "(" in first else first.rstrip(")")
    return (
        first
        if 0 < len(first) <= 2 * LONGEST_TITLE
        and len(first.split()) <= 25
        and not _NO_TITLE.search(first)
        else None
    )


def _headings(
    paragraphs: Sequence[Paragraph],
    *,
    subject: str,
    not_titles: Collection[str],
    email: str,
    source: str,
) -> Iterator[Finding]:
    """A line of its own above the text: in capitals, in quotation marks, or in the subject."""
    greeted = False
    for at, paragraph in enumerate(paragraphs[:12]):
        text = paragraph.text.strip()
        greeted = greeted or GREETING.match(text) is not None
        following = paragraphs[at + 1].words if at + 1 < len(paragraphs) else 0
        headed = _HEADED.match(text)
        is_first = at == 0 and source != "body"
        is_above = following >= 20 or headed is not None or is_first
        if not 1 <= paragraph.words <= 9 or not is_above or paragraph.has_bullet:
            continue
        title = headed["title"] if headed else _unquoted(text)
        if _is_other(title, not_titles) or _is_somebody(title, email):
            continue
        if headed and is_title_case(title):
            at_title = paragraph.place_of(title, source=source)
            yield make_finding("title", title, "heading", 0.75, at=at_title)
        if headed or _is_no_heading(text):
            continue
        is_alone = (greeted or is_first) and title[-1:] not in ".!?" and _is_heading_case(title)
        is_shouted = text.isupper() and len(text) > 4
        in_subject = paragraph.words > 1 and is_title_case(title) and fold(title) in fold(subject)
        if is_shouted or title != text or in_subject or is_alone:
            cased = _in_title_case(title) if is_shouted and paragraph.words > 1 else title
            yield make_finding(
                "title", cased, "heading", 0.7, at=paragraph.place_of(title, source=source)
            )


def _is_no_heading(text: str) -> bool:
    is_question = text.isupper() and text.endswith("?")
    is_business_of = is_business(text) and not is_question
    return text.endswith((",", ":")) or field_of_label(text) is not None or is_business_of


def _is_heading_case(title: str) -> bool:
    """Whether a line between greeting and text has capitals enough to be a title."""
    counted = [word for word in title.split() if word.lower() not in SMALL_WORDS]
    return len(counted) > 1 and is_title_case(title) and not is_organisation(title)


def _in_title_case(shouted: str) -> str:
    return shouted.title().replace("’S", "’s").replace("'S", "'s")


def _unquoted(text: str) -> str:
    closing = QUOTES.get(text[:1])
    return text[1:-1].strip() if closing and len(text) > 2 and text.endswith(closing) else text


def _is_other(title: str, not_titles: Collection[str]) -> bool:
    folded = fold(title)
    return _NO_TITLE.search(title) is not None or any(folded == fold(other) for other in not_titles)


def _is_somebody(title: str, email: str) -> bool:
    return is_surely_organisation(title) or affinity(title, email) > 2

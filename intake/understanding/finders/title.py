"""Pure: the title of a project, where the message gives one. A subject line is none."""

import re
from collections.abc import Collection, Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.matter import GREETING, is_business
from intake.understanding.finders.names import fold
from intake.understanding.finders.organisations import (
    affinity,
    is_organisation,
    is_surely_organisation,
)
from intake.understanding.texts.labels import Labelled, field_of_label
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import vocabulary
from storage.domain.message import Finding

_QUOTES = {"'": "'", "‘": "’", '"': '"', "“": "”", "«": "»"}
_THING = (
    r"(?:project|proposal|idea|scheme|bid|work|programme|plan|pilot|initiative|submission|entry"
    r"|ours|it|this|which)"
)
_OBJECT = (
    r"(?:it|this|ours|(?:the|our) (?:whole )?(?:project|thing|idea|work|scheme|plan|proposal|bid"
    r"|pilot))"
)
_ANNOUNCES = (
    (0.9, re.compile(
        r"(?:\b(?:working|project|proposed|provisional|its|the|our|a|for) |/ )(?:title|name)\b"
        rf"(?: (?:for|of) {_OBJECT})?(?: of)?(?:,(?-i: [a-z][^,.A-Z]{{1,40}}),)?", re.I)),
    (0.88, re.compile(
        rf"\b{_THING}(?:['’]?(?:s|d|ll))?,?(?: \w+){{0,5}} (?:called|named|titled|entitled"
        r"|christened|dubbed|headed|known (?:\w+ ){0,2}as)\b"
        rf"|\b{_THING} (?:called|named|titled|entitled)\b", re.I)),
    (0.88, re.compile(
        r"\b(?:call(?:s|ing)?|nam(?:e|ing)|christen|dub"
        r"|(?:we|i|have|has|['’]ve)(?: \w+)? (?:called|named|christened|dubbed))"
        rf" {_OBJECT}(?= |,)", re.I)),
    (0.85, re.compile(
        r"\bunder the (?:\w+ )?(?:name|title|heading|banner)(?: of)?|\bgo(?:es|ing)?"
        r" (?:by|under) the (?:name|title)(?: of)?", re.I)),
    (0.88, re.compile(rf"\brefer(?:red|ring)? to {_OBJECT} as\b", re.I)),
    (0.75, re.compile(r"\b(?i:our|the|this|a|my) (?:\w+ )?project,? (?=[A-Z'‘“\"])")),
    (0.75, re.compile(
        r"\b(?:EOI|eoi|[Ee]xpression of [Ii]nterest|proposal|bid|application)(?: in ACE)?,? (?:for"
        r"|called|titled|entitled|about|on|-|–) (?:our project |the project )?(?=[A-Z'‘“\"])")),
)  # fmt: skip
_ANNOUNCED_BEHIND = re.compile(
    r"^[‘'“\"«]?(?P<title>[A-Z0-9][^.;:!?]{1,80}?)[’'”\"»]?,? (?:is|would be|will be|is to be)"
    r" (?:what (?:we|i)(?:['’](?:re|ve|d))?(?: \w+){0,2} (?:call|called|calling|name|named|naming)"
    r" (?:it|this|the project)|(?:our|the|its) (?:working |provisional |project )?(?:title|name)"
    r"(?: (?:of|for) (?:it|this|(?:the|our) \w+))?)\W*$",
    re.I,
)
_APPOSED = re.compile(
    r"(?P<title>(?:[A-Z0-9][\w'’-]*)(?: (?:[A-Z0-9][\w'’-]*|a|an|and|at|by|for|in|of|off|on|the|to"
    r"|up|with)){1,7}), (?:as (?:we|i) (?:call|are calling|have called|['’]ve called) it"
    r"|(?:a|an|our) (?:[\w-]+ ){0,2}(?:project|scheme|initiative|pilot) (?:to|that|which|about))\b"
)
_ANNOUNCED_AMID = re.compile(
    r"[‘'“\"«](?P<title>[^’'”\"»]{2,80})[’'”\"»] (?:as|for) (?:the|our|its|a) (?:\w+ )?"
    r"(?:name|title)\b"
)
_HEADED = re.compile(
    r"^[‘'“\"«]?(?P<title>[A-Z0-9][^:]{1,80}?)[’'”\"»]?(?::| [-–—]) (?:an? |our )?(?:expression of"
    r" interest|eoi|proposal|bid|submission|application)\b.{0,40}$",
    re.I,
)
_OTHERS_NAME = re.compile(
    r"\b(?:my|her|his|their|your|job|full|first|whose|brand|in|by|of) (?:name|title)\b"
    r"|\b(?:the|a) name of\b(?! (?:it|the project|our project|this))",
    re.I,
)
_LINK = vocabulary(
    """
    is was are be been will would could should shall to it it's it’s its that's that’s and which
    that already now just simply provisionally currently still going we we've we’ve have has they
    chosen settled on decided agreed picked voted for the moment as of yes so well already then
    working title name called at last finally long
    """
)
_IT = re.compile(r"\b(?:it|this)$")
_MOST_LINKS = 10
_ENDS = re.compile(
    r"[.;:!?(\n]|,? (?:which|and (?:we|i|I|it|is|the)|with (?:a|the|our)|led by|because|where"
    r"|so that|is|will|has|for the)\b|, (?=[a-z])|\s[-–—]\s"
)
_SMALL = vocabulary(
    """
    a an the of for and or to in on off up with from at by it our is as not no but into over
    out it's its are we be
    """
)
_GOES_ON = vocabulary(
    """
    because though after over under as if when while since who whose whom has have had will would
    led run please but so where which that with before until to
    """
)
_NO_TITLE = re.compile(
    r"^(?:ace|surrey 500|nhs|ics|eoi|the ace|the project|project|it|this|yes|no|tbc|n/?a|none"
    r"|to be confirmed|untitled)\b.{0,12}$|expressions? of interest|application|nomination"
    r"|^(?:summary|background|introduction|contact|details|private|confidential|urgent"
    r"|important|please note|reply|fao|for the attention|re:|the (?:issue|idea|problem))",
    re.I,
)
_HALF_SURE = 0.8
_LONGEST_TITLE = 90
_MOST_WORDS = 12


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
        for confidence, title in _announced(paragraph.text[:4000]):
            is_sure = confidence > _HALF_SURE and not is_surely_organisation(title)
            if not _is_other(title, not_titles) and (is_sure or not _is_somebody(title, email)):
                yield make_finding(
                    "title", title, "prose", confidence, at=paragraph.place_of(title, source=source)
                )
    yield from _headings(
        paragraphs, subject=subject, not_titles=not_titles, email=email, source=source
    )


def _labelled_title(value: str) -> str | None:
    first = _unquoted(value.split("\n")[0].strip().rstrip("."))
    first = first if "(" in first else first.rstrip(")")
    return (
        first
        if 0 < len(first) <= 2 * _LONGEST_TITLE
        and len(first.split()) <= 25
        and not _NO_TITLE.search(first)
        else None
    )


def _announced(text: str) -> Iterator[tuple[float, str]]:
    for sentence in sentences(text):
        amid = _ANNOUNCED_AMID.search(sentence)
        if amid:
            yield 0.88, amid["title"]
        for match in _APPOSED.finditer(sentence):
            yield 0.75, match["title"]
        behind = _ANNOUNCED_BEHIND.match(sentence.strip())
        if behind and _is_title_case(behind["title"]):
            yield 0.88, behind["title"]
        for confidence, pattern in _ANNOUNCES:
            for match in pattern.finditer(sentence):
                if _OTHERS_NAME.search(sentence[max(0, match.start() - 8) : match.end()]):
                    continue
                title = _title_at(_behind_links(sentence[match.end() :]))
                if title is None or (title[:1].islower() and _IT.search(match.group())):
                    continue
                yield confidence, title


def _behind_links(text: str) -> str:
    """`text` without the small words that lead from the announcement to the title."""
    for _ in range(_MOST_LINKS):
        text = text.lstrip(" :,;-–—…")
        word = re.match(r"[a-z][\w'’]*", text)
        if word is None or word.group() not in _LINK:
            break
        text = text[word.end() :]
    return text.lstrip(" :,;-–—…")


def _title_at(text: str) -> str | None:
    """The title that `text` opens with: in quotation marks, or in title case or capitals."""
    text = text.lstrip(" :,-–")
    closing = _QUOTES.get(text[:1])
    if closing:
        found = re.match(rf"(.{{2,{_LONGEST_TITLE}}}?){re.escape(closing)}(?!\w)", text[1:])
        return found[1].strip(" ,.") if found else None
    end = _ENDS.search(text)
    words = (text[: end.start()] if end else text).split()
    stop = next((at for at, word in enumerate(words) if not _may_stand_in_title(word)), len(words))
    size = stop
    while size and words[size - 1] in _SMALL:
        size -= 1
    goes_on = stop == len(words) or words[stop].lower() in _GOES_ON or words[size].lower() == "and"
    if not goes_on:
        return None  # a word in small letters that is no small word: no title in capitals
    title = " ".join(words[:size]).strip(" ,.)")
    if not title or len(title) > _LONGEST_TITLE or len(title.split()) > _MOST_WORDS:
        return None
    return title if _is_title_case(title) else None


def _may_stand_in_title(word: str) -> bool:
    bare = word.strip("'‘’“”\",()")
    return bare[:1].isupper() or bare[:1].isdigit() or bare.lower() in _SMALL


def _is_title_case(title: str) -> bool:
    words = [word.strip("'‘’“”\",()") for word in title.split()]
    counted = [word for word in words if word and word.lower() not in _SMALL]
    if not counted or not (words[0][:1].isupper() or words[0][:1].isdigit()):
        return False
    return all(word[:1].isupper() or word[:1].isdigit() for word in counted)


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
        if headed and _is_title_case(title):
            at_title = paragraph.place_of(title, source=source)
            yield make_finding("title", title, "heading", 0.75, at=at_title)
        if headed or _is_no_heading(text):
            continue
        is_alone = (greeted or is_first) and title[-1:] not in ".!?" and _is_heading_case(title)
        is_shouted = text.isupper() and len(text) > 4
        in_subject = paragraph.words > 1 and _is_title_case(title) and fold(title) in fold(subject)
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
    counted = [word for word in title.split() if word.lower() not in _SMALL]
    return len(counted) > 1 and _is_title_case(title) and not is_organisation(title)


def _in_title_case(shouted: str) -> str:
    return shouted.title().replace("’S", "’s").replace("'S", "'s")


def _unquoted(text: str) -> str:
    closing = _QUOTES.get(text[:1])
    return text[1:-1].strip() if closing and len(text) > 2 and text.endswith(closing) else text


def _is_other(title: str, not_titles: Collection[str]) -> bool:
    folded = fold(title)
    return _NO_TITLE.search(title) is not None or any(folded == fold(other) for other in not_titles)


def _is_somebody(title: str, email: str) -> bool:
    return is_surely_organisation(title) or affinity(title, email) > 2

"""Pure: the title of a project, where the message gives one. A subject line is none."""

import re
from collections.abc import Collection, Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.matter import is_business
from intake.understanding.finders.names import fold
from intake.understanding.finders.organisations import affinity, is_surely_organisation
from intake.understanding.texts.labels import Labelled, field_of_label
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import vocabulary
from storage.domain.message import Finding

_QUOTES = {"'": "'", "‘": "’", '"': '"', "“": "”", "«": "»"}
_ANNOUNCES = (
    (0.9, re.compile(
        r"\b(?<!job )(?<!her )(?<!his )(?<!their )(?:working |project "
        r"|proposed )?title (?:is|will be|would be|of (?:the|our) (?:project"
        r"|bid|proposal) (?:is|will be))\W{0,2}\s", re.I)),
    (0.88, re.compile(
        r"\b(?:project|proposal|idea|scheme|bid|work|programme|it|which)(?:['’]s| is| will be"
        r"| would be| to be| is to be|['’]s to be| we are| we have|, )? ?(?:provisionally "
        r"|currently )?(?:called|named"
        r"|titled|entitled|known as)\s", re.I)),
    (0.88, re.compile(
        r"\b(?:we|i)(?:['’](?:re|ve|d|ll)| are| have| would| will)?(?: (?:like|want|going|plan"
        r"|decided))?(?: to)? (?:call(?:ed|ing)?|nam(?:ed|ing|e)) (?:it|this|(?:the"
        r"|our) (?:project|idea|work|scheme|plan|proposal))\s", re.I)),
    (0.88, re.compile(
        r"\bname for (?:it|the project|our project)\b,? ?(?:which is|and it is|and it's|it is|it's"
        r"|is|will be|:|-|–)? ", re.I)),
    (0.85, re.compile(
        r"\b(?:its|the project's|the project’s) (?:working )?name (?:is|will be) ", re.I)),
    (0.75, re.compile(r"\b(?:our|the|this|a|my) (?:\w+ )?project,? (?=[A-Z'‘“\"])")),
    (0.75, re.compile(
        r"\b(?:EOI|eoi|[Ee]xpression of [Ii]nterest|proposal|bid|application)(?: in ACE)?,? (?:for"
        r"|called|titled|entitled|about|on|-|–) (?:our project |the project )?(?=[A-Z'‘“\"])")),
)  # fmt: skip
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
_NO_TITLE = re.compile(
    r"^(?:ace|surrey 500|nhs|ics|eoi|the ace|the project|project|it|this|yes|no|tbc|n/?a|none"
    r"|to be confirmed|untitled)\b.{0,12}$|expressions? of interest|application|nomination"
    r"|^(?:summary|background|introduction|contact|details|private|confidential|urgent"
    r"|important|please note|reply|fao|for the attention|re:|the (?:issue|idea|problem))",
    re.I,
)
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
                yield make_finding("title", title, "label", 0.95, at=labelled.span)
    for paragraph in paragraphs:
        for confidence, title in _announced(paragraph.text[:4000]):
            if not _is_other(title, not_titles) and not _is_somebody(title, email):
                yield make_finding("title", title, "prose", confidence, at=paragraph.span(source))
    yield from _headings(
        paragraphs, subject=subject, not_titles=not_titles, email=email, source=source
    )


def _labelled_title(value: str) -> str | None:
    first = _unquoted(value.split("\n")[0].strip().rstrip("."))
    return (
        first
        if 0 < len(first) <= 2 * _LONGEST_TITLE
        and len(first.split()) <= 25
        and not _NO_TITLE.search(first)
        else None
    )


def _announced(text: str) -> Iterator[tuple[float, str]]:
    for sentence in sentences(text):
        for confidence, pattern in _ANNOUNCES:
            for match in pattern.finditer(sentence):
                title = _title_at(sentence[match.end() :])
                if title is not None:
                    yield confidence, title


def _title_at(text: str) -> str | None:
    """The title that `text` opens with: in quotation marks, or in title case or capitals."""
    text = text.lstrip(" :,-–")
    closing = _QUOTES.get(text[:1])
    if closing:
        found = re.match(rf"(.{{2,{_LONGEST_TITLE}}}?){re.escape(closing)}(?!\w)", text[1:])
        return found[1].strip(" ,.") if found else None
    end = _ENDS.search(text)
    title = text[: end.start()] if end else text
    title = title.strip(" ,.")
    if not title or len(title) > _LONGEST_TITLE or len(title.split()) > _MOST_WORDS:
        return None
    return title if _is_title_case(title) else None


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
    for at, paragraph in enumerate(paragraphs[:12]):
        text = paragraph.text.strip()
        following = paragraphs[at + 1].words if at + 1 < len(paragraphs) else 0
        if not 1 <= paragraph.words <= 9 or following < 20 or paragraph.has_bullet:
            continue
        title = _unquoted(text)
        if (
            _is_other(title, not_titles)
            or _is_somebody(title, email)
            or text.endswith((",", ":"))
            or field_of_label(text)
            or (is_business(text) and not (text.isupper() and text.endswith("?")))
        ):
            continue
        is_shouted = text.isupper() and len(text) > 4
        in_subject = paragraph.words > 1 and _is_title_case(title) and fold(title) in fold(subject)
        if is_shouted or title != text or in_subject:
            cased = _in_title_case(title) if is_shouted and paragraph.words > 1 else title
            yield make_finding("title", cased, "heading", 0.7, at=paragraph.span(source))


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

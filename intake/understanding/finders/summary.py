"""Pure: the paragraphs that tell the issue and the idea, out of all that a message says.

Sentences about the sending (greeting, thanks, who leads, where to call, what is attached) are
told from those about the matter; what is left, from the first such paragraph to the last, counts.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from intake.understanding.finders.matter import (
    GREETING,
    NOTHING_KNOWN,
    SHORT_OF_IT,
    Known,
    asks_reader,
    business_share,
    is_business,
    weigh,
)
from intake.understanding.finders.nominated import gives_reasons, introduces, lists
from intake.understanding.finders.phones import find_phones
from intake.understanding.texts.closing import is_valediction
from intake.understanding.texts.lines import Line
from intake.understanding.texts.paragraphs import Paragraph, paragraphs, sentences
from intake.understanding.texts.patterns import LONGEST_READ, cues

_FEWEST_WORDS = 18
"""Words of a summary that does not say what somebody wants to do."""
_FEWEST_WORDS_OF_INTENT = 11
_FEWEST_WORDS_OF_PARAGRAPH = 9

_ABOUT_OURSELVES = cues(
    r"\bis an? (?:\w+[ -]){0,3}(?:charit(?:y|able)|community interest company|c\.?i\.?c\.?"
    r"|social enterprise|not[- ]for[- ]profit|company limited|voluntary organisation"
    r"|registered|constituted|membership|umbrella)\b",
)
_INTENT = cues(
    r"\b(?:we|i)(?:'d| would| want| wish| plan| propose| hope| aim| need| intend| think"
    r"| believe)\b|\b(?:idea|plan|proposal|project|aim) (?:is|was|to|would)\b|\bwant to\b"
    r"|\bidea\b",
)
_NEVER = -9.0
_UNLIKELY = -5.5
"""The weight below which even what stands under a heading is no summary."""
_LONG_ITEM = 40
"""Words from which a numbered answer is weighed like any paragraph."""
_SHORT = -0.5
"""The weight of a sentence or two: of the summary only where that goes on."""
_LONGEST_TRIMMED = 24
"""Words of a sentence that is cut off the edge of a paragraph for a phrase alone."""
_PROMISES = cues(
    r"(?<!mail )(?<!address )(?<!number )(?<!details )(?<!form )(?<!names )"
    r"\b(?:will|shall|to) follow(?=[.,;)]|$| (?:when|once|as|after|shortly|soon)\b)",
    r"\b(?:send|e-?mail|forward|give|get) (?:it|them|you (?:it|them|the (?:\w+ ){0,2}?\w+)"
    r"|the (?:\w+ ){0,2}?\w+(?: to you)?) (?:when|once|as soon as) (?:she|he|they|i|we|it)\b",
    r"\b(?:will|shall|['’]ll) (?:then )?write (?:it|this|something|a summary) up\b",
    r"\b(?:['’]ll|will|shall) (?:get|send|write|have|let you have) (?:you )?(?:the|a|our|my|it)\b"
    r".{0,20}\b(?:write[- ]?up|summary|paragraphs?|outline|to you)\b",
    r"\b(?:['’]ll|will|shall) (?:then )?(?:know|decide|choose|tell you|agree)\b.{0,20}\bwhich\b"
    r"|\bwhich of (?:our|the|these) (?:\w+ )?(?:ideas|issues|projects|proposals)\b",
)
_PLENTY = 60
"""Words of a text that is the summary though one is promised."""
_AFTERTHOUGHT = cues(r"^(?:p\.? ?){1,3}s\b\.?|^n\.? ?b\b\.?")
_HEADING_END = re.compile(r"[.!?;,…]$")
_ROW = re.compile(r" \| .* \| | \| ")


@dataclass(frozen=True, slots=True)
class Summary:
    """The text of a summary, its paragraphs joined by a blank line, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> int:
        return len(self.text.split())


def join_summaries(parts: Sequence[Summary]) -> Summary:
    """Several summaries as one, in their order."""
    return Summary("\n\n".join(part.text for part in parts), parts[0].start, parts[-1].end)


def find_summary(
    lines: Sequence[Line],
    *,
    stands_alone: Callable[[str], bool],
    known: Known = NOTHING_KNOWN,
    nominees: Sequence[str] = (),
) -> Summary | None:
    """The summary in running text; None where there is none worth the name. Rows and items that
    name one of `nominees` are no part of it."""
    found = paragraphs(lines, stands_alone=stands_alone)
    found = tuple(p for p in found if not stands_alone(p.text) and not lists(p, nominees))
    elsewhere = [p for p in found if not introduces(p, nominees)]
    kept = _kept(elsewhere, known) or _kept(found, known)
    kept = kept or _kept([_bare(p) for p in found], known)
    kept = kept or [(p, p.text) for p in found if gives_reasons(p, nominees)]
    if not kept or (_PROMISES.search(" ".join(p.text for p in found)) and not _is_plenty(kept)):
        return None
    words = sum(len(text.split()) for _, text in kept)
    has_intent = any(_INTENT.search(text[:LONGEST_READ]) for _, text in kept)
    if words < (_FEWEST_WORDS_OF_INTENT if has_intent else _FEWEST_WORDS):
        return None
    return _joined(kept)


def _is_plenty(kept: Sequence[tuple[Paragraph, str]]) -> bool:
    return sum(len(text.split()) for _, text in kept) >= _PLENTY


def read_section(lines: Sequence[Line], known: Known = NOTHING_KNOWN) -> Summary | None:
    """The summary that stands under a heading or label: all its paragraphs but the business ones
    behind them. Where the letter itself follows, that is read like any other."""
    before = _before_valediction(lines)
    found = [p for p in paragraphs(before) if not _is_debris(p.text)]
    if len(before) < len(lines) and known is not NOTHING_KNOWN:
        letter = _kept(found, known, is_headed=True)
        return _joined(letter) if letter else None
    kept: list[tuple[Paragraph, str]] = []
    for paragraph in found:
        if kept and _is_heading(paragraph):
            break
        if kept or not GREETING.match(paragraph.text) or paragraph.words > 8:
            kept.append((paragraph, paragraph.text))
    while kept and not _is_listed(kept[-1][0]) and _ends_section(kept[-1][0], known, len(kept)):
        kept.pop()
    return _joined(kept) if kept else None


def _ends_section(paragraph: Paragraph, known: Known, count: int) -> bool:
    """Whether the last of `count` paragraphs below a heading is no part of the summary."""
    if paragraph.words < 4 or (count > 1 and _ABOUT_OURSELVES.search(paragraph.text[:300])):
        return True
    if paragraph.words < _PLENTY and _PROMISES.search(paragraph.text):
        return True
    if business_share(paragraph.text) < 0.6:
        return False
    if count > 1:
        return True
    weight = weigh(paragraph, known, longest=paragraph.words, is_first=False, is_told=True)
    return weight < _UNLIKELY


def _before_valediction(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the courtesy that ends a letter, if the section runs into it."""
    for at, line in enumerate(lines):
        if is_valediction(line.text):
            return lines[:at]
    return lines


def _is_heading(paragraph: Paragraph) -> bool:
    """A few words on a line of their own, no sentence: another section begins."""
    is_item = paragraph.has_bullet or paragraph.has_number
    return (
        not is_item
        and paragraph.words <= 6
        and not _HEADING_END.search(paragraph.text)
        and paragraph.text[:1].isupper()
    )


def _kept(
    found: Sequence[Paragraph], known: Known, *, is_headed: bool = False
) -> list[tuple[Paragraph, str]]:
    """The paragraphs from the first about the matter to the last, those about the sending left
    out. `is_headed`: they stand under a heading, so that the first one opens no letter."""
    longest = max((p.words for p in found if not _is_debris(p.text)), default=0)
    weights = [
        _weight(p, known, longest=longest, is_first=not (at or is_headed))
        for at, p in enumerate(found)
    ]
    for at, paragraph in enumerate(found):
        introduces = paragraph.text.endswith(":") and at + 1 < len(found)
        if introduces and found[at + 1].has_bullet and any(w > 0 for w in weights[:at]):
            weights[at] = max(weights[at], 1 if business_share(paragraph.text) < 0.5 else -1)
        if paragraph.has_bullet or paragraph.has_number:
            goes_on = at > 0 and weights[at - 1] > 0 and _may_go_on(found[at - 1], paragraph)
            goes_on = goes_on and not (
                found[at - 1].has_number and found[at - 1].words > _LONG_ITEM
            )
            is_short = paragraph.words < _LONG_ITEM
            weights[at] = 1 if goes_on else _NEVER if is_short else weights[at]
    tells = [at for at, weight in enumerate(weights) if weight > 0]
    if not tells:
        return []
    chosen = [
        (found[at], found[at].text)
        for at in range(tells[0], tells[-1] + 1)
        if weights[at] > 0 or (weights[at] > SHORT_OF_IT and _is_aside(found[at]))
    ]
    return _trimmed(chosen)


def _weight(paragraph: Paragraph, known: Known, *, longest: int, is_first: bool) -> float:
    """How surely a paragraph is of the summary, above 0: more likely than not."""
    text = paragraph.text
    if _is_debris(text) or _ROW.search(text[:400]) or _AFTERTHOUGHT.match(text):
        return _NEVER
    if _ABOUT_OURSELVES.search(text[:300]) and paragraph.words < 30:
        return _NEVER
    if paragraph.words < _FEWEST_WORDS_OF_PARAGRAPH:
        return _SHORT
    return weigh(paragraph, known, longest=longest, is_first=is_first)


def _may_go_on(before: Paragraph, item: Paragraph) -> bool:
    """Whether an item of a list belongs to the paragraph that introduces it."""
    introduced = before.text.endswith((":", "-", "–")) or before.has_bullet or before.has_number
    introduced = introduced or item.words >= _FEWEST_WORDS_OF_PARAGRAPH
    return introduced and business_share(item.text) < 0.6


def _is_aside(paragraph: Paragraph) -> bool:
    """A short sentence between two paragraphs of the summary; a heading is none."""
    text = paragraph.text
    is_sentence = _HEADING_END.search(text) is not None and len(text.split()) > 2
    return is_sentence and business_share(text) < 0.5 and not _is_debris(text)


def _is_listed(paragraph: Paragraph) -> bool:
    return paragraph.has_bullet and "@" not in paragraph.text


def _trimmed(kept: list[tuple[Paragraph, str]]) -> list[tuple[Paragraph, str]]:
    """Without the sentences about the sending that open the first paragraph or end the last."""
    kept[0] = (kept[0][0], _without_business(kept[0][1], first=True, last=False))
    kept[-1] = (kept[-1][0], _without_business(kept[-1][1], first=False, last=True))
    return kept


def _bare(paragraph: Paragraph) -> Paragraph:
    """A paragraph that says everything at once, without what opens and ends it."""
    return replace(paragraph, text=_without_business(paragraph.text, first=True, last=True))


def _without_business(text: str, *, first: bool, last: bool) -> str:
    """The text without sentences to the reader at its front or its end; one is always left."""
    found = list(sentences(text))
    while first and len(found) > 1 and _is_to_reader(found[0]):
        found.pop(0)
    while last and len(found) > 1 and (_is_to_reader(found[-1]) or _is_name(found[-1])):
        found.pop()
    return " ".join(found)


def _is_name(sentence: str) -> bool:
    """A word or two behind the last full stop: who signs."""
    return len(sentence.split()) <= 2 and sentence[-1:].isalpha()


def _is_to_reader(sentence: str) -> bool:
    """Business that is no question put to nobody (`Could it be a rota?`), and no long sentence
    that holds a phrase of business by chance."""
    text = sentence.replace("’", "'")
    is_rhetorical = text.rstrip().endswith("?") and not asks_reader(text)
    is_long = len(text.split()) > _LONGEST_TRIMMED and "@" not in text and not find_phones(text)
    return is_business(sentence) and not is_rhetorical and not is_long


def _is_debris(text: str) -> bool:
    """Template or program code, rulers, addresses of pages: no prose."""
    letters = sum(map(str.isalpha, text)) + sum(map(str.isspace, text))
    return letters < 0.72 * len(text) or text.startswith(("http", "{%", "[cid:", "<"))


def _unquoted(text: str) -> str:
    """A paragraph without `Dr Bell writes:` before it and the quotation marks around it."""
    told = re.match(
        r"[^.!?:]{2,60}\b(?:writes|says|adds|wrote|said)\s?:\s+(?=[\"“‘'])"
        r"|(?:in )?[^.!?:]{2,40}['’]s (?:own )?words\s?:\s+",
        text,
        re.I,
    )
    text = text[told.end() :] if told else text
    closing = {'"': '"', "“": "”"}.get(text[:1])
    is_whole = closing is not None and text.endswith(closing) and text.count(closing) <= 2
    return text[1:-1].strip() if is_whole else text


def _joined(kept: Sequence[tuple[Paragraph, str]]) -> Summary:
    text = _unquoted("\n\n".join(_unquoted(text) for _, text in kept))
    return Summary(text, kept[0][0].start, kept[-1][0].end)

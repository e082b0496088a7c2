"""Pure: the paragraphs that tell the issue and the idea, out of all that a message says.

Sentences about the sending (greeting, thanks, who leads, where to call, what is attached) are
told from those about the matter; what is left, from the first such paragraph to the last, counts.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intake.understanding.finders.phones import find_phones
from intake.understanding.texts.closing import is_valediction
from intake.understanding.texts.lines import Line
from intake.understanding.texts.paragraphs import Paragraph, paragraphs, sentences
from intake.understanding.texts.patterns import LONGEST_READ, cues
from intake.understanding.triage.business_words import HINTS, OUTRIGHT

_FEWEST_WORDS = 18
"""Words of a summary that does not say what somebody wants to do."""
_FEWEST_WORDS_OF_INTENT = 11
_FEWEST_WORDS_OF_PARAGRAPH = 9

_WORDS_A_HINT = 17
"""Words of a sentence that one hint makes business."""

_GREETING = cues(
    r"^(?:dear|hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|salaam|salam"
    r"|salut|bonjour|to whom it may concern|a athair|a chara|annwyl|shwmae|merhaba|hola|ciao"
    r"|namaste|vanakkam|assalam\w*|wa ?alaikum|yo)\b",
    r"^(?:morning|afternoon|evening|alright|all right|sirs?|madam|colleagues|team|folks|all)"
    r"(?: (?:all|both|team|colleagues))?\s?(?:[,!.:]|$)",
)
_ABOUT_OURSELVES = cues(
    r"\bis an? (?:\w+[ -]){0,3}(?:charit(?:y|able)|community interest company|c\.?i\.?c\.?"
    r"|social enterprise|not[- ]for[- ]profit|company limited|voluntary organisation"
    r"|registered|constituted|membership|umbrella)\b",
)
_QUESTION_OF_MATTER = cues(
    r"^(?:what if|why|how (?:can|do|could|would|might|long|many)|what (?:would|happens|does|do"
    r"|is it|makes)|who (?:would|is|do)|imagine|suppose|isn't|wouldn't)\b"
)
_ASKS_READER = cues(
    r"\b(?:you|your|apply|application|grant|funding|form|pack|deadline|eligible|call|limit|budget)\b",
    r"\b(?:ics|icb|stp|footprint|partners?|lead|scheme|programme|north|south|east|west)\b",
)
_INTENT = cues(
    r"\b(?:we|i)(?:'d| would| want| wish| plan| propose| hope| aim| need| intend| think"
    r"| believe)\b|\b(?:idea|plan|proposal|project|aim) (?:is|was|to|would)\b|\bwant to\b"
    r"|\bidea\b",
)
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
    lines: Sequence[Line], *, stands_alone: Callable[[str], bool], exclude: Sequence[str] = ()
) -> Summary | None:
    """The summary in running text; None where there is none worth the name. Paragraphs that
    hold a text of `exclude` (a title, a nominee) are no part of it when they are short."""
    found = paragraphs(lines, stands_alone=stands_alone)
    found = tuple(p for p in found if not stands_alone(p.text) and not _is_excluded(p, exclude))
    kept = _kept(found)
    if not kept:
        return None
    words = sum(len(text.split()) for _, text in kept)
    has_intent = any(_INTENT.search(text[:LONGEST_READ]) for _, text in kept)
    if words < (_FEWEST_WORDS_OF_INTENT if has_intent else _FEWEST_WORDS):
        return None
    return _joined(kept)


def read_section(lines: Sequence[Line]) -> Summary | None:
    """The summary that stands under a heading or label: all its paragraphs but the business ones
    behind them."""
    found = [p for p in paragraphs(_before_valediction(lines)) if not _is_debris(p.text)]
    kept: list[tuple[Paragraph, str]] = []
    for paragraph in found:
        if kept and _is_heading(paragraph):
            break
        if kept or not _GREETING.match(paragraph.text) or paragraph.words > 8:
            kept.append((paragraph, paragraph.text))
    while kept and not _is_listed(kept[-1][0]):
        paragraph = kept[-1][0]
        is_footer = len(kept) > 1 and _ABOUT_OURSELVES.search(paragraph.text[:300]) is not None
        if business_share(paragraph.text) < 0.6 and paragraph.words >= 4 and not is_footer:
            break
        kept.pop()
    return _joined(kept) if kept else None


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


def is_business(sentence: str) -> bool:
    """Whether a sentence is about the sending, not about the matter."""
    text = sentence.strip().replace("’", "'")[:LONGEST_READ]
    if OUTRIGHT.search(text) or find_phones(text) or "@" in text:
        return True
    length = len(text.split())
    if _GREETING.match(text) and length < 9:
        return True
    if sum(1 for _ in HINTS.finditer(text)) * _WORDS_A_HINT >= length > 0:
        return True
    if text.endswith("?"):
        return _QUESTION_OF_MATTER.search(text.lower()) is None
    return False


def business_share(text: str) -> float:
    """The share of words of a paragraph that stand in sentences about the sending."""
    all_words = business = 0
    for sentence in sentences(text):
        count = len(sentence.split())
        all_words += count
        business += count if is_business(sentence) else 0
    return business / all_words if all_words else 1.0


def _kept(found: Sequence[Paragraph]) -> list[tuple[Paragraph, str]]:
    """The paragraphs from the first about the matter to the last, business ones left out."""
    tells = [_tells(paragraph) for paragraph in found]
    for at, paragraph in enumerate(found):
        introduces = paragraph.text.endswith(":") and at + 1 < len(found)
        if introduces and found[at + 1].has_bullet and any(tells[:at]):
            tells[at] = tells[at] or business_share(paragraph.text) < 0.5
        if paragraph.has_bullet or paragraph.has_number:
            tells[at] = at > 0 and tells[at - 1] and _may_go_on(found[at - 1], paragraph)
    if not any(tells):
        return []
    first = tells.index(True)
    last = len(tells) - 1 - tells[::-1].index(True)
    chosen = [
        (p, p.text)
        for at, p in enumerate(found)
        if tells[at] or (first < at < last and _is_aside(p))
    ]
    return _trimmed(chosen)


def _tells(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if _is_debris(text) or _ROW.search(text[:400]) or paragraph.words < _FEWEST_WORDS_OF_PARAGRAPH:
        return False
    if _ABOUT_OURSELVES.search(text[:300]) and paragraph.words < 30:
        return False
    share = business_share(text)
    return share < 0.5 and (1 - share) * paragraph.words >= _FEWEST_WORDS_OF_PARAGRAPH


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
    if not kept:
        return kept
    first = list(sentences(kept[0][1]))
    while len(first) > 1 and _is_to_reader(first[0]):
        first.pop(0)
    kept[0] = (kept[0][0], " ".join(first))
    last = list(sentences(kept[-1][1]))
    while len(last) > 1 and _is_to_reader(last[-1]):
        last.pop()
    kept[-1] = (kept[-1][0], " ".join(last))
    return kept


def _is_to_reader(sentence: str) -> bool:
    """Business that is no question put to nobody (`Could it be a rota?`)."""
    text = sentence.replace("’", "'")
    is_rhetorical = text.rstrip().endswith("?") and not _ASKS_READER.search(text)
    return is_business(sentence) and not is_rhetorical


def _is_excluded(paragraph: Paragraph, exclude: Sequence[str]) -> bool:
    if paragraph.words > 30:
        return False
    text = paragraph.text.casefold()
    return any(other and other.casefold() in text for other in exclude)


def _is_debris(text: str) -> bool:
    """Template or program code, rulers, addresses of pages: no prose."""
    letters = sum(1 for c in text if c.isalpha() or c.isspace())
    return letters < 0.72 * len(text) or text.startswith(("http", "{%", "[cid:", "<"))


def _unquoted(text: str) -> str:
    """A paragraph without `Dr Bell writes:` before it and the quotation marks around it."""
    told = re.match(r"[^.!?:]{2,60}\b(?:writes|says|adds|wrote|said)\s?:\s+(?=[\"“‘'])", text)
    text = text[told.end() :] if told else text
    closing = {'"': '"', "“": "”"}.get(text[:1])
    is_whole = closing is not None and text.endswith(closing) and text.count(closing) <= 2
    return text[1:-1].strip() if is_whole else text


def _joined(kept: Sequence[tuple[Paragraph, str]]) -> Summary:
    text = "\n\n".join(_unquoted(text) for _, text in kept)
    return Summary(text, kept[0][0].start, kept[-1][0].end)

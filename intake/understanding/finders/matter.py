"""Pure: whether a sentence or a paragraph is about the matter or about the sending of a message.

A sentence is told by its phrases. A paragraph is weighed: a careful reader goes by its length and
its place, by who is spoken of and to, and by names, numbers and areas, more than by phrases.
"""

import re
from dataclasses import dataclass

from intake.understanding.finders.area import Gazetteer
from intake.understanding.finders.phones import find_phones
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import LONGEST_READ, cues
from intake.understanding.triage.business_words import HINTS, OUTRIGHT

GREETING = cues(
    r"^(?:dear|hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|salaam|salam"
    r"|salut|bonjour|to whom it may concern|a athair|a chara|annwyl|shwmae|merhaba|hola|ciao"
    r"|namaste|vanakkam|assalam\w*|wa ?alaikum|yo)\b",
    r"^(?:morning|afternoon|evening|alright|all right|sirs?|madam|colleagues|team|folks|all)"
    r"(?: (?:all|both|team|colleagues))?\s?(?:[,!.:]|$)",
)
_WORDS_A_HINT = 17
"""Words of a sentence that one hint makes business."""
_QUESTION_OF_MATTER = cues(
    r"^(?:what if|why|how (?:can|do|could|would|might|long|many)|what (?:would|happens|does|do"
    r"|is it|makes)|who (?:would|is|do)|imagine|suppose|isn't|wouldn't)\b"
)
_PROGRAMME = cues(
    r"\b(?:programmes?|schemes?|grants?|funding|applications?|apply|bids?|packs?|forms?|project"
    r"|areas?|partnership|proposals?|ace|call|interest(?:ed)?|nominat\w+|lead(?:er|ing)?"
    r"|sponsor\w*|partners?|team)\b"
)
_LETTER = cues(
    r"\b(?:attach\w*|enclos\w*|below|above|following|here is|here's|here are|letter|e-?mails?"
    r"|message|sheet|pdf|spreadsheet|document|details|paragraphs?|summary|words|number|mobile"
    r"|phone|telephone|address)\b"
)
_READER = cues(r"\byou(?:r|rs|['’]\w+)?\b")
_WRITER = re.compile(r"\b(?:I|i|me|my|mine|im)\b")
_PEOPLE = cues(
    r"\b(?:patients?|people|women|men|mothers?|fathers?|mums?|dads?|lads?|girls?|boys?"
    r"|child(?:ren)?|babies|baby|famil(?:y|ies)|carers?|residents?|tenants?|pupils|neighbours?"
    r"|volunteers?|drivers?|nurses?|midwives|doctors?|gps?|surger(?:y|ies)|hospitals?|wards?"
    r"|clinics?|schools?|homes?|police|ambulance|a&e|somebody|nobody|anybody|everybody|someone"
    r"|they|them|their|he|she|his|her)\b"
)
_NUMBER = cues(
    r"\b(?:\d{1,3}(?:,\d{3})?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|forty"
    r"|hundred|thousand|half|third|per cent)\b"
)
_WANTS = cues(
    r"\b(?:we|i)(?:['’]d| would| want| wish| plan| propose| hope| aim| need| intend| think"
    r"| believe| should)\b"
)

_LONGEST_WEIGHED = 70
"""Words beyond which a paragraph is no surer for being longer."""
_WEIGHTS = {
    "bias": -2.0,
    "length": 0.072,  # a word
    "share of the longest": 1.2,
    "share of sentences about the sending": -2.4,
    "a phrase about the sending": -1.5,
    "a hint of it": -0.45,
    "words of the programme": -0.8,
    "words of letters": -0.8,
    "the reader": -0.6,
    "the writer": -1.5,
    "an area by its name": -1.0,
    "a number or address to call": -1.0,
    "a name that is known": -0.8,
    "people": 0.9,
    "a quantity": 0.7,
    "a wish": 0.9,
    "the first paragraph": -1.5,
    "ends like a sentence": 0.9,
    "introduces a list": 1.3,
}
"""What speaks for a paragraph being about the matter (above 0), and what against it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a message before its text is weighed: the programme's areas, and names of
    people and of the project that stand in sentences about the sending."""

    gazetteer: Gazetteer | None = None
    names: tuple[str, ...] = ()


NOTHING_KNOWN = Known()


def is_business(sentence: str) -> bool:
    """Whether a sentence is about the sending, not about the matter."""
    text = sentence.strip().replace("’", "'")[:LONGEST_READ]
    if OUTRIGHT.search(text) or find_phones(text) or "@" in text:
        return True
    length = len(text.split())
    if GREETING.match(text) and length < 9:
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


def weigh(paragraph: Paragraph, known: Known, *, longest: int, is_first: bool) -> float:
    """How surely a paragraph is about the matter: above 0 it is. `longest` is the number of words
    of the longest paragraph of the text."""
    told = features(paragraph, known, longest=longest, is_first=is_first)
    return sum(_WEIGHTS[name] * value for name, value in told.items())


def features(
    paragraph: Paragraph, known: Known, *, longest: int, is_first: bool
) -> dict[str, float]:
    """What there is to weigh in a paragraph; how far words of a class fill it is 0 to 1."""
    text = paragraph.text[:LONGEST_READ]
    words = max(1, len(text.split()))
    folded = text.casefold()
    mentions = known.gazetteer.mentions(text) if known.gazetteer else ()
    return {
        "bias": 1,
        "length": min(words, _LONGEST_WEIGHED),
        "share of the longest": words / max(longest, 1),
        "share of sentences about the sending": business_share(text),
        "a phrase about the sending": OUTRIGHT.search(text) is not None,
        "a hint of it": min(3, _count(HINTS, text)),
        "words of the programme": min(1, 10 * _count(_PROGRAMME, text) / words),
        "words of letters": min(1, 10 * _count(_LETTER, text) / words),
        "the reader": min(1, 10 * _count(_READER, text) / words),
        "the writer": min(1, 10 * _count(_WRITER, text) / words),
        "an area by its name": any(mention.is_name for mention in mentions),
        "a number or address to call": "@" in text or bool(find_phones(text)),
        "a name that is known": any(name.casefold() in folded for name in known.names),
        "people": min(1, 6 * _count(_PEOPLE, text) / words),
        "a quantity": _NUMBER.search(text) is not None,
        "a wish": _WANTS.search(text) is not None,
        "the first paragraph": is_first,
        "ends like a sentence": text.rstrip("\"'”’) ")[-1:] in (".", "!", "?", "…"),
        "introduces a list": text.endswith(":"),
    }


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))

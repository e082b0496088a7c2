"""Pure: whether a sentence or a paragraph is about the matter or about the sending of a message.

A sentence is told by its phrases. A paragraph is weighed: a careful reader goes by its length and
its place, by who is spoken of and to, and by names, numbers and areas, more than by phrases.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.understanding.finders.phones import find_phones
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import LONGEST_READ, cues, vocabulary
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
_ASKS_READER = cues(
    r"\b(?:you|your|apply|application|grant|funding|form|pack|deadline|eligible|call|limit|budget"
    r"|ics|icb|stp|footprint|partners?|lead|scheme|programme|north|south|east|west|too late"
    r"|qualify|count as|nominat\w+)\b",
    r"^(?!what|how|why|who|where)(?:\w+,? ){0,3}(?:may|can|could|should|shall|do|does|did|are|is"
    r"|am|will|would|have) (?:i|we|this|that|there|anyone|anybody)\b",
)
_JOINED = cues(
    r"\b(?:have|has|['’]ve)(?: \w+){0,2} (?:agreed|confirmed|joined|said yes|promised|offered"
    r"|pledged|committed|given us|signed up|undertaken|lent|joined)\b",
    r"\b(?:are|is|come|came)(?: \w+){0,2} (?:on board|with us|in|signed up|committed|behind it)\b",
    r"\bwill (?:all |both )?take part\b|\bwant to (?:join|take part)\b|\bworking with us\b"
    r"|\bletters? of support\b|\bpartners? (?:in|on|for|with|are|is)\b"
    r"|\bcome to (?:two|three|our|a)\b",
    r"\bwill (?:all |both )?be (?:in|part of) it\b|\bstep(?:ped)? back\b|\bsupportive\b",
)
_PLACES = cues(
    r"\b(?:pick|choose|chose|come under|comes under|falls? (?:under|in)|belongs? to|count as|on the"
    r" \w+ side|footprint|system|pick a)\b",
    r"\bso (?:that['’]s |it['’]s |we['’]re |it is )?(?:the )?(?:north|south)[ -]?"
    r"(?:east|west|central)\b",
)
"""How a sentence goes that says to which area a project belongs."""
_IS_WHAT = re.compile(
    r"\b(?!The|This|It)[A-Z][a-z][\w'’-]{1,20}(?: is|['’]s) (?:an?|our|the|my) [a-z]"
)
"""What says of somebody what they are; a sentence that does so of two introduces them."""
_WORD = re.compile(r"[a-z&]+")
_PROGRAMME = vocabulary(
    """
    programme programmes scheme schemes grant grants funding application applications apply bid
    bids pack packs form forms project area areas partnership proposal proposals ace call interest
    interested nominate nominated nominating nomination nominations nominee nominees lead leader
    leading sponsor sponsored sponsors partner partners team organisation
    """
)
_LETTER = vocabulary(
    """
    attach attached attaching attachment attachments enclose enclosed below above following here
    letter email emails mail message sheet pdf spreadsheet document details paragraph paragraphs
    summary words number mobile phone telephone address
    """
)
_READER = vocabulary("you your yours")
_WRITER = vocabulary("i me my mine im")
_PEOPLE = vocabulary(
    """
    patient patients people woman women man men mother mothers father fathers mum mums dad dads
    lad lads girl girls boy boys child children baby babies family families carer carers resident
    residents tenant tenants pupils neighbour neighbours volunteer volunteers driver drivers nurse
    nurses midwives doctor doctors gp gps surgery surgeries hospital hospitals ward wards clinic
    clinics school schools home homes police ambulance a&e somebody nobody anybody everybody
    someone they them their he she his her
    """
)
_NUMBER = cues(
    r"\b(?:\d{1,3}(?:,\d{3})?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|dozens?|hundred|thousand|half|third|per cent)\b"
)
_WANTS = cues(
    r"\b(?:we|i)(?:['’]d| would| want| wish| plan| propose| hope| aim| need| intend| think"
    r"| believe| should)\b|\b(?:am|are|['’]m|['’]re) (?:hoping|planning|proposing|asking)\b"
)

SHORT_OF_IT = -1.0
"""The weight from which what stands between two paragraphs of the summary belongs to it."""
_MOST_BUSINESS = 0.5
"""The share of a paragraph in sentences about the sending from which it is no summary."""
_SHORTEST = 6
"""Words of a sentence that says no more than which area it is."""
_LONGEST_PLACE = 30
"""Words of a sentence that says why it is one area and not another."""
_OPENS = 25
"""Characters of a long sentence in which it says that it will list those who take part."""
_FEW = 24
"""Words of a sentence or paragraph in which names that are known tell more than the rest."""
_LONGEST_WEIGHED = 70
"""Words beyond which a paragraph is no surer for being longer."""
_WEIGHTS = {
    "bias": -2.2,
    "length": 0.072,  # a word
    "share of the longest": 0.8,
    "share of sentences about the sending": -3.05,
    "a phrase about the sending": -2.15,
    "a hint of it": -0.8,
    "words of the programme": -1.2,
    "words of letters": -1.3,
    "the reader": -1.1,
    "the writer": -2.95,
    "an area by its name": -1.3,
    "a number or address to call": -1.9,
    "a name that is known": -0.75,
    "people": 2.6,
    "a quantity": 1.0,
    "a wish": 1.35,
    "the first paragraph": -1.2,
    "ends like a sentence": 0.6,
    "introduces a list": 0.3,
}
"""What speaks for a paragraph being about the matter (above 0), and what against it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a message before its text is weighed: the names of the programme's areas,
    and, case-folded, `people` who lead or sponsor, `partners`, and other `names`."""

    areas: re.Pattern[str] | None = None
    people: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


NOTHING_KNOWN = Known()


@lru_cache(maxsize=512)
def is_business(sentence: str) -> bool:
    """Whether a sentence is about the sending, not about the matter. A sentence is asked about as
    one of its paragraph, at its edge and by itself, hence the memory."""
    text = sentence.strip().replace("’", "'")[:LONGEST_READ].lower()
    if OUTRIGHT.search(text) or find_phones(text) or "@" in text:
        return True
    length = len(text.split())
    if GREETING.match(text) and length < 9:
        return True
    if sum(1 for _ in HINTS.finditer(text)) * _WORDS_A_HINT >= length > 0:
        return True
    return text.endswith("?") and asks_reader(text)


def asks_reader(sentence: str) -> bool:
    """Whether a question is put to the organisers, not to nobody (`Could it be a rota?`)."""
    return _ASKS_READER.search(sentence) is not None


def business_share(text: str, known: Known = NOTHING_KNOWN) -> float:
    """The share of words of a paragraph that stand in sentences about the sending; those that
    say who leads, sponsors or takes part are among them."""
    all_words = business = 0
    for sentence in sentences(text):
        count = len(sentence.split())
        all_words += count
        business += count if _says_who(sentence, known) or is_business(sentence) else 0
    return business / all_words if all_words else 1.0


def _says_who(sentence: str, known: Known) -> bool:
    folded = sentence.casefold()
    if any(name in folded for name in known.people) or len(_IS_WHAT.findall(sentence)) > 1:
        return True
    length = len(folded.split())
    says_where = length <= _SHORTEST or _PLACES.search(folded) is not None
    if says_where and length <= _LONGEST_PLACE and known.areas and known.areas.search(sentence):
        return True
    if not any(name in folded for name in known.partners) and not folded.endswith(":"):
        return False
    joined = _JOINED.search(folded)
    return joined is not None and (length <= _FEW or joined.start() < _OPENS)


def weigh(
    paragraph: Paragraph, known: Known, *, longest: int, is_first: bool, is_told: bool = False
) -> float:
    """How surely a paragraph is about the matter: above 0 it is, unless most of it is business.
    `longest` is the number of words of the longest paragraph of the text; `is_told`: a heading
    says that it is, whatever phrases it holds."""
    told = features(paragraph, known, longest=longest, is_first=is_first)
    weight = sum(_WEIGHTS[name] * value for name, value in told.items())
    is_business_mostly = told["share of sentences about the sending"] >= _MOST_BUSINESS
    return min(weight, SHORT_OF_IT) if is_business_mostly and not is_told else weight


def features(
    paragraph: Paragraph, known: Known, *, longest: int, is_first: bool
) -> dict[str, float]:
    """What there is to weigh in a paragraph; how far words of a class fill it is 0 to 1."""
    text = paragraph.text[:LONGEST_READ]
    words = max(1, len(text.split()))
    folded, lowered = text.casefold(), text.lower()
    tokens = _WORD.findall(folded)
    share = business_share(text, known)
    areas = known.areas.search(text) if known.areas else None
    names = (*known.people, *known.names, *(known.partners if words <= _FEW else ()))
    named = sum(name in folded for name in names)
    return {
        "bias": 1,
        "length": min(words, _LONGEST_WEIGHED),
        "share of the longest": words / max(longest, 1),
        "share of sentences about the sending": share,
        "a phrase about the sending": share > 0 and OUTRIGHT.search(lowered) is not None,
        "a hint of it": min(3, sum(1 for _ in HINTS.finditer(lowered))),
        "words of the programme": _fills(_PROGRAMME, tokens, 10),
        "words of letters": _fills(_LETTER, tokens, 10),
        "the reader": _fills(_READER, tokens, 10),
        "the writer": _fills(_WRITER, tokens, 10),
        "an area by its name": areas is not None,
        "a number or address to call": "@" in text or bool(find_phones(text)),
        "a name that is known": named * (2 if words <= _FEW else 1),
        "people": _fills(_PEOPLE, tokens, 6),
        "a quantity": _NUMBER.search(text) is not None,
        "a wish": _WANTS.search(text) is not None,
        "the first paragraph": is_first,
        "ends like a sentence": text.rstrip("\"'”’) ")[-1:] in (".", "!", "?", "…"),
        "introduces a list": text.endswith(":"),
    }


def _fills(words: frozenset[str], tokens: Sequence[str], one_in: int) -> float:
    """How far `words` fill a text: 1 where one word in so many is of them."""
    return min(1, one_in * sum(1 for token in tokens if token in words) / max(1, len(tokens)))

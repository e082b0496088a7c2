"""Pure: how cue phrases are written, and the classes of words that most of them are made of.

A cue is seldom a fixed phrase: it says which classes of words stand near each other in one
sentence (`we … not … go ahead`). Cues are matched against lower case text with straight quotes and
single blanks, a sentence a line. A weight of 3 says it outright, 2 nearly so, 1 is a hint. Nothing
in them names a programme, a person or a place.
"""

import re

from intake.understanding.texts.patterns import low_cues

Weighted = tuple[tuple[int, re.Pattern[str]], ...]

EOI = r"(?:express\w* of (?:\w+ )?interest|e\.?o\.?i\.?s?\b|letter of interest)"
SENT = (
    rf"(?:{EOI}|applications?\b|bids?\b|proposals?\b|submissions?\b|nominations?\b|entry\b|forms?\b"
    r"|projects?\b|interest\b|ideas?\b|pitch\b|paperwork\b)"
)
"""What people send in, by its names."""

WE = r"\b(?:we|i)(?:'\w{1,2})?\b"
OURS = r"\b(?:our|my|the|this|that|an?|these|those|her|his|its|their)\b"
PLEASE = r"\b(?:please|pls|kindly|could|can|would you|will you|like to|need to|want to|may)\b"
TAKE_PART = (
    r"(?:apply(?:ing)?|bid(?:ding)?|tak(?:e|ing) part|participat\w+|join(?:ing)?\b(?! us| me)"
    r"|enter\w*|regist\w+"
    r"|compete|(?:be )?considered|be (?:\w+ )?(?:included|involved|part|in)\b|put in\b"
    r"|be (?:\w+ )?(?:one|two|some|among) (?:of|the|your)\b|go (?:in )?for|have a go|pitch)"
)
NEGATION = r"(?:\bnot\b|n't\b|\bnever\b|\bno longer\b|\bcannot\b|\bunable\b|\bagainst\b|\brather\b)"
DETAIL = (
    r"(?:numbers?|addresse?s?|e-?mails?|mobiles?|phones?|telephones?|landline|extension|names?"
    r"|surnames?|titles?|lead|leads?|leaders?|contacts?|partners?|nominees?|summary|paragraphs?"
    r"|entry|details?|records?|spelling|spelt|organisations?|areas?|boroughs?|versions?|role|post"
    r"|figures?|dates?|postcode|sponsors?|names? of)\b"
)
"""What people correct of what they sent."""


def weighted(*cues: tuple[int, str]) -> Weighted:
    """Cue phrases with their weights, compiled."""
    return tuple((weight, low_cues(pattern)) for weight, pattern in cues)


def score(cues: Weighted, text: str) -> int:
    """The sum of the weights of the cues that stand in `text`, each once."""
    return sum(weight for weight, pattern in cues if pattern.search(text))

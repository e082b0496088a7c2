"""Pure: which field a label names, in the usual wordings or in others made of the same words."""

import re

from intake.understanding.texts.label_words import HEADS, LABELS, MODIFIERS

_KNOWN = re.compile(
    "|".join(f"(?P<{field}>(?:{'|'.join(spellings)})$)" for field, spellings in LABELS.items())
)
HEADING_NUMBER = re.compile(
    r"^(?:\(?\d{1,2}(?:\.\d{1,2})?[.):]?\)?|[a-hq]\d{1,2}[.:)]?"
    r"|(?:section|part|item|question|box) [\da-h]\d?[.:]?(?:\s[-–—])?)\s+",
    re.I,
)
_SEVERAL_NAMED = re.compile(r"\bname\b.{0,20}(?:\band\b|[/,&+])")
_ASKS = re.compile(r"(?:what|which|who|how) ")
"""How a label opens that asks: for the matter, unless a word in it asks for something else."""
_MOST_WORDS = 9
"""Words of a label in a wording of its own."""
_ALL_HEADS = frozenset(word for _, heads in HEADS for word in heads)
LONGEST_LABEL = 100


def field_of_label(label: str) -> str | None:
    """The field that a label names, None for a label nobody knows."""
    text = HEADING_NUMBER.sub("", label.strip().strip("*_#•-–· ").strip())
    text = re.sub(r"\([^()]{0,60}\)", "", text).replace("’", "'").strip(" :.?*_-–").lower()
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_LABEL:
        return None
    known = _KNOWN.match(text)
    if known is None or (known.lastgroup == "summary" and _ASKS.match(text)):
        return _field_of_words(text) or (known.lastgroup if known else None)
    return known.lastgroup


def _field_of_words(text: str) -> str | None:
    """The field that a label in other wording names by one of its words: `Office held`, `Borough
    and ICS`; None where it holds a word that labels of the contact do not have."""
    words = frozenset(re.findall(r"[a-z][a-z'-]*", text))
    if len(words) > _MOST_WORDS:
        return None
    named = {field for field, heads in HEADS if words & heads}
    if "name" in words and {"role", "organisation"} & named and _SEVERAL_NAMED.search(text):
        return "name"
    for field, heads in HEADS:
        if words & heads and words <= heads | MODIFIERS | _ALL_HEADS:
            return field
    return None

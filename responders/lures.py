"""Pure: what in an applicant's value would lead whoever reads it in our letter somewhere else.

Links, hosts, addresses and telephone numbers, in any width and behind any disguise that mail
programs see through; names such as `St. Mary's`, `A.B.C. Trust` or `Dr.Khan` are none.
"""

import re
import unicodedata
from collections.abc import Iterator

_NO_NAME = (
    "com|net|org|info|biz|edu|gov|mil|nhs|eu|uk|app|dev|xyz|top|site|online|shop|store|live|link"
    "|click|club|icu|vip|win|bid|loan|work|world|life|today|news|blog|cloud|tech|space|website"
    "|fun|mobi|email|help|support|zone|page|chat|bank|cash|money|example|test|invalid"
)
"""Last labels of hosts that don't end a name with a short word before its full stop."""

_TITLES = frozenset(
    (
        *("dr", "mr", "ms", "mrs", "mx", "prof", "rev", "revd", "fr", "sr", "hon", "capt", "sgt"),
        *("st", "sts", "no", "co", "rd", "mt", "ft", "nr", "dept", "ltd", "bros", "dist", "univ"),
    )
)
"""Words that people put a full stop behind, and no space."""

_DEGREE = re.compile(r"(?:[bdm]|ll|ph)\.(?:sc|ed|eng|res|phil|ch|pharm)", re.IGNORECASE)
_SHORT = 2  # letters of a label that may be initials or an abbreviation

_DOTS = str.maketrans("\N{IDEOGRAPHIC FULL STOP}\N{ONE DOT LEADER}\\", "../")
_HOST = re.compile(
    r"(?<![\w-])([\w-]{1,63})\.(xn--[a-z\d-]{2,59}|[^\W\d_]{2,24})(?![^\W_])(/|:\d|\?|#)?", re.I
)
_LINK = re.compile(
    r"//|\bwww\s?\.|\bh(?:tt|xx)ps?\b|\b(?:mailto|tel|sms|ftp|javascript|vbscript)\s?:\s?\S"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|@\s?[\w-]+\s?\.\s?\w|[(\[{]\s?at\s?[)\]}]"
    r"|\w\s?[(\[{]\s?(?:\.|dot)\s?[)\]}]\s?\w"
    rf"|\w\s(?:\.\s?|dot\s)(?:{_NO_NAME})\b|\w\s?\[:\]",
    re.IGNORECASE,
)
_BETWEEN = r"[\s().\-–—/]{0,3}"
_NUMBER = re.compile(
    rf"\+{_BETWEEN}\d(?:(?:{_BETWEEN}|,)\d){{6}}|(?<!\d)0(?:(?:{_BETWEEN}|,)\d){{6}}"
    rf"|\d(?:{_BETWEEN}\d){{8}}"
    rf"|\b(?:call|ring|phone|telephone|dial|text|tel|whatsapp|sms)\b\D{{0,15}}(?!(?:19|20)\d\d\b)\d"
    rf"(?:{_BETWEEN}\d){{4}}",
    re.IGNORECASE,
)
"""Years (`2025-2030`), registers (`charity 1128267`) and `111` are shorter than these."""


def leads_away(value: str) -> bool:
    """True when `value`, a line of text, holds something that a reader, or a mail program for
    the reader, may follow or ring. In time linear in its length."""
    text = _as_seen(value)
    return bool(_LINK.search(text) or _NUMBER.search(text)) or any(_hosts(text))


def _as_seen(value: str) -> str:
    """Compatibility forms and marks undone: what a mail program may make of the text."""
    if value.isascii():
        return value.translate(_DOTS)
    apart = unicodedata.normalize("NFKD", value)
    bare = "".join(c for c in apart if not unicodedata.category(c).startswith("M"))
    return unicodedata.normalize("NFKC", bare).translate(_DOTS)


def _hosts(text: str) -> Iterator[bool]:
    """For each pair of labels whether it is a host's rather than a name's."""
    at = 0
    while (found := _HOST.search(text, at)) is not None:
        label, last, path = found[1].lower(), found[2].lower(), found[3]
        at = found.start(2)
        is_known = re.fullmatch(_NO_NAME, last) is not None or last.startswith("xn--")
        is_title = label in _TITLES or (path is None and _DEGREE.fullmatch(f"{label}.{last}"))
        if is_title:
            yield is_known or (path is not None and len(last) == _SHORT)
        elif len(label) > _SHORT:
            yield True
        else:
            yield is_known or len(last) == _SHORT or path is not None

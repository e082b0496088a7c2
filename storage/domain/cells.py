"""What text a cell of a spreadsheet can hold, for those who write sheets and those who read them
back. Text is text in our sheets: nothing here tries to see whether it looks like a formula."""

import re

LONGEST = 32_767
"""What a cell holds at most, in UTF-16 code units, as Excel counts."""

CUT = " […cut here, it was longer]"
"""What stands at the end of a text that was cut."""

_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters, overrides of the writing direction, halves of characters, and what XML 1.0
can't hold (section 2.2)."""


def cell_text(text: str) -> str:
    """`text` as a cell can hold it: lines end in a line feed, tabs are blanks, control characters
    are gone, and what is too long is cut with a mark. The same again for what came out of it."""
    if text.isprintable() and len(text) * 2 <= LONGEST:
        return text
    lines = _LINE_END.sub("\n", text).replace("\t", " ")
    shown = _HIDDEN.sub("", lines)
    if _units(shown) <= LONGEST:
        return shown
    kept = shown.encode("utf-16-le")[: 2 * (LONGEST - _units(CUT))]
    return kept.decode("utf-16-le", errors="ignore") + CUT


def _units(text: str) -> int:
    """How long Excel finds a text: characters beyond U+FFFF count twice."""
    if len(text) * 2 <= LONGEST:
        return len(text)
    return len(text.encode("utf-16-le")) // 2

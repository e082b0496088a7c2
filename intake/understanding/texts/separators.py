"""Pure: where in a text another message begins: the line that a mail program draws, the block of
mail headers below, or both; in many languages, on lines of their own or flattened onto one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from intake.understanding.texts import header_words as words
from intake.understanding.texts.lines import Line, quote_depth, strip_all_quotes
from intake.understanding.texts.mail_headers import (
    LABELS,
    LONGEST_BLOCK,
    Header,
    MailHeaders,
    opens_block,
    plain,
    read_headers,
    read_unlabelled,
)
from intake.understanding.texts.patterns import vocabulary
from intake.understanding.texts.phrases import is_ruler

LONGEST_SEPARATOR = 160
"""Characters of a separator over its two lines."""
_LONGEST_LEAD = 70
_LONGEST_LINE = 2000
_DASHES = "-_=‐–—~"
_RULED = re.compile(rf"[*_]{{0,2}}[{_DASHES}]{{2,}}\s?(?P<words>[^{_DASHES}].{{1,140}})$")
_FLAT = re.compile(
    rf"(?P<separator>[{_DASHES}]{{2,12}}\s?[^{_DASHES}]{{4,60}}\s?[{_DASHES}]{{2,12}})\s{{0,4}}"
    r"(?P<headers>\S.*)"
)
_FORWARDED_BY = re.compile(r"\b(?:forwarded|redirected|resent) by\b", re.I)
_BEGINS = frozenset(
    ("i̇leti başlangıcı", "ileti başlangıcı", "dechrau neges", "start of message", "begin message")
)
_ENDS = vocabulary(
    "end ende einde fin fine fim slut slutt koniec konec kraj край конец кінець vége loppu"
)


class Separator(StrEnum):
    """What a line says of what is below it: nothing, that it is a message, the one that was
    answered, the one that was forwarded; a lead says the last without dashes around it."""

    RULE = "rule"
    MESSAGE = "message"
    ORIGINAL = "original"
    FORWARDED = "forwarded"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Break:
    """Where another message begins. `end` is the line behind its headers, which are None where
    it has none; `is_forwarded`: the separator says so."""

    end: int
    headers: MailHeaders | None
    is_forwarded: bool = False


_WORDED = (Separator.MESSAGE, Separator.ORIGINAL, Separator.FORWARDED)


def find_break(lines: Sequence[Line], at: int) -> Break | None:
    """The break that line `at` opens, None where it opens none."""
    opening = _clean(lines[at])
    flat = _read_flat(opening)
    if flat is not None:
        return Break(at + 1, *flat)
    separator, behind = _separator_at(lines, at, opening)
    depth = quote_depth(lines[at].text)
    if separator is None and not opens_block(opening):
        return _find_lead(lines, at, opening) if depth else None
    start = _skip_blanks(lines, behind) if separator else at
    is_marked = separator not in (None, Separator.RULE)
    headers = read_headers(_ahead(lines, start), is_marked=is_marked)
    is_forwarded = separator in (Separator.FORWARDED, Separator.LEAD)
    if headers is not None:
        end = _behind_second_rule(lines, start + headers.length)
        return Break(end, headers, is_forwarded)
    if is_forwarded and (unlabelled := read_unlabelled(_ahead(lines, start))) is not None:
        return Break(start + unlabelled.length, unlabelled, is_forwarded)
    is_plain = separator in (Separator.ORIGINAL, Separator.FORWARDED) and not depth
    return Break(behind, None, is_forwarded) if is_plain else None


def is_end(line: str) -> bool:
    """`----- End forwarded message -----` and its translations."""
    if line[:1] not in _DASHES or read_separator(line) not in _WORDED:
        return False
    return not _ENDS.isdisjoint(plain(line).strip(_DASHES + " <8").split())


def read_separator(line: str) -> Separator | None:
    """What a line between two messages says; None for any other line. A rule and a lead need
    mail headers below."""
    if is_ruler(line):
        return Separator.RULE
    if len(line) > LONGEST_SEPARATOR:
        return None
    ruled = _RULED.match(line)
    if ruled is None:
        is_lead = len(line) <= _LONGEST_LEAD and _is_lead(line)
        return Separator.LEAD if is_lead else None
    closed = ruled["words"].rstrip("*_ ")
    if closed[-1:] not in _DASHES:
        return None
    said = plain(closed.rstrip(_DASHES + " "))
    if _FORWARDED_BY.search(said):
        return Separator.FORWARDED
    if _has(said, _MESSAGE):
        if _has(said, _FORWARDED):
            return Separator.FORWARDED
        return Separator.ORIGINAL if _has(said, _ORIGINAL) else Separator.MESSAGE
    return Separator.RULE


def _stems(text: str) -> tuple[str, ...]:
    return tuple(plain(stem) for stem in text.split())


_FORWARDED = _stems(words.FORWARDED)
_ORIGINAL = _stems(words.ORIGINAL)
_MESSAGE = _stems(words.MESSAGE)


def _has(text: str, stems: tuple[str, ...]) -> bool:
    return any(stem in text for stem in stems)


def _is_lead(line: str) -> bool:
    """`Begin forwarded message:` and its translations."""
    said = plain(line).strip("*_ ").rstrip(":： ")
    if said in _BEGINS:
        return True
    is_closed = line.rstrip("*_ ").endswith((":", "："))
    few = len(said.split()) <= (7 if is_closed else 4)
    return few and "," not in said.rstrip() and _has(said, _FORWARDED) and _has(said, _MESSAGE)


def _separator_at(lines: Sequence[Line], at: int, opening: str) -> tuple[Separator | None, int]:
    """The separator at this line, or on it and the next, and the line behind it."""
    separator = read_separator(opening)
    is_open = separator is None and opening[:2].strip(_DASHES) == "" and len(opening) > 2
    if is_open and at + 1 < len(lines):
        joined = f"{opening} {_clean(lines[at + 1])}"
        wrapped = read_separator(joined)
        if wrapped in (Separator.ORIGINAL, Separator.FORWARDED):
            return wrapped, at + 2
    return separator, at + 1


def _find_lead(lines: Sequence[Line], at: int, opening: str) -> Break | None:
    """Quoted headers below a quoted line that leads to them, in words that are not known."""
    if not opening.endswith((":", "：")) or len(opening) > _LONGEST_LEAD:
        return None
    start = _skip_blanks(lines, at + 1)
    if start == at + 1 or start >= len(lines) or not quote_depth(lines[start].text):
        return None
    headers = read_headers(_ahead(lines, start), is_marked=False)
    return Break(start + headers.length, headers, is_forwarded=True) if headers else None


def _behind_second_rule(lines: Sequence[Line], end: int) -> int:
    """The line behind a separator that stands between headers and text, as some programs draw."""
    at = _skip_blanks(lines, end)
    if at >= len(lines) or read_separator(_clean(lines[at])) not in _WORDED:
        return end
    ahead = _ahead(lines, _skip_blanks(lines, at + 1))
    return end if read_headers(ahead, is_marked=True) else at + 1


def _ahead(lines: Sequence[Line], start: int) -> list[str]:
    return [_clean(line) for line in lines[start : start + LONGEST_BLOCK]]


def _clean(line: Line) -> str:
    return strip_all_quotes(line).text[:_LONGEST_LINE].strip(" \t\ufeff")


def _skip_blanks(lines: Sequence[Line], at: int) -> int:
    """The first line with text from `at` on, past at most two without."""
    return next((n for n in range(at, min(at + 2, len(lines))) if _clean(lines[n])), at + 2)


def _read_flat(line: str) -> tuple[MailHeaders, bool] | None:
    """The headers behind a separator on the same line, as some programs flatten them, and whether
    it says that they are of a forwarded message. None where the line is no such separator."""
    found = _FLAT.match(line) if line[:1] and line[0] in _DASHES else None
    separator = read_separator(found["separator"]) if found else None
    if found is None or separator in (None, Separator.RULE):
        return None
    headers = read_headers(list(_unflatten(found["headers"])), is_marked=True)
    return (headers, separator is Separator.FORWARDED) if headers else None


def _unflatten(text: str) -> Iterator[str]:
    """The headers, each on a line of its own. Each begins with a label, glued to what stands
    before it or not; where it is glued its colon may be missing."""
    seen: set[Header | None] = set()
    line = ""
    start = 0
    for found in _FLAT_LABEL.finditer(text[:_LONGEST_FLAT]):
        label = found["label"] or found["bare"] or found["other"]
        header = LABELS.get(plain(label))
        if seen.issuperset(_ALL):
            break
        if header in seen and header in (Header.FROM, Header.DATE, Header.SUBJECT):
            continue
        seen.add(header)
        yield line + text[start : found.start()].strip()
        line, start = f"{label}: ", found.end()
    yield line + text[start:].strip()


def _capitalised(label: str) -> Iterator[str]:
    label = re.sub("σ$", "ς", label)
    yield re.escape(label[0].upper() + label[1:])
    if len(label) <= 3:
        yield re.escape(label.upper())


def _alternatives(fewest: int) -> str:
    """The labels as programs write them, the longest first, of at least so many letters."""
    forms = {f for label in LABELS if len(label) >= fewest for f in _capitalised(label)}
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


_LONGEST_FLAT = 1000
_ALL = (Header.FROM, Header.DATE, Header.RECIPIENTS, Header.SUBJECT)
_FLAT_LABEL = re.compile(
    rf"(?P<label>{_alternatives(1)})\s?[:：]"
    rf"|(?<=[^\sa-zß-öø-ÿα-ωа-яёіїєґ])(?P<bare>{_alternatives(2)})\s(?=\S)"
    r"|(?<=>)(?P<other>[^\W\d_]{2,14})\s?[:：]"
)

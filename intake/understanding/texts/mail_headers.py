"""Pure: blocks of mail headers within a text, as mail programs write them above what they quote
or forward: in any order and language, by their labels and else by what stands behind them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import takewhile

from intake.understanding.texts import header_words as words


class Header(StrEnum):
    """What a line of a block of mail headers tells."""

    FROM = "from"
    DATE = "date"
    RECIPIENTS = "recipients"
    SUBJECT = "subject"
    OTHER = "other"


LONGEST_LABEL = 30
LONGEST_VALUE = 2000
"""Characters of a line of headers that are read."""
LONGEST_BLOCK = 24
"""Lines a block may have, with addressees over several lines."""
_MOST_UNKNOWN = 6
"""Lines in a block that carry no label of ours."""
_MOST_UNLABELLED = 4
"""Lines that an unlabelled sender and moment take."""
_ONCE = (Header.FROM, Header.DATE, Header.SUBJECT)
_FEWEST = 3
"""Kinds of header that make a block where no separator stands above."""

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^{|}~-]{1,64}@[\w-][\w.-]{1,254}")
_TIME = re.compile(r"\b\d{1,2}\s?[:.h时時]\s?\d{2}|\d{1,2}\s?[시点點]")
_DAY = re.compile(r"\b(?:19|20)\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|[०-९٠-٩۰-۹]{4}")


@dataclass(frozen=True, slots=True)
class MailHeaders:
    """A block of mail headers: its values as they stand, empty where it has none, and over how
    many lines it goes."""

    sender: str
    date: str
    subject: str
    length: int


@dataclass(slots=True)
class _Field:
    """One header with its lines so far; `header` is None for a label that is not known."""

    header: Header | None
    value: str

    @property
    def has_address(self) -> bool:
        return _ADDRESS.search(self.value) is not None

    @property
    def has_moment(self) -> bool:
        return _TIME.search(self.value) is not None and _DAY.search(self.value) is not None


def plain(text: str) -> str:
    """Lower case, as words of mail programs are compared; without the dot that lower case leaves
    over a Turkish capital I."""
    return unicodedata.normalize("NFC", text).casefold().replace("\u0307", "")


def _listed(text: str, header: Header) -> dict[str, Header]:
    return {plain(" ".join(label.split())): header for label in text.split("|")}


LABELS: dict[str, Header] = {
    **_listed(words.OTHERS, Header.OTHER),
    **_listed(words.RECIPIENTS, Header.RECIPIENTS),
    **_listed(words.DATE, Header.DATE),
    **_listed(words.SUBJECT, Header.SUBJECT),
    **_listed(words.FROM, Header.FROM),
}
_LINE = re.compile(
    rf"[*_|\u200e\u200f\u202a-\u202e\u2066-\u2069 \t]{{0,4}}"
    rf"(?P<label>[^\W\d_][^:：@<>|*\t]{{0,{LONGEST_LABEL}}}?)"
    r"[*_]{0,2}\s{0,3}[:：](?!\S?\)|//)[*_]{0,2}[\s|\u200e\u200f]{0,30}(?P<value>.*)"
)
_ASIDE = re.compile(r"\s?\([^()]{1,12}\)$")


def read_header(text: str) -> tuple[Header | None, str] | None:
    """The header that a line `label: value` is, None as such where the label is not known, and
    its value; None for a line that is no such thing."""
    found = _LINE.match(text[:LONGEST_VALUE])
    if found is None:
        return None
    label = _ASIDE.sub("", " ".join(found["label"].split())).rstrip(" .'")
    value = found["value"].strip(" \t*\u200e\u200f\u202c\u2069")
    return LABELS.get(plain(label)), value


def read_headers(lines: Sequence[str], *, is_marked: bool) -> MailHeaders | None:
    """The block of mail headers that these lines open with, stripped of quote marks and blanks.
    Behind a separator (`is_marked`) a shorter one will do."""
    fields, trailing, length = _read_fields(lines)
    if _is_known_block(fields, is_marked):
        trailing = list(takewhile(partial(_is_wanted, fields), trailing))
    elif not _is_shaped_block([*fields, *trailing], is_marked):
        return None
    return _settle([*fields, *trailing], length + len(trailing))


def read_unlabelled(lines: Sequence[str]) -> MailHeaders | None:
    """The sender and the moment above an old Lotus Notes message, which have no labels, with the
    labelled headers below them."""
    for at, line in enumerate(lines[:_MOST_UNLABELLED]):
        time = _TIME.search(line)
        day = _DAY.search(line)
        if time is None or day is None:
            continue
        start = min(time.start(), day.start())
        sender = " ".join((*lines[:at], line[:start])).strip().removesuffix(" on")
        if not sender:
            return None
        rest = next((n for n in range(at + 1, len(lines)) if lines[n]), len(lines))
        more = read_headers(lines[rest:], is_marked=True)
        length = rest + more.length if more else at + 1
        date = line[start : max(time.end(), day.end())]
        return MailHeaders(sender, date, more.subject if more else "", length)
    return None


def opens_block(text: str) -> bool:
    """A cheap first look: whether an unmarked block could open with this line."""
    found = read_header(text)
    if found is None:
        return False
    header, value = found
    if header is Header.FROM:
        return bool(value)
    field = _Field(header, value)
    return header in (Header.DATE, Header.SUBJECT) or field.has_address or field.has_moment


def _read_fields(lines: Sequence[str]) -> tuple[list[_Field], list[_Field], int]:
    """The headers up to the last with a known label, those with other labels right behind, and
    how many lines the former take."""
    fields: list[_Field] = []
    waiting: list[_Field] = []
    length, gaps, has_gap = 0, 0, False
    for at, line in enumerate(lines[:LONGEST_BLOCK]):
        if not line:
            is_spaced = gaps > 1 and gaps == len(fields) - 1
            if has_gap or waiting or (_is_complete(fields, _FEWEST) and not is_spaced):
                break
            has_gap = True
            continue
        found = read_header(line)
        header, value = found or (Header.OTHER, line)
        if found is None or header is None:
            field = _Field(header, value)
            is_behind = _is_complete(fields, 4) and not (found and field.has_address)
            if has_gap or is_behind or len(waiting) == _MOST_UNKNOWN:
                break
            waiting.append(field)
            continue
        if header in _ONCE and header in _kinds(fields):
            break
        gaps += has_gap
        fields += [*_continue(fields, waiting), _Field(header, value)]
        waiting, length, has_gap = [], at + 1, False
    return fields, list(takewhile(lambda field: field.header is None, waiting)), length


def _is_wanted(fields: Sequence[_Field], field: _Field) -> bool:
    """Whether an unknown label behind a block tells what the block does not tell yet."""
    if field.has_address:
        return True
    wanted = Header.DATE if field.has_moment else Header.SUBJECT
    return bool(field.value) and wanted not in _kinds(fields)


def _continue(fields: Sequence[_Field], waiting: Sequence[_Field]) -> Iterator[_Field]:
    """The lines between two known headers: headers of their own, or more of the first."""
    for field in waiting:
        if field.header is None:
            yield field
        elif fields:
            fields[-1].value = f"{fields[-1].value} {field.value}".strip()


def _kinds(fields: Sequence[_Field]) -> set[Header]:
    return {field.header for field in fields if field.header not in (None, Header.OTHER)}


def _is_complete(fields: Sequence[_Field], fewest: int) -> bool:
    return len(_kinds(fields)) >= fewest


def _is_known_block(fields: Sequence[_Field], is_marked: bool) -> bool:
    """Known labels: From first and two others, or one that is a moment where From has an address;
    behind a separator any two."""
    kinds = _kinds(fields)
    if is_marked:
        return len(kinds) >= 2
    if kinds == {Header.FROM, Header.DATE} and len(fields) == 2:
        return fields[0].has_address and fields[1].has_moment
    known = [field for field in fields if field.header is not None]
    if Header.FROM not in kinds or len(known) < _FEWEST or len(kinds) < 2:
        return False
    if fields[0].header is Header.FROM:
        return True
    sender = next(field for field in fields if field.header is Header.FROM)
    has_moment = any(f.has_moment for f in fields if f.header is Header.DATE)
    return len(kinds) >= _FEWEST and (sender.has_address or has_moment)


def _is_shaped_block(fields: Sequence[_Field], is_marked: bool) -> bool:
    """Unknown labels: somebody's address and the moment of sending say what they are."""
    addressed = sum(1 for field in fields if field.has_address)
    is_dated = any(field.has_moment and not field.has_address for field in fields)
    if is_marked:
        return len(fields) >= 2 and addressed + is_dated >= 2
    if len(fields) < _FEWEST or not addressed or not is_dated:
        return False
    is_named = fields[0].has_address and not fields[0].value.startswith(("<", "mailto:"))
    return addressed > 1 or bool(_kinds(fields)) or is_named


def _settle(fields: Sequence[_Field], length: int) -> MailHeaders:
    """Who, when and about what: by label, else by what an unknown label stands before."""
    unknown = [field for field in fields if field.header is None]
    sender = _first(fields, Header.FROM)
    if sender is None:
        sender = next((field for field in unknown if field.has_address), None)
    date = _first(fields, Header.DATE)
    if date is None:
        date = next((f for f in unknown if f.has_moment and not f.has_address), None)
    subject = _first(fields, Header.SUBJECT)
    if subject is None:
        rest = (f for f in unknown if f is not date and not f.has_address and f.value)
        subject = next(rest, None)
    return MailHeaders(
        sender=sender.value if sender else "",
        date=date.value if date else "",
        subject=subject.value if subject else "",
        length=length,
    )


def _first(fields: Sequence[_Field], header: Header) -> _Field | None:
    return next((field for field in fields if field.header is header), None)

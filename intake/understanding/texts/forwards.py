"""Pure: messages that carry another one: who really wrote it, when, under which subject, what."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from intake.understanding.finders.names import (
    is_same_person,
    matches_address,
    name_from_display,
)
from intake.understanding.texts.closing import is_valediction
from intake.understanding.texts.lines import (
    Line,
    join_text,
    quote_depth,
    strip_quote,
)
from intake.understanding.texts.patterns import cues
from intake.understanding.texts.phrases import is_ruler
from intake.understanding.texts.pieces import PieceKind, kinds_of
from intake.understanding.texts.separators import find_break, is_end
from storage.domain.message import Head
from storage.domain.people import Address

_FORWARD_PREFIX = re.compile(
    r"^\s*(?:\[[^\]]{0,40}\]\s*)*(?:fwd?|wg|tr|rv|vl|enc|i|doorst|vb|pd|továbbítás|[iİ]lt"
    r"|yml|reenv|přep|fyi|переслано|пересылка|προωθ|转发|轉寄|轉發|転送|전달|הועבר|إعادة توجيه"
    r"|anfonwyd ymlaen)"
    r"\s?[:：]",
    re.I,
)
_SAYS_SO = cues(
    r"\bforward(?:ing|ed)?\b",
    r"\b(?:see|read|find) (?:the )?(?:e-?mail |message |note |letter |text )?(?:below|beneath"
    r"|underneath)\b",
    r"\b(?:pass(?:ing|ed)?|send(?:ing)?|sent) (?:this|it|that|her|his|their"
    r"|the below) .{0,20}\b(?:on|along|over|for (?:her|him|them))\b",
    r"\b(?:her|his|their) (?:e-?mail|message|letter|words|note)\b",
    r"\bbelow (?:is|from|e-?mail|message|comes)\b|\b(?:e-?mail|message|letter) below\b",
    r"\bon behalf of\b|\breply to \w+ direct",
)
_REPLY_PREFIX = re.compile(
    r"^\s*(?:\[[^\]]{0,40}\]\s*)*(?:re|aw|sv|antw|odp|ynt|res|ref|bls|atb|ats|σχετ|απ|回复|回覆|答复"
    r"|返信|답장|השב|رد)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]",
    re.I,
)
_OPENERS = (PieceKind.FORWARD_HEADER, PieceKind.ATTRIBUTION)
LONGEST_NOTE = 120
"""Words above a message that nothing but their own sense marks as forwarded."""
_BRIEF_NOTE = 40
"""Words that, even signed, are no letter of their own under a subject that is no answer's."""
_ADDRESS = re.compile(
    r"[\w.!#$%&'*+=?^{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}(?:[^\W\d_]{2,24}|xn--[\w-]{2,59})"
)
_ON_BEHALF = re.compile(
    r"\b(?:on behalf of|im auftrag von|au nom de|de la part de|namens|en nombre de|em nome de"
    r"|per conto di|på vegne af|på vegne av|på uppdrag av|w imieniu)\b",
    re.I,
)
_MOMENT = re.compile(r"\d.{0,40}\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?: ?[AaPp]\.?[Mm]\b)?")
_LAST_NAME = re.compile(
    r"(?:^|[\d,:;>])(?:\s?[AP]M\b,?)?\s{0,3}(?:[a-zß-ÿ]+\s){0,3}([^\d,:;<>@]{2,60})$"
)
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]{1,30}(?: [A-ZÀ-Þ][\w'’.-]{1,30}){1,3}")
_LONGEST_SEARCH = 20_000
"""Characters in which the address of somebody is looked for whom the headers only name."""


@dataclass(frozen=True, slots=True)
class Forward:
    """A message within a message. `date` is text as it stands there; `sender` has no e-mail where
    the headers only name somebody and the text does not tell either, and is None where nobody is
    named; `lines` are its text without quote marks, still to be cut into pieces. `is_marked`: a
    mail program's separator says that it was forwarded; `is_attributed`: it stands below a mere
    "… wrote:" or none, as what is answered does."""

    sender: Address | None
    date: str | None
    subject: str | None
    lines: tuple[Line, ...]
    is_marked: bool = False
    is_attributed: bool = False


def find_enclosed(lines: Sequence[Line], kinds: Sequence[PieceKind]) -> Forward | None:
    """The first message that is quoted, forwarded or not, in a text given as lines with what each
    of them is."""
    first = next((at for at, kind in enumerate(kinds) if kind in _OPENERS), None)
    if first is None:
        return _read_quoted(lines, kinds)
    end = _end_of_run(kinds, first)
    head, rest = lines[first:end], lines[end:]
    if kinds[first] is PieceKind.ATTRIBUTION:
        return _read_attributed(head, rest)
    found = find_break(lines, first)
    if found is None or found.headers is None:
        return _read_marked(rest, is_forwarded=found is not None and found.is_forwarded)
    is_quoted = any(quote_depth(line.text) for line in head if not line.is_blank)
    return Forward(
        sender=_read_sender(found.headers.sender, lines),
        date=found.headers.date or None,
        subject=found.headers.subject or None,
        lines=_until_end(_unquoted(rest) if is_quoted or _is_quoted(rest) else rest),
        is_marked=found.is_forwarded,
    )


def _read_marked(rest: Sequence[Line], *, is_forwarded: bool) -> Forward:
    """What stands below a separator without headers, with an attribution in their place or not."""
    kinds = kinds_of(rest)
    first = next((at for at, line in enumerate(rest) if not line.is_blank), len(rest))
    if PieceKind.ATTRIBUTION not in kinds[first : first + 1]:
        return Forward(None, None, None, _until_end(rest), is_marked=is_forwarded)
    end = _end_of_run(kinds, first)
    inner = _read_attributed(rest[first:end], rest[end:])
    return replace(inner, is_marked=is_forwarded, is_attributed=False)


def _end_of_run(kinds: Sequence[PieceKind], first: int) -> int:
    """The line behind those that are of one kind with the first."""
    return next(
        (at for at in range(first, len(kinds)) if kinds[at] is not kinds[first]), len(kinds)
    )


def _until_end(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines up to the separator that ends a forwarded message, or to a rule below it."""
    end = next((at for at, line in enumerate(lines) if is_end(line.text.strip())), len(lines))
    last = next((at for at in range(end - 1, -1, -1) if not lines[at].is_blank), -1)
    return tuple(lines[: last if last > 0 and is_ruler(lines[last].text.strip()) else end])


def is_forwarded(enclosed: Forward, head: Head, *, cover: str, ours: Collection[str]) -> bool:
    """Whether who sent the message with this head forwards `enclosed` rather than answers it.
    `cover` is the text above it, `ours` our own addresses: what we wrote ourselves is never
    somebody's expression."""
    sender = enclosed.sender
    if sender is not None and sender.email in ours:
        return False
    is_bare = not cover.strip()
    says_so = _FORWARD_PREFIX.match(head.subject) is not None
    if enclosed.is_attributed:
        is_meant = says_so and _is_note(cover, enclosed)
        if sender is None or not sender.email:
            return is_meant and not names_us(enclosed, ours)
        return is_meant or is_bare
    if enclosed.is_marked or says_so or is_bare:
        return True
    if sender is None or (head.sender is not None and _is_same(sender, head.sender)):
        return False
    if len(cover.split()) > LONGEST_NOTE:
        return False
    if _SAYS_SO.search(cover[:2000]) is not None:
        return True
    is_answer = bool(head.in_reply_to) or _REPLY_PREFIX.match(head.subject) is not None
    if is_answer or not _is_note(cover, enclosed):
        return False
    is_brief = bool(head.subject) and len(cover.split()) < _BRIEF_NOTE
    return is_brief or not _signs_off(cover)


def names_us(enclosed: Forward, ours: Collection[str]) -> bool:
    """Whether the text of a message gives one of our addresses, as an invitation does."""
    text = join_text(enclosed.lines)[:_LONGEST_SEARCH].lower()
    return any(address in text for address in ours)


def _is_note(cover: str, enclosed: Forward) -> bool:
    """Whether the text above says less than what is below it."""
    words = len(cover.split())
    return words <= LONGEST_NOTE and words < len(join_text(enclosed.lines).split())


def _signs_off(cover: str) -> bool:
    """Whether a text closes as a letter to somebody does."""
    return any(is_valediction(line) for line in cover.split("\n")[-8:] if line.strip())


def _is_same(one: Address, other: Address) -> bool:
    if one.email:
        return one.email == other.email
    return bool(one.name) and is_same_person(one.name, other.name)


def _unquoted(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(strip_quote(line) for line in lines)


def _is_quoted(lines: Sequence[Line]) -> bool:
    """Whether the text below unquoted headers is quoted as a whole."""
    told = [quote_depth(line.text) > 0 for line in lines if not line.is_blank]
    return bool(told) and told[0] and 2 * sum(told) > len(told)


def _read_quoted(lines: Sequence[Line], kinds: Sequence[PieceKind]) -> Forward | None:
    """What is quoted without a word of whose it is."""
    below = [n for n, kind in zip(lines, kinds, strict=True) if kind is PieceKind.QUOTED]
    if all(line.is_blank for line in below):
        return None
    return Forward(None, None, None, _unquoted(below), is_attributed=True)


def _read_attributed(head: Sequence[Line], rest: Sequence[Line]) -> Forward:
    """What is quoted below "On …, Ada Bell <ada@…> wrote:"."""
    attribution = " ".join(line.text.strip() for line in head)
    found = _ADDRESS.search(attribution)
    moment = _MOMENT.search(attribution)
    if found is not None:
        name = _LAST_NAME.search(attribution[: found.start()].rstrip(" <([\"'"))
        told = name[1].strip(" \"'(") if name else ""
        sender: Address | None = Address(found.group().lower(), told)
    else:
        sides = (attribution[moment.end() :], attribution[: moment.start()]) if moment else ()
        full = next((name for name in map(_FULL_NAME.search, sides) if name), None)
        sender = _find_address(full.group() if full else "", rest)
    return Forward(
        sender=sender,
        date=moment.group() if moment else None,
        subject=None,
        lines=_until_end(_unquoted(rest) if _is_quoted(rest) else rest),
        is_attributed=True,
    )


def _read_sender(value: str, lines: Sequence[Line]) -> Address | None:
    """Who stands behind From: an address and the name before it; the one somebody wrote on behalf
    of comes first. Where only a name stands there, the text may tell the address."""
    behalf = _ON_BEHALF.search(value)
    if behalf is not None and _ADDRESS.search(value, behalf.end()):
        value = value[behalf.end() :]
    found = _ADDRESS.search(value)
    if found is None:
        return _find_address(_clean_name(value.partition("/")[0].removeprefix("CN=")), lines)
    name = _clean_name(value[: found.start()]) or _clean_name(value[found.end() :]).strip("()")
    return Address(found.group().lower(), name)


def _clean_name(text: str) -> str:
    bare = re.sub(r"mailto:|[<>\[\]\"]|\(\s?$|^\s?\)", " ", text)
    return " ".join(bare.split()).strip(" ,;:*'")


def _find_address(name: str, lines: Sequence[Line]) -> Address | None:
    """Somebody of this name with the address in the text that is made from it."""
    if not name:
        return None
    known = name_from_display(name, "") or name
    text = join_text(lines)[:_LONGEST_SEARCH]
    emails = (found.group().lower() for found in _ADDRESS.finditer(text))
    return Address(next((e for e in emails if matches_address(known, e)), ""), name)

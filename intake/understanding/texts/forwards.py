"""Pure: messages that carry another one: who really wrote it, when, under which subject, what."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from intake.understanding.texts import phrases
from intake.understanding.texts.lines import Line, quote_depth, strip_all_quotes, strip_quote
from intake.understanding.texts.patterns import cues
from intake.understanding.texts.pieces import PieceKind
from storage.domain.people import Address

_SUBJECT_PREFIX = re.compile(
    r"^\s*(?:\[[^\]]{0,40}\]\s*)?(?:fwd?|wg|tr|rv|vl|enc|i|doorst|vb|pd|továbbítás"
    r"|anfonwyd ymlaen)\s?:",
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
_LONGEST_NOTE = 120
"""Words above a message that nothing but their own sense marks as forwarded."""
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^{|}~-]{1,64}@[A-Za-z0-9.-]{3,255}")
_FIELDS = {
    "from": phrases.FROM_LABELS,
    "date": r"sent|date|envoyé(?: le)?|gesendet|datum|enviado(?: el| em)?|fecha|inviato|data"
    r"|verzonden|wysłano|skickat|sendt|anfonwyd|dato|päivämäärä|lähetetty|tarih|дата|dátum"
    r"|odesláno|odoslané|küldve|gönderildi",
    "subject": r"subject|objet|sujet|naslov|betreff|asunto|oggetto|onderwerp|temat|assunto|ämne"
    r"|emne|konu|pwnc|aihe|тема|predmet|předmět|tárgy",
}
_HEADER = {
    field: re.compile(rf"[*_]{{0,2}}(?:{names})[*_]{{0,2}}\s?:[*_]{{0,2}}\s*(.*)$", re.I)
    for field, names in _FIELDS.items()
}


@dataclass(frozen=True, slots=True)
class Forward:
    """A message within a message. `date` is text as it stands there, `sender` None where no
    address is given; `lines` are its text without quote marks, still to be cut into pieces.
    `is_marked`: a mail program's separator says that it was forwarded."""

    sender: Address | None
    date: str | None
    subject: str | None
    lines: tuple[Line, ...]
    is_marked: bool = False


def find_enclosed(lines: Sequence[Line], kinds: Sequence[PieceKind]) -> Forward | None:
    """The first message that is quoted with a block of mail headers, forwarded or not, in a text
    given as lines with what each of them is."""
    if PieceKind.FORWARD_HEADER not in kinds:
        return None
    start = list(kinds).index(PieceKind.FORWARD_HEADER)
    end = next(
        (at for at in range(start, len(lines)) if kinds[at] is not PieceKind.FORWARD_HEADER),
        len(lines),
    )
    head, rest = lines[start:end], lines[end:]
    is_quoted = any(quote_depth(line.text) for line in head if not line.is_blank)
    stripped = [strip_all_quotes(line).text.strip() for line in head]
    flat = [line for text in stripped for line in (phrases.inline_header(text) or text).split("\n")]
    fields = _read_header(flat)
    return Forward(
        sender=_read_address(fields.get("from", "")),
        date=fields.get("date") or None,
        subject=fields.get("subject") or None,
        lines=tuple(strip_quote(line) for line in rest) if is_quoted else tuple(rest),
        is_marked=any(phrases.is_forward_marker(line) for line in stripped),
    )


def is_forwarded(
    enclosed: Forward,
    *,
    subject: str,
    cover: str,
    writer: Address | None,
    ours: Collection[str],
) -> bool:
    """Whether the writer forwards `enclosed` rather than answers it. `cover` is the text above
    it, `ours` our own addresses: what we wrote ourselves is never somebody's expression."""
    if enclosed.sender is not None and enclosed.sender.email in ours:
        return False
    if enclosed.is_marked or _SUBJECT_PREFIX.match(subject) is not None or not cover.strip():
        return True
    if enclosed.sender is None or (writer is not None and enclosed.sender.email == writer.email):
        return False
    is_note = len(cover.split()) <= _LONGEST_NOTE
    return is_note and _SAYS_SO.search(cover[:2000]) is not None


def _read_header(lines: Sequence[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        for field, pattern in _HEADER.items():
            found = pattern.match(line[:500])
            if found and field not in fields:
                fields[field] = found[1].strip()
    return fields


def _read_address(value: str) -> Address | None:
    found = _ADDRESS.search(value)
    if found is None:
        return None
    name = re.sub(r"(?:mailto:|[<\[\]\"'])", " ", value[: found.start()]).strip(" ,;:*")
    return Address(found.group().lower().rstrip("."), " ".join(name.split()))

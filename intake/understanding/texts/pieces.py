"""Pure: which part of a text is new and which is quoted history, signature, banner or small print.

One pass over the lines, each looked at a bounded number of times: the time taken is linear in
the length of the text. Nothing is thrown away: the pieces, put together, are the text.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from intake.understanding.texts import phrases, sign_offs
from intake.understanding.texts.closing import closing_start
from intake.understanding.texts.lines import (
    Line,
    join_text,
    quote_depth,
    split_lines,
    strip_all_quotes,
)
from intake.understanding.texts.separators import find_break

LOOK_AHEAD = 10
"""Lines within which an attribution must be complete."""
_ATTRIBUTION_LINES = 4
"""Lines of an attribution at most, those not counted that are blank or a bracket."""
_NARROWEST_WRAP = 70
"""Characters from which the next word may have been wrapped off a quoted line."""

_MOST_SIGNED = 10
_MOST_SIGNED_WORDS = 20
"""Lines of a signature above small print, and words of one of them."""


class PieceKind(StrEnum):
    """What a run of lines is. A closing is what a person types below each letter, a courtesy and
    a name; with more than that, or behind a rule, it is a signature."""

    NEW = "new"
    CLOSING = "closing"
    QUOTED = "quoted"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    BANNER = "banner"
    FORWARD_HEADER = "forward_header"
    ATTRIBUTION = "attribution"
    SENT_FROM = "sent_from"


_QUOTING = (PieceKind.QUOTED, PieceKind.ATTRIBUTION, PieceKind.FORWARD_HEADER)
_SIGNED = (PieceKind.SIGNATURE, PieceKind.SENT_FROM)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of whole lines of one kind; `start` and `end` are offsets, line ends included."""

    kind: PieceKind
    start: int
    end: int


def split(text: str) -> tuple[Piece, ...]:
    """Cut `text` (LF line ends) into pieces that cover it without gap or overlap, in order."""
    lines = split_lines(text)
    return merge(lines, kinds_of(lines), len(text))


def kinds_of(
    lines: Sequence[Line], *, names: Sequence[str] = (), email: str = ""
) -> list[PieceKind]:
    """What each line is; for lines that are a text already cut out of another. `names` and
    `email` are those of its writer, as far as they are known."""
    kinds = _quoting(lines)
    _mark_signatures(lines, kinds)
    _mark_small_print(lines, kinds)
    _mark_closings(lines, kinds, partial(closing_start, names=names, email=email))
    return kinds


def merge(lines: Sequence[Line], kinds: Sequence[PieceKind], length: int) -> tuple[Piece, ...]:
    """The pieces of a text of `length` characters whose lines are of these kinds."""
    pieces: list[Piece] = []
    for at, kind in enumerate(kinds):
        start = lines[at].start
        end = lines[at + 1].start if at + 1 < len(lines) else length
        if pieces and pieces[-1].kind is kind:
            pieces[-1] = Piece(kind, pieces[-1].start, end)
        elif end > start or not pieces:
            pieces.append(Piece(kind, start, end))
    return tuple(pieces)


def lines_of(text: str, pieces: Iterable[Piece], *kinds: PieceKind) -> tuple[Line, ...]:
    """The lines of the pieces of these kinds, with a blank line where others were cut out."""
    found: list[Line] = []
    for piece in pieces:
        if piece.kind in kinds:
            if found and found[-1].end + 1 < piece.start:
                found.append(Line("", piece.start))
            found.extend(split_lines(text[piece.start : piece.end].removesuffix("\n"), piece.start))
    return tuple(found)


def new_text(text: str, pieces: Iterable[Piece]) -> str:
    """What the writer wrote now, its signature left out, stripped."""
    return join_text(lines_of(text, pieces, PieceKind.NEW, PieceKind.CLOSING)).strip()


def signature_text(text: str, pieces: Sequence[Piece]) -> str:
    """The signature with the telephone's own line, stripped; the closing where there is none."""
    has_signature = any(piece.kind is PieceKind.SIGNATURE for piece in pieces)
    first = PieceKind.SIGNATURE if has_signature else PieceKind.CLOSING
    return join_text(lines_of(text, pieces, first, PieceKind.SENT_FROM)).strip()


def _quoting(lines: Sequence[Line]) -> list[PieceKind]:
    """New, quoted, attribution or forwarded header, line by line."""
    kinds = [PieceKind.NEW] * len(lines)
    at, answers = 0, False
    while at < len(lines):
        found = None if answers and quote_depth(lines[at].text) else find_break(lines, at)
        if found is not None:
            return _rest_quoted(kinds, at, found.end)
        attribution_end = _attribution_end(lines, at)
        if attribution_end > at:
            kinds[at:attribution_end] = [PieceKind.ATTRIBUTION] * (attribution_end - at)
            at = attribution_end
            if not _is_marked_quote_ahead(lines, at):
                return _rest_quoted(kinds, at, at)
            answers = True
            continue
        if _is_quoted(lines[at].text) or _is_wrapped_off(lines, kinds, at):
            kinds[at] = PieceKind.QUOTED
            answers = answers or bool(strip_all_quotes(lines[at]).text.strip())
        at += 1
    return kinds


def _is_quoted(text: str) -> bool:
    """A line behind `>`, but none that `<<<` closes as an ornament."""
    return quote_depth(text) > 0 and not text.rstrip().endswith("<<<")


def _is_wrapped_off(lines: Sequence[Line], kinds: Sequence[PieceKind], at: int) -> bool:
    """Whether a line between quoted ones is the end of the one above, which a mail program
    wrapped without a mark: that one was full, or ends within a web address."""
    text = lines[at].text
    if not 0 < at < len(lines) - 1 or kinds[at - 1] is not PieceKind.QUOTED or not text.strip():
        return False
    above = lines[at - 1].text.rstrip()[-phrases.LONGEST_LINE :]
    if not quote_depth(above) or not quote_depth(lines[at + 1].text) or text[:1].isupper():
        return False
    first_word, last_word = text.split(maxsplit=1)[0], above.rpartition(" ")[2]
    return len(above) + 1 + len(first_word) > _NARROWEST_WRAP or "://" in last_word


def _rest_quoted(kinds: list[PieceKind], header_start: int, header_end: int) -> list[PieceKind]:
    header = [PieceKind.FORWARD_HEADER] * (header_end - header_start)
    quoted = [PieceKind.QUOTED] * (len(kinds) - header_end)
    return [*kinds[:header_start], *header, *quoted]


def _attribution_end(lines: Sequence[Line], at: int) -> int:
    """Where the attribution ("On … wrote:") that starts at line `at` ends; `at` if none does, or
    if line `at` is prose right above one."""
    end = _joined_attribution_end(lines, at)
    is_dated = phrases.opens_attribution(lines[at].text)
    for later in range(at + 1, end):
        text = lines[later].text
        goes_on = is_dated and text.lstrip()[:1].isdigit()
        is_own = phrases.opens_attribution(text) and not goes_on
        if is_own and _joined_attribution_end(lines, later) > later:
            return at
    return end


def _joined_attribution_end(lines: Sequence[Line], at: int) -> int:
    first = lines[at].text
    is_groupwise = first.startswith(">>> ")
    if (quote_depth(first) and not is_groupwise) or not phrases.may_open_attribution(first):
        return at
    joined, length = "", 0
    for end in range(at, min(at + LOOK_AHEAD, len(lines))):
        text = lines[end].text.strip()
        if not text and not _opens_with_address(lines, end + 1):
            return at
        joined = f"{joined} {text}".strip()
        length += len(text) > 1
        if length > _ATTRIBUTION_LINES or len(joined) > phrases.LONGEST_ATTRIBUTION:
            return at
        if phrases.may_end_attribution(joined) and phrases.is_attribution(
            joined, quote_follows=_is_marked_quote_ahead(lines, end + 1)
        ):
            return end + 1
    return at


def _opens_with_address(lines: Sequence[Line], at: int) -> bool:
    """Whether a line goes on with the address that stands behind a name, in brackets."""
    return at < len(lines) and lines[at].text.lstrip()[:1] == "<"


def _is_marked_quote_ahead(lines: Sequence[Line], at: int) -> bool:
    ahead = (line for line in lines[at : at + 3] if line.text.strip())
    return any(quote_depth(line.text) for line in ahead)


def _mark_signatures(lines: Sequence[Line], kinds: list[PieceKind]) -> None:
    """What stands behind a signature rule, or below words and the telephone's own line, until a
    quote begins."""
    in_signature = has_words = False
    for at, line in enumerate(lines):
        if kinds[at] is not PieceKind.NEW:
            in_signature = False
        elif phrases.is_sent_from(line.text) or (
            line.is_blank and at and kinds[at - 1] is PieceKind.SENT_FROM
        ):
            kinds[at] = PieceKind.SENT_FROM
            in_signature = in_signature or has_words
        elif in_signature or phrases.is_signature_rule(line.text):
            in_signature = True
            kinds[at] = PieceKind.SIGNATURE
        has_words = has_words or (kinds[at] is PieceKind.NEW and not line.is_blank)


def _mark_closings(
    lines: Sequence[Line], kinds: list[PieceKind], find_closing: Callable[..., int]
) -> None:
    """The closing, or the signature without a rule, of what stands above all quotes and of what
    stands below them."""
    quoting = [at for at, kind in enumerate(kinds) if kind in _QUOTING]
    parts = [(0, quoting[0]), (quoting[-1] + 1, len(kinds))] if quoting else [(0, len(kinds))]
    has_words = False
    for start, end in parts:
        stop = next((at for at in range(start, end) if kinds[at] in _SIGNED), end)
        new = [at for at in range(start, stop) if kinds[at] is PieceKind.NEW]
        first = next((i for i, at in enumerate(new) if not lines[at].is_blank), len(new))
        # Whoever writes no more than "Thanks, Tom" means it.
        after = 0 if has_words else first + 1
        closing = new[find_closing([lines[at] for at in new], after=after) :]
        is_bare = not closing or sign_offs.is_bare([lines[at] for at in closing])
        for at in closing:
            kinds[at] = PieceKind.CLOSING if is_bare else PieceKind.SIGNATURE
        has_words = first < len(new)


def _mark_small_print(lines: Sequence[Line], kinds: list[PieceKind]) -> None:
    """Banners of mail gateways and disclaimers, a paragraph at a time."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and kinds[end] is kinds[at] and lines[end].text.strip():
            end += 1
        if end > at and kinds[at] in (PieceKind.NEW, PieceKind.SIGNATURE):
            start = at + _signed_lines(lines[at:end])
            kind = _small_print_kind(lines[start:end])
            if kind is not None:
                kinds[start:end] = [kind] * (end - start)
        at = max(end, at + 1)


def _signed_lines(paragraph: Sequence[Line]) -> int:
    """How many lines at the front are a signature into which small print runs: a name and, soon,
    how its bearer is reached."""
    if len(paragraph) < 3 or not sign_offs.looks_like_name(paragraph[0].text):
        return 0
    signed = 0
    for at, line in enumerate(paragraph[:_MOST_SIGNED]):
        if _small_print_kind([line]) is not None or len(line.text.split()) > _MOST_SIGNED_WORDS:
            break
        if sign_offs.is_contact(line.text):
            signed = at + 1
    return signed


def _small_print_kind(paragraph: Sequence[Line]) -> PieceKind | None:
    text = " ".join(line.text.strip() for line in paragraph)
    if phrases.is_banner(text):
        return PieceKind.BANNER
    return PieceKind.DISCLAIMER if phrases.is_disclaimer(text) else None

"""Pure: the Markdown of a letter as text that reads well on its own, and as HTML.

CommonMark with tables; HTML written in Markdown is never passed on. Values are escaped by
`escape` before they are put into Markdown and read as themselves afterwards.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from responders.wording import LINE_BREAK, visible

TEXT_WIDTH = 76
"""Columns; RFC 5322 section 2.1.1 asks for no more than 78."""

LONGEST_LETTER = 32 * 1024
"""Characters of a letter before its Markdown is read, which takes time square to them at worst."""

RULE = "-" * 40

BAR = "█"
"""A cell of a table that holds nothing else is a bar of a chart: the numbers stand beside it."""

BAR_WIDTH, BAR_UNIT = 100, 5
"""Pixels of the longest bar in HTML, and of each character."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_KEPT = "\N{NO-BREAK SPACE}"
_TOGETHER = re.compile(
    r"(?<=\d) (?=(?:am|pm|noon)\b|\d|[A-Z][a-z]+ \d{4}\b)|(?<=[a-z]) (?=\d{4}\b)"
)
"""Blanks within `5 pm`, `020 7946 0100` and `20 August 2021`."""


def escape(value: object) -> str:
    """A value as Markdown that reads as exactly this one line of text and nothing else
    (CommonMark section 2.4), or as these lines where it has a LINE_BREAK. None is nothing."""
    lines = str(value).split(LINE_BREAK) if value is not None else ()
    return "\\\n".join(_PUNCTUATION.sub(r"\\\1", visible(line)) for line in lines)


def parse_markdown(source: str) -> tuple[Token, ...]:
    """The blocks and their inline parts, for `to_html` and `to_text`."""
    return tuple(_parser().parse(source))


def to_html(tokens: Sequence[Token]) -> str:
    """HTML without a document around it. Column heads carry their scope, bars are drawn with the
    background of a table's cells, which every mail client shows."""
    table: Token | None = None
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "table_open":
            table = token
        elif table is not None and _is_bar(token.content):
            table.attrSet("class", "chart")
    drawn = [_drawn(token) if _is_bar(token.content) else token for token in tokens]
    parser = _parser()
    return str(parser.renderer.render(drawn, parser.options, {}))


def to_text(tokens: Sequence[Token]) -> str:
    """Plain text, wrapped, links spelled out, a table's rows as lines."""
    return _blocks(iter(tokens), TEXT_WIDTH) + "\n"


def _is_bar(text: str) -> bool:
    return bool(text) and not text.strip(BAR)


def _drawn(token: Token) -> Token:
    """A bar, of which nothing is read aloud."""
    filled = min(BAR_WIDTH, BAR_UNIT * len(token.content))
    cells = f'<td class="filled" width="{filled}">&nbsp;</td>'
    if filled < BAR_WIDTH:
        cells += f'<td width="{BAR_WIDTH - filled}">&nbsp;</td>'
    table = f'<table class="bar" role="presentation" aria-hidden="true" width="{BAR_WIDTH}">'
    return Token("html_inline", "", 0, content=f"{table}<tr>{cells}</tr></table>")


@cache
def _parser() -> MarkdownIt:
    """Made once: making it takes longer than reading a letter."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _blocks(tokens: Iterator[Token], width: int) -> str:
    """The blocks up to the end of what holds them."""
    until_end = takewhile(lambda token: token.nesting >= 0, tokens)
    return "\n\n".join(filter(None, (_block(token, tokens, width) for token in until_end)))


def _block(token: Token, rest: Iterator[Token], width: int) -> str:
    """The block that begins with `token`; what is in it, and its end, are taken from `rest`."""
    match token.type:
        case "heading_open":
            title = _wrapped(_content(rest), width)
            return f"{title}\n{'-' * max(len(line) for line in title.splitlines() or [''])}"
        case "paragraph_open":
            return _wrapped(_content(rest), width)
        case "bullet_list_open" | "ordered_list_open":
            return _list(token, rest, width)
        case "table_open":
            return "\n".join(_table(rest, width))
        case "blockquote_open":
            return textwrap.indent(_blocks(rest, width - 2), "  ")
        case "code_block" | "fence":
            return textwrap.indent(token.content.rstrip("\n"), "    ")
        case "hr":
            return RULE
        case _:
            return ""


def _content(tokens: Iterator[Token]) -> str:
    """The text of a block that holds nothing else, up to its end."""
    inline, _ = next(tokens), next(tokens)
    return _inline(inline)


def _list(token: Token, rest: Iterator[Token], width: int) -> str:
    is_numbered = token.type == "ordered_list_open"
    first = int(token.attrs.get("start", 1)) if is_numbered else 0
    items: list[str] = []
    for place, _ in enumerate(takewhile(lambda item: item.nesting > 0, rest)):
        mark = f"{first + place}. " if is_numbered else "- "
        body = _blocks(rest, width - len(mark))
        items.append(mark + textwrap.indent(body, " " * len(mark)).lstrip(" "))
    return "\n".join(items)


def _table(tokens: Iterator[Token], width: int) -> Iterable[str]:
    """Two columns: `first: second`, a question without a colon. More: `first: head2 second; head3
    third`. With bars: columns below their heads."""
    head, *rows = _rows(takewhile(lambda token: token.type != "table_close", tokens))
    if any(_is_bar(cell) for row in rows for cell in row):
        yield from _chart([head, *rows])
        return
    for first, *others in rows:
        told = others if len(head) == 2 else _labelled(head[1:], others)
        label = first if first.endswith(("?", ":")) or not first else f"{first}:"
        line = f"{label} {'; '.join(told)}".strip()
        yield _fill(line, width, indent="  ")


def _rows(tokens: Iterable[Token]) -> list[list[str]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inline(token).replace(LINE_BREAK, " "))
    return rows


def _chart(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Numbers stand below each other to the right, the bar behind them needs no head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, (first, *others, bar) in enumerate(rows):
        numbers = (f"{cell:>{width}}" for cell, width in zip(others, widths[1:-1], strict=True))
        told = [f"{first:<{widths[0]}}", *numbers, bar if number else ""]
        yield "  ".join(told).rstrip()


def _labelled(heads: Sequence[str], cells: Sequence[str]) -> list[str]:
    return [f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=True)]


def _wrapped(text: str, width: int) -> str:
    lines = (_fill(line, width) for line in text.split(LINE_BREAK))
    return "\n".join(lines)


def _fill(text: str, width: int, indent: str = "") -> str:
    """Wrapped between words only: an address, a link, a time, a day or a number stays whole."""
    if len(text) <= width and text == " ".join(text.split()):
        return text
    filled = textwrap.fill(
        _TOGETHER.sub(_KEPT, text),
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled.replace(_KEPT, " ")


def _inline(token: Token) -> str:
    return _spoken(iter(token.children or ())).strip()


def _spoken(tokens: Iterator[Token]) -> str:
    """The text up to the end of the link that holds it, with the blanks at its ends kept."""
    until_end = takewhile(lambda token: token.type != "link_close", tokens)
    return "".join(_inline_text(token, tokens) for token in until_end)


def _inline_text(token: Token, rest: Iterator[Token]) -> str:
    match token.type:
        case "text" | "code_inline" | "image":
            return token.content
        case "softbreak":
            return " "
        case "hardbreak":
            return LINE_BREAK
        case "link_open":
            return _link(_spoken(rest).strip(), str(token.attrs.get("href", "")))
        case _:
            return ""


def _link(text: str, target: str) -> str:
    """The address itself where the text says it already, else behind the text."""
    shown = target.removeprefix("mailto:").removeprefix("tel:")
    return text if shown == text or not shown else f"{text} ({shown})"

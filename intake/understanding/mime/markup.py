"""Pure: HTML of a message → the text a reader sees, for finders that read lines.

lxml parses (hostile and broken markup too), one iterative walk writes lines: hidden text is
dropped, a table row stays on a line with ` | ` between its cells, quoted mail gets `> `.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from intake.understanding.mime.charsets import clean_text
from intake.understanding.mime.tags import (
    BLOCKS,
    SPACED,
    first_number,
    has_no_margin,
    is_hidden,
    is_quote,
    is_reply_rule,
    paragraphs_have_space,
)

CELL_BREAK = " | "
RULE = "_" * 32  # what Outlook writes above a quoted message

_MAX_CHARACTERS = 2_000_000
_MAX_QUOTES = 10
_MAX_LABEL = 80
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_TAG = re.compile(r"<[^<>]{0,5000}>")
_DATA_URI = re.compile(r"(?<=[\"'(])data:[^\"')]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text of some HTML; `data_rows` counts table rows with two or more filled cells."""

    text: str
    data_rows: int = 0


def render_html(html: str) -> Rendered:
    """What a reader sees of `html` as lines of text. Never raises, linear; 2 MB are read."""
    if len(html) > _MAX_CHARACTERS:
        html = _DATA_URI.sub("", html)[:_MAX_CHARACTERS]
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        return Rendered(_strip_tags(html))
    walk = _Walk(spaced=paragraphs_have_space(html))
    text = walk.run(root)
    return Rendered(text or _strip_tags(html) if "<" not in html[:1] else text, walk.data_rows)


def _strip_tags(html: str) -> str:
    return clean_text(_TAG.sub(" ", html)).strip()


@dataclass(slots=True)
class _Lines:
    """Lines being written: of the whole, or of one table cell."""

    done: list[str] = field(default_factory=list)
    open: str = ""
    prefix: str = ""  # of the last line
    gap: bool = False  # a blank line stands before the next line, if there is any before it

    def write(self, text: str) -> None:
        if not self.open or self.open.endswith(" "):
            text = text.lstrip(" ")
        self.open += text

    def end_line(self, prefix: str, *, always: bool = False) -> None:
        line = self.open.replace("\xa0", " ").strip()
        if not line and not always and not self.open:
            return
        self.open = ""
        if not line:
            self.gap = True
            return
        self.close_gap(prefix)
        self.done.append(prefix + line)

    def close_gap(self, prefix: str) -> None:
        """Write the blank line that is due; between quotes of two depths it has the lesser."""
        if self.gap and self.done:
            self.done.append(min(self.prefix, prefix).rstrip())
        self.gap = False
        self.prefix = prefix


class _Walk:
    """One walk over a parsed document."""

    def __init__(self, *, spaced: dict[bool, bool]) -> None:
        self.data_rows = 0
        self._spaced = spaced
        self._stack = [_Lines()]
        self._tables: list[list[list[list[str]]]] = []
        self._quotes = 0
        self._pre = 0
        self._lists: list[int | None] = []

    def run(self, root: etree._Element) -> str:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if skipped is None and event == "start":
                if is_hidden(element):
                    skipped = element
                    walk.skip_subtree()
                    continue
                self._start(element)
                self._text(element.text)
            elif event == "end":
                if element is skipped:
                    skipped = None
                else:
                    self._end(element)
                self._text(element.tail)
        self._lines.end_line(self._prefix)
        return "\n".join(self._lines.done).strip("\n")

    @property
    def _lines(self) -> _Lines:
        return self._stack[-1]

    @property
    def _prefix(self) -> str:
        return "> " * min(self._quotes, _MAX_QUOTES)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not self._pre:
            self._lines.write(_SPACES.sub(" ", text))
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        self._lines.open += first
        for line in others:
            self._lines.end_line(self._prefix, always=True)
            self._lines.open = line

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "br":
            self._lines.end_line(self._prefix, always=True)
            return
        if tag in BLOCKS or tag in SPACED or tag in ("li", "tr"):
            self._break(element)
        if tag == "blockquote" and is_quote(element):
            self._quotes += 1
        elif tag == "pre":
            self._pre += 1
        elif tag in ("ul", "ol"):
            self._lists.append(first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self._bullet()
        elif tag == "hr" and (element.get("tabindex") == "-1" or is_reply_rule(element)):
            self._lines.done.append(self._prefix + RULE)
        elif tag == "table":
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in ("td", "th") and self._tables:
            if not self._tables[-1]:
                self._tables[-1].append([])
            self._stack.append(_Lines())

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in ("td", "th") and self._tables and len(self._stack) > 1:
            self._lines.end_line(self._prefix)
            cell = self._stack.pop().done
            self._tables[-1][-1].append(cell)
            return
        if tag in BLOCKS or tag in SPACED or tag == "li":
            self._break(element)
        if tag == "blockquote" and is_quote(element):
            self._quotes -= 1
        elif tag == "pre":
            self._pre -= 1
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "table" and self._tables:
            self._write_table(self._tables.pop())
        elif tag == "a":
            self._address_of_link(element)

    def _break(self, element: etree._Element) -> None:
        self._lines.end_line(self._prefix)
        if element.tag in SPACED and not self._is_tight(element):
            self._lines.gap = True

    def _is_tight(self, element: etree._Element) -> bool:
        if element.tag in ("ul", "ol"):
            return len(self._lists) > 1
        if element.tag != "p":
            return bool(element.tag == "table")
        style = element.get("style") or ""
        if has_no_margin(style):
            return True
        word = (element.get("class") or "").startswith("Mso")
        return not self._spaced[word]

    def _bullet(self) -> None:
        if self._lists and self._lists[-1] is not None:
            self._lines.write(f"{self._lists[-1]}. ")
            self._lists[-1] += 1
        else:
            self._lines.write("- ")

    def _address_of_link(self, element: etree._Element) -> None:
        """An address that stands only in the link is worth a word."""
        href = element.get("href") or ""
        if href[:7].lower() != "mailto:" or "@" not in href:
            return
        address = href[7:].partition("?")[0][:254]
        if "@" not in self._lines.open[-254:] and "@" not in "".join(self._lines.done[-1:]):
            self._lines.write(f" <{address}>")

    def _write_table(self, rows: list[list[list[str]]]) -> None:
        width = max((len(row) for row in rows), default=0)
        filled = [any(len(row) > n and row[n] for row in rows) for n in range(width)]
        for row in rows:
            cells = [cell for n, cell in enumerate(row) if filled[n]]
            if not any(cells):
                continue
            is_data = sum(1 for cell in cells if cell) > 1
            self.data_rows += is_data
            self._lines.close_gap(self._prefix)
            self._lines.done += (
                _layout_row(cells) if is_data else next(cell for cell in cells if cell)
            )


def _layout_row(cells: list[list[str]]) -> list[str]:
    """A row on one line where its cells allow; a label and its paragraphs; else cell by cell."""
    lines = [[line for line in cell if line] for cell in cells]
    if len(cells) > 2 and all(len(" / ".join(cell)) <= 2 * _MAX_LABEL for cell in lines):
        return [CELL_BREAK.join(" / ".join(cell) for cell in lines)]
    label = " ".join(lines[0])
    if len(label) <= _MAX_LABEL and all(len(cell) <= 1 for cell in lines[1:-1]):
        first = [label, *(" ".join(cell) for cell in lines[1:-1]), *cells[-1][:1]]
        return [CELL_BREAK.join(first), *cells[-1][1:]]
    if all(len(cell) <= 1 for cell in lines):
        return [CELL_BREAK.join(" ".join(cell) for cell in lines)]
    return [line for cell in cells for line in (*cell, "")][:-1]

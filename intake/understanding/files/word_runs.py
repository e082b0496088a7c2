"""Pure: the text of one paragraph of a Word document: what a reader sees of its runs."""

import re
from collections.abc import Iterator

from lxml import etree

from storage.domain.form import PROMPT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    {
        *(f"{W}{name}" for name in ("txbxContent", "del", "moveFrom", "rPr", "pPr", "sdtPr")),
        f"{_COMPATIBILITY}Fallback",  # the same once more, for older programs
    }
)
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_OURS = "postroom:"
_PROMPTS = frozenset({PROMPT, "Choose one", "none yet"})
_PLACEHOLDER = re.compile(
    r"(?:click|tap)(?: or tap| here|ing)?.{0,30}\b(?:enter|choose|select)\b.{0,40}$", re.I
)
_OFF = ("0", "false", "off")
MAX_DEPTH = 60
"""Elements within one another in one paragraph."""


def paragraph_lines(paragraph: etree._Element) -> list[str]:
    """The lines of a paragraph; a placeholder that nobody replaced is no text."""
    outer = paragraph.getparent()
    if outer is not None and outer.tag == f"{W}sdtContent" and _is_prompt(outer.getparent()):
        return []
    text = "".join(_pieces(paragraph, 0))
    is_item = paragraph.find(f"{W}pPr/{W}numPr") is not None and text.strip()
    lines = [line for line in text.split("\n") if not _PLACEHOLDER.match(line.strip())]
    return [f"- {line}" if is_item and at == 0 else line for at, line in enumerate(lines)]


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The contents of the boxes that hang on a paragraph, not of boxes within them."""
    for box in paragraph.iter(f"{W}txbxContent"):
        for element in box.iterancestors(f"{_COMPATIBILITY}Fallback", f"{W}p"):
            if element is paragraph:
                yield box
            break


def _pieces(parent: etree._Element, depth: int) -> Iterator[str]:
    """The text of an element's children in order. Beyond the depth nothing is read."""
    if depth > MAX_DEPTH:
        return
    for child in parent:
        tag = child.tag
        if tag == f"{W}t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{W}fldChar":
            yield _field(child)
        elif tag == f"{W}sdt":
            if not _is_prompt(child):
                yield _answer(child, depth)
        elif tag not in _LEFT_OUT and not (tag == f"{W}r" and _is_hidden(child)):
            yield from _pieces(child, depth + 1)


def _answer(control: etree._Element, depth: int) -> str:
    """What stands in a content control: people write behind our prompt as well as over it."""
    text = "".join(_pieces(control, depth + 1))
    return text.removeprefix(PROMPT) if _tag(control).startswith(_OURS) else text


def _is_prompt(control: etree._Element | None) -> bool:
    """Whether a content control still shows what it asks for. Of our own we know the prompt, so
    that an answer counts even if the program that wrote it left the mark of a prompt there."""
    if control is None:
        return False
    is_marked = control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    if _tag(control).startswith(_OURS):
        text = "".join(str(t.text or "") for t in control.iter(f"{W}t")).strip()
        return text in _PROMPTS or not text
    return is_marked


def _tag(control: etree._Element) -> str:
    found = control.find(f"{W}sdtPr/{W}tag")
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in _OFF


def _field(mark: etree._Element) -> str:
    """What a box to tick or a list of the old forms shows; other fields show their own text."""
    box = mark.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        state = box.find(f"{W}checked")
        state = box.find(f"{W}default") if state is None else state
        is_on = state is not None and state.get(f"{W}val", "1") not in _OFF
        return "\u2612" if is_on else "\u2610"
    entries = [e.get(f"{W}val", "") for e in mark.iterfind(f"{W}ffData/{W}ddList/{W}listEntry")]
    chosen = mark.find(f"{W}ffData/{W}ddList/{W}result")
    place = chosen.get(f"{W}val", "0") if chosen is not None else "0"
    at = int(place) if place.isdecimal() and len(place) < 4 else 0
    return str(entries[at]) if at < len(entries) else ""

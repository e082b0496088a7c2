"""Pure: what tags and styles mean to the reader of a message: hidden, a block, a quotation."""

import re

from lxml import etree

_DROPPED = frozenset(
    (
        "head",
        "style",
        "script",
        "title",
        "meta",
        "noscript",
        "svg",
        "math",
        "template",
        "object",
        "select",
        "textarea",
        "iframe",
        "audio",
        "video",
        "canvas",
        "map",
        "datalist",
    )
)
BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "html",
        "legend",
        "main",
        "nav",
        "section",
        "summary",
        "tbody",
        "tfoot",
        "thead",
        "caption",
    )
)
SPACED = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "blockquote", "table", "hr", "dl")
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])"
    r"|max-height\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_NO_MARGIN = re.compile(
    r"margin(?:-bottom)?\s*:\s*0(?:\.0+)?(?:cm|in|px|pt|em)?\s*(?:;|$|\s0|!)", re.IGNORECASE
)
_INDENT_ONLY = re.compile(
    r"border\s*:\s*none|margin\s*:\s*0[\w.]*\s+0[\w.]*\s+0[\w.]*\s+40px", re.I
)
_PARAGRAPH_STYLE = re.compile(
    r"(?:^|[\s,}>])p(?P<word>\.MsoNormal)?(?:\s*,[^{}]{0,300})?\s*\{(?P<style>[^{}]{0,1000})\}",
    re.I,
)


def is_hidden(element: etree._Element) -> bool:
    """True for what no reader sees."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _DROPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def has_no_margin(style: str) -> bool:
    """True where an inline style puts a paragraph right under the one before."""
    return "margin" in style and _NO_MARGIN.search(style) is not None


def paragraphs_have_space(html: str) -> dict[bool, bool]:
    """Whether plain paragraphs and Word's stand apart, by the style sheet; Word's default is no."""
    spaced = {False: True, True: False}
    for rule in _PARAGRAPH_STYLE.finditer(html[:100_000]):
        spaced[rule["word"] is not None] = not _NO_MARGIN.search(rule["style"])
    return spaced


def is_quote(element: etree._Element) -> bool:
    """Mail clients also indent with blockquote; a quotation says so or has a bar."""
    if element.get("type") == "cite" or "quote" in (element.get("class") or ""):
        return True
    return _INDENT_ONLY.search(str(element.get("style") or "")) is None


def is_reply_rule(element: etree._Element) -> bool:
    following = element.getnext()
    return following is not None and str(following.get("id")).startswith("divRply")


def first_number(element: etree._Element) -> int:
    start = element.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) < 5 else 1

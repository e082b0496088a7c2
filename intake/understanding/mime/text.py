"""Pure: the text of a body part as a reader sees it: LF lines, flowed lines joined, no debris."""

import re

from intake.understanding.mime.charsets import clean_text, decode_bytes
from intake.understanding.mime.limits import MAX_TEXT
from intake.understanding.mime.markup import Rendered, render_html

_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u200b\u034f]")
_IMAGE_MARKS = re.compile(r"\[(?:cid:|image: ?|inline image ?\d?|logo\])[^\[\]\n]{0,200}\]?", re.I)
_LINK_TAIL = re.compile(
    r"(?<=\S)[ ]?<(?:mailto:(?P<email>[^<>\s?]{1,254})[^<>\s]{0,300}|https?://[^<>\s]{1,2000}"
    r"|tel:[^<>\s]{1,60})>"
)
_ONLY_HTML = re.compile(
    r"\b(?:html|view (?:this|it) (?:e-?mail|message)? ?(?:in|online)|browser)\b", re.IGNORECASE
)
_CLEAR_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE_BEGINS, _SIGNATURE_ENDS = "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"
_TINY = 80
_MANY_BLANKS = re.compile(r"\n(?:[> \t]*\n){3,}")


def read_plain(content: bytes, charset: str | None, *, flowed: bool, delsp: bool) -> str:
    """The text of a text/plain part (RFC 2046; RFC 3676 where `flowed`)."""
    text = clean_text(decode_bytes(content[: 4 * MAX_TEXT], charset))[:MAX_TEXT]
    if _CLEAR_SIGNED in text:
        text = take_off_armour(text)
    return tidy(unflow(text, delsp=delsp) if flowed else text)


def read_html(content: bytes, charset: str | None) -> str:
    """The source of a text/html part; its own meta label counts where the header has none."""
    if charset is None:
        label = re.search(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{1,40})", content[:2048])
        charset = label[1].decode("ascii") if label else None
    return clean_text(decode_bytes(content, charset))


def html_text(html: str) -> Rendered:
    """The visible text of `html`."""
    rendered = render_html(html)
    return Rendered(tidy(rendered.text[:MAX_TEXT]), rendered.data_rows)


def best_text(plain: str | None, html: str | None) -> str:
    """The better of two alternatives: plain text, but HTML where plain text is only a stand-in
    for it or where a table lost its rows in plain text."""
    if html is None:
        return plain or ""
    if not plain or not plain.strip():
        return html_text(html).text
    stripped = plain.strip()
    if len(stripped) < _TINY or (len(stripped) < 5 * _TINY and _ONLY_HTML.search(stripped)):
        rendered = html_text(html)
        return rendered.text if len(rendered.text) > 2 * len(stripped) else plain
    if html.count("<td") + html.count("<TD") >= 4:
        rendered = html_text(html)
        if rendered.data_rows >= 2:
            return rendered.text
    return plain


def take_off_armour(text: str) -> str:
    """`text` without the armour of clear-signed OpenPGP messages, their dashes not escaped any
    more (RFC 9580 section 7). The signature is not checked."""
    kept: list[str] = []
    place = "outside"
    for line in text.split("\n"):
        bare = line.rstrip()
        if bare == _CLEAR_SIGNED:
            place = "fields"
        elif place == "fields":
            place = "fields" if bare else "signed"
        elif bare == _SIGNATURE_BEGINS and place == "signed":
            place = "signature"
        elif place == "signature":
            place = "outside" if bare == _SIGNATURE_ENDS else place
        else:
            kept.append(line.removeprefix("- ") if place == "signed" else line)
    return "\n".join(kept)


def unflow(text: str, *, delsp: bool) -> str:
    """Flowed lines joined into paragraphs, space-stuffing undone, quotes as `> ` (RFC 3676)."""
    lines: list[str] = []
    parts: list[str] = []
    depth = 0

    def end_paragraph() -> None:
        if parts:
            lines.append(("> " * depth + "".join(parts)).rstrip(" ") if depth else "".join(parts))
            parts.clear()

    for line in text.split("\n"):
        bare = line.lstrip(">")
        line_depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        if line_depth != depth or bare == "-- ":
            end_paragraph()
            depth = line_depth
        flows = bare.endswith(" ") and bare != "-- "
        parts.append(bare[:-1] if flows and delsp else bare)
        if not flows:
            end_paragraph()
    end_paragraph()
    return "\n".join(lines)


def tidy(text: str) -> str:
    """Without image marks and link targets that clients add, odd blanks and long gaps."""
    if not text.isascii():
        text = _INVISIBLE.sub("", _ODD_SPACES.sub(" ", text))
    if "<" in text:
        text = _LINK_TAIL.sub(_address_of_tail, text)
    if "[" in text:
        text = _IMAGE_MARKS.sub("", text)
    return _MANY_BLANKS.sub("\n\n", text).strip("\n")


def _address_of_tail(tail: re.Match[str]) -> str:
    """The address of `Ada Bell<mailto:ada@…>`, which stands nowhere else; nothing for a repeated
    one and for other links."""
    email = tail["email"]
    if email is None or "@" not in email:
        return ""
    shown = tail.string[max(0, tail.start() - len(email)) : tail.start()]
    return "" if "@" in shown else f" <{email}>"

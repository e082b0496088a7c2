"""Pure: the text of RTF documents, as far as letters and forms need it."""

import codecs
import re
from collections.abc import Iterator

from intake.understanding.texts.rows import CELL_BREAK

_RTF_SKIPPED = frozenset(
    {
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "themedata",
        "latentstyles",
        "datastore",
        "generator",
        "deleted",
        "objdata",
    }
)


def read_rtf(content: bytes) -> Iterator[str]:
    """A plain reading of RTF 1.9: breaks and characters, groups of settings left out."""
    text = content.decode("ascii", "replace")
    codepage = _codepage(text)
    pieces: list[str] = []
    skip_depth, depth, unicode_skip = 0, 0, 0
    for match in re.finditer(
        r"\\u(-?\d{1,6}) ?|\\'([0-9a-fA-F]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z])"
        r"|([{}])|([^\\{}]+)",
        text,
    ):
        code, byte, word, _, symbol, brace, plain = match.groups()
        if brace == "{":
            depth += 1
        elif brace == "}":
            depth -= 1
            skip_depth = 0 if depth < skip_depth else skip_depth
        elif (word in _RTF_SKIPPED or symbol == "*") and not skip_depth:
            skip_depth = depth
        elif skip_depth:
            continue
        elif code is not None:
            pieces.append(chr(int(code) % 0x10000))
            unicode_skip = 1
        elif unicode_skip and (byte or plain):
            unicode_skip = 0
            pieces.append("" if byte else (plain or "")[1:])
        else:
            pieces.append(_rtf_piece(byte, word, symbol, plain, codepage=codepage))
    for line in "".join(pieces).split("\n"):
        yield line.removesuffix(CELL_BREAK)
        yield ""


def _codepage(text: str) -> str:
    """The encoding of characters that are written as bytes: the one it names, if it exists."""
    found = re.search(r"\\ansicpg(\d{3,5})\b", text[:1000])
    try:
        return codecs.lookup(f"cp{found[1]}").name if found else "cp1252"
    except LookupError:
        return "cp1252"


def _rtf_piece(
    byte: str | None, word: str | None, symbol: str | None, plain: str | None, *, codepage: str
) -> str:
    if byte:
        return bytes([int(byte, 16)]).decode(codepage, "replace")
    if word:
        return {
            "par": "\n",
            "line": "\n",
            "row": "\n",
            "cell": CELL_BREAK,
            "tab": "\t",
            "emdash": "—",
            "endash": "–",
            "rquote": "’",
            "lquote": "‘",
            "rdblquote": "”",
            "ldblquote": "“",
            "bullet": "- ",
        }.get(word, "")
    if symbol:
        return {"~": " ", "_": "-", "\n": "\n"}.get(symbol, symbol if symbol in "\\{}" else "")
    return (plain or "").replace("\r", "").replace("\n", "")
